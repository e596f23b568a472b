"""The packages for Linux, made of a small stand-in and looked into with the systems' tools."""

import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime

import pytest

from annotation import VERSION
from resources.packaging import (
    appdir,
    changes,
    compare,
    copyright,
    debian,
    depends,
    rpm,
    tarball,
    tree,
)
from resources.packaging.checksums import write_checksums
from resources.packaging.component import BuildError
from tests.packaging.stand_in import frozen_folder

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux"),
]
PACK = {"dpkg-deb": debian.write_deb, "rpmbuild": rpm.write_rpm, "tar": tarball.write_tarball}
NEEDS = depends.Needs(["libGL.so.1", "libc.so.6", "libcups.so.2"], "2.35", "3.4.29")


@pytest.fixture(scope="module")
def packed(tmp_path_factory, qapp):
    """Return what packs the stand-in, once for each tool; and again where it is asked to."""
    made = {}

    def pack(tool, again=False):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
        if tool not in made or again:
            space = tmp_path_factory.mktemp("build")
            folder = frozen_folder(space)
            tree.settle(folder)
            made[tool, again] = PACK[tool](folder, space, space / "work", "x86_64")
        return made[tool, again]

    return pack


def said(*command):
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("tool", PACK)
def test_two_builds_are_the_same_bytes(packed, tool):
    one, other = packed(tool), packed(tool, again=True)
    assert one != other and one.read_bytes() == other.read_bytes()
    assert compare.main([str(one), str(other)]) == 0


def test_the_deb_installs_the_program_and_what_makes_it_known(packed):
    path = packed("dpkg-deb")
    assert path.name == f"pressmark_{VERSION}_amd64.deb"
    lines = said("dpkg-deb", "--contents", path).splitlines()
    assert all(line.split()[1] == "root/root" for line in lines)
    files = {line.split()[5]: line.split()[0] for line in lines}
    assert files["./usr/lib/pressmark/pressmark-bin"] == "-rwxr-xr-x"
    assert files["./usr/lib/pressmark/_internal/libx.so.1.0"] == "-rw-r--r--"
    assert any(line.endswith("/usr/bin/pressmark -> ../lib/pressmark/pressmark") for line in lines)
    assert "./usr/share/man/man1/pressmark.1.gz" in files
    needs = said("dpkg-deb", "--field", path, "Depends")
    assert "libc6 (>= 2." in needs and "xkb-data" in needs


def test_the_rpm_can_be_installed_as_far_as_rpm_can_tell(packed, tmp_path):
    path = packed("rpmbuild")
    assert path.name == f"pressmark-{VERSION}-1.x86_64.rpm"
    assert "/usr/lib/pressmark/pressmark-bin" in said("rpm", "-qlp", path).splitlines()
    assert "libc.so.6()(64bit)" in said("rpm", "-qRp", path)
    root = f"--root={tmp_path}"
    said("rpm", root, "--initdb")
    said("rpm", root, "--install", "--test", "--nodeps", path)


def test_the_archive_holds_one_folder_with_a_script_and_a_readme(packed):
    with tarfile.open(packed("tar")) as archive:
        entries = {entry.name: entry for entry in archive}
    (top,) = {name.split("/")[0] for name in entries}
    assert top == f"pressmark-{VERSION}-linux-x86_64"
    assert entries[f"{top}/install.sh"].mode == 0o755
    assert entries[f"{top}/_internal/libx.so.1"].issym()
    assert {entry.uname for entry in entries.values()} == {"root"}
    assert {entry.mtime for entry in entries.values()} == {int(changes.built().timestamp())}


def test_the_readme_names_what_the_system_must_have():
    text = tarball.readme(NEEDS, "x86_64")
    assert "glibc 2.35" in text and "apt install libgl1 xkb-data" in text and "@" not in text


def test_needs_are_named_as_each_system_does():
    assert depends.for_debian(NEEDS).required == ["libc6 (>= 2.35)", "libgl1", "xkb-data"]
    assert "libcups2" in depends.for_debian(NEEDS).recommended
    wishes = depends.for_rpm(NEEDS)
    assert "libGL.so.1()(64bit)" in wishes.required
    assert "libc.so.6(GLIBC_2.35)(64bit)" in wishes.required
    assert "libcups.so.2()(64bit)" in wishes.recommended


def test_a_library_of_no_known_package_stops_the_build():
    with pytest.raises(BuildError, match=r"linked to libnew\.so\.1"):
        depends.for_debian(NEEDS._replace(libraries=["libnew.so.1"]))


def test_the_terms_of_all_that_is_in_it_are_told(tmp_path):
    text = copyright.debian_copyright_file(frozen_folder(tmp_path))
    assert " x 1: MIT\n" in text and "License: Expat\n Permission is hereby granted" in text
    assert "\n \n" not in text, "an empty line would end the paragraph"


def test_the_changes_have_debians_form(tmp_path):
    if not shutil.which("dpkg-parsechangelog"):
        pytest.skip("dpkg-dev is not installed")
    (tmp_path / "changelog").write_text(debian.changelog())
    assert (
        said("dpkg-parsechangelog", "-S", "Version", "-l", tmp_path / "changelog") == f"{VERSION}\n"
    )
    assert datetime.now(UTC) > changes.built()


def test_checksums_are_what_the_systems_tool_checks(tmp_path):
    (tmp_path / "b.deb").write_text("b")
    (tmp_path / "a b.rpm").write_text("a")
    write_checksums(tmp_path.iterdir(), tmp_path)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0 and done.stdout.count(b": OK") == 2


def test_what_differs_is_named(tmp_path, capsys):
    for name, content in (("one", b"abc"), ("other", b"abd")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same").write_bytes(b"same")
        (tmp_path / name / "file").write_bytes(content)
        (tmp_path / name / name).write_bytes(b"")
    assert compare.main([str(tmp_path / "one"), str(tmp_path / "other")]) == 1
    told = capsys.readouterr().out
    assert "file: 3 and 3 bytes, different from byte 2 on" in told
    assert "3 differences inside" in told and "same:" not in told


def test_an_appdir_starts_the_program_from_wherever_it_lies(tmp_path):
    folder = appdir.write_appdir(frozen_folder(tmp_path), tmp_path / "mounted here" / "AppDir")
    assert said(folder / "AppRun", "--version") == "Pressmark 9\n"
    assert (folder / "pressmark.desktop").is_file() and (folder / ".DirIcon").exists()
