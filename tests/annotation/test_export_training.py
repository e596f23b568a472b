"""What spaCy trains on: a split that does not depend on chance, bounded files, whole configs."""

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
import spacy
from memory_store import MemoryStore, make_article, make_span
from spacy.tokens import DocBin, Span
from spacy.util import load_config, load_model_from_config

from annotation.codebook import Codebook, Label, Layer
from annotation.counting import plural_of
from annotation.exporting import ExportOptions, bins, export, tokenizers
from annotation.exporting.bins import BinFile, Example, SplitBins, pack, without_user_data
from annotation.exporting.group_keys import GroupKeys
from annotation.exporting.tokenizers import Tokenizers
from annotation.exporting.training import coverage, suggested_lengths, training_config
from annotation.model import Annotations, Review
from annotation.store import Entry

NLP = spacy.blank("en")


def doc_of(text: str) -> spacy.tokens.Doc:
    doc = NLP.tokenizer(text)
    doc.set_ents([Span(doc, 0, 1, "ORG", span_id="one")], default="missing")
    doc.spans["sc"] = [Span(doc, 0, 2, "CLAIM", span_id="two"), Span(doc, 1, 2, "CUE")]
    doc.spans["none"] = []
    doc.user_data["x"] = {"a": [1, True]}
    return doc


def texts(path: Path) -> list[str]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [d.text for f in files for d in DocBin().from_disk(f).get_docs(NLP.vocab)]


@pytest.mark.parametrize("text", ["Acme’s don't 😀  run \n U.S.", "a b"])
def test_packing_writes_what_spacy_writes(text: str) -> None:
    doc = doc_of(text)
    own = pack(doc)
    reference = DocBin(attrs=own.attrs, store_user_data=True, docs=[doc])
    assert own.to_bytes() == reference.to_bytes()
    plain = DocBin(attrs=own.attrs, docs=[doc])
    assert without_user_data(own).to_bytes() == plain.to_bytes()


def test_a_large_corpus_becomes_a_folder_that_spacy_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bins, "TOKENS_PER_FILE", 5)
    file = BinFile(tmp_path / "train.spacy", user_data=True)
    expected = [f"word {i}" for i in range(5)]
    for text in expected:
        file.add(pack(doc_of(text)))
    file.close()
    assert [p.name for p in sorted((tmp_path / "train.spacy").iterdir())] == [
        f"000{i}.spacy" for i in (1, 2, 3)
    ]
    assert texts(tmp_path / "train.spacy") == expected
    read = spacy.training.Corpus(tmp_path / "train.spacy")
    assert [example.reference.text for example in read(NLP)] == expected


@pytest.mark.parametrize("count", [1, 2, 3, 5, 60])
def test_the_split_fills_both_sides_and_ignores_the_order(tmp_path: Path, count: int) -> None:
    found = []
    words = [f"word {i}" for i in range(count)]
    for name, order in (("there", words), ("back", words[::-1])):
        split = SplitBins(tmp_path / name)
        for text in order:
            digest = sha256(text.encode()).hexdigest()
            split.add(Example(text, digest, without_user_data(pack(doc_of(text))), 2))
        split.settle()
        split.write()
        sides = [set(texts(tmp_path / name / f"{side}.spacy")) for side in ("train", "dev")]
        assert split.sizes == tuple(len(side) for side in sides)
        assert sides[1] == set(split.dev_articles)
        found.append(sides)
    train, dev = found[0]
    assert found[0] == found[1]
    assert train and dev and train | dev == set(words)
    assert train & dev == (set(words) if count == 1 else set())
    if count == 60:
        assert 4 <= len(dev) <= 22


@pytest.mark.parametrize("task", ["ner", "spancat"])
@pytest.mark.parametrize("language", ["en", "xx", "it", "zh"])
def test_a_config_is_whole(tmp_path: Path, task: str, language: str) -> None:
    text = training_config(task, language, {"CLAIM": Counter([3, 9]), "CUE": Counter([1, 1])})  # type: ignore[arg-type]
    (tmp_path / "config.cfg").write_text(text)
    config = load_config(tmp_path / "config.cfg")
    filled = load_model_from_config(config, auto_fill=True, validate=True).config
    if language == "zh":  # a tokenizer with settings of its own, which may stay open
        del filled["initialize"]["tokenizer"], config["initialize"]["tokenizer"]
    assert filled == config, "nothing is left for spaCy to fill in"
    assert config["nlp"]["tokenizer"] == spacy.blank(language).config["nlp"]["tokenizer"]


