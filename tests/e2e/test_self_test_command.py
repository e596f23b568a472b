"""`pressmark --self-test` as a support person runs it."""

from pathlib import Path

from command import run


def test_it_tells_the_versions_and_every_step_with_its_time(tmp_path: Path) -> None:
    ran = run(tmp_path, "--self-test", HOME=str(tmp_path), XDG_DATA_HOME="")
    assert ran.code == 0, ran.out
    lines = ran.out.splitlines()
    assert lines[0].startswith("Pressmark ") and any(line.startswith("Qt ") for line in lines)
    steps = [line for line in lines if " s  " in line]
    assert [line.split("  ")[0] for line in steps] == [
        *("make a project", "import the sample", "pre-highlight", "tag", "undo and redo"),
        *("search", "export DocBin", "read it with spaCy", "export JSONL", "import it again"),
        *("draw the article", "look for damage", "encrypt and open"),
        "check a signature",
    ]
    assert lines[-1].startswith("Everything works: 14 steps in ")
    assert list(tmp_path.iterdir()) == []
