"""Help ▸ Check for updates…: nothing before it is set, a find, a fetch, refusals, once a week."""

import sys
from pathlib import Path
from time import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_fixtures import an_article, make_project, open_window

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "annotation"))

from releasing import Team

from annotation import VERSION
from annotation.releases.fetching import half_of
from annotation.store import Entry
from ui import settings
from ui.app import _look_for_updates
from ui.main_window import MainWindow
from ui.releases import dialog as dialog_module
from ui.releases.dialog import WEEKLY, UpdateDialog
from ui.releases.weekly import look_by_itself

LEFT = Qt.MouseButton.LeftButton
SOON = 30_000


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return open_window(qtbot, make_project(tmp_path / "a.pressmark", Entry(an_article())))


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path / "releases")
    team.release()
    return team


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dialog_module, "downloads", lambda: tmp_path / "downloads")
    return tmp_path / "downloads"


def dialog_of(qtbot: QtBot, window: MainWindow) -> UpdateDialog:
    window.actions_here.by_name["updates"].trigger()
    dialog: UpdateDialog = window.findChild(UpdateDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def use(team: Team) -> None:
    settings.remember_updates({"source": str(team.folder), "key": team.key})


def test_nobody_is_asked_before_somebody_has_said_whom(
    qtbot: QtBot, window: MainWindow, team: Team, downloads: Path
) -> None:
    dialog = dialog_of(qtbot, window)
    assert dialog.place.isVisible() and not dialog.weekly.isVisible()
    assert not dialog._look.is_under_way
    qtbot.keyClicks(dialog.place.source, "http://example.org/")
    qtbot.mouseClick(dialog.again, LEFT)
    assert "not safe" in dialog.message.text()
    assert settings.updates()["source"] == ""
    dialog.place.source.setText(str(team.folder))
    qtbot.keyClicks(dialog.place.key, team.key)
    qtbot.keyClick(dialog.place.key, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.offer.isVisible, timeout=SOON)
    assert settings.updates() == {"source": str(team.folder), "key": team.key}
    assert dialog.title.text() == "Pressmark 9.0.0 is there"
    assert dialog.offer.notes.toPlainText() == "- Faster\n- Kinder"

    qtbot.mouseClick(dialog.fetch, LEFT)
    qtbot.waitUntil(dialog.show_folder.isVisible, timeout=SOON)
    assert (downloads / "pressmark-9.0.0-any.tar.gz").read_bytes() == b"a new program"
    assert "Checked, and saved as" in dialog.message.text()
    assert not dialog.fetch.isVisible()


def test_what_is_set_is_looked_at_at_once_and_an_older_one_not_offered(
    qtbot: QtBot, window: MainWindow, team: Team
) -> None:
    use(team)
    team.release(version="0.0.1")
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(lambda: "nothing to do" in dialog.message.text(), timeout=SOON)
    assert not dialog.offer.isVisible() and not dialog.fetch.isVisible()
    team.release(version=VERSION, date="2026-03-02T12:00:00Z")
    qtbot.mouseClick(dialog.change, LEFT)
    qtbot.mouseClick(dialog.again, LEFT)
    qtbot.waitUntil(lambda: "the newest one" in dialog.message.text(), timeout=SOON)
    team.release()  # of the day before: somebody has put an old manifest in its place
    qtbot.mouseClick(dialog.change, LEFT)
    qtbot.mouseClick(dialog.again, LEFT)
    qtbot.waitUntil(lambda: "older (2026-03-01)" in dialog.message.text(), timeout=SOON)
    assert not dialog.offer.isVisible()


def test_a_fetch_can_be_stopped_and_leaves_nothing(
    qtbot: QtBot, window: MainWindow, team: Team, downloads: Path
) -> None:
    team.release(content=b"x" * 300_000_000)
    use(team)
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(dialog.fetch.isVisible, timeout=SOON)
    half = half_of(dialog.offer.file, downloads)
    qtbot.mouseClick(dialog.fetch, LEFT)
    qtbot.waitUntil(half.exists, timeout=SOON)
    qtbot.mouseClick(dialog.stop, LEFT)
    assert dialog.message.text() == "Stopped. Nothing was kept."
    assert list(downloads.iterdir()) == []
    qtbot.mouseClick(dialog.fetch, LEFT)
    qtbot.waitUntil(half.exists, timeout=SOON)
    dialog.close()  # the same where the dialog is closed meanwhile
    assert list(downloads.iterdir()) == []


def test_another_file_than_the_signed_one_is_said(
    qtbot: QtBot, window: MainWindow, team: Team, downloads: Path
) -> None:
    use(team)
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(dialog.fetch.isVisible, timeout=SOON)
    (team.folder / dialog.offer.file.name).write_bytes(b"another thing")
    qtbot.mouseClick(dialog.fetch, LEFT)
    qtbot.waitUntil(lambda: "not the file that your team" in dialog.message.text(), timeout=SOON)
    assert list(downloads.iterdir()) == []


def test_emptied_lines_mean_that_nobody_is_asked_any_more(
    qtbot: QtBot, window: MainWindow, team: Team
) -> None:
    use(team)
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(dialog.fetch.isVisible, timeout=SOON)
    qtbot.mouseClick(dialog.change, LEFT)
    dialog.place.source.clear()
    dialog.place.key.clear()
    qtbot.mouseClick(dialog.again, LEFT)
    assert "Nobody is asked" in dialog.message.text()
    assert settings.updates() == {"source": "", "key": ""}


def test_once_a_week_and_only_for_those_who_want_it(
    qtbot: QtBot, window: MainWindow, team: Team
) -> None:
    use(team)
    _look_for_updates(window)
    assert settings.last_look() == 0
    dialog = dialog_of(qtbot, window)
    dialog.weekly.click()
    dialog.close()
    assert settings.switched_on(WEEKLY, default=False)
    _look_for_updates(window)
    assert time() - settings.last_look() < 60
    qtbot.waitUntil(lambda: "9.0.0 is there" in window.status.message.text(), timeout=SOON)
    team.put(b"{}")
    window.status.say("nothing")
    look_by_itself(window)  # the same week
    assert window.status.message.text() == "nothing"
    settings.remember_look(time() - 8 * 24 * 3600)
    look_by_itself(window)
    qtbot.waitUntil(lambda: "look for updates failed" in window.status.message.text(), timeout=SOON)
