"""The sample project: three articles, one of them fully annotated."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from annotation.errors import ProjectError
from annotation.importing import import_paths
from annotation.resources import resource_path
from annotation.store import Store


def make_sample(path: Path, create: Callable[[Path], Store]) -> None:
    """Make the sample project under this path, all of it or nothing.

    Raises `ProjectError` where its folder cannot be written.
    """
    try:
        with TemporaryDirectory(dir=path.parent) as unfinished:
            store = create(Path(unfinished) / path.name)
            import_paths(store, [resource_path("sample")], "sample")
            store.close()
            store.path.rename(path)
    except OSError as error:
        raise ProjectError(
            f"The folder {path.parent} cannot be written ({error.strerror}). "
            "Open or make a project in a folder where you may write."
        ) from error
