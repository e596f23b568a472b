"""What Windows shows of the programs, and the folder as a zip."""

import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from annotation import VERSION
from resources.packaging import windows


@pytest.mark.parametrize("program", windows.PROGRAMS)
def test_a_programs_properties_name_the_version(program):
    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "VarFileInfo")
    known = {name: lambda *a, **k: SimpleNamespace(given=a, **k) for name in names}
    known |= {"StringStruct": lambda name, text: (name, text), "VarStruct": lambda *a: a}
    info = eval(windows.version_resource(program), known)  # as PyInstaller reads it
    texts = dict(info.kids[0].given[0][0].given[1])
    assert texts["ProductVersion"] == VERSION and texts["OriginalFilename"] == program
    assert len(info.ffi.filevers) == 4


def test_the_manifest_asks_for_no_rights_and_long_paths():
    words = " ".join(e.text or "" for e in ElementTree.parse(windows.MANIFEST).iter())
    assert "true" in words and "PerMonitorV2" in words
    assert 'level="asInvoker"' in windows.MANIFEST.read_text("utf-8")


def test_the_zip_is_the_same_for_the_same_files(tmp_path):
    contents = []
    for name in ("one", "two"):
        folder = tmp_path / name / "frozen"
        (folder / "_internal").mkdir(parents=True)
        (folder / "pressmark.exe").write_bytes(b"MZ")
        (folder / "_internal" / "é.dll").write_bytes(b"x" * 1000)
        contents.append(windows.write_zip(folder, tmp_path / f"{name}.zip", 1_700_000_000))
    assert contents[0].read_bytes() == contents[1].read_bytes()
    with zipfile.ZipFile(contents[0]) as packed:
        assert packed.namelist() == [
            f"pressmark-{VERSION}/_internal/é.dll",
            f"pressmark-{VERSION}/pressmark.exe",
        ]
        assert packed.infolist()[0].date_time == (2023, 11, 14, 22, 13, 20)
