"""Models from folders and wheels: added whole or not at all, and none of their code is run."""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
import srsly
from making_models import NAME, Payload, configure, describe, make_model, wheel_of

from annotation import model_adding, model_source
from annotation.entities import find_entities, load
from annotation.errors import ProjectError
from annotation.keeper import Found
from annotation.model_adding import TEMPORARY, adding, remove_model
from annotation.models import BUNDLED, Model, find_model, installed_models
from annotation.pool import WorkerPool


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("made") / "model")


@pytest.fixture
def model(made: Path, tmp_path: Path) -> Path:
    """A model of our own to spoil."""
    return Path(shutil.copytree(made, tmp_path / "model"))


def add(path: Path, folder: Path) -> Model:
    steps = adding(path, folder)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value


def refused(path: Path, tmp_path: Path) -> str:
    """Return why a model is refused; nothing of it may stay behind."""
    with pytest.raises(ProjectError) as caught:
        add(path, tmp_path / "own")
    assert list((tmp_path / "own").iterdir()) == []
    return str(caught.value)


def entities(model: Model, text: str) -> list[str]:
    [found] = find_entities(load(model.source), [text])
    return [text[start:end] for start, end, _ in found]


@pytest.mark.parametrize("form", ["folder", "package", "wheel"])
def test_a_model_is_added_found_used_and_removed(model: Path, tmp_path: Path, form: str) -> None:
    own = tmp_path / "own"
    given = {
        "folder": model,
        "package": model.parent,
        "wheel": wheel_of(model, tmp_path / "m.whl") if form == "wheel" else model,
    }[form]
    added = add(given, own)
    assert (added.author, added.language, added.licence) == ("xx_tiny 1.0.0", "xx", "CC0")
    assert [m.author for m in installed_models(own)] == [BUNDLED.author, "xx_tiny 1.0.0"]
    assert find_model("xx_tiny", own) == added
    assert "Lisbon" in entities(added, "They met in Lisbon.")
    remove_model(added)
    assert list(own.iterdir()) == []
    assert find_model(None, own) == BUNDLED


def test_the_process_that_highlights_loads_it(model: Path, tmp_path: Path) -> None:
    pool = WorkerPool(add(model, tmp_path / "own"))
    try:
        pool.submit("a", "They met in Lisbon.")
        [outcome] = pool.wait(60)
    finally:
        pool.close()
    assert isinstance(outcome, Found), outcome
    assert (12, 18, "LOC") in outcome.entities


