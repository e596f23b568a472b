"""What is frozen, and what is left out."""

import shutil
import subprocess
import sys
from pathlib import Path, PurePath

import pytest

from resources.packaging import elf
from resources.packaging.contents import is_shipped, is_shipped_module
from resources.packaging.linked import without_unneeded

needs_binutils = pytest.mark.skipif(
    sys.platform != "linux" or not (shutil.which("objdump") and shutil.which("gcc")),
    reason="reads Linux libraries with binutils",
)


@pytest.mark.parametrize(
    ("place", "shipped"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/opengl32sw.dll", False),
        ("spacy/tokens/doc.pxd", False),
        ("spacy/tokens/doc.cpython-311-x86_64-linux-gnu.so", True),
        ("numpy/random/tests/data/mt19937.csv", False),
        ("resources/sample/harbour.md", True),
        ("resources/codebook.toml", True),
        ("tqdm-4.70.1.dist-info/METADATA", True),
        ("tqdm-4.70.1.dist-info/RECORD", False),
    ],
)
def test_which_files_are_shipped(place, shipped):
    assert is_shipped(PurePath(place)) == shipped


@pytest.mark.parametrize(
    ("module", "shipped"),
    [
        ("spacy.tests.test_misc", False),
        ("numpy.linalg.tests", False),
        ("jinja2.tests", True),  # the template language's own tests, such as `is defined`
        ("spacy.lang.fr", True),
        ("pygments.lexers.python", False),
        ("pygments.lexers._mapping", True),
    ],
)
def test_which_modules_are_shipped(module, shipped):
    assert is_shipped_module(module) == shipped


@needs_binutils
def test_a_library_goes_with_the_plugin_that_needed_it(tmp_path):
    def built(name, *links):
        target = tmp_path / name
        command = [
            "gcc",
            "-shared",
            "-Wl,--no-as-needed",
            "-o",
            str(target),
            "-x",
            "c",
            "/dev/null",
        ]
        subprocess.run([*command, f"-L{tmp_path}", *(f"-l:{link}" for link in links)], check=True)
        return str(target)

    deep, libx11 = built("libdeep.so"), built("libX11.so.6")
    near, plugin_only = built("libnear.so", "libdeep.so"), built("libplugin.so")
    module = built("module.so", "libnear.so", "libX11.so.6")
    entries = [
        ("package/module.so", module, "EXTENSION"),
        *((Path(path).name, path, "BINARY") for path in (deep, near, plugin_only, libx11)),
    ]
    kept = [place for place, _, _ in without_unneeded(entries)]
    assert kept == ["libdeep.so", "libnear.so", "package/module.so"]


@needs_binutils
def test_the_glibc_that_is_needed_is_read_from_the_files():
    python = Path(sys.executable).resolve()
    major, minor = elf.needed_version([python], "GLIBC")
    assert major == 2 and minor >= 2
    assert elf.needed_version([python], "NOSUCHLIBRARY") == (0, 0)
