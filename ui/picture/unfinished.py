"""Files that appear when they are whole, and leave nothing behind when they are not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotation.errors import ProjectError


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Give a place to write to; what is there takes the path's name at the end.

    After an error, or when writing was given up, the path is as it was. `ProjectError` where
    the folder takes no file.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.touch()
        yield part
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProjectError(f"{path} cannot be written: {reason}. Choose another folder.") from error
    finally:
        part.unlink(missing_ok=True)
