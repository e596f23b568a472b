"""Passwords in the terminal: asked for without showing them, or read from a file; never arguments.

Arguments and the environment can be read by every program on the computer.
"""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.errors import LockedError, ProjectError
from annotation.passwords import NO_WAY_BACK, strength
from ui.terminal import complain, show, show_json

if TYPE_CHECKING:
    from annotation.passwords import Locks


def run(locks: "Locks", options: Namespace) -> int:
    """Carry out `encrypt`, `decrypt` or `password`; the exit code is 1 where a backup is left."""
    if locks.is_locked(options.project):
        unlock(locks, options)
    encrypted = locks.is_encrypted(options.project)
    if not encrypted and options.command != "encrypt":
        raise ProjectError(f"{options.project} has no password: it is not encrypted.")
    if encrypted and options.command == "encrypt":
        left = locks.protect_backups(options.project, _go_on)
    else:
        password = None if options.command == "decrypt" else new_password(options)
        left = locks.protect(options.project, password, _go_on)
    _tell(options, left)
    return 1 if left else 0


def unlock(locks: "Locks", options: Namespace) -> None:
    """Get the password of a project and have it opened; `ProjectError` for a wrong one.

    A file whose beginning is damaged looks encrypted, too: restoring and repairing go on without
    where none is given.
    """
    needed = options.command != "restore" and not getattr(options, "repair", None)
    if options.password_file is None and not sys.stdin.isatty():
        if not needed:
            return
        raise LockedError(
            f"{options.project} has a password, or is no Pressmark project. Give it with "
            "--password-file FILE, or run the command in a terminal, which asks for it."
        )
    password = _given(options.password_file, "Password")
    if password or needed:
        locks.unlock(options.project, password)


def new_password(options: Namespace) -> str:
    """Return a new password: from a file, or asked for twice."""
    if options.new_password_file is not None:
        return _given(options.new_password_file, "")
    if not sys.stdin.isatty():
        raise ProjectError(
            "There is no terminal to ask for the new password. Give it with "
            "--new-password-file FILE."
        )
    show(NO_WAY_BACK)
    password = _given(None, "New password")
    show(strength(password))
    if _given(None, "Once more") != password:
        raise ProjectError("The two passwords differ. Nothing was changed.")
    return password


def _given(file: Path | None, question: str) -> str:
    if file is None:
        from getpass import getpass

        return getpass(f"{question}: ")
    try:
        text = sys.stdin.readline() if str(file) == "-" else file.read_text("utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise ProjectError(f"The password cannot be read from {file}: {error}.") from error
    return (text.splitlines() or [""])[0]


def _tell(options: Namespace, left: list[Path]) -> None:
    if options.json:
        show_json({"project": str(options.project), "left": [str(path) for path in left]})
    elif options.command == "decrypt":
        show(f"{options.project} and its backups are not encrypted any more.")
    else:
        show(f"{options.project} and its backups are encrypted.")
    if options.command == "encrypt" and not options.json:
        show(
            "What was on the disk before may still be found there, and in copies of your own: "
            "see docs/confidential.md."
        )
    for path in left:
        complain(f"the backup {path} cannot be read and is as it was. Delete it.")


def _go_on(done: int, total: int) -> None:
    """Nobody waits for the disk but who asked."""
