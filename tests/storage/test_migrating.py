import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotation.errors import OutdatedError, ProjectError
from annotation.model import Article
from annotation.updating import COPYING, LOOKING, Tell
from storage import ProjectFile, create_project, migrating, open_project, schema
from storage.backups import BackupFolder
from tests.storage.making import BOOK, edit, make_article, make_span

PRESENT = len(schema.STEPS)


def second_step(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE span ADD COLUMN mood TEXT")
    connection.execute("CREATE TABLE extra (a TEXT) STRICT")


def failing_step(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO nowhere VALUES (1)")


@pytest.fixture
def old(store: ProjectFile, path: Path, article: Article) -> Path:
    """A project of the present version with a span in it."""
    store.apply(edit(article, (), (make_span(article, (0, 4)),)))
    store.close()
    return path


def later(monkeypatch: pytest.MonkeyPatch, *steps: schema.Step) -> None:
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, *steps))


def kept(project: Path) -> list[Path]:
    """Return the backups beside a project."""
    return sorted(project.with_name(f"{project.name}.backups").rglob("*.pressmark"))


def tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as client:
        return [name for (name,) in client.execute("SELECT name FROM sqlite_schema ORDER BY name")]


def test_an_older_project_is_brought_up_to_date_after_a_backup(
    old: Path, monkeypatch: pytest.MonkeyPatch, article: Article
) -> None:
    before = tables(old)
    later(monkeypatch, second_step)
    project = open_project(old)
    assert project.read_only == ""
    assert [span.quotation for span in project.annotations(article.id).spans] == [("Acme",)]
    assert project.undo_title() == "Edit"
    project.close()
    (backup,) = kept(old)
    assert sorted(old.parent.iterdir()) == [old, backup.parents[1]]
    assert "extra" in tables(old)
    assert tables(backup) == before
    with closing(sqlite3.connect(old)) as client:
        assert client.execute("PRAGMA user_version").fetchone() == (PRESENT + 1,)
    open_project(old).close()
    assert kept(old) == [backup], "one backup, once"