def test_only_what_finds_entities_is_copied_and_no_code(model: Path, tmp_path: Path) -> None:
    code = "import pathlib; pathlib.Path('ran').touch()"
    names = (f"xx_tiny/{NAME}/evil.py", "xx_tiny/__init__.py", "../../slipped.py", "/abs.py")
    wheel = wheel_of(model, tmp_path / "m.whl", **dict.fromkeys(names, code))
    (tmp_path / "outer").mkdir()
    added = add(wheel, tmp_path / "outer" / "own")
    copied = {p.relative_to(added.path).as_posix() for p in Path(added.path).rglob("*.*")}
    assert copied <= {
        *("config.cfg", "meta.json", "pressmark-model.json", "vocab/strings.json"),
        *("vocab/vectors.cfg", "vocab/lookups.bin", "entity_ruler/patterns.jsonl"),
    }
    assert not list(tmp_path.rglob("*slipped*"))
    assert "sentencizer" not in Path(added.path, "config.cfg").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("before_creation = null", 'before_creation = {"@callbacks":"x"}', "of its own to be run"),
        ("after_pipeline_creation = null", "after_pipeline_creation = 1", "of its own to be run"),
        ("spacy.TransitionBasedParser.v2", "spacy.TorchBiLSTMEncoder.v1", "TorchBiLSTMEncoder"),
        ('factory = "ner"', 'factory = "evil"', "“ner” is not one of spaCy's own"),
        ('factory = "ner"', 'source = "/tmp/other"', "“ner” is not one of spaCy's own"),
        ("spacy.levenshtein_compare.v1", "spacy.KBFromFile.v1", "KBFromFile"),
        ("spacy.levenshtein_compare.v1", "os.system", "'os.system'"),
        ("spacy.Tokenizer.v1", "spacy.ja.JapaneseTokenizer", "its tokenizer is not spaCy's own"),
        ('lang = "xx"', 'lang = "xx.evil"', "none that spaCy knows"),
        ('lang = "xx"', 'lang = "qq"', "none that spaCy knows"),
        ('["ner",', '["../../ner",', "the odd name"),
        ("hidden_width = 64", "hidden_width = 99999999", "hidden_width is 99999999"),
        ("hidden_width = 64", 'hidden_width = "$${nlp.lang}"', "hidden_width is an odd text"),
        ("[nlp]", "[nlp", "it cannot be read"),
        ("pipeline = [", "pipeline = []\nother = [", "does not look for entities"),
    ],
)  # fmt: skip
def test_a_configuration_that_wants_more_is_refused(
    model: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    configure(model, old, new)
    assert said in refused(model, tmp_path)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"spacy_version": ">=2.0,<3.0"}, r"is for spaCy >=2.0,<3.0, and here is spaCy 3."),
        ({"spacy_version": ""}, "it does not say which"),
        ({"spacy_version": "newest"}, "Invalid specifier"),
        ({"version": "../1"}, "Invalid version"),
        ({"version": "999.9.9"}, "only hold its name"),
        ({"name": "../tiny"}, "do not say which model this is"),
        ({"lang": "fr"}, "do not say which model this is"),
        ({"license": ["x"]}, "license is no line of text"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(
    model: Path, tmp_path: Path, about: dict[str, object], said: str
) -> None:
    describe(model, **about)
    assert said in refused(model, tmp_path)


def pickled_vectors(folder: Path, payload: Payload) -> None:
    (folder / "vocab" / "vectors").write_bytes(pickle.dumps(payload))


def vectors_of_objects(folder: Path, payload: Payload) -> None:
    with (folder / "vocab" / "vectors").open("wb") as file:
        numpy.save(file, numpy.array([payload], dtype=object), allow_pickle=True)


def an_array(payload: Payload, type_: str, **more: bytes) -> dict[bytes, object]:
    named = {name.encode(): value for name, value in more.items()}
    return {b"nd": True, b"type": type_, b"shape": [1], b"data": pickle.dumps(payload), **named}


def weights_of_objects(folder: Path, payload: Payload) -> None:
    weights = srsly.read_msgpack(folder / "ner" / "model")
    name = next(name for name, value in weights["params"][-1].items() if value is not None)
    weights["params"][-1][name] = an_array(payload, "|O", kind=b"O")
    srsly.write_msgpack(folder / "ner" / "model", weights)


def settings_of_objects(folder: Path, payload: Payload) -> None:
    weights = srsly.read_msgpack(folder / "ner" / "model")
    weights["attrs"][0]["x"] = srsly.msgpack_dumps([an_array(payload, "|O")])
    srsly.write_msgpack(folder / "ner" / "model", weights)


def weights_of_pytorch(folder: Path, payload: Payload) -> None:
    weights = srsly.read_msgpack(folder / "ner" / "model")
    weights["shims"][0] = [pickle.dumps(payload)]
    srsly.write_msgpack(folder / "ner" / "model", weights)


def tables_of_objects(folder: Path, payload: Payload) -> None:
    srsly.write_msgpack(folder / "vocab" / "lookups.bin", {"t": {1: an_array(payload, "O8")}})


def a_pickled_tokenizer(folder: Path, payload: Payload) -> None:
    (folder / "tokenizer").write_bytes(pickle.dumps(payload))


@pytest.mark.parametrize(
    "spoil",
    [
        *(pickled_vectors, vectors_of_objects, weights_of_objects, settings_of_objects),
        *(weights_of_pytorch, tables_of_objects, a_pickled_tokenizer),
    ],
)
def test_a_pickle_in_a_model_is_refused_and_never_run(
    model: Path, tmp_path: Path, spoil: Callable[[Path, Payload], None]
) -> None:
    trace = tmp_path / "ran"
    spoil(model, Payload(trace))
    assert "xx_tiny 1.0.0 cannot be added" in refused(model, tmp_path)
    assert not trace.exists()


def test_weights_of_another_size_are_refused(model: Path, tmp_path: Path) -> None:
    weights = srsly.read_msgpack(model / "ner" / "model")
    for params in weights["params"]:
        for name, value in params.items():
            if value is not None:
                params[name] = value.ravel()[:1].copy()
    srsly.write_msgpack(model / "ner" / "model", weights)
    assert "cannot be use" in refused(model, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_followed(model: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("{}", "utf-8")
    (model / "tokenizer").unlink()
    (model / "tokenizer").symlink_to(tmp_path / "secret")
    assert "leads elsewhere" in refused(model, tmp_path)


def test_a_bomb_is_stopped_while_it_unfolds(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_adding, "MAX_DATA", 50_000)
    assert "is larger than" in refused(wheel_of(model, tmp_path / "m.whl"), tmp_path)
    monkeypatch.setattr(model_source, "MAX_ENTRIES", 3)
    assert "holds too much" in refused(wheel_of(model, tmp_path / "m.whl"), tmp_path)


def test_what_is_no_model_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.whl").write_bytes(b"PK nonsense")
    (tmp_path / "a.tar.gz").write_bytes(b"")
    for name, said in (
        ("empty", "holds no spaCy model"),
        ("bad.whl", "cannot be read"),
        ("a.tar.gz", "neither a folder nor a wheel"),
        ("nothing", "There is no "),
    ):
        with pytest.raises(ProjectError, match=said):
            add(tmp_path / name, tmp_path / "own")


def test_a_wheel_cut_anywhere_adds_nothing(model: Path, tmp_path: Path) -> None:
    whole = wheel_of(model, tmp_path / "m.whl").read_bytes()
    for share in range(1, 10):
        (tmp_path / "m.whl").write_bytes(whole[: len(whole) * share // 10])
        with pytest.raises(ProjectError):
            add(tmp_path / "m.whl", tmp_path / "own")
    assert installed_models(tmp_path / "own") == [BUNDLED]


def test_a_model_is_not_added_twice_and_the_bundled_one_stays(model: Path, tmp_path: Path) -> None:
    add(model, tmp_path / "own")
    with pytest.raises(ProjectError, match="is there already"):
        add(model, tmp_path / "own")
    with pytest.raises(ProjectError, match="came with the program"):
        remove_model(BUNDLED)


def test_a_half_done_copy_does_not_count(model: Path, tmp_path: Path) -> None:
    added = add(model, tmp_path / "own")
    Path(added.path).rename(tmp_path / "own" / f"{TEMPORARY}x")
    shutil.copytree(model, tmp_path / "own" / NAME)  # one that nobody has looked at
    assert installed_models(tmp_path / "own") == [BUNDLED]


def test_a_model_that_was_changed_afterwards_is_not_loaded(model: Path, tmp_path: Path) -> None:
    added = add(model, tmp_path / "own")
    Path(added.path, "tokenizer").write_bytes(b"\x80")
    with pytest.raises(ProjectError, match="tokenizer is not as it was added"):
        load(added.source)


@pytest.mark.parametrize("name", ["vocab/vectors", "ner/model", "ner/moves", "meta.json"])
def test_damage_anywhere_is_a_sentence(model: Path, tmp_path: Path, name: str) -> None:
    whole = (model / name).read_bytes()
    size = len(whole)
    for start, end in ((60, 80), (0, size // 2), (size - 5, size), (0, size)):
        (model / name).write_bytes(whole[:start] + whole[end:])
        assert refused(model, tmp_path)
