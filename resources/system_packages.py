"""Find the system libraries that Qt lacks on Linux, and the packages that hold them.

Qt's wheels bring Qt, but not the graphics, font and X11 libraries of the system.
Standard library only, in the syntax of Python 3.8, as in bootstrap.py.
"""

from __future__ import annotations

import functools
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

OFFSCREEN = ["QtWidgets.abi3.so", "QtSvg.abi3.so", "Qt/plugins/platforms/libqoffscreen.so"]
XCB = "Qt/plugins/platforms/libqxcb.so"
WAYLAND = "Qt/plugins/platforms/libqwayland.so"

# Needs are named by soname; these few have no soname, or a package not named after it.
DEBIAN = {
    "fonts": "fonts-dejavu-core",
    "serif": "fonts-dejavu-core",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}
FEDORA = {
    "fonts": "dejavu-sans-fonts",
    "serif": "dejavu-serif-fonts",
    "xvfb": "xorg-x11-server-Xvfb",
    "dbus": "dbus-daemon",
}

# What a screen reader needs; at-spi2-core keeps its program where no path leads.
SPEAKERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"


class SetupError(Exception):
    """What is missing and what to do about it, in one sentence for the person."""


def distribution(os_release: Path = Path("/etc/os-release")) -> str:
    """Name the family of this Linux: debian, fedora, or "" for any other system."""
    try:
        words = re.findall(r"^ID(?:_LIKE)?=(.*)$", os_release.read_text("utf-8"), re.M)
    except OSError:
        return ""
    families = " ".join(words).replace('"', " ").split()
    return next((name for name in ("debian", "fedora") if name in families), "")


def debian_package(need: str) -> str:
    """Name the Debian package of a soname: libxkbcommon-x11.so.0 is in libxkbcommon-x11-0."""
    name, _, version = need.lower().partition(".so.")
    dash = "-" if version and name[-1].isdigit() else ""
    return DEBIAN.get(need, name + dash + version)


def fedora_package(need: str) -> str:
    """Name what dnf installs: there a soname is itself a name that can be asked for."""
    return FEDORA.get(need, f"{need}()(64bit)" if ".so." in need else need)


def install_command(needs: Iterable[str], family: str) -> list[str]:
    """Give the command that installs what is needed; empty for an unknown system."""
    if family == "debian":
        packages = sorted({debian_package(need) for need in needs})
        return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if family == "fedora":
        return ["dnf", "install", "--assumeyes", *sorted(map(fedora_package, needs))]
    return []


def advice(needs: Sequence[str], family: str) -> str:
    """Say what the person can do to have what is needed."""
    command = install_command(needs, family)
    if not command:
        return f"install the packages that hold {', '.join(needs)}"
    return f"run `sudo {' '.join(map(shlex.quote, command))}`"


@functools.lru_cache(maxsize=1)
def refresh_package_lists() -> None:
    """Fetch the package lists, once: a fresh machine or container has none."""
    subprocess.run(["apt-get", "update"], capture_output=True, check=False)


def provide(needs: Sequence[str], why: str) -> None:
    """Install system packages as root on Debian; elsewhere say which command does."""
    family = distribution()
    if family == "debian" and os.geteuid() == 0:
        command = install_command(needs, family)
        print("Installing with apt-get:", *command[4:], flush=True)
        refresh_package_lists()
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command[1:1] = ["-o", "DPkg::Lock::Timeout=120"]
        if subprocess.run(command, capture_output=True, env=environment, check=False).returncode:
            raise SetupError(f"{why}, and apt-get could not install it: {advice(needs, family)}.")
    else:
        raise SetupError(f"{why}: {advice(needs, family)}.")


def missing_libraries(files: Iterable[Path]) -> list[str]:
    """Ask the dynamic loader which libraries these files need and do not find."""
    if not shutil.which("ldd"):
        return []  # then Qt itself has to say it
    command = ["ldd", *map(str, files)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, check=False
    )
    return sorted(set(re.findall(r"^\s*(\S+) => not found", done.stdout, re.M)))


def has_fonts(names: str = "*.[to]tf") -> bool:
    """Tell whether an outline font is installed; without any Qt draws empty boxes."""
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
    return any(next(Path(f).expanduser().rglob(names), None) for f in folders)


def missing_tools() -> list[str]:
    """Name what the tests on a screen, and with a screen reader, need and do not find."""
    needs = [] if has_fonts() else ["fonts"]
    needs += [] if has_fonts("DejaVuSerif.ttf") else ["serif"]
    needs += [] if shutil.which("Xvfb") else ["xvfb"]
    needs += [] if shutil.which("dbus-run-session") else ["dbus"]
    needs += [] if any(map(os.path.exists, SPEAKERS)) else ["at-spi2-core"]
    asking = [SYSTEM_PYTHON, "-c", "import dbus"]
    known = (
        os.path.exists(SYSTEM_PYTHON)
        and not subprocess.run(asking, capture_output=True, check=False).returncode
    )
    return [*needs, *([] if known else ["python3-dbus"])]


def ensure_libraries(pyside: Path, for_tests: bool) -> None:
    """See to the libraries of the window that will be opened, or of the offscreen tests.

    The tests open windows too where there is a virtual screen for them (Xvfb), listen to
    one as a screen reader does, and compare pictures drawn with DejaVu; where something for
    that is missing, and there is no right to install it, those tests are skipped.
    """
    required = list(OFFSCREEN)
    if not for_tests and os.environ.get("DISPLAY"):
        required.append(XCB)
    elif not for_tests and os.environ.get("WAYLAND_DISPLAY"):
        required.append(WAYLAND)
    needs = missing_libraries(pyside / name for name in required)
    if needs:
        provide(needs, "Qt needs system libraries that are not here")
    if not for_tests:
        return
    needs = missing_libraries([pyside / XCB])
    needs += missing_tools()
    if needs:
        try:
            provide(needs, "Some tests of the window will be skipped")
        except SetupError as note:
            print(note, flush=True)
