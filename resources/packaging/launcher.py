"""The script `pressmark` in the frozen folder on Linux: says clearly where it cannot run."""

import platform
from pathlib import Path

from resources.packaging import elf

SCRIPT = Path(__file__).parent / "linux" / "pressmark.sh"


def write_launcher(folder: Path) -> None:
    """Put the script beside the frozen program, with the glibc that its files really need."""
    major, minor, *_ = elf.needed_version(elf.files_of(folder), "GLIBC")
    text = SCRIPT.read_text("utf-8")
    for name, value in {
        "@MACHINE@": platform.machine(),
        "@MAJOR@": str(major),
        "@MINOR@": str(minor),
    }.items():
        text = text.replace(name, value)
    target = folder / "pressmark"
    target.write_text(text, "utf-8")
    target.chmod(0o755)
