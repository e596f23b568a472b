"""Searching by command line: hits, their number, a wrong query, a project that is held."""

from contextlib import closing
from pathlib import Path

import pytest
from command import ROOT, run

from storage import open_project

SAMPLE = ROOT / "resources" / "sample"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample articles."""
    path = tmp_path_factory.mktemp("search") / "study.pressmark"
    assert run(path.parent, "new", path).code == 0
    assert run(path.parent, "import", path, SAMPLE).code == 0
    return path


def test_hits_stand_in_their_context_below_their_article(project: Path) -> None:
    ran = run(project.parent, "search", project, "title:bridge bridge NEAR(harbour bridge, 3)")
    assert ran.code == 0, ran.err
    first, *hits = ran.out.splitlines()
    assert first.split(maxsplit=1)[1].startswith("Cracked harbour bridge to stay shut")
    assert "        title: Cracked harbour [bridge] to stay shut until May, minister says" in hits
    assert len(hits) > 1 and all("[" in hit and "]" in hit for hit in hits)
    nothing = run(project.parent, "search", project, "no-such-word")
    assert (nothing.code, nothing.out) == (0, "No hits.\n")


def test_a_script_gets_all_that_is_known_and_whether_there_is_more(project: Path) -> None:
    ran = run(project.parent, "search", project, "the", "--json", "--limit", 3)
    assert (ran.code, len(ran.json["hits"]), ran.json["more"]) == (0, 3, True)
    for hit in ran.json["hits"]:
        assert hit["hit"].casefold() == "the" and hit["end"] - hit["start"] in (0, 3)
    said = run(project.parent, "search", project, "the", "--limit", 3).out.splitlines()
    assert said[-1] == "These are the first 3 hits; see the others with --limit."
    assert sum(line.startswith(" " * 8) for line in said) == 3


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('"open', "quotation mark"),
        ("colour:red", "there is no field “colour:”"),
        ("label:NOTHING", "no label and no relation “NOTHING”"),
        ("(bridge", "not closed"),
        ("", "no word to look for"),
    ],
)
def test_a_wrong_query_is_one_sentence(project: Path, query: str, says: str) -> None:
    ran = run(project.parent, "search", project, query)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("pressmark: ") and says in ran.err
    assert ran.err.count("\n") == 1
    problem = run(project.parent, "search", project, query, "--json")
    assert (problem.code, says in str(problem.json)) == (1, True)


def test_no_number_of_hits_is_no_limit(project: Path) -> None:
    assert run(project.parent, "search", project, "the", "--limit", 0).code == 2


def test_the_index_is_made_anew(project: Path) -> None:
    assert run(project.parent, "index", project, "--json").json == {"indexed": 0}
    ran = run(project.parent, "index", project, "--anew")
    assert (ran.code, "3 articles put into the search index." in ran.out) == (0, True)
    assert run(project.parent, "check", project).code == 0


def test_a_project_that_somebody_works_in_is_searched_and_left_as_it_is(project: Path) -> None:
    with closing(open_project(project)) as held:
        assert held.read_only == ""
        found = run(project.parent, "search", project, "harbour", "--json")
        assert found.code == 0 and found.json["hits"]
        refused = run(project.parent, "index", project, "--anew")
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.count("\n") == 1 and "cannot be changed" in refused.err
