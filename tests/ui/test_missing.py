"""What is said where the system lacks a library of Qt."""

import pytest

from resources import system_packages
from ui.missing import told_of
from ui.told import told


@pytest.fixture
def debian(monkeypatch):
    monkeypatch.setattr(system_packages, "distribution", lambda: "debian")


def test_the_library_and_its_package_are_named(debian, capsys):
    def run():
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    assert told(run, []) == 1
    said = capsys.readouterr().err
    assert "the system's library is missing that Qt needs (libEGL.so.1)" in said
    assert "run `sudo apt-get install --yes --no-install-recommends libegl1`." in said


def test_a_fault_of_ours_is_none_of_the_systems():
    error = ImportError("cannot import name 'x' from 'ui'")
    assert told_of(error) == ""

    def run():
        raise error

    with pytest.raises(ImportError):
        told(run, [])
