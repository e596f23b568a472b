"""The manifest that a team makes is the one that the program reads."""

import io
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import pytest

from annotation import VERSION
from annotation.errors import ProjectError
from annotation.releases.computer import Computer, fitting, this_computer
from annotation.releases.looking import looking
from annotation.releases.manifest import read_manifest
from resources.packaging.manifest import main, notes_of, write_manifest

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "pressmark").mkdir(parents=True)
    script = b"    refuse 'Pressmark needs the C library glibc 2.36 or newer'\n"
    name = f"pressmark-{VERSION}-linux-x86_64"
    with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as content:
        member = tarfile.TarInfo(f"{name}/pressmark")
        member.size = len(script)
        content.addfile(member, io.BytesIO(script))
    for other in (
        f"pressmark_{VERSION}_amd64.deb",
        f"pressmark-{VERSION}-1.x86_64.rpm",
        f"pressmark-{VERSION}-windows-x86_64-setup.exe",
        f"pressmark-{VERSION}-macos-arm64.dmg",
        f"pressmark-{VERSION}.cdx.json",
        "pressmark_0.0.1_amd64.deb",
        "SHA256SUMS",
    ):
        (folder / other).write_bytes(other.encode())
    return folder


def test_each_package_is_told_of_for_the_computers_it_is_for(dist: Path) -> None:
    path = write_manifest(dist, "what is new", NOW, days=90)
    release = read_manifest(path.read_bytes(), "it")
    assert (release.version, release.date) == (VERSION, "2026-03-01T12:00:00Z")
    assert (release.notes, release.expires) == ("what is new", "2026-05-30T12:00:00Z")
    assert len(release.files) == 5

    def names(system: str, machine: str, *prefers: str, **has: str) -> list[str]:
        computer = Computer(system, machine, has, prefers)
        return [file.name for file in fitting(release, computer)]

    assert names("linux", "x86_64", ".rpm", glibc="2.39")[0].endswith("x86_64.rpm")
    assert len(names("linux", "x86_64", glibc="2.36")) == 3
    assert names("linux", "x86_64", glibc="2.35") == []
    assert names("windows", "x86_64", windows="10.0.22631")[0].endswith("setup.exe")
    assert names("macos", "arm64", macos="12.7") == []
    assert len(names("macos", "arm64", macos="26.0")) == 1


@pytest.mark.skipif(which("minisign") is None, reason="minisign is not installed")
def test_a_team_makes_and_signs_it_and_the_program_finds_it(dist: Path, tmp_path: Path) -> None:
    notes = tmp_path / "new.txt"
    notes.write_text("Kinder\n", "utf-8")
    assert main([str(dist), "--notes", str(notes)]) == 0
    pub, secret = tmp_path / "t.pub", tmp_path / "t.key"
    for words in (["-G", "-W", "-p", pub], ["-S", "-m", dist / "pressmark-release.json"]):
        command = ["minisign", *map(str, words), "-s", str(secret)]
        subprocess.run(command, check=True, capture_output=True)
    look = looking(str(dist), pub.read_text(), "0.0.1", "")
    assert next(look) == f"Asking {dist}"
    with pytest.raises(StopIteration) as end:
        next(look)
    found = end.value.value
    assert found.is_newer and found.release.notes == "Kinder"
    here = this_computer()
    if (here.system, here.architecture) == ("linux", "x86_64"):
        assert fitting(found.release, here)


def test_what_the_program_would_refuse_is_not_written(dist: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="--notes"):
        write_manifest(dist, "x" * 20_001, NOW)
    with pytest.raises(ProjectError, match="no package"):
        write_manifest(tmp_path, "", NOW)
    assert not (dist / "pressmark-release.json").exists()


def test_what_is_new_is_that_of_this_version_without_links() -> None:
    text = (
        f"# C\n\n## [Unreleased]\n\n- a\n\n## [{VERSION}] - 2026-01-01\n\n### Added\n- [b](c) d\n"
    )
    assert notes_of(text) == "Added\n- b d"
    assert notes_of("## [Unreleased]\n\n- a\n") == "- a"
