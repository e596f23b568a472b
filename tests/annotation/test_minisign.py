"""Signatures in minisign's format: its own ones fit, and nothing that was touched does."""

import shutil
from base64 import b64decode, b64encode
from pathlib import Path
from subprocess import DEVNULL, run

import pytest
from hypothesis import given
from hypothesis import strategies as st
from releasing import Team

from annotation.errors import ProjectError
from annotation.releases.minisign import read_key, verify

# Made by minisign 0.11 itself.
KEY = """untrusted comment: minisign public key 710DC111CEC4475D
RWRdR8TOEcENcenNwmmBHoOWF59iAPHbRDU23qip5cyOSqw59ExKxHAM
"""
SIGNED = b"Pressmark\n"
SIGNATURE = """untrusted comment: signature from minisign secret key
RURdR8TOEcENcUtq+z6tAZdon1I//etvzwOxSThHdANwy+2pRq14dhPE6WANr8K7w8auoA3+6WZATINuoLdoM1r2ikd3vbnfdQM=
trusted comment: a comment of the team
JGrnQMLmgLMbYznelnYzr2rsFY5PryYWKf5OBhraGb/g1jeJiY8NAsOqMmT0Arv+4xc0MfN4GsX39ze7oiqwBg==
"""

needs_minisign = pytest.mark.skipif(
    shutil.which("minisign") is None, reason="minisign is not installed"
)


def test_what_minisign_has_signed_is_verified() -> None:
    assert read_key(KEY) == read_key(KEY.splitlines()[1])
    assert read_key(KEY).name == "710DC111CEC4475D"
    assert verify(SIGNED, SIGNATURE, read_key(KEY), "it") == "a comment of the team"


@needs_minisign
def test_minisign_verifies_what_the_tests_sign_and_the_other_way_round(tmp_path: Path) -> None:
    team = Team(tmp_path / "ours")
    path = team.release()
    run(["minisign", "-V", "-m", path, "-P", team.key], check=True, stdout=DEVNULL)
    pub, secret = tmp_path / "a.pub", tmp_path / "a.key"
    run(["minisign", "-G", "-W", "-p", pub, "-s", secret], check=True, stdout=DEVNULL)
    run(["minisign", "-S", "-s", secret, "-m", path], check=True, stdout=DEVNULL)
    signature = path.with_name(f"{path.name}.minisig").read_text()
    comment = verify(path.read_bytes(), signature, read_key(pub.read_text()), "it")
    assert "file:pressmark-release.json" in comment


@given(data=st.data())
def test_a_signature_fits_nothing_that_was_touched(data: st.DataObject) -> None:
    team = Team(Path())
    message = data.draw(st.binary(min_size=1, max_size=200))
    whole = team.signature(message, comment="made by us")
    assert verify(message, whole, read_key(team.key), "it") == "made by us"
    lines = whole.splitlines()
    part = data.draw(st.sampled_from(["message", "signature", "comment", "above"]))
    if part == "message":
        place = data.draw(st.integers(0, len(message) - 1))
        message = message[:place] + bytes([message[place] ^ 1]) + message[place + 1 :]
    elif part == "comment":
        lines[2] += "!"
    else:
        line = {"signature": 1, "above": 3}[part]
        raw = bytearray(b64decode(lines[line]))
        raw[data.draw(st.integers(10 if line == 1 else 0, len(raw) - 1))] ^= 1
        lines[line] = b64encode(raw).decode()
    with pytest.raises(ProjectError, match="does not fit its signature"):
        verify(message, "\n".join(lines), read_key(team.key), "it")


def test_another_key_is_named() -> None:
    ours, others = Team(Path()), Team(Path(), seed=2)
    with pytest.raises(ProjectError, match=r"key 0807060504030202.*team's, 0807060504030201"):
        verify(b"x", others.signature(b"x"), read_key(ours.key), "it")
    forged = others.signature(b"x").splitlines()
    raw = bytearray(b64decode(forged[1]))
    raw[2:10] = ours.number  # the number alone says nothing
    forged[1] = b64encode(raw).decode()
    with pytest.raises(ProjectError, match="does not fit"):
        verify(b"x", "\n".join(forged), read_key(ours.key), "it")


def test_the_old_form_and_what_is_no_signature_is_refused() -> None:
    team = Team(Path())
    with pytest.raises(ProjectError, match=r"0\.10 or later"):
        verify(b"x", team.signature(b"x", kind=b"Ed"), read_key(team.key), "it")


@given(st.text() | st.lists(st.text(max_size=90), min_size=4, max_size=4).map("\n".join))
def test_whatever_else_comes_is_a_sentence(text: str) -> None:
    team = Team(Path())
    with pytest.raises(ProjectError, match="none of minisign's"):
        verify(b"x", text, read_key(team.key), "it")
    with pytest.raises(ProjectError, match="not a public key"):
        read_key(text)
