"""The script that starts the frozen program on Linux, or says why it cannot run."""

import platform
import subprocess
import sys

import pytest

from resources.packaging import elf, launcher

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a script for Linux")


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Write the script for a program that needs glibc 2.36, and return how to start it."""
    folder = tmp_path / "with blanks é"
    folder.mkdir()
    monkeypatch.setattr(elf, "needed_version", lambda files, symbols: (2, 36))
    launcher.write_launcher(folder)
    program = folder / "pressmark-bin"
    program.write_text('#!/bin/sh\necho "started: $*"\n')
    program.chmod(0o755)

    def run(*words, path=folder / "pressmark", **stand_ins):
        tools = tmp_path / "tools"
        tools.mkdir(exist_ok=True)
        for name, text in stand_ins.items():
            (tools / name).write_text(f"#!/bin/sh\n{text}\n")
            (tools / name).chmod(0o755)
        return subprocess.run(
            [str(path), *words],
            env={"PATH": f"{tools}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize("version", ["2.36", "2.41", "3.0"])
def test_it_starts_the_program_where_the_system_is_new_enough(start, version):
    done = start("--version", "a b", getconf=f"echo glibc {version}")
    assert (done.stdout, done.returncode) == ("started: --version a b\n", 0)


def test_it_starts_through_a_link(start, tmp_path):
    link = tmp_path / "pressmark"
    link.symlink_to(tmp_path / "with blanks é" / "pressmark")
    assert start(path=link, getconf="echo glibc 2.36").stdout == "started: \n"


@pytest.mark.parametrize("version", ["2.35", "2.4", "1.99"])
def test_an_older_system_is_told_what_it_lacks(start, version):
    done = start(getconf=f"echo glibc {version}")
    assert done.returncode == 1 and "started" not in done.stdout
    assert f"needs the C library glibc 2.36 or newer, and this system has {version}." in done.stderr


def test_another_c_library_is_named(start):
    done = start(getconf="exit 1")
    assert done.returncode == 1 and "this one has another (musl" in done.stderr


def test_another_processor_is_named(start):
    done = start(uname="echo riscv64")
    assert done.returncode == 1
    assert f"of the kind {platform.machine()}, and this one is riscv64." in done.stderr


def test_without_a_terminal_the_sentence_comes_in_a_box(start, tmp_path):
    shown = tmp_path / "shown"
    start(getconf="echo glibc 2.31", zenity=f'echo "$@" > {shown}')
    assert "this system has 2.31" in shown.read_text()
