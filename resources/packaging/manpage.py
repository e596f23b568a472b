"""The manual page pressmark.1, written from the command line's own help."""

import argparse
import gzip
from datetime import datetime
from pathlib import Path

from annotation import VERSION
from ui.command_line import build_parser


def write_manpage(target: Path, built: datetime) -> None:
    """Write the page, compressed, as Debian and Fedora want it; the same bytes each time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(manpage(build_parser(), built).encode(), mtime=0))


def manpage(parser: argparse.ArgumentParser, built: datetime) -> str:
    """Return the page as roff: how it is started, each command with its options, examples."""
    lines = [
        f'.TH PRESSMARK 1 "{built.date().isoformat()}" "Pressmark {VERSION}" "User Commands"',
        ".SH NAME",
        r"pressmark \- tag claims, sources and events in news articles",
        ".SH SYNOPSIS",
        *(".B pressmark", r".RI [ PROJECT ]", ".br"),
        *(".B pressmark", r".I COMMAND", r"[options]"),
        ".SH DESCRIPTION",
        *_verbatim(parser.description or ""),
        ".SH OPTIONS",
        *_options(parser),
        ".SH COMMANDS",
    ]
    for name, command in _commands(parser).items():
        lines += [f".SS {_plain(name)}", *_command(command)]
    return "\n".join([*lines, ".SH EXAMPLES", *_verbatim(parser.epilog or "")]) + "\n"


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the commands; argparse has no public way to them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _command(parser: argparse.ArgumentParser) -> list[str]:
    """Return what a command does and takes, and the same of the commands below it."""
    lines = [*_paragraph(parser.description or ""), *_options(parser)]
    for name, command in _commands(parser).items():
        lines += [".TP", rf"\fB{_plain(name)}\fR", ".RS", *_command(command), ".RE"]
    return lines


def _options(parser: argparse.ArgumentParser) -> list[str]:
    lines = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:
            continue
        lines += [".TP", _term(action), *_paragraph(_help(action, parser))]
    return lines


def _help(action: argparse.Action, parser: argparse.ArgumentParser) -> str:
    return (action.help or "") % {**vars(action), "prog": parser.prog}


def _term(action: argparse.Action) -> str:
    value = action.metavar or (action.nargs != 0 and action.dest.upper()) or ""
    value = " ".join(value) if isinstance(value, tuple) else str(value)
    words = ", ".join(rf"\fB{_plain(name)}\fR" for name in action.option_strings)
    return f"{words} \\fI{_plain(value)}\\fR".strip() if value else words


def _paragraph(text: str) -> list[str]:
    return [_plain(" ".join(text.split()))] if text.strip() else []


def _verbatim(text: str) -> list[str]:
    return [".nf", *map(_plain, text.strip("\n").splitlines()), ".fi"]


def _plain(text: str) -> str:
    """Return text that roff takes as it is."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text
