"""What team members on Windows get: an installer for one person, and a folder as a zip.

The programs cannot be frozen elsewhere; the installer can be made on Linux, too, with Debian's
`makensis`: python -m resources.packaging.windows FROZEN-FOLDER
"""

import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from annotation import VERSION
from resources.packaging import icons
from resources.packaging.component import BuildError

HERE = Path(__file__).resolve().parent
DATA = HERE / "windows"
MANIFEST = DATA / "pressmark.manifest"
PROGRAMS = {"pressmark.exe": "Pressmark in a terminal", "pressmark-app.exe": "Pressmark"}

SIGN = "PRESSMARK_WINDOWS_SIGN"
"""The environment variable with the command that signs a file, whose path is put behind it."""

FIRST_DAY = datetime(1980, 1, 1, tzinfo=UTC)
"""Before this day a zip knows no time."""


def numbers() -> tuple[int, int, int, int]:
    """Return the version as Windows wants it: four numbers."""
    major, minor, patch = (int(part) for part in VERSION.split("-")[0].split("."))
    return major, minor, patch, 0


def version_resource(program: str) -> str:
    """Return what a program's Properties show, as PyInstaller reads it (`version=` of EXE)."""
    texts = {
        "CompanyName": "Pressmark contributors",
        "FileDescription": PROGRAMS[program],
        "FileVersion": VERSION,
        "InternalName": program.removesuffix(".exe"),
        "LegalCopyright": "MIT licence",
        "OriginalFilename": program,
        "ProductName": "Pressmark",
        "ProductVersion": VERSION,
    }
    structs = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers()}, prodvers={numbers()}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{structs}])]), "
        "VarFileInfo([VarStruct('Translation', [0x0409, 1200])])])\n"
    )


def prepare(work: Path) -> None:
    """Write what the programs are frozen with: icon and version resources."""
    work.mkdir(parents=True, exist_ok=True)
    icons.write_ico(icons.PROGRAM, work / "pressmark.ico")
    for program in PROGRAMS:
        (work / f"{program}.version").write_text(version_resource(program), "utf-8")


def package(folder: Path, dist: Path, when: int) -> list[Path]:
    """Make zip and installer of the frozen folder; return their paths.

    `when` is the time that files in the zip get, in seconds since 1970.
    """
    shutil.copyfile(DATA / "README.txt", folder / "README.txt")
    icons.write_ico(icons.PROJECT, folder / "project.ico")
    for program in PROGRAMS:
        sign(folder / program)
    name = f"pressmark-{VERSION}-windows-x86_64"
    return [
        write_zip(folder, dist / f"{name}.zip", when),
        write_installer(folder, dist / f"{name}-setup.exe"),
    ]


def sign(path: Path) -> None:
    """Sign a file by the command in the environment; without one it stays unsigned."""
    command = os.environ.get(SIGN)
    if not command:
        print(f"{path.name}: not signed ({SIGN} is not set)")
        return
    subprocess.run([*shlex.split(command), str(path)], check=True)


def write_zip(folder: Path, target: Path, when: int) -> Path:
    """Pack a folder, named after the version inside; the same bytes for the same files."""
    time = max(datetime.fromtimestamp(when, UTC), FIRST_DAY).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            inside = f"pressmark-{VERSION}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(inside, time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            entry.create_system = 3  # the same on each system
            packed.writestr(entry, path.read_bytes())
    return target


def write_installer(folder: Path, target: Path) -> Path:
    """Compile the installer; BuildError where there is no makensis."""
    kilobytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
    icon, side = target.with_suffix(".ico"), target.with_suffix(".bmp")
    icons.write_ico(icons.PROGRAM, icon)
    icons.write_side(side)
    given = {
        "VERSION": VERSION,
        "NUMBERS": ".".join(map(str, numbers())),
        "SOURCE": str(folder),
        "ICON": str(icon),
        "SIDE": str(side),
        "KILOBYTES": str(kilobytes),
        "OUT": str(target),
    }
    if sys.platform != "win32":
        given["TARGET"] = "amd64-unicode"  # only Debian's NSIS has it; runs where 32 bits do not
    if os.environ.get(SIGN):
        given["SIGN"] = os.environ[SIGN]
    options = ["-V2", "-INPUTCHARSET", "UTF8", "-NOCD", *(f"-D{k}={v}" for k, v in given.items())]
    try:
        subprocess.run([makensis(), *options, str(DATA / "pressmark.nsi")], check=True)
    finally:
        icon.unlink()
        side.unlink()
    return target


def makensis() -> str:
    """Return the path of NSIS's compiler; its installer puts it on no PATH."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "/"), "NSIS", "makensis.exe")
    found = shutil.which("makensis") or (str(usual) if usual.is_file() else None)
    if found is None:
        raise BuildError("There is no makensis here: install NSIS 3.08 or later.")
    return found


if __name__ == "__main__":
    print(write_installer(Path(sys.argv[1]), Path(f"pressmark-{VERSION}-windows-x86_64-setup.exe")))
