"""The commands' names, options and help texts."""

import argparse
from datetime import date
from pathlib import Path

from annotation.build import named_version
from annotation.query_language import HELP as QUERY_HELP

_DESCRIPTION = """\
Pressmark: tag claims, sources and events in news articles, and export a gold corpus.

  pressmark                     open the window on the last project, or on the sample
  pressmark PROJECT             open the window on a project
  pressmark COMMAND ...         do one thing without a window (below)
"""

_EXAMPLE = """\
From articles to a gold corpus:
  pressmark new study.pressmark
  pressmark import study.pressmark articles/
  pressmark prehighlight study.pressmark
  pressmark study.pressmark          (tag, and mark layers as complete)
  pressmark export study.pressmark gold/ --format docbin

Exit codes: 0 done; 1 something to mend, said in a sentence (with --json also as
{"error": ...}); 2 a mistake in the command; 130 stopped by Ctrl-C.
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; each command's name is in `command`."""
    parser = argparse.ArgumentParser(
        prog="pressmark",
        description=_DESCRIPTION,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Pressmark {named_version()}")
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="do the whole job once in a folder of its own, and tell what works (with --json)",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    new = _command(commands, "new", "make an empty project", project=True)
    start = new.add_mutually_exclusive_group()
    start.add_argument(
        "--codebook", type=_path, metavar="FILE", help="a codebook in TOML (default: the built-in)"
    )
    start.add_argument(
        "--team",
        type=_path,
        nargs="?",
        const=False,
        metavar="FOLDER",
        help="a team's set-up: its codebook, its dictionary and what it has set for projects "
        "(default: the set-up found on this computer; see docs/team.md)",
    )
    new.add_argument(
        "--password", action="store_true", help="ask for a password, and encrypt the project"
    )
    _new_password(new)

    bring = _command(
        commands,
        "import",
        "add articles to a project",
        project=True,
        description="Add articles: plain text, Markdown and Pressmark JSONL (see: pressmark "
        "formats). What cannot be read, or is in the project already, is listed with the reason "
        "(exit code 1); the rest is imported.",
    )
    bring.add_argument(
        "paths", type=_path, nargs="+", metavar="PATH", help="a file, or a folder with all in it"
    )
    _annotator(bring)

    highlight = _command(
        commands, "prehighlight", "let the dictionary and a spaCy model suggest", project=True
    )
    highlight.add_argument("--model", metavar="NAME", help="which model (see: pressmark models)")
    highlight.add_argument(
        "--workers", type=_at_least_one, default=1, metavar="N", help="processes (default: 1)"
    )
    highlight.add_argument(
        "--again", action="store_true", help="also articles this model has been through"
    )
    _annotator(highlight)

    export = _command(
        commands,
        "export",
        "write the gold corpus into a folder",
        project=True,
        description="Write the gold corpus. Only layers that are marked as complete go out: tick "
        "them in the window, or say so in the JSONL that is imported. What the format cannot "
        "hold is listed first.",
    )
    export.add_argument(
        "out", type=_path, metavar="OUT", help="a new or empty folder, or that of an earlier export"
    )
    export.add_argument("--format", choices=("docbin", "jsonl"), required=True, help="which form")
    export.add_argument(
        "--layers",
        nargs="+",
        metavar="LAYER",
        help="only these, such as: --layers entity discourse",
    )
    export.add_argument(
        "--all",
        action="store_true",
        dest="everything",
        help="also layers that nobody has marked as complete; they are marked as open",
    )
    export.add_argument(
        "--pseudonymise",
        action="store_true",
        help="without the names of registry entries that are marked confidential",
    )

    codebook = _command(
        commands,
        "codebook",
        "print a project's codebook, or put another in its place",
        project=True,
        description="Print the codebook as TOML, write it into a file, or put that of a file in "
        "its place. Annotations keep what has the same name; a file that lacks what is in use is "
        "refused.",
    )
    way = codebook.add_mutually_exclusive_group()
    way.add_argument("--export", type=_path, dest="target", metavar="FILE", help="write it here")
    way.add_argument("--import", type=_path, dest="source", metavar="FILE", help="take this one")
    _annotator(codebook)

    terms = _command(
        commands, "dictionary", "print a project's dictionary, or change it", project=True
    )
    way = terms.add_mutually_exclusive_group()
    way.add_argument("--export", type=_path, dest="target", metavar="FILE", help="write it here")
    way.add_argument("--import", type=_path, dest="source", metavar="FILE", help="add these terms")
    way.add_argument("--clear", action="store_true", help="take all terms out")
    terms.add_argument("--replace", action="store_true", help="with --import: only these terms")

    picture = _command(
        commands,
        "picture",
        "draw one article with its annotations",
        project=True,
        description="Draw one article as the window shows it: as PDF, SVG, PNG or HTML, by the "
        "extension of the file. Needs no screen.",
    )
    picture.add_argument("out", type=_path, metavar="FILE", help="NAME.pdf, .svg, .png or .html")
    picture.add_argument(
        "--article",
        type=_at_least_one,
        default=1,
        metavar="N",
        help="which article, counted as in the window (default: 1)",
    )

    copy = _command(
        commands,
        "copy",
        "save a project as it is now in another file, also while it is open",
        project=True,
    )
    copy.add_argument("out", type=_path, metavar="OUT", help="the new file (NAME.pressmark)")
    _command(commands, "backup", "make a backup of a project now", project=True)
    restore = _command(
        commands,
        "restore",
        "list the backups of a project, or put one in its place",
        project=True,
        description="List the backups of a project, the newest first, or put one in its place. "
        "What the project holds now is kept, so that this can be taken back the same way. Works "
        "for a project that is damaged or gone, too.",
    )
    restore.add_argument(
        "--list", action="store_true", help="only list; with --backup only tell what differs"
    )
    restore.add_argument(
        "--backup", type=_at_least_one, metavar="N", help="which backup, as numbered in the list"
    )

    search = _command(
        commands,
        "search",
        "find words in all articles, their titles, outlets, authors and files",
        project=True,
        description="Find words in all articles, as the window does. In a query: "
        + "; ".join(f"{example}  {meaning}" for example, meaning in QUERY_HELP)
        + ".",
    )
    search.add_argument("query", metavar="QUERY", help="such as: 'minist* label:CLAIM date:2024'")
    search.add_argument(
        "--limit", type=_at_least_one, default=100, metavar="N", help="hits (default: 100)"
    )
    index = _command(
        commands, "index", "bring the search index up to date, as importing does", project=True
    )
    index.add_argument("--anew", action="store_true", help="empty it first, as when it is damaged")
    history = _command(
        commands,
        "history",
        "list who did what when, the latest first",
        project=True,
        description="List who did what when, the latest first: in the project, in an article, "
        "or with a span and its relations.",
    )
    history.add_argument(
        "--article", metavar="ID", help="only this article, by its id or its number in the list"
    )
    history.add_argument("--span", metavar="ID", help="only this span, by its id")
    history.add_argument("--annotator", default="", metavar="NAME", help="only what NAME did")
    history.add_argument("--text", default="", metavar="WORDS", help="only entries with WORDS")
    history.add_argument(
        "--limit", type=_at_least_one, default=100, metavar="N", help="how many (default: 100)"
    )
    compact = _command(
        commands,
        "compact",
        "make a project's history smaller",
        project=True,
        description="Take the content of old edits out of the history: it goes on telling who "
        "did what when, but they can no longer be undone. What was done today stays whole. A "
        "backup is made first.",
    )
    compact.add_argument(
        "--before", type=_day, metavar="DATE", help="only edits before this day (like 2026-05-31)"
    )
    compact.add_argument(
        "--keep", type=int, default=1000, metavar="N", help="edits to keep whole (default: 1000)"
    )
    compact.add_argument(
        "--forget", action="store_true", help="forget who did what when as well, but for those"
    )
    compact.add_argument("--preview", action="store_true", help="only say what it would save")

    check = _command(
        commands,
        "check",
        "look for damage and for broken rules",
        project=True,
        description="Look for damage and for broken rules. With --repair, save what can be read of "
        "a damaged project into a new one, and say what was saved and what was not; the damaged "
        "file is left as it is.",
    )
    check.add_argument(
        "--repair", type=_path, metavar="OUT", help="save what can be read into this new file"
    )
    _passwords(commands)
    _command(commands, "stats", "count what is in a project", project=True)
    registry = _command(
        commands, "registry", "list the registries of sources and events", project=True
    )
    registry.add_argument(
        "--registry", choices=("source", "event"), help="only this one (default: both)"
    )
    _command(commands, "formats", "list what can be imported and exported")
    _models(commands)
    _update_check(commands)
    return parser


def _update_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(
        commands,
        "update-check",
        "look whether your team has put out a newer Pressmark; fetch it",
        description="Look in the folder or at the https address that your team has named whether "
        "there is a newer Pressmark. What is found counts only with your team's signature. "
        "Exit codes: 0 nothing newer, or fetched; 3 there is a newer one; 1 something is in the "
        "way, said in a sentence.",
    )
    parser.add_argument(
        "--source", metavar="PLACE", help="the folder or address (default: as set in the window)"
    )
    parser.add_argument(
        "--key", metavar="KEY", help="the team's public key, or its file (minisign.pub)"
    )
    parser.add_argument(
        "--remember", action="store_true", help="look there from now on, in the window, too"
    )
    parser.add_argument(
        "--fetch", type=_path, metavar="FOLDER", help="put the file for this computer here"
    )


def _models(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _command(
        commands,
        "models",
        "list the spaCy models that can pre-highlight; add or remove one",
        description="List the models that can pre-highlight. A model is added from a wheel or a "
        "folder: what finds entities is copied to your own data folder after it was checked, and "
        "none of its code is run.",
    )
    ways = parser.add_subparsers(dest="way", metavar="add | remove")
    add = ways.add_parser("add", help="add the model of a wheel (.whl) or a folder")
    add.add_argument("path", type=_path, metavar="PATH", help="the wheel or the folder")
    remove = ways.add_parser("remove", help="remove a model that was added")
    remove.add_argument("name", type=_name, metavar="NAME", help="such as fr_core_news_sm")
    for way in (add, remove):
        way.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="print JSON, for scripts"
        )


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    project: bool = False,
    description: str = "",
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name, help=summary, description=description or f"{summary[0].upper()}{summary[1:]}."
    )
    if project:
        parser.add_argument(
            "project", type=_path, metavar="PROJECT", help="the project file (NAME.pressmark)"
        )
        if name != "new":
            parser.add_argument(
                "--password-file",
                type=_path,
                metavar="FILE",
                help="the password of an encrypted project is the first line of this file (-: of "
                "standard input); without it, it is asked for",
            )
    parser.add_argument("--json", action="store_true", help="print JSON, for scripts")
    return parser


def _passwords(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    encrypt = _command(
        commands,
        "encrypt",
        "protect a project and its backups with a password",
        project=True,
        description="Encrypt a project and its backups. There is no way back without the password. "
        "What was on the disk before may still be found there: see docs/confidential.md.",
    )
    change = _command(commands, "password", "change a project's password", project=True)
    for parser in (encrypt, change):
        _new_password(parser)
    _command(commands, "decrypt", "take a project's password away", project=True)


def _new_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-password-file",
        type=_path,
        metavar="FILE",
        help="the new password is the first line of this file (-: of standard input)",
    )


def _annotator(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--annotator", type=_name, metavar="NAME", help="who does this (default: your login name)"
    )


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("a path cannot be empty")
    return Path(text)


def _name(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise argparse.ArgumentTypeError("a name of letters that can be printed")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day like 2026-05-31") from error


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
