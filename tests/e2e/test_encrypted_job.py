"""An encrypted project by command line: every use case, and nothing readable on the disk."""

from pathlib import Path

from command import ROOT, run

SAMPLE = ROOT / "resources" / "sample"
WORDS = (b"bridge", b"SQLite format 3", b"CREATE TABLE")


def readable(*places: Path) -> list[Path]:
    files = [f for place in places for f in ([place] if place.is_file() else place.rglob("*"))]
    return [f for f in files if f.is_file() and any(word in f.read_bytes() for word in WORDS)]


def test_everything_works_with_a_password(tmp_path: Path) -> None:
    project, out = tmp_path / "a.pressmark", tmp_path / "out"
    first, other = tmp_path / "first", tmp_path / "other"
    first.write_text("meadow trombone\n", "utf-8")
    other.write_text("lantern über vinegar\r\nnot this", "utf-8")
    key = ("--password-file", first)
    assert run(tmp_path, "new", project, "--new-password-file", first).code == 0
    assert run(tmp_path, "import", project, SAMPLE, *key).code == 0
    assert run(tmp_path, "prehighlight", project, *key).code == 0
    assert run(tmp_path, "search", project, "bridge", *key).code == 0
    assert run(tmp_path, "check", project, *key).code == 0
    backup = Path(run(tmp_path, "backup", project, "--json", *key).json["path"])
    assert run(tmp_path, "export", project, out, "--format", "jsonl", "--all", *key).code == 0
    assert run(tmp_path, "copy", project, tmp_path / "copy.pressmark", *key).code == 0
    changed = run(tmp_path, "password", project, *key, "--new-password-file", other)
    assert changed.code == 0, changed.err
    assert backup.exists() and readable(project, backup.parent, tmp_path / "copy.pressmark") == []

    without = run(tmp_path, "stats", project)
    assert without.code == 1 and "--password-file" in without.err
    wrong = run(tmp_path, "stats", project, *key)
    assert wrong.code == 1 and "not the password" in wrong.err
    assert "trombone" not in wrong.err and "hmac" not in wrong.err
    key = ("--password-file", other)
    assert run(tmp_path, "restore", project, "--backup", "1", *key).code == 0
    assert run(tmp_path, "stats", project, "--json", *key).json["counts"]["articles"] == 3
    damaged, saved = tmp_path / "damaged.pressmark", tmp_path / "saved.pressmark"
    damaged.write_bytes(bytes(16) + project.read_bytes()[16:-5000])
    asked = run(tmp_path, "check", damaged, "--repair", saved)
    assert asked.code == 1 and "--password-file" in asked.err
    repaired = run(tmp_path, "check", damaged, "--repair", saved, "--json", *key)
    assert repaired.json["saved"]["articles"] == 3 and readable(saved) == []
    assert run(tmp_path, "check", saved, *key).code == 0
    assert run(tmp_path, "decrypt", project, *key).code == 0
    assert run(tmp_path, "check", project).code == 0
    again = run(tmp_path, "decrypt", project)
    assert again.code == 1 and "no password" in again.err