def test_a_backup_can_be_restored(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables(old)
    with monkeypatch.context() as patched:
        later(patched, second_step)
        open_project(old).close()
        backups = BackupFolder(old.with_name("news.pressmark.backups"))
        (backup,) = backups.all_of(old)
        assert backup.why == "before an update"
        backups.restore(backup, old, lambda done, total: None)
    assert tables(old) == before
    project = open_project(old)
    assert (project.read_only, project.counts()["spans"], project.damage()) == ("", 1, [])
    project.close()


def test_a_step_that_fails_leaves_the_project_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables(old)
    for _ in (1, 2):
        with monkeypatch.context() as patched:
            later(patched, second_step, failing_step)
            with pytest.raises(ProjectError, match=r"no such table: nowhere.*as it was"):
                open_project(old)
        assert tables(old) == before
        assert len(kept(old)) == 1, "the second holds the same as the first"
        project = open_project(old)
        assert (project.read_only, project.damage()) == ("", [])
        project.close()


def test_a_project_of_version_1_is_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article("Acme and Bolt")
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", schema.STEPS[:1])
        create_project(path, BOOK, annotator="anna").close()
    with closing(sqlite3.connect(path)) as client, client:
        client.execute(
            "INSERT INTO article VALUES "
            "(1, ?, 'T', '', '[]', '', '', '', '', '', '', '', ?, 13, '')",
            (article.id, article.sha256),
        )
        client.execute("INSERT INTO article_text VALUES (1, ?)", (article.text,))
        client.execute(
            """INSERT INTO span VALUES ('s', ?, 'entity', 'ORG', 0, 4, '[[0,4]]', '["Acme"]', '{}',
            '', 'anna', 'manual', '', '', 1, '', '')""",
            (article.id,),
        )
        for layer in ("entity", "discourse"):
            client.execute(
                "INSERT INTO review VALUES (?, 'bo', ?, 'complete', '')", (article.id, layer)
            )
    project = open_project(path)
    assert project.article_row(article.id).status == "complete"
    assert [(s.quotation, s.blind) for s in project.annotations(article.id).spans] == [
        (("Acme",), False)
    ]
    project.apply(edit(article, (), (make_span(article, (9, 13), blind=True),)))
    project.hide_suggestions(True, "anna", "now", article.id)
    project.close()
    project = open_project(path)
    assert [span.blind for span in project.annotations(article.id).spans] == [False, True]
    assert (project.hides_suggestions(), project.hides_suggestions(article.id)) == (False, True)
    assert project.damage() == []
    project.close()


def test_without_a_backup_nothing_is_touched(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables(old)
    later(monkeypatch, second_step)
    with pytest.raises(ProjectError, match=r"No backup of .* could be written"):
        open_project(old, backups=old / "no folder")
    assert tables(old) == before


def test_an_older_project_is_not_read_only_by_half(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, second_step)
    before = old.read_bytes()
    with pytest.raises(ProjectError, match="made by an older Pressmark"):
        open_project(old, read_only=True)
    assert old.read_bytes() == before


def stops_at(wanted: str, times: int = 1) -> Tell:
    """Return what stops the work when it has been told of something so many times."""
    left = times

    def tell(what: str, done: int, total: int) -> None:
        nonlocal left
        left -= what == wanted
        if not left:
            raise ProjectError("Stopped.")

    return tell


def endless_step(connection: sqlite3.Connection) -> None:
    connection.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )


def test_how_far_it_is_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def third_step(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE more (a TEXT) STRICT")

    later(monkeypatch, second_step, third_step)
    told: list[tuple[str, int, int]] = []
    open_project(old, update=lambda *said: told.append(said)).close()
    stages = list(dict.fromkeys(what for what, _, _ in told))
    assert stages in (
        [COPYING, LOOKING, "Step 1 of 2", "Step 2 of 2"],
        [LOOKING, "Step 1 of 2", "Step 2 of 2"],  # a small file is copied in one piece
    )
    assert all(0 <= done < total for what, done, total in told if what == COPYING)


def test_a_large_backup_is_counted(
    old: Path, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(old)) as client, client:
        client.execute("UPDATE span SET note = hex(zeroblob(2000000))")
    later(monkeypatch, second_step)
    told: list[tuple[str, int, int]] = []
    open_project(old, update=lambda *said: told.append(said)).close()
    copied = [done for what, done, _ in told if what == COPYING]
    assert len(copied) > 3 and copied == sorted(copied)


@pytest.mark.parametrize("wanted", [LOOKING, "Step 1 of 2", "Step 2 of 2"])
def test_it_can_be_stopped_and_begun_again(
    wanted: str, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables(old)
    with monkeypatch.context() as patched:
        later(patched, second_step, endless_step)
        patched.setattr(migrating, "INSTRUCTIONS", 1000)
        with pytest.raises(ProjectError, match=r"^Stopped\.$"):
            open_project(old, update=stops_at(wanted, 3 if wanted == "Step 2 of 2" else 1))
    assert tables(old) == before
    later(monkeypatch, second_step)
    project = open_project(old)
    assert (project.read_only, project.damage()) == ("", [])
    project.close()


def test_an_older_project_can_be_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, second_step)
    before = old.read_bytes()
    with pytest.raises(OutdatedError, match="made by an older Pressmark"):
        open_project(old, update=None)
    assert old.read_bytes() == before and kept(old) == []


def test_the_docs_name_the_present_version_and_every_step() -> None:
    said = (Path(__file__).parents[2] / "docs" / "project-file.md").read_text("utf-8")
    assert f"the version of the schema, now {PRESENT} " in said
    rows = [line for line in said.splitlines() if line.startswith("| ") and line[2].isdigit()]
    steps = [f"| {n} | `{step.__name__}` |" for n, step in enumerate(schema.STEPS, 1)]
    assert [row[: len(step)] for row, step in zip(rows, steps, strict=True)] == steps
