"""install.sh as a person runs it: in a home with spaces and umlauts, again, and back."""

import os
import shutil
import subprocess
import sys

import pytest

from resources.packaging import desktop
from tests.packaging.stand_in import frozen_folder

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(sys.platform != "linux", reason="a script for Linux"),
]


@pytest.fixture(scope="module")
def share(tmp_path_factory, qapp):
    folder = tmp_path_factory.mktemp("usr") / "share"
    desktop.write_share(folder)
    return folder


@pytest.fixture
def person(tmp_path, share):
    """Return a home, and what runs the script of an unpacked archive there."""
    archive = frozen_folder(tmp_path / "unpacked here")
    shutil.copy(desktop.DATA / "install.sh", archive)
    shutil.copytree(share, archive / "share")
    home = tmp_path / 'Zoë\'s "ho$me" 100%'
    home.mkdir()

    def run(*words, script=archive / "install.sh", path=os.environ["PATH"]):
        environment = {"HOME": str(home), "PATH": path}
        done = subprocess.run(
            [script, *words], env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return home, archive, run


def files(folder):
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def test_it_is_installed_for_one_person_and_removed_again(person):
    home, archive, run = person
    mine = home / ".local" / "share" / "Pressmark" / "sample.pressmark"
    mine.parent.mkdir(parents=True)
    mine.write_text("work")
    (archive / "team").mkdir()
    (archive / "team" / "team.toml").write_text("name = 'x'")
    code, told = run()
    assert code == 0 and "Pressmark is installed: Pressmark 9" in told
    program = home / ".local" / "opt" / "pressmark"
    assert (program / "team" / "team.toml").is_file()
    command = home / ".local" / "bin" / "pressmark"
    assert subprocess.run([command], capture_output=True, check=True).stdout == b"Pressmark 9\n"
    entry = (home / ".local/share/applications/pressmark.desktop").read_text()
    quoted = str(program / "pressmark").replace('"', r"\\" + '"').replace("$", r"\\$")
    assert f'Exec="{quoted.replace("%", "%%")}" %f' in entry and "TryExec" not in entry
    assert (home / ".local/share/icons/hicolor/48x48/apps/pressmark.png").is_file()
    code, told = run("--uninstall", script=program / "install.sh")
    assert code == 0 and "projects and settings stay" in told
    left = [path for path in files(home) if "/mime/" not in str(path) and "cache" not in path.name]
    assert left == [mine] and not program.exists()


def test_a_new_version_takes_the_old_ones_place_and_keeps_what_is_not_its_own(person):
    home, archive, run = person
    (archive / "team").mkdir()
    (archive / "team" / "team.toml").write_text("name = 'x'")
    (archive / "_internal" / "old.so").write_text("")
    assert run()[0] == 0
    program = home / ".local" / "opt" / "pressmark"
    (program / "my.pressmark").write_text("work")
    (archive / "_internal" / "old.so").unlink()
    (archive / "_internal" / "new.so").write_text("")
    shutil.rmtree(archive / "team")
    assert run()[0] == 0
    assert not (program / "_internal" / "old.so").exists()
    assert (program / "_internal" / "new.so").exists()
    assert (program / "team" / "team.toml").exists(), "the archive brought no other"
    assert (program / "my.pressmark").read_text() == "work"
    assert os.listdir(program.parent) == ["pressmark"]
    code, told = run("--uninstall")
    assert code == 0 and "they stay" in told
    assert files(program) == [program / "my.pressmark"]


def test_a_version_that_does_not_start_changes_nothing(person):
    home, archive, run = person
    assert run()[0] == 0
    (archive / "pressmark").write_text("#!/bin/sh\necho glibc is too old >&2; exit 1\n")
    code, told = run()
    assert code == 1 and "does not start" in told and "glibc is too old" in told
    program = home / ".local" / "opt" / "pressmark"
    assert subprocess.run([program / "pressmark"], capture_output=True).stdout == b"Pressmark 9\n"
    assert os.listdir(program.parent) == ["pressmark"]


def test_another_folder_is_used_and_a_strangers_is_not(person):
    home, _archive, run = person
    strange = home / "Documents"
    strange.mkdir()
    (strange / "a.txt").write_text("a")
    code, told = run("--to", str(strange))
    assert code == 1 and "something else" in told and files(strange) == [strange / "a.txt"]
    assert run("--to", str(home / "my programs"))[0] == 0
    assert (home / "my programs" / "pressmark-bin").is_file()
    code, told = run("--uninstall")
    assert code == 1 and "There is no Pressmark in" in told
    assert run("--uninstall", "--to", str(home / "my programs"))[0] == 0


def test_what_runs_is_not_replaced(person):
    home, archive, run = person
    shutil.copy("/bin/sleep", archive / "pressmark-bin")
    assert run()[0] == 0
    program = home / ".local" / "opt" / "pressmark"
    with subprocess.Popen([program / "pressmark-bin", "60"]) as running:
        try:
            for words in ((), ("--uninstall",)):
                code, told = run(*words)
                assert code == 1 and "close it" in told
        finally:
            running.kill()
    assert run("--uninstall")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("--frob",), "no option --frob"), (("--to",), "--to needs a folder")],
)
def test_mistakes_are_said(person, words, sentence):
    _home, _archive, run = person
    code, told = run(*words)
    assert code == 1 and sentence in told
