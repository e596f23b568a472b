"""Each shipped file belongs to a component whose licence is known, or the build stops."""

import json
import shutil
from email.message import Message
from pathlib import Path

import pytest
import tqdm
from PySide6 import QtCore

from resources.packaging import components, debian_copyright
from resources.packaging.component import BuildError, Component
from resources.packaging.licence_facts import spdx
from resources.packaging.licences import licence_entries, write_licences

MODEL = {"version": "3.8.0", "license": "MIT", "url": "https://example.org"}
TEXT = "Permission is granted"


@pytest.fixture(autouse=True)
def pyinstaller(monkeypatch):
    """Where the tests run, another distribution stands for PyInstaller, the build's own tool."""
    found = components._distributions_by_file()
    found.by_name.setdefault("pyinstaller", found.by_name["wasabi"])
    monkeypatch.setattr(components, "_distributions_by_file", lambda: found)


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models" / "en_sample"
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text(json.dumps(MODEL))
    (folder / "LICENSE").write_text(TEXT)
    return folder.parent


def by_name(found):
    return {component.name: component for component in found}


def test_files_lead_to_their_distributions_and_what_is_within_these(models):
    found = by_name(components.components([tqdm.__file__, QtCore.__file__, json.__file__], models))
    assert found["tqdm"].licence == "MPL-2.0 AND MIT" and "Mozilla" in found["tqdm"].text
    assert found["tqdm"].purl == f"pkg:pypi/tqdm@{tqdm.__version__}"
    assert found["Qt"].version == QtCore.qVersion()
    assert (
        "GNU LESSER GENERAL PUBLIC LICENSE" in found["Qt"].text
        and "3rdparty/pcre2" in found["Qt"].text
    )
    assert found["Qt"].text.startswith("Source code: https://")
    assert found["Python"].licence == "PSF-2.0" and found["Pressmark"].licence == "MIT"
    assert found["en_sample"].version == "3.8.0" and TEXT in found["en_sample"].text
    assert "numpy" not in found, "only what is shipped is listed"


def test_a_model_without_a_licence_stops_the_build(models):
    (models / "en_sample" / "LICENSE").unlink()
    with pytest.raises(BuildError, match=r"en_sample 3\.8\.0 is shipped"):
        components.components([], models)


def test_a_new_version_of_what_was_reviewed_stops_the_build(models, monkeypatch):
    facts = components.read_facts(components.TEXTS / "parts.toml")
    facts.distributions["PySide6_Essentials"]["reviewed"] = "6.0"
    monkeypatch.setattr(components, "read_facts", lambda path: facts)
    with pytest.raises(BuildError, match=r"checked for 6\.0"):
        components.components([QtCore.__file__], models)


def test_a_file_of_unknown_origin_stops_the_build(models, tmp_path):
    with pytest.raises(BuildError, match=r"strange\.so would be shipped"):
        components.components([str(tmp_path / "strange.so")], models)


def test_what_windows_lends_is_microsofts(models, tmp_path, monkeypatch):
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path / "Windows"))
    library = str(tmp_path / "Windows" / "System32" / "ucrtbase.dll")
    assert "Microsoft C and C++ runtime" in by_name(components.components([library], models))


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="Debian's packages are asked for")
def test_a_library_of_the_system_leads_to_its_package():
    library = next(Path("/lib").glob("*-linux-gnu/libc.so.6"))
    (found,) = debian_copyright.packages_of([library], {"libc*": "LGPL-2.1-or-later"})
    assert found.name == "libc6" and "GNU" in found.text
    assert found.licence == "LGPL-2.1-or-later", "the file itself is not machine-readable"
    assert found.purl.startswith("pkg:deb/") and "?arch=" in found.purl


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("Format: x\n\nFiles: a.c\nLicense: GPL-2\n\nFiles: *\nLicense: MIT\n Text\n", "MIT"),
        ("It was downloaded from somewhere.", ""),
    ],
)
def test_the_licence_of_a_package_is_that_of_all_its_files(text, licence):
    assert debian_copyright.licence_of(text) == licence


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"License-Expression": "MIT-0", "License": "other"}, "MIT-0"),
        ({"License": "Apache License,\n  Version 2.0"}, "Apache-2.0"),
        ({"Classifier": "License :: OSI Approved :: MIT License"}, "MIT"),
        ({"License": "see the file", "Classifier": "Topic :: Text"}, ""),
    ],
)
def test_licences_have_their_spdx_names_or_none(fields, name):
    metadata = Message()
    for key, value in fields.items():
        metadata[key] = value
    assert spdx(metadata) == name


def test_the_program_gets_the_texts_and_an_index(models):
    folder = models.with_name("licences")
    entries = licence_entries([("tqdm", tqdm.__file__, "PYMODULE"), ("a", "b", "SYMLINK")], folder)
    assert ("resources/licences/tqdm.txt", str(folder / "tqdm.txt"), "DATA") in entries
    rows = json.loads((folder / "index.json").read_text())
    assert {row["file"] for row in rows} == {path.name for path in folder.glob("*.txt")}
    assert {"name", "version", "licence", "purl", "file", "kind"} == set(rows[0])


def test_names_of_files_are_plain(tmp_path):
    write_licences(tmp_path, [Component("SQLite in /x", "1", "MIT", "pkg:generic/x@1", TEXT)])
    assert (tmp_path / "SQLite-in-x.txt").read_text() == TEXT


def test_about_reads_what_the_build_wrote(tmp_path, monkeypatch):
    from annotation import licences

    monkeypatch.setattr(licences, "resource_path", lambda name: tmp_path / name)
    write_licences(tmp_path / "licences", [Component("x", "1", "MIT", "pkg:generic/x@1", TEXT)])
    (part,) = licences.shipped()
    assert (part.name, part.licence, part.file.read_text()) == ("x", "MIT", TEXT)
