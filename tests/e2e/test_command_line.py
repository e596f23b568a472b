"""The whole job by command line, on the sample and on the seed article."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, run

COMMANDS = (
    *("new", "import", "prehighlight", "export", "picture", "codebook", "search", "index"),
    *("copy", "backup", "restore", "history", "compact", "check", "stats", "formats", "models"),
)
SAMPLE = ROOT / "resources" / "sample"
SEED = ROOT.parent / "shared" / "articles" / "atacms.worked.json"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample articles, pre-highlighted."""
    path = tmp_path_factory.mktemp("job") / "study.pressmark"
    assert run(path.parent, "new", path).code == 0
    assert run(path.parent, "import", path, SAMPLE, "--annotator", "ada").code == 0
    assert run(path.parent, "prehighlight", path, "--annotator", "ada").code == 0
    return path


def exported(project: Path, name: str, *options: str) -> Path:
    out = project.parent / name
    if not out.exists():
        ran = run(project.parent, "export", project, out, *options)
        assert ran.code == 0, ran.err
    return out


def test_help_names_every_command(tmp_path: Path) -> None:
    ran = run(tmp_path, "--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert f"    {command}" in ran.out
        assert run(tmp_path, command, "--help").code == 0


def test_a_project_holds_what_was_imported(project: Path) -> None:
    stats = run(project.parent, "stats", project, "--json").json
    sample = json.loads((SAMPLE / "harbour-bridge.jsonl").read_text("utf-8"))
    assert stats["counts"]["articles"] == 3
    assert stats["counts"]["spans"] == len(sample["spans"])
    assert stats["counts"]["relations"] == len(sample["relations"])
    assert stats["counts"]["suggestions pending"] > 50


def test_a_codebook_goes_out_and_comes_back_changed(tmp_path: Path) -> None:
    project, file = tmp_path / "a.pressmark", tmp_path / "book.toml"
    assert run(tmp_path, "new", project).code == 0
    assert run(tmp_path, "import", project, SAMPLE).code == 0
    assert run(tmp_path, "codebook", project, "--export", file).code == 0
    text = file.read_text("utf-8")
    assert run(tmp_path, "codebook", project).out == text
    same = run(tmp_path, "codebook", project, "--import", file)
    assert (same.code, "already" in same.out) == (0, True)
    file.write_text(text.replace('title = "Claim"', 'title = "Statement"'), "utf-8")
    ran = run(tmp_path, "codebook", project, "--import", file, "--json")
    assert (ran.code, ran.json["version"], ran.json["reopened"]) == (0, 2, 0)
    assert 'title = "Statement"' in run(tmp_path, "codebook", project).out
    file.write_text(text.replace("CLAIM", "STATEMENT"), "utf-8")
    refused = run(tmp_path, "codebook", project, "--import", file)
    assert refused.code == 1 and "label discourse · CLAIM: " in refused.err
    new = '[[label]]\nlayer = "discourse"\nname = "TONE"\ncolor = "#123456"\n\n[[label]]'
    file.write_text(text.replace("[[label]]", new, 1), "utf-8")
    told = run(tmp_path, "codebook", project, "--import", file).out
    assert "1 layer of an article no longer complete. Nobody has looked for TONE" in told
    assert run(tmp_path, "check", project).code == 0


def test_highlighting_again_adds_nothing(project: Path) -> None:
    for options in ([], ["--again"]):
        ran = run(project.parent, "prehighlight", project, "--json", *options)
        assert ran.code == 0
        assert ran.json["suggestions"] == 0


def test_a_sound_project_passes_the_check(project: Path) -> None:
    ran = run(project.parent, "check", project)
    assert (ran.code, ran.err) == (0, "")
    assert "is sound: 3 articles" in ran.out


def test_the_gold_corpus_is_read_by_spacy(project: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    out = exported(project, "gold", "--format", "docbin")
    (doc,) = DocBin().from_disk(out / "corpus.spacy").get_docs(spacy.blank("en").vocab)
    sample = json.loads((SAMPLE / "harbour-bridge.jsonl").read_text("utf-8"))
    for key, label in (("claims", "CLAIM"), ("sources", "SOURCE"), ("events", "EVENT")):
        wanted = [s for s in sample["spans"] if s["label"] == label and s["layer"] != "entity"]
        assert len(doc.spans[key]) == sum(len(span["fragments"]) for span in wanted)
    assert len(doc.user_data["pressmark"]["relations"]) == len(sample["relations"])


def test_everything_survives_export_and_import(project: Path) -> None:
    first = exported(project, "lossless", "--format", "jsonl", "--all")
    other = project.parent / "other.pressmark"
    assert run(project.parent, "new", other, "--codebook", first / "codebook.toml").code == 0
    ran = run(project.parent, "import", other, first / "corpus.jsonl", "--json")
    assert ran.code == 0
    assert ran.json["failures"] == []
    second = exported(other, "again", "--format", "jsonl", "--all")
    assert (second / "corpus.jsonl").read_text("utf-8") == (first / "corpus.jsonl").read_text(
        "utf-8"
    )


def test_the_seed_article_goes_through_whole(tmp_path: Path) -> None:
    if not SEED.exists():
        pytest.skip("the seed article is not beside this checkout")
    project = tmp_path / "seed.pressmark"
    run(tmp_path, "new", project)
    brought = run(tmp_path, "import", project, SEED, "--json").json
    assert (brought["spans"], brought["relations"], brought["failures"]) == (84, 39, [])
    out = exported(project, "seed", "--format", "jsonl", "--all")
    seed = json.loads(SEED.read_text("utf-8"))
    line = json.loads((out / "corpus.jsonl").read_text("utf-8"))
    assert line["article"]["text"] == seed["article"]["text"]
    assert sorted(map(_span, line["spans"])) == sorted(map(_span, seed["spans"]))
    assert _relations(line) == _relations(seed)


def _span(span: dict) -> tuple:
    return span["layer"], span["label"], str(span["fragments"]), str(_said(span))


def _said(record: dict) -> list:
    return sorted(record.get("attributes", {}).items())


def _relations(line: dict) -> list:
    spans = {span["id"]: _span(span) for span in line["spans"]}
    return sorted(
        (r["label"], [(a["role"], spans[a["span"]]) for a in r["arguments"]], _said(r))
        for r in line["relations"]
    )


def test_bad_files_are_listed_and_the_rest_is_imported(tmp_path: Path) -> None:
    project = tmp_path / "a.pressmark"
    run(tmp_path, "new", project)
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_bytes("A minister said “no”.".encode("cp1252"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "same.txt").write_text("A minister said “no”.", "utf-8")
    ran = run(tmp_path, "import", project, folder, tmp_path / "nowhere.txt")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    listed = [line for line in ran.out.splitlines() if line.startswith("not imported")]
    assert len(listed) == 4
    assert run(tmp_path, "stats", project, "--json").json["counts"]["articles"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ["check", "nowhere.pressmark"],
        ["check", "."],
        ["stats", "text.txt"],
        ["new", "text.txt"],
        ["new", "b.pressmark", "--codebook", "text.txt"],
        ["export", "nowhere.pressmark", "out", "--format", "jsonl"],
        ["prehighlight", "nowhere.pressmark"],
    ],
)
def test_what_a_person_can_mend_is_one_sentence(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "text.txt").write_text("No project, only words.", "utf-8")
    ran = run(tmp_path, *words)
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.startswith("pressmark: ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["text.txt"]
    assert (tmp_path / "text.txt").read_text("utf-8") == "No project, only words."


def test_a_reader_who_leaves_early_stops_nothing(project: Path) -> None:
    out = project.parent / "piped"
    words = [sys.executable, str(ROOT / "main.py"), "export", str(project), str(out)]
    with subprocess.Popen(
        [*words, "--format", "docbin"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
    assert (out / "manifest.json").exists()


def test_what_a_terminal_cannot_show_is_no_failure(project: Path) -> None:
    odd = project.parent / "odd\x1b[31m\u202e.txt"
    odd.write_bytes(b"")
    ran = run(project.parent, "import", project, odd, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ran.code == 1
    (line,) = [line for line in ran.out.splitlines() if line.startswith("not imported")]
    assert line.isprintable()


def test_problems_are_json_too(tmp_path: Path) -> None:
    ran = run(tmp_path, "stats", "nowhere.pressmark", "--json")
    assert ran.code == 1
    assert "nowhere.pressmark" in ran.json["error"]
    assert run(tmp_path, "frobnicate").err.count("\n") == 1
    assert run(tmp_path, "import", "a.pressmark", "").code == 2


def test_an_article_becomes_a_picture(project: Path) -> None:
    out = project.parent / "bridge.html"
    ran = run(project.parent, "picture", project, out, "--json", QT_QPA_PLATFORM="", DISPLAY="")
    assert ran.code == 0, ran.err
    assert ran.json["files"] == [str(out)]
    assert ran.json["article"] in out.read_text("utf-8")
    last = run(project.parent, "picture", project, project.parent / "last.pdf", "--article", "3")
    assert (last.code, last.err) == (0, "")
    assert (project.parent / "last.pdf").read_bytes().startswith(b"%PDF-")
    missing = run(project.parent, "picture", project, out, "--article", "99")
    assert missing.code == 1 and "no article 99" in missing.err


def test_a_copy_and_a_word_about_where_the_project_is(project: Path) -> None:
    folder = project.parent / "Dropbox"
    folder.mkdir()
    copy = folder / "copy.pressmark"
    assert run(folder, "copy", project, copy).out == f"{project} is copied to {copy}.\n"
    assert "exists already" in run(folder, "copy", project, copy).err
    assert run(folder, "check", copy).code == 0
    ran = run(folder, "import", copy, SAMPLE / "river-levy.txt")
    assert "Dropbox keeps in step" in ran.err


def test_lists_for_scripts(tmp_path: Path) -> None:
    formats = run(tmp_path, "formats", "--json").json
    assert [entry["name"] for entry in formats["export"]] == ["docbin", "jsonl"]
    assert {".txt", ".md", ".jsonl"} <= {e for r in formats["import"] for e in r["extensions"]}
    models = run(tmp_path, "models", "--json").json["models"]
    assert "en_core_web_sm" in [model["name"] for model in models]


def test_without_a_screen_the_sample_is_worked_through(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        QT_QPA_PLATFORM="",
        DISPLAY="",
        WAYLAND_DISPLAY="",
        XDG_DATA_HOME=str(tmp_path),
    )
    assert ran.code == 0, ran.err
    results = tmp_path / "Pressmark" / "sample-results"
    assert str(results) in ran.out
    assert (results / "article.png").read_bytes().startswith(b"\x89PNG")
    assert (results / "docbin" / "corpus.spacy").exists()
    assert (results / "jsonl" / "corpus.jsonl").exists()
    run(tmp_path, "new", "x.pressmark")
    missing = run(tmp_path, "x.pressmark", QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert missing.code == 1
    assert "no screen" in missing.err


def test_the_registries_are_listed_by_name(project: Path) -> None:
    found = run(project.parent, "registry", project, "--json").json
    names = [entry["name"] for entry in found["source"]]
    assert names == sorted(names, key=str.casefold)
    varga = next(entry for entry in found["source"] if entry["name"] == "Ilse Varga")
    assert (varga["mentions"], varga["facts"]["role"]) == (4, "Transport Minister")
    ran = run(project.parent, "registry", project, "--registry", "event")
    assert ran.out.startswith("Events: 3")
    assert "Rally on Salt Quay (protest · 2026-03-13 · Salt Quay, Halvik)" in ran.out
    assert "Varga" not in ran.out
    counts = run(project.parent, "stats", project, "--json").json["counts"]
    assert counts["sources in the registry"] == len(names)
