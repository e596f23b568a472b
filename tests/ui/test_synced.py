"""Where a project is not safe: told once in the window, and by each command that writes."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_fixtures import make_project, open_window

from ui import synced

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home {0}/net nfs4 rw 0 0
//nas/share {0}/two\\040words cifs rw 0 0
/dev/sdb1 {0}/net/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("a.pressmark", ""),
        ("Dropbox/study/a.pressmark", "Dropbox keeps in step"),
        ("OneDrive - University/a.pressmark", "OneDrive keeps"),
        ("Library/Mobile Documents/a.pressmark", "iCloud Drive keeps"),
        ("shared/a.pressmark", "Syncthing keeps"),
        ("net/a.pressmark", "network drive"),
        ("two words/deep/a.pressmark", "network drive"),
        ("net/local/a.pressmark", ""),
        ("network/a.pressmark", ""),
    ],
)
def test_folders_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, words: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(tmp_path))
    monkeypatch.setattr(synced, "MOUNTS", mounts)
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    said = synced.warning(tmp_path / place)
    assert words in said
    assert bool(said) == bool(words)


@pytest.mark.parametrize("mounts", ["", "nonsense\n"])
def test_a_system_that_says_nothing_is_not_asked_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str
) -> None:
    monkeypatch.setattr(synced, "MOUNTS", tmp_path / "mounts")
    if mounts:
        (tmp_path / "mounts").write_text(mounts)
    assert synced.warning(tmp_path / "a.pressmark") == ""


def test_the_window_says_it_once(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "Nextcloud").mkdir()
    project = make_project(tmp_path / "Nextcloud" / "a.pressmark")
    for first in (True, False):
        window = open_window(qtbot, project)
        window.workspace.settle_in()
        banner = window.workspace.banner
        assert banner.isHidden() != first
        assert ("Nextcloud keeps in step" in banner.text()) == first
        window.workspace._keep_alive()
        assert banner.isHidden() != first, "it stays until the window is closed"
        window.close()
