"""The command `dictionary`, and what pre-highlighting makes of it, as people run them."""

from pathlib import Path

from command import run

TABLE = "term;label;any case\nOrlund Council;ORG;\nSAID;CUE;yes\nOrlund;FIRM;\n"


def test_terms_come_in_suggest_and_go_out_again(tmp_path: Path) -> None:
    project, table, out = (tmp_path / name for name in ("a.pressmark", "words.csv", "out.tsv"))
    (tmp_path / "one.txt").write_text("It will not, the Orlund\nCouncil said on Friday.")
    table.write_bytes(TABLE.encode("utf-16"))
    assert run(tmp_path, "new", project).code == 0
    assert run(tmp_path, "import", project, "one.txt").code == 0

    brought = run(tmp_path, "dictionary", project, "--import", table)
    assert brought.code == 1
    assert brought.out == f"2 terms of {table} taken over.\n"
    assert "Line 4: the codebook has no label FIRM." in brought.err

    done = run(tmp_path, "prehighlight", project, "--json")
    assert done.code == 0, done.err
    first = done.json["dictionary"]
    assert (first["articles"], first["suggestions"]) == (1, 2)
    assert first["author"].startswith("dictionary words ")
    again = run(tmp_path, "prehighlight", project, "--json", "--again")
    assert again.json["dictionary"]["suggestions"] == 0

    assert run(tmp_path, "dictionary", project, "--export", out).code == 0
    lines = ["term\tlabel\tlayer\tany case", "Orlund Council\tORG\tentity\tno"]
    lines += ["SAID\tCUE\tdiscourse\tyes", ""]
    assert out.read_text("utf-8-sig").split("\n") == lines
    printed = run(tmp_path, "dictionary", project).out.split("\n")
    assert [line.split() for line in printed[:2]] == [
        ["Orlund", "Council", "ORG", "entity"],
        ["SAID", "CUE", "discourse", "any", "case"],
    ]

    assert run(tmp_path, "dictionary", project, "--clear", "--json").json["terms"] == []
    assert run(tmp_path, "dictionary", project, "--replace").code == 1
    run(tmp_path, "prehighlight", project)
    gone = run(tmp_path, "prehighlight", project, "--again", "--json").json["dictionary"]
    assert gone["suggestions"] == 0
