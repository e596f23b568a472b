"""`pressmark update-check`: by a folder and by https, and what it refuses."""

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from threading import Thread
from typing import Any

import pytest
from command import ROOT, Ran, run

sys.path.insert(0, str(ROOT / "tests" / "annotation"))

from releasing import Team

needs_openssl = pytest.mark.skipif(which("openssl") is None, reason="openssl makes certificates")


def check(folder: Path, *words: object, **environment: str) -> Ran:
    return run(folder, "update-check", *words, **environment)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path / "releases")
    team.release()
    return team


def test_nothing_is_asked_until_somebody_has_said_where(tmp_path: Path, team: Team) -> None:
    ran = check(tmp_path)
    assert (ran.code, "Nobody has said where" in ran.err) == (1, True)
    (tmp_path / "team.pub").write_text(f"untrusted comment: x\n{team.key}\n")
    ran = check(tmp_path, "--source", "releases", "--key", "team.pub", "--remember")
    assert (ran.code, "Pressmark 9.0.0 of 2026-03-01 is there" in ran.out) == (3, True), ran.err
    ran = check(tmp_path, "--fetch", "got", "--json")
    assert (ran.code, ran.json["newest"], ran.json["newer"]) == (0, "9.0.0", True), ran.err
    assert Path(ran.json["fetched"]).read_bytes() == b"a new program"


def test_an_older_version_is_never_offered_and_an_older_manifest_refused(
    tmp_path: Path, team: Team
) -> None:
    team.release(version="0.0.1")
    named = ("--source", team.folder, "--key", team.key)
    ran = check(tmp_path, *named, "--fetch", "got")
    assert (ran.code, "Nothing newer" in ran.out) == (0, True), ran.err
    assert not (tmp_path / "got").exists()
    team.release(date="2026-02-28T12:00:00Z")
    ran = check(tmp_path, *named, "--json")
    assert (ran.code, "older (2026-02-28)" in ran.json["error"]) == (1, True)


def test_no_file_for_this_computer_is_said(tmp_path: Path, team: Team) -> None:
    team.release(files=[])
    ran = check(tmp_path, "--source", team.folder, "--key", team.key)
    assert (ran.code, "no file of it for this computer" in ran.err) == (1, True)
    ran = check(tmp_path, "--source", team.folder, "--key", team.key, "--json")
    assert (ran.code, ran.json["newest"], "no file" in ran.json["error"]) == (1, "9.0.0", True)


# -- by https


class _Server(SimpleHTTPRequestHandler):
    """Serves the releases; some paths lead elsewhere."""

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        elsewhere = {
            "/there/": f"https://localhost:{port}/",
            "/unsafe/": f"http://localhost:{port}/",
            "/round/": f"https://localhost:{port}/round/",
        }
        for start, target in elsewhere.items():
            if self.path.startswith(start):
                self.send_response(302)
                self.send_header("Location", target + self.path.removeprefix(start))
                self.end_headers()
                return
        if self.path.startswith("/login/"):
            self.send_error(401)
            return
        super().do_GET()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for localhost, with its key in the same file."""
    path = tmp_path / "localhost.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(path)]
    subprocess.run(["openssl", *words.split(), *names, *files], check=True, capture_output=True)
    path.write_text(path.read_text() + (tmp_path / "key.pem").read_text())
    return path


@pytest.fixture
def address(team: Team, certificate: Path) -> Iterator[str]:
    """Where the team's releases are served by https."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(team.folder)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@needs_openssl
def test_a_release_comes_by_https_also_by_a_safe_redirect(
    tmp_path: Path, team: Team, address: str, certificate: Path
) -> None:
    trusted = {"SSL_CERT_FILE": str(certificate)}
    named = ("--source", f"{address}there/", "--key", team.key)
    ran = check(tmp_path, *named, "--fetch", "got", "--json", **trusted)
    assert ran.code == 0, ran.out
    assert Path(ran.json["fetched"]).read_bytes() == b"a new program"


@needs_openssl
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("unsafe/", "which is not safe"),
        ("round/", "error 302"),
        ("nothing/", "does not have it"),
        ("login/", "asks for a login"),
    ],
)
def test_what_is_in_the_way_of_https_is_one_sentence(
    tmp_path: Path, team: Team, address: str, certificate: Path, path: str, said: str
) -> None:
    named = ("--source", address + path, "--key", team.key)
    ran = check(tmp_path, *named, SSL_CERT_FILE=str(certificate))
    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert len(ran.err.strip().splitlines()) == 1


@needs_openssl
def test_a_server_that_cannot_prove_who_it_is_or_is_not_there_is_named(
    tmp_path: Path, team: Team, address: str, certificate: Path
) -> None:
    ran = check(tmp_path, "--source", address, "--key", team.key)
    assert "localhost cannot prove that it is localhost: self" in ran.err
    named = ("--source", address.replace("localhost", "127.0.0.1"), "--key", team.key)
    ran = check(tmp_path, *named, SSL_CERT_FILE=str(certificate))
    assert "127.0.0.1 cannot prove that it is 127.0.0.1" in ran.err
    ran = check(tmp_path, "--source", "https://localhost:1/", "--key", team.key)
    assert "localhost cannot be reached: Connection refused" in ran.err
    ran = check(tmp_path, "--source", "https://no-such-host.invalid/", "--key", team.key)
    assert "no-such-host.invalid cannot be found" in ran.err


def test_the_manifest_of_the_tests_is_what_is_documented(team: Team) -> None:
    manifest = json.loads((team.folder / "pressmark-release.json").read_text())
    text = (ROOT / "docs" / "packaging.md").read_text("utf-8")
    assert all(f"`{name}`" in text for name in (*manifest, *manifest["files"][0], "expires"))
