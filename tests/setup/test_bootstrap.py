"""The set-up: which Python it picks, and what it says when something is missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from resources import bootstrap, system_packages
from resources.system_packages import SetupError

ROOT = Path(__file__).resolve().parents[2]
needs_sh = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

WINDOW_SONAMES = [
    "libxkbcommon.so.0",
    "libxkbcommon-x11.so.0",
    "libxcb-icccm.so.4",
    "libX11-xcb.so.1",
    "libGL.so.1",
    "libEGL.so.1",
    "libglib-2.0.so.0",
    "libgthread-2.0.so.0",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libwayland-client.so.0",
    "libX11.so.6",
    "libz.so.1",
    "fonts",
    "xvfb",
]


@pytest.fixture
def fake(tmp_path):
    """Write a stand-in for a Python: what it prints, and how it exits."""

    def write(name, version="", has_venv="yes", code=0):
        path = tmp_path / name
        lines = [has_venv, version, str(path)] if version else []
        path.write_text("#!/bin/sh\n" + "".join(f"echo '{x}'\n" for x in lines) + f"exit {code}\n")
        path.chmod(0o755)
        return [str(path)]

    return write


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """Point the set-up at an empty folder with two locks."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.delenv("PYTHON", raising=False)
    for name in bootstrap.LOCKS["test"]:
        (tmp_path / name).write_text(f"# {name}\n")
    return tmp_path


@needs_sh
def test_a_shim_that_exits_127_is_passed_over(fake):
    found = bootstrap.choose([fake("shim", code=127), ["/not/there"], fake("good", "3 12")])
    assert (Path(found.path).name, found.version) == ("good", (3, 12))


@needs_sh
def test_a_python_that_can_make_environments_goes_before_one_that_cannot(fake):
    found = bootstrap.choose([fake("bare", "3 13", has_venv="no"), fake("full", "3 11")])
    assert Path(found.path).name == "full"


@needs_sh
def test_only_unsuitable_pythons_are_named(fake):
    with pytest.raises(SetupError) as said:
        bootstrap.choose([fake("old", "3 8"), fake("new", "3 14")])
    assert "needs Python 3.11, 3.12 or 3.13, and only found 3.14, 3.8:" in str(said.value)


def test_no_python_at_all():
    with pytest.raises(SetupError, match="found none: install one, or set PYTHON"):
        bootstrap.choose([["/not/there"]])


def test_the_python_that_runs_this_is_recognised():
    assert bootstrap.probe([sys.executable]).version == sys.version_info[:2]


def test_PYTHON_goes_first_as_a_path_or_as_words(monkeypatch):
    monkeypatch.setenv("PYTHON", "py -3.12")
    assert bootstrap.candidates()[0] == ["py", "-3.12"]
    monkeypatch.setenv("PYTHON", sys.executable)
    assert bootstrap.candidates()[0] == [sys.executable]


@needs_sh
@pytest.mark.parametrize(
    ("family", "words"),
    [
        ("debian", "sudo apt-get install --yes --no-install-recommends python3.12-venv`"),
        ("", "install the packages that hold python3.12-venv"),
    ],
)
def test_a_python_without_venv_is_explained(fake, checkout, monkeypatch, capsys, family, words):
    monkeypatch.setattr(bootstrap, "candidates", lambda: [fake("bare", "3 12", has_venv="no")])
    monkeypatch.setattr(system_packages, "distribution", lambda: family)
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000)
    assert bootstrap.main(["run"]) == 1
    said = capsys.readouterr().err
    assert "cannot make environments" in said and words in said
    assert len(said.splitlines()) == 1


def test_the_command_for_debian_is_exact():
    assert system_packages.advice(WINDOW_SONAMES, "debian") == (
        "run `sudo apt-get install --yes --no-install-recommends fonts-dejavu-core libdbus-1-3 "
        "libegl1 libfontconfig1 libgl1 libglib2.0-0 libwayland-client0 libx11-6 libx11-xcb1 "
        "libxcb-icccm4 libxkbcommon-x11-0 libxkbcommon0 xvfb zlib1g`"
    )


