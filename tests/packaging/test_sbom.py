"""The list of what is shipped: valid by CycloneDX's own schema, and the same each time."""

import json
from importlib.resources import files

import jsonschema
import pytest
from referencing import Registry, Resource

from resources.packaging import sbom

LOCK = """\
tqdm==1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
# comment
wrapt==2.5.2 ; python_version > "3" \\
    --hash=sha256:cc
"""
ROWS = [
    {"name": name, "version": "1", "licence": "MIT", "purl": f"pkg:{purl}@1", "kind": kind}
    for name, purl, kind in (
        ("Pressmark", "generic/pressmark", "application"),
        ("tqdm", "pypi/tqdm", "library"),
        ("libffi8", "deb/debian/libffi8", "library"),
        ("en_core_x", "generic/en_core_x", "machine-learning-model"),
    )
]
DIGEST = "ab" * 32


@pytest.fixture
def build(tmp_path):
    resources = tmp_path / "program" / "_internal" / "resources"
    (resources / "licences").mkdir(parents=True)
    (resources / "licences" / "index.json").write_text(json.dumps(ROWS))
    (resources / "build.json").write_text('{"commit": "1a2b"}')
    (tmp_path / "program" / "link").symlink_to("_internal")
    return tmp_path / "program", resources, tmp_path


def test_the_list_is_valid_and_the_same_each_time(build):
    schemas = pytest.importorskip("cyclonedx.schema", reason="CycloneDX's schemas") and (
        files("cyclonedx.schema") / "_res"
    )
    schema, *others = (
        json.loads((schemas / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))
        for name in ("bom-1.6", "spdx", "jsf-0.82")
    )
    registry = Registry().with_resources(
        [(each["$id"], Resource.from_contents(each)) for each in others]
    )
    path = sbom.write_sbom(*build)
    content = path.read_bytes()
    jsonschema.Draft7Validator(schema, registry=registry).validate(json.loads(content))
    assert sbom.write_sbom(*build).read_bytes() == content


def test_each_shipped_thing_is_in_it_with_what_identifies_it(build):
    content = json.loads(sbom.write_sbom(*build).read_text())
    parts = {part["name"]: part for part in content["components"]}
    assert content["metadata"]["component"]["properties"][0]["value"] == "1a2b"
    assert parts["tqdm"]["licenses"] == [{"expression": "MIT"}]
    assert parts["libffi8"]["licenses"] == [{"license": {"name": "MIT"}}]
    assert parts["en_core_x"]["type"] == "machine-learning-model"
    assert parts["_internal/resources/build.json"]["hashes"][0]["alg"] == "SHA-256"
    assert "link" not in parts and "Pressmark" not in parts
    assert len(content["dependencies"][0]["dependsOn"]) == len(content["components"])


def test_another_content_is_another_list():
    serials = {
        sbom.bom(ROWS, {"a": digest}, {}, "1")["serialNumber"] for digest in (DIGEST, "cd" * 32)
    }
    assert len(serials) == 2


def test_hashes_are_those_of_the_lock():
    hashes = sbom.locked_hashes(LOCK)
    assert hashes == {"pkg:pypi/tqdm@1": ["aa", "bb"], "pkg:pypi/wrapt@2.5.2": ["cc"]}
    part = sbom.bom(ROWS, {}, hashes, "1")["components"][0]
    assert [h["content"] for h in part["externalReferences"][0]["hashes"]] == ["aa", "bb"]
    assert sbom.locked_hashes(sbom.LOCK.read_text("utf-8"))["pkg:pypi/spacy@3.8.18"]
