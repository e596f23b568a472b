"""The reduced models that the frozen program holds."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "annotation"))

from making_models import make_model

from annotation import models
from annotation.entities import find_entities, load
from annotation.models import BUNDLED, find_model, installed_models
from annotation.resources import resource_path
from resources.packaging.model import write_bundled_model, write_more_models


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("frozen") / "models" / "en_core_web_sm"
    write_bundled_model(target)
    return target


def test_it_finds_what_the_whole_model_finds(folder):
    texts = [
        resource_path(f"sample/{name}").read_text("utf-8")
        for name in ("night-train.md", "river-levy.txt")
    ]
    assert texts and find_entities(load(str(folder)), texts) == find_entities(
        load(BUNDLED.package), texts
    )


def test_it_is_small_and_brings_its_licence(folder):
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size < 8_000_000
    assert {"LICENSE", "LICENSES_SOURCES"} <= {path.name for path in folder.iterdir()}


def test_the_folder_stands_for_the_package_in_a_frozen_program(folder, monkeypatch):
    monkeypatch.setattr(models, "resource_path", lambda name: folder.parents[1] / name)
    found = find_model("en_core_web_sm")
    assert (found.source, found.author) == (str(folder), BUNDLED.author)


def test_more_models_can_be_shipped_and_nobody_removes_them(tmp_path, monkeypatch):
    write_more_models([make_model(tmp_path / "made", ner=False)], tmp_path / "models")
    monkeypatch.setattr(models, "resource_path", lambda name: tmp_path / name)
    [_, tiny] = installed_models()
    assert (tiny.author, tiny.removable) == ("xx_tiny 1.0.0", False)
    [found] = find_entities(load(tiny.source), ["They met in Lisbon."])
    assert found == [(12, 18, "LOC")]
