"""Looking for a newer Pressmark in a folder, and fetching it: what is taken, and what is not."""

import json
import re
from datetime import UTC, datetime, timedelta
from http.client import IncompleteRead
from pathlib import Path
from ssl import SSLError
from typing import Any
from urllib.error import URLError

import pytest
from releasing import Team, finished

from annotation.errors import ProjectError
from annotation.releases.computer import Computer, fitting, missing, this_computer, why_none
from annotation.releases.fetching import fetching, half_of
from annotation.releases.looking import Found, looking
from annotation.releases.manifest import MAX_BYTES, NAME, Release, ReleaseFile
from annotation.releases.source import read_source
from annotation.releases.told import at_address


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path / "releases")


def look(team: Team, current: str = "1.0.0", seen: str = "", source: str = "") -> Found:
    found: Found = finished(looking(source or str(team.folder), team.key, current, seen))
    return found


@pytest.mark.parametrize(
    ("current", "newer"),
    [("1.0.0", True), ("9.0.0rc1", True), ("9.0.0", False), ("9.0", False), ("10.0.0", False)],
)
def test_only_a_later_version_counts_as_newer(team: Team, current: str, newer: bool) -> None:
    team.release()
    found = look(team, current)
    assert (found.release.version, found.is_newer) == ("9.0.0", newer)


def test_a_source_may_name_the_manifest_itself(team: Team) -> None:
    path = team.release()
    assert look(team, source=str(path)).is_newer
    renamed = path.rename(path.with_name("newest.json"))
    path.with_name(f"{NAME}.minisig").rename(path.with_name("newest.json.minisig"))
    assert look(team, source=str(renamed)).is_newer


def at(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days)).isoformat(timespec="seconds")


@pytest.mark.parametrize(
    ("fields", "seen", "said"),
    [
        ({}, "2026-03-01T12:00:01Z", r"older \(2026-03-01\) than what your team said before"),
        ({"expires": at(-1)}, "", "has expired on"),
        ({"date": at(3)}, "", "yet to come"),
        ({"product": "other"}, "", "another program"),
        ({"format": "pressmark-release/2"}, "", "cannot read"),
        ({"version": "newest"}, "", "version: expected a version"),
        ({"date": "yesterday"}, "", "date: expected a time"),
        ({"notes": "x" * 20_001}, "", "notes"),
        ({"files": [{"name": "../x.deb", "sha256": "0" * 64}]}, "", "without a folder"),
        ({"files": [{"name": "x.deb", "sha256": "0"}]}, "", "64 hexadecimal"),
        ({"files": 3}, "", "expected a list"),
    ],
)
def test_a_manifest_that_cannot_count_is_refused_in_words(
    team: Team, fields: dict[str, Any], seen: str, said: str
) -> None:
    team.release(**fields)
    with pytest.raises(ProjectError, match=said):
        look(team, seen=seen)


def test_the_same_manifest_again_and_one_that_has_not_expired_count(team: Team) -> None:
    team.release(expires=at(1), date=at(0), later="unknown to this version")
    assert look(team, seen=json.loads((team.folder / NAME).read_text())["date"]).is_newer


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 90_000, b"\xff\xfe", b"[]", b"null"])
def test_damaged_json_is_said(team: Team, data: bytes) -> None:
    team.put(data)
    with pytest.raises(ProjectError, match=r"not JSON|expected an object"):
        look(team)


def test_a_manifest_without_bounds_is_not_read(team: Team) -> None:
    team.put(b" " * (MAX_BYTES + 1))
    with pytest.raises(ProjectError, match="larger than such a file can be"):
        look(team)


def test_what_is_not_there_is_said(team: Team, tmp_path: Path) -> None:
    team.release()
    (team.folder / f"{NAME}.minisig").unlink()
    with pytest.raises(ProjectError, match=r"no pressmark-release.json.minisig in"):
        look(team)
    with pytest.raises(ProjectError, match="folder is not there"):
        look(team, source=str(tmp_path / "elsewhere"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://example.org/", "not safe"),
        ("ftp://example.org/", "not safe"),
        ("file:///tmp", "give its path"),
        ("https://", "not a whole address"),
        ("https://a b.org/", "not a whole address"),
        ("https://example.org:99999/", "not an address"),
        ("https://me:secret@example.org/", "name and password"),
        ("releases", "neither"),
        ("", "neither"),
    ],
)
def test_an_unsafe_or_senseless_source_is_refused(text: str, said: str) -> None:
    with pytest.raises(ProjectError, match=said):
        read_source(text)


def test_files_lie_beside_the_manifest() -> None:
    for text in (
        "https://example.org/p/?a=b#c",
        "HTTPS://example.org/p/pressmark-release.json?a=b",
    ):
        source = read_source(text)
        assert source.of(source.name) == f"https://example.org/p/{NAME}?a=b"
        assert source.of("x~1+2.deb") == "https://example.org/p/x~1%2B2.deb?a=b"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (URLError(TimeoutError()), "example.org does not answer."),
        (TimeoutError(), "example.org does not answer."),
        (URLError(OSError("Tunnel connection failed: 407 No")), "The proxy .* refuses: 407 No."),
        (URLError(SSLError(1, "x")), r"No safe connection to example.org .* \(no reason given\)"),
        (IncompleteRead(b""), "makes no sense, or broke off"),
        (OSError(101, "Network is unreachable"), "cannot be reached: Network is unreachable."),
    ],
)
def test_what_goes_wrong_on_the_way_is_told(error: Any, said: str) -> None:
    assert re.search(said, at_address("https://example.org/x", error))


