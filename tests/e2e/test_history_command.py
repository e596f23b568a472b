"""The commands `history` and `compact`, and what a command says while a window has the project."""

import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from command import ROOT, run

EDIT = """
import sys
from pathlib import Path
from annotation.ids import new_id
from annotation.model import Change, Span
from storage import open_project
store = open_project(Path(sys.argv[1]))
(article_id,) = list(store.article_ids())[:1]
text = store.article(article_id).text
for n in range(5):
    at = f"2026-01-0{n + 1}T12:00:00.000Z"
    span = Span(new_id(), article_id, "discourse", "CLAIM", ((n, n + 1),), (text[n:n + 1],), "ada",
                "manual", 1, at, at)
    store.apply(Change(new_id(), f"Tag {n}", article_id, "ada", at, added=(span,)))
print(span.id, flush=True)
sys.stdin.read()
store.close()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "study.pressmark"
    run(tmp_path, "new", path)
    assert run(tmp_path, "import", path, ROOT / "resources" / "sample").code == 0
    return path


def test_history_and_compact(tmp_path: Path, project: Path) -> None:
    command = [sys.executable, "-c", EDIT, str(project)]
    with Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as window:
        assert window.stdout is not None
        span_id = window.stdout.readline().strip()
        refused = run(tmp_path, "compact", project)
        assert refused.code == 1
        assert "cannot be changed: open in another window since" in refused.err
        listed = run(tmp_path, "history", project, "--span", span_id, "--json").json
        assert [entry["title"] for entry in listed["entries"]] == ["Tag 4"]
    lines = run(tmp_path, "history", project, "--article", 1).out.splitlines()
    assert [line.split("ada")[-1].strip() for line in lines[:2]] == ["Tag 4", "Tag 3"]
    assert "Imported" in lines[-1]
    day = run(tmp_path, "compact", project, "--keep", 0, "--before", "2026-01-03", "--preview")
    assert "2 entries" in day.out and "the last of 2026-01-02" in day.out
    assert "a day like" in run(tmp_path, "compact", project, "--before", "May").err
    assert "3 entries" in run(tmp_path, "compact", project, "--keep", 2, "--preview").out
    said = run(tmp_path, "compact", project, "--keep", 2, "--json").json
    assert said["entries"] == 3 and Path(said["backup"]).exists()
    assert len(run(tmp_path, "history", project, "--text", "tag").out.splitlines()) == 5
    assert run(tmp_path, "history", project, "--article", 99).code == 1
    assert list(tmp_path.glob("study.pressmark-*")) == []
