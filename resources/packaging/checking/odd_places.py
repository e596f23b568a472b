"""Homes, folders and screens as nobody would wish them: a sentence, or it works all the same."""

from collections.abc import Iterator
from pathlib import Path

from resources.packaging.checking.check import Check, Ended, expect, refused, went_well
from resources.packaging.checking.installed import SAMPLE, window
from resources.packaging.checking.machine import HOME, Machine
from resources.packaging.checking.screen import virtual_screen

ODD_HOME = f"{HOME}/Zoë Ärmel & Söhne"
READ_ONLY = 'mount --bind "$ROOT/home" "$ROOT/home"; mount -o remount,bind,ro "$ROOT/home"'
NOEXEC = 'mount -t tmpfs -o noexec tmpfs "$ROOT/tmp"'


def checks(machine: Machine, pictures: Path) -> Iterator[Check]:
    """Yield these checks, for a machine in which the program is installed."""

    def run(*words: str, mounts: str = "", **environment: str) -> Ended:
        return machine.run("pressmark", *words, mounts=mounts, environment=environment)

    yield "a home with blanks and umlauts", lambda: _odd_home(machine)
    yield "temporary files not executable", lambda: went_well(run("--self-test", mounts=NOEXEC))
    yield (
        "a home that cannot be written",
        lambda: refused(run("new", f"{HOME}/a.pressmark", mounts=READ_ONLY), "a.pressmark"),
    )
    yield (
        "its window",
        lambda: _window_in_read_only_home(machine, pictures / "read-only-home.png"),
    )
    yield "no screen", lambda: went_well(run())
    yield "no screen, a project", lambda: refused(run(SAMPLE), "There is no screen")
    yield (
        "a screen that does not answer",
        lambda: refused(run(SAMPLE, DISPLAY=":77"), "There is no screen"),
    )
    yield "a library is missing", lambda: _without(machine, "libEGL.so.1", "libegl1")
    yield "a library of the plugin is missing", lambda: _without_xcb(machine)


def _window_in_read_only_home(machine: Machine, picture: Path) -> str:
    """Look whether the window opens, says what it could not do, and can be closed."""
    (machine.root / SAMPLE[1:]).rename(machine.root / "tmp/sample.pressmark")
    try:
        with virtual_screen() as screen, window(machine, screen, mounts=READ_ONLY):
            screen.settle()
            screen.save(picture)
            screen.focus(topmost=True)
            screen.act("key", "Return")  # the sentence is read
            screen.focus()
            screen.xdotool("key", "ctrl+q")
    finally:
        (machine.root / "tmp/sample.pressmark").rename(machine.root / SAMPLE[1:])
    return f"see {picture.name}"


def _odd_home(machine: Machine) -> str:
    folder = machine.root / ODD_HOME[1:]
    folder.mkdir()
    folder.chmod(0o777)
    ended = machine.run("pressmark", environment={"HOME": ODD_HOME})
    line = went_well(ended)
    expect(ODD_HOME in line, f"the results are not there: {line}")
    return line


def _without(machine: Machine, library: str, package: str) -> str:
    """Take a library of the system away, and look whether the sentence names its package."""
    found = [path for path in machine.root.glob(f"usr/lib/*/{library}*")]
    expect(bool(found), f"{library} is not installed at all")
    away = [path.rename(path.with_name(f"away-{path.name}")) for path in found]
    try:
        with virtual_screen() as screen:
            ended = machine.run("pressmark", SAMPLE, environment={"DISPLAY": screen.display})
            return refused(
                ended, library, f"apt-get install --yes --no-install-recommends {package}"
            )
    finally:
        for path in away:
            path.rename(path.with_name(path.name.removeprefix("away-")))


def _without_xcb(machine: Machine) -> str:
    return _without(machine, "libX11-xcb.so.1", "libx11-xcb1")
