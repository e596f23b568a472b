"""Which Pressmark this is, from source and frozen."""

import json

import pytest

from annotation import VERSION, build, licences


@pytest.fixture
def frozen(tmp_path, monkeypatch):
    """Pretend that the resources are those of a build."""
    for module in (build, licences):
        monkeypatch.setattr(module, "resource_path", lambda name: tmp_path / name)
    return tmp_path


def test_from_source_the_versions_are_those_installed():
    assert build.named_version() == f"{VERSION} (from source)"
    found = build.versions()
    assert found["spacy"].startswith("3.8.") and found["sqlite-utils"]
    assert list(found)[:2] == ["Pressmark", "Python"] and list(found)[-1] == "system"
    assert licences.shipped() == []


@pytest.mark.parametrize(("suffix", "said"), [("", ""), ("-changed", ", changed")])
def test_a_build_says_which_it_is(frozen, suffix, said):
    facts = {"commit": "1a2b3c4d" * 5 + suffix, "date": "2026-11-23", "libraries": {"spacy": "9"}}
    (frozen / "build.json").write_text(json.dumps(facts))
    assert build.named_version() == f"{VERSION} (build 1a2b3c4d{said} of 2026-11-23)"
    assert build.versions()["spacy"] == "9"


def test_the_licences_of_a_build_are_listed(frozen):
    folder = frozen / "licences"
    folder.mkdir()
    row = {"name": "Qt", "version": "6.11.3", "licence": "LGPL-3.0-only", "file": "Qt.txt"}
    (folder / "index.json").write_text(json.dumps([row]))
    (folder / "Qt.txt").write_text("text")
    (part,) = licences.shipped()
    assert (part.name, part.licence, part.file.read_text()) == ("Qt", "LGPL-3.0-only", "text")