def test_a_file_is_fetched_checked_and_never_overwrites(team: Team, tmp_path: Path) -> None:
    team.release(content=b"x" * 700_000)
    file, target = look(team).release.files[0], tmp_path / "got"

    def fetch() -> Path:
        path: Path = finished(fetching(str(team.folder), file, target))
        return path

    assert list(fetching(str(team.folder), file, target)) == [262_144, 524_288]
    assert fetch().name == "pressmark-9.0.0-any.tar.gz"  # there already: the same
    (target / file.name).write_bytes(b"mine")
    assert fetch().name == "pressmark-9.0.0-any (2).tar.gz"
    assert (target / file.name).read_bytes() == b"mine"
    assert len(list(target.iterdir())) == 2


@pytest.mark.parametrize("content", [b"x" * 9, b"x" * 11, b"x" * 100_000, b"y" * 10])
def test_another_file_than_the_signed_one_is_not_kept(
    team: Team, tmp_path: Path, content: bytes
) -> None:
    team.release(content=b"x" * 10)
    file = look(team).release.files[0]
    (team.folder / file.name).write_bytes(content)
    with pytest.raises(ProjectError, match=r"came only in part|not the file that your team"):
        finished(fetching(str(team.folder), file, tmp_path / "got"))
    assert list((tmp_path / "got").iterdir()) == []


def test_what_a_killed_one_left_is_no_hindrance(team: Team, tmp_path: Path) -> None:
    team.release()
    file = look(team).release.files[0]
    half_of(file, tmp_path).write_bytes(b"half")
    assert finished(fetching(str(team.folder), file, tmp_path)).is_file()
    assert not half_of(file, tmp_path).exists()


def test_a_folder_that_cannot_be_made_is_named(team: Team) -> None:
    team.release()
    file = look(team).release.files[0]
    below_a_file = team.folder / file.name / "sub"
    with pytest.raises(ProjectError, match=r"Nothing can be put into .*sub"):
        finished(fetching(str(team.folder), file, below_a_file))


def test_no_file_of_4_gb_is_begun_where_there_is_no_room(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.release()
    file = look(team).release.files[0]
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Disk", (), {"free": 3}))
    with pytest.raises(ProjectError, match="not enough room"):
        finished(fetching(str(team.folder), file, tmp_path / "got"))


def offered(name: str, system: str, machine: str, **needs: str) -> ReleaseFile:
    return ReleaseFile(name, system, machine, 1, "0" * 64, needs)


DEB = offered("p_amd64.deb", "linux", "amd64", glibc="2.36")
FOLDER = offered("p.tar.gz", "linux", "x86_64", glibc="2.36")
ARM = offered("p_arm64.deb", "linux", "aarch64", glibc="2.39")
MAC = offered("p.dmg", "macos", "arm64", macos="13.0")
WINDOWS = offered("p.exe", "windows", "AMD64", windows="10.0.17763")
ALL = Release("9", "", "", "", (FOLDER, DEB, ARM, MAC, WINDOWS))


@pytest.mark.parametrize(
    ("computer", "files"),
    [
        (Computer("linux", "x86_64", {"glibc": "2.36"}, (".deb", ".tar.gz")), [DEB, FOLDER]),
        (Computer("linux", "x86_64", {"glibc": "2.41"}, (".tar.gz", ".deb")), [FOLDER, DEB]),
        (Computer("linux", "x86_64", {"glibc": "2.9"}, ()), []),
        (Computer("linux", "arm64", {"glibc": ""}, ()), [ARM]),
        (Computer("macos", "arm64", {"macos": "14"}, ()), [MAC]),
        (Computer("macos", "x86_64", {"macos": "14"}, ()), []),
        (Computer("windows", "x86_64", {"windows": "10.0.19045"}, ()), [WINDOWS]),
        (Computer("windows", "x86_64", {"windows": "10.0.10240"}, ()), []),
    ],
)
def test_the_files_that_run_on_a_computer(computer: Computer, files: list[ReleaseFile]) -> None:
    assert fitting(ALL, computer) == files


def test_why_no_file_fits_is_said() -> None:
    old = Computer("linux", "x86_64", {"glibc": "2.31"}, ())
    assert why_none(ALL, old) == (
        "There is no file of it for this computer (Linux on x86_64, glibc 2.31). "
        "It needs glibc 2.36, and here is 2.31."
    )
    assert why_none(ALL, Computer("macos", "x86_64", {"macos": "14"}, ())).endswith("macOS 14).")
    here = this_computer()
    assert not missing(offered("p", here.system, here.architecture), here)