def test_a_bare_debian_gets_what_the_tests_of_the_window_need(monkeypatch):
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None)
    monkeypatch.setattr(system_packages, "has_fonts", lambda names="": False)
    monkeypatch.setattr(system_packages, "SPEAKERS", ())
    monkeypatch.setattr(system_packages, "SYSTEM_PYTHON", "/no/python3")
    needs = system_packages.missing_tools()
    assert system_packages.install_command(needs, "debian")[4:] == [
        *("at-spi2-core", "dbus", "fonts-dejavu-core", "python3-dbus", "xvfb")
    ]


def test_the_command_for_fedora_is_exact():
    assert system_packages.advice(["libxcb-cursor.so.0", "fonts", "xvfb"], "fedora") == (
        "run `sudo dnf install --assumeyes dejavu-sans-fonts 'libxcb-cursor.so.0()(64bit)' "
        "xorg-x11-server-Xvfb`"
    )


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("ID=debian\n", "debian"),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', "debian"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("ID=arch\n", ""),
    ],
)
def test_families_of_linux(tmp_path, text, family):
    (tmp_path / "os-release").write_text(text)
    assert system_packages.distribution(tmp_path / "os-release") == family


@needs_sh
def test_what_the_loader_does_not_find_is_listed_once(tmp_path, monkeypatch):
    ldd = tmp_path / "ldd"
    ldd.write_text(
        "#!/bin/sh\necho '\tlibGL.so.1 => not found'\necho '\tlibc.so.6 => /lib/libc.so.6 (0x1)'\n"
        "echo '\tlibGL.so.1 => not found'\n"
    )
    ldd.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert system_packages.missing_libraries([Path("any.so")]) == ["libGL.so.1"]


@pytest.mark.parametrize("result", [0, 1])
def test_only_a_finished_installation_leaves_a_stamp(checkout, monkeypatch, result):
    made = []
    environment = bootstrap.environment_for("run")

    def create(environment):
        made.append(1)
        environment.folder.mkdir(exist_ok=True)

    def pip(command, **_):
        assert "--require-hashes" in command and not environment.stamp.exists()
        return subprocess.CompletedProcess(command, result, "", "ERROR: no network\n")

    locks = [checkout / name for name in bootstrap.LOCKS["run"]]
    monkeypatch.setattr(bootstrap, "create_environment", create)
    monkeypatch.setattr(bootstrap.subprocess, "run", pip)
    if result:
        with pytest.raises(SetupError, match=r"Could not install.*: no network"):
            bootstrap.install(environment, locks)
        assert not environment.stamp.exists()
        return
    bootstrap.install(environment, locks)
    monkeypatch.setattr(bootstrap, "usable_environment", lambda environment: True)
    monkeypatch.delattr(bootstrap.subprocess, "run")
    bootstrap.install(environment, locks)  # nothing to run: the lock is the one installed
    assert made == [1]


def test_the_development_lock_holds_the_runtime_lock():
    def pins(name):
        return set(re.findall(r"^[a-z].*==.*$", (ROOT / name).read_text(), re.M))

    runtime, development = map(pins, bootstrap.LOCKS["test"])
    assert runtime and runtime <= development


def test_what_is_frozen_is_what_the_runtime_lock_holds():
    def pins(name):
        return dict(re.findall(r"^([a-z][^=\n]*)==(\S+)", (ROOT / name).read_text(), re.M))

    runtime, build = pins("requirements.lock"), pins(*bootstrap.LOCKS["dist"])
    assert runtime.items() <= build.items() and "pyinstaller" in build


def test_what_is_frozen_is_built_away_from_the_tools_of_the_tests():
    folders = {mode: bootstrap.environment_for(mode).folder for mode in bootstrap.LOCKS}
    assert folders["run"] == folders["test"] != folders["dist"]


def test_locks_hold_hashes_and_no_addresses():
    for name in bootstrap.LOCKS["test"]:
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"://|^--|find-links", text, re.M)
