"""Nothing speaks to the network unless it is asked to: Pressmark, Qt, spaCy and all the rest."""

from pathlib import Path

import pytest
from no_network import CAUGHT, ROOT, is_possible, run_without_network

from annotation.codebook_file import default_codebook
from annotation.importing import import_paths
from storage import create_project

pytestmark = pytest.mark.skipif(not is_possible, reason="needs a filter of Linux's system calls")

PROGRAM = ROOT / "main.py"


@pytest.mark.parametrize(
    "opening",
    [
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import socket; socket.getaddrinfo('example.org', 443)",
        "import os, sys; os.spawnv(os.P_WAIT, sys.executable, "
        "[sys.executable, '-c', 'import socket; socket.socket()']) == -31 and os.abort()",
    ],
)
def test_the_filter_catches_who_opens_a_socket(opening: str) -> None:
    assert run_without_network("-c", opening).returncode in (CAUGHT, -6)


def test_the_filter_lets_sockets_within_this_computer_be() -> None:
    within = "import socket; socket.socketpair(); socket.socket(socket.AF_UNIX)"
    assert run_without_network("-c", within).returncode == 0
    probe = "import urllib3.util.connection as c; assert not c.HAS_IPV6"
    assert run_without_network("-c", probe).returncode == 0


def test_the_whole_job_opens_no_socket() -> None:
    """Project, import, pre-highlighting in its process, tags, search, exports, picture."""
    done = run_without_network(PROGRAM, "--self-test")
    assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)


def test_a_window_with_a_project_opens_no_socket(tmp_path: Path) -> None:
    article, project = tmp_path / "a.txt", tmp_path / "a.pressmark"
    article.write_text("Denied, said the minister, who had not been asked.\n" * 30, "utf-8")
    store = create_project(project, default_codebook())
    import_paths(store, [article], "ada")
    store.close()
    script = Path(__file__).with_name("on_screen.py")
    done = run_without_network(script, project, tmp_path / "screen.png")
    assert done.stdout.split() == ["offscreen", "CLAIM", "Denied"], done.stderr


def test_looking_for_updates_is_what_opens_one(tmp_path: Path) -> None:
    """So the filter would see it, and an update is looked for by nothing else."""
    key = "RWRdR8TOEcENcenNwmmBHoOWF59iAPHbRDU23qip5cyOSqw59ExKxHAM"
    named = ("--source", "https://localhost:1/", "--key", key)
    done = run_without_network(PROGRAM, "update-check", *named)
    assert done.returncode != 0 and "exit code -31" in done.stderr
    assert run_without_network(PROGRAM, "update-check").returncode == 1
