"""The installer for Windows, compiled and run under Wine: what it leaves, and what it leaves alone.

A stand-in takes the place of the program, which cannot be frozen for Windows elsewhere.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from resources.packaging import icons, windows
from tests.packaging.wine import WINE, Windows

HERE = Path(__file__).resolve().parent
CLASSES, UNINSTALL = "Software\\Classes", "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall"
PROGID, ENTRY = f"{CLASSES}\\Pressmark.Project", f"{UNINSTALL}\\Pressmark"
C = "C:\\users\\añna\\AppData\\Local\\Programs\\Pressmark"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Wine stands for Windows on Linux"),
    pytest.mark.skipif(not (WINE and shutil.which("makensis")), reason="needs makensis and wine64"),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture(scope="module")
def wine(tmp_path_factory):
    machine = Windows(tmp_path_factory.mktemp("wine"))
    yield machine
    machine.end()


@pytest.fixture
def frozen(tmp_path):
    """The folder that PyInstaller would make."""
    folder = tmp_path / "frozen"
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "über.dll").write_text("of this version")
    icons.write_ico(icons.PROJECT, folder / "project.ico", sizes=[16])
    for name in windows.PROGRAMS:
        options = ["-V1", "-NOCD", f"-DOUT={folder / name}"]
        subprocess.run(["makensis", *options, str(HERE / "stand_in.nsi")], check=True)
    return folder


def test_it_installs_opens_projects_and_goes_again(wine, frozen, tmp_path, qtbot):
    team = tmp_path / "a b" / "team"
    team.mkdir(parents=True)
    setup = windows.write_installer(frozen, team.parent / "setup-1.exe")
    program = wine.home / "AppData" / "Local" / "Programs" / "Pressmark"
    (team / "team.toml").write_text("name = 'Ours'")
    wine.set("Software\\Pressmark\\Pressmark", "annotator", "añna")
    wine.set("Environment", "Path", "C:\\tools;%USERPROFILE%\\bin")

    assert wine.run(setup, "/S", "/PATH", "/DESKTOP") == 0
    assert wine.value(ENTRY, "DisplayVersion") == windows.VERSION
    assert wine.value(ENTRY, "InstallLocation") == C
    assert wine.value(f"{CLASSES}\\.pressmark") == "Pressmark.Project"
    assert wine.value(f"{PROGID}\\DefaultIcon") == f'"{C}\\project.ico"'
    assert (program / "team" / "team.toml").is_file()
    assert wine.value("Environment", "Path") == f"C:\\tools;%USERPROFILE%\\bin;{C}"
    assert (wine.desktop / "Pressmark.lnk").is_file()

    # A double-click does what the registry says (Wine's own does not look at one person's part
    # of it), and nothing is replaced while the program runs.
    project = tmp_path / "Prüf stück.pressmark"
    project.write_text("precious")
    command = wine.value(f"{PROGID}\\shell\\open\\command")
    assert command == f'"{C}\\pressmark-app.exe" "%1"'
    running = wine.start(command.split('"')[1], project)
    started = program / "started.txt"
    qtbot.waitUntil(started.is_file, timeout=20_000)
    assert project.name in started.read_text("utf-16-le")
    (program / "_internal" / "old.dll").write_text("of an older version")
    assert wine.run(setup, "/S") == 2
    assert (program / "_internal" / "old.dll").is_file()
    (program / "stop.txt").touch()
    assert running.wait(timeout=20) == 0

    # A newer version takes the place of the older one; the team's set-up stays.
    shutil.rmtree(team)
    (frozen / "_internal" / "new.dll").write_text("of the next version")
    windows.write_installer(frozen, setup)
    assert wine.run(setup, "/S", "/PATH") == 0
    assert {p.name for p in (program / "_internal").iterdir()} == {"über.dll", "new.dll"}
    assert (program / "team" / "team.toml").is_file()
    assert wine.value("Environment", "Path").count(C) == 1

    assert wine.run(f"{C}\\uninstall-pressmark.exe", "/S", f"_?={C}") == 0
    assert {p.name for p in program.iterdir()} <= {
        *("started.txt", "stop.txt"),  # another's files
        "uninstall-pressmark.exe",  # `_?=` keeps it, as the price of waiting for its end
    }
    assert wine.value(ENTRY, "DisplayName") is None
    assert wine.value(f"{CLASSES}\\.pressmark") is None and wine.value(PROGID) is None
    assert wine.value("Environment", "Path") == "C:\\tools;%USERPROFILE%\\bin"
    assert not list(wine.home.rglob("Pressmark.lnk"))
    assert not (wine.desktop / "Pressmark.lnk").exists()
    assert project.read_text() == "precious"
    assert wine.value("Software\\Pressmark\\Pressmark", "annotator") == "añna"


def test_it_leaves_folders_of_others_and_old_systems_alone(wine, frozen, tmp_path):
    setup = windows.write_installer(frozen, tmp_path / "setup-2.exe")
    documents = wine.home / "Texts"
    documents.mkdir()
    (documents / "thesis.txt").write_text("precious")
    assert wine.run(setup, "/S", "/D=C:\\users\\añna\\Texts") == 2
    assert [p.name for p in documents.iterdir()] == ["thesis.txt"]
    wine.run("winecfg", "-v", "win7")
    assert wine.run(setup, "/S") == 2
    assert wine.value(ENTRY, "DisplayName") is None
