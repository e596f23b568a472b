"""The self-test: what it does, what it says when something is broken, and that it is discreet."""

import json
import os
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from annotation import models
from annotation.errors import ProjectError
from storage import create_project, open_project, opens_for_reading
from storage.backups import BackupFolder
from storage.protecting import ProjectLocks
from ui.doors import Doors
from ui.self_test import dialog
from ui.self_test.job import Job
from ui.self_test.run import HOMES, run_self_test


@pytest.fixture
def doors(tmp_path):
    from annotation.codebook_file import default_codebook

    def create(path, codebook, password):
        return create_project(path, default_codebook(), password=password)

    backups = BackupFolder(tmp_path / "backups")
    return Doors(
        partial(open_project, backups=backups.folder),
        create,
        opens_for_reading,
        Path,
        lambda: backups,
        lambda: ProjectLocks(backups),
        lambda path, tell: None,
    )


def test_everything_works_and_leaves_nothing_behind(doors, capsys, tmp_path, monkeypatch):
    for name in ("TMPDIR", *HOMES):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")  # as drawing without a window sets it
    before = dict(os.environ)
    assert run_self_test(doors, "3.40", as_json=True) == 0
    report = json.loads(capsys.readouterr().out)
    assert [step["name"] for step in report["steps"] if step["problem"]] == []
    assert report["failed"] == 0 and len(report["steps"]) == 14
    assert {"Pressmark", "Qt", "SQLite", "spacy"} <= report["versions"].keys()
    assert list(tmp_path.iterdir()) == []
    assert {name: os.environ[name] for name in before} == before


def test_what_does_not_work_is_said_and_the_rest_is_tried(doors, capsys, monkeypatch):
    def none_there(*_):
        raise ProjectError("No language model is here.")

    monkeypatch.setattr(models, "find_model", none_there)
    monkeypatch.setattr("annotation.exporting.export", lambda *_: 1 / 0)
    assert run_self_test(doors, "3.40", as_json=False) == 1
    lines = capsys.readouterr().out.splitlines()
    failed = {line.split("  ")[0] for line in lines if "FAILED:" in line}
    assert {"pre-highlight", "export DocBin", "export JSONL"} <= failed
    assert "FAILED: No language model is here." in "\n".join(lines)
    assert "FAILED: ZeroDivisionError: division by zero" in "\n".join(lines)
    assert any(line.startswith("draw the article") and "FAILED" not in line for line in lines)
    assert lines[-1].startswith("5 of 14 steps FAILED.")


def test_without_a_project_each_step_says_so(doors, tmp_path):
    job = Job(tmp_path, doors)
    for _, carry_out in job.steps[1:-2]:
        with pytest.raises(ProjectError):
            carry_out()
    job.close()


def test_the_dialog_shows_what_the_program_says_of_itself(qtbot, monkeypatch):
    monkeypatch.setattr(dialog, "FLAG", "--version")
    parent = QWidget()
    qtbot.addWidget(parent)
    box = dialog.SelfTestDialog(parent)
    text, heading = box.findChild(QPlainTextEdit), box.findChild(QLabel)
    qtbot.waitUntil(lambda: heading.text() == "Everything works.", timeout=20_000)
    assert text.toPlainText().startswith("Pressmark 0.")
    box.close()


def test_the_dialog_says_when_not_everything_works(qtbot, monkeypatch):
    monkeypatch.setattr(dialog, "FLAG", "--no-such-thing")
    parent = QWidget()
    qtbot.addWidget(parent)
    box = dialog.SelfTestDialog(parent)
    heading = box.findChild(QLabel)
    qtbot.waitUntil(lambda: heading.text().startswith("Not everything works."), timeout=20_000)
    assert "usage: pressmark" in box.findChild(QPlainTextEdit).toPlainText()
    box.close()


@pytest.mark.parametrize(
    ("program", "started"),
    [
        ("/opt/pressmark/pressmark-bin", "/opt/pressmark/pressmark-bin"),
        ("/Applications/P.app/pressmark-app", "/Applications/P.app/pressmark"),
    ],
)
def test_a_frozen_program_starts_itself(monkeypatch, program, started):
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", program)
    assert dialog.command() == (str(Path(started)), ["--self-test"])
