"""The files that make Linux desktops know Pressmark, judged by the desktops' own tools."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QImage

from annotation import VERSION
from resources.packaging import changes, desktop
from storage.schema import APPLICATION_ID

pytestmark = pytest.mark.usefixtures("qapp")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def share(tmp_path_factory, qapp):
    folder = tmp_path_factory.mktemp("usr") / "share"
    desktop.write_share(folder)
    return folder


def judged(*command):
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_menu_entry_is_valid(share):
    path = share / "applications" / "pressmark.desktop"
    assert judged("desktop-file-validate", path) == (0, "")


def test_the_catalogue_entry_is_valid(share):
    (path,) = (share / "metainfo").iterdir()
    code, said = judged("appstreamcli", "validate", "--no-net", path)
    assert code == 0, said
    assert f'version="{VERSION}"' in path.read_text()


def test_each_icon_has_the_size_of_its_folder(share):
    pictures = list(share.glob("icons/hicolor/*/*/*.png"))
    assert len(pictures) == 2 * len(desktop.SIZES)
    for path in pictures:
        assert QImage(str(path)).width() == int(path.parts[-3].split("x")[0])


def test_projects_are_known_by_name_and_by_their_first_bytes(share):
    """The magic is compiled by the desktop's own tool and compared with the schema's."""
    code, said = judged("update-mime-database", "-n", share / "mime")
    assert code == 0, said
    magic = (share / "mime" / "magic").read_bytes()
    assert b"SQLite format 3\0" in magic
    assert b">68=\x00\x04" + APPLICATION_ID.to_bytes(4) in magic
    assert "application/vnd.pressmark:*.pressmark" in (share / "mime" / "globs").read_text()


def test_the_files_name_each_other_rightly(share):
    entry = (share / "applications" / "pressmark.desktop").read_text()
    kinds = ET.parse(share / "mime" / "packages" / "pressmark.xml").getroot()
    kind = kinds[0].attrib["type"]
    assert f"MimeType={kind};" in entry
    assert list(share.glob(f"icons/hicolor/*/mimetypes/{kind.replace('/', '-')}.png"))
    assert f"<mediatype>{kind}</mediatype>" in desktop.metainfo([])


def test_what_is_not_released_is_the_version_at_hand():
    text = f"## [Unreleased]\n- a\n## [0.0.9] - 2026-01-02\n- b\n## [{VERSION}-x]\n"
    assert changes.releases(text, NOON) == [
        changes.Release(VERSION, "2026-11-23", False),
        changes.Release("0.0.9", "2026-01-02", True),
    ]
    assert changes.releases(f"## [{VERSION}] - 2026-11-22\n", NOON) == [
        changes.Release(VERSION, "2026-11-22", True)
    ]
