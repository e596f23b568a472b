"""A sentence before there is a window, for somebody who has no terminal."""

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotation.errors import ProjectError
from ui.told import told

SENTENCE = 'There is no project "a" \\ and\nno such command.'


def fail() -> int:
    raise ProjectError(SENTENCE)


@pytest.fixture
def boxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Be the program without a terminal, on Windows; return what its boxes say."""
    seen: list[str] = []
    user32 = SimpleNamespace(MessageBoxW=lambda owner, text, title, kind: seen.append(text))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "pressmark-app.exe"))
    monkeypatch.setattr(sys, "platform", "win32")
    return seen


def test_windows_shows_a_box(boxes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)  # as PyInstaller has it there
    monkeypatch.setattr(sys, "stderr", None)
    assert told(fail, ["a"]) == 1
    assert boxes == [SENTENCE]


def test_the_command_line_shows_none(boxes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "C:/x/pressmark.exe")
    assert told(fail, ["a"]) == 1
    assert boxes == []


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for AppleScript's program")
def test_a_mac_shows_an_alert(
    boxes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_to = tmp_path / "arguments"
    (tmp_path / "osascript").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{told_to}"\n')
    (tmp_path / "osascript").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert told(fail, ["a"]) == 1
    assert told_to.read_text().endswith(f"end run\n{SENTENCE}\n")
    assert boxes == []


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for zenity")
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [([], True), (["a.pressmark"], True), (["check", "a.pressmark"], False)],
)
def test_a_linux_desktop_shows_one_for_windows_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], shown: bool
) -> None:
    told_to = tmp_path / "arguments"
    (tmp_path / "zenity").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{told_to}"\n')
    (tmp_path / "zenity").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["pressmark", *arguments])
    monkeypatch.setattr("os.isatty", lambda number: False)
    assert told(fail, arguments) == 1
    assert told_to.exists() == shown
    if shown:
        assert told_to.read_text().endswith(f"--text={SENTENCE}\n")
