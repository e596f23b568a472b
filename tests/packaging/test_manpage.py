"""The manual page, set by groff, which complains about mistakes."""

import gzip
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from resources.packaging import manpage
from ui.command_line import build_parser

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_each_command_and_each_option_stands_in_it(tmp_path):
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    manpage.write_manpage(tmp_path / "man1" / "pressmark.1.gz", NOON)
    page = gzip.decompress((tmp_path / "man1" / "pressmark.1.gz").read_bytes())
    command = ["groff", "-man", "-Tutf8", "-P-c", "-P-b", "-P-u", "-ww"]
    done = subprocess.run(command, input=page, capture_output=True, check=True)
    assert done.stderr == b""
    text = done.stdout.decode()
    headings = [line.strip() for line in text.splitlines()]
    assert {"new", "export", "registry", "models"} < set(headings)
    assert "--new-password-file" in text and "gold corpus" in text


def test_nested_commands_and_roffs_own_signs_come_through():
    parser = build_parser()
    parser.epilog = ".start\\end"
    page = manpage.manpage(parser, NOON)
    assert r"\&.start\eend" in page
    assert page.count(".RS") == page.count(".RE") > 0