def test_suggested_lengths_follow_each_label() -> None:
    lengths = {"CUE": Counter({1: 900}), "CLAIM": Counter({5: 5, 20: 4, 70: 1})}
    assert suggested_lengths(lengths) == (1, 20)
    assert coverage(lengths) == pytest.approx(909 / 910)
    assert suggested_lengths({"CLAIM": Counter({70: 3})}) == (70, 70)
    assert suggested_lengths({"CLAIM": Counter({2: 1, 90: 9})}) == (2, 48)
    assert suggested_lengths({}) == (1, 1)


def test_spancat_never_sees_an_article_with_a_missing_layer(tmp_path: Path) -> None:
    store = MemoryStore()
    for number, layers in enumerate([("entity", "discourse"), ("entity",), ("discourse",)] * 3):
        article = make_article(f"Acme said no {number}", language="en" if number else "it")
        org = make_span(article, "entity", "ORG", (0, 4))
        cue = make_span(article, "discourse", "CUE", (5, 9))
        reviews = tuple(Review(article.id, "anna", name, "complete", "") for name in layers)
        store.add_entries([Entry(article, Annotations((org, cue), (), (), reviews))], "")
    report = export(store, tmp_path / "out", ExportOptions("docbin"))
    for task, numbers in (("spancat", (0, 2, 3, 5, 6, 8)), ("ner", (0, 1, 3, 4, 6, 7))):
        folder = tmp_path / "out" / task
        seen = texts(folder / "train.spacy") + texts(folder / "dev.spacy")
        assert sorted(seen) == [f"Acme said no {n}" for n in numbers]
    assert any("for “en”" in note for note in report.notes)


def test_a_task_with_nothing_to_learn_says_why(tmp_path: Path) -> None:
    article = make_article("Acme said no")
    reviews = (Review(article.id, "anna", "entity", "complete", ""),)
    store = MemoryStore()
    store.add_entries([Entry(article, Annotations(reviews=reviews))], "")
    report = export(store, tmp_path / "out", ExportOptions("docbin"))
    assert report.notes == (
        "No files to train ner: its training articles have no spans.",
        "No files to train spancat: no exported article has all its other layers complete.",
    )
    assert not (tmp_path / "out" / "ner").exists()
    only = export(store, tmp_path / "out", ExportOptions("docbin", layers=("entity",)))
    assert len(only.notes) == 1, "nobody asked for spancat"


@pytest.mark.parametrize(
    ("said", "code"), [("", "en"), ("en-GB", "en"), ("IT", "it"), ("qq", "xx"), ("Klingon", "xx")]
)
def test_the_tokenizer_is_that_of_the_language(said: str, code: str) -> None:
    known = Tokenizers()
    article = make_article("Don’t", language=said)
    assert known.language_of(article) == code
    assert [t.text for t in known.tokenize(article)] == [t.text for t in spacy.blank(code)("Don’t")]
    assert known.replaced == ({said} if code == "xx" else set())


def test_pipelines_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizers, "ARTICLES_PER_PIPELINE", 2)
    known = Tokenizers()
    vocabularies = [known.tokenize(make_article(f"text {i}")).vocab for i in range(5)]
    assert len({id(vocabulary) for vocabulary in vocabularies}) == 3


def test_keys_are_plural_and_unique() -> None:
    names = ["CLAIM", "PARTY", "CLASS", "DAY", "SPEECH"]
    assert [plural_of(n.lower()) for n in names] == [
        "claims",
        "parties",
        "classes",
        "days",
        "speeches",
    ]
    labels = (Label("a", "EVENT", "", "", ""), Label("b", "EVENT", "", "", ""))
    keys = GroupKeys(Codebook("x", layers=(Layer("a", ""), Layer("b", "")), labels=labels))
    assert keys.of_layer("a") == ["a_events"]
    assert (keys.key("b", "EVENT"), keys.label("b", "EVENT")) == ("b_events", "b/EVENT")
