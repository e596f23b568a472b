"""Passwords of projects: how strong one is, and what can be done with a project's."""

import math
from pathlib import Path
from typing import Protocol

from annotation.backups import GoOn

LEAST = 8
"""Characters of a password at least."""

FAIR, STRONG = 45, 65
"""Bits from which a password is called so. A derivation costs a guesser 18 bits more."""

CLASSES = ((str.islower, 26), (str.isupper, 26), (str.isdigit, 10))
OTHER = 33
"""Sizes of the sets that characters are guessed from."""

NO_WAY_BACK = "There is no way back without it: nobody can open the project, nor its backups."


class Locks(Protocol):
    """The passwords of projects; everything may take long and be called from any thread.

    `ProjectError` for what a person can mend.
    """

    def is_encrypted(self, project: Path) -> bool:
        """Tell whether a file looks like an encrypted project."""
        ...

    def is_locked(self, project: Path) -> bool:
        """Tell whether a project needs its password to be opened."""
        ...

    def unlock(self, project: Path, password: str) -> None:
        """Have a project, and its backups, opened from now on; `ProjectError` for a wrong one."""
        ...

    def keep_only(self, project: Path) -> None:
        """Forget the passwords of all other projects."""
        ...

    def protect(self, project: Path, password: str | None, go_on: GoOn) -> list[Path]:
        """Encrypt a project and its backups with a password, or with None decrypt them.

        The project is unlocked, and nobody has it open. All or nothing for each file; returns
        the backups that could not be read and stay as they were.
        """
        ...

    def protect_backups(self, project: Path, go_on: GoOn) -> list[Path]:
        """Give the backups the password that their project has; returns as `protect`."""
        ...


def bits(password: str) -> float:
    """Return about how many bits a guesser of characters has to guess.

    A character that repeats the one before, or follows it in the alphabet, counts little.
    """
    sizes = [size for belongs, size in CLASSES if any(map(belongs, password))]
    if any(not any(belongs(c) for belongs, _ in CLASSES) for c in password):
        sizes.append(OTHER)
    new = sum(
        1.0 if ord(c) - ord(before) not in (-1, 0, 1) else 0.2
        for before, c in zip(f"\0{password}", password, strict=False)
    )
    return min(new, len(set(password)) * 2.0) * math.log2(sum(sizes) or 1)


def strength(password: str) -> str:
    """Return in words how strong a password is; empty for none."""
    if not password:
        return ""
    if len(password) < LEAST:
        return f"Too short: at least {LEAST} characters."
    found = bits(password)
    if found < FAIR:
        return "Weak: easily guessed by a program. Make it longer."
    if found < STRONG:
        return "Fair: longer is better. Four or more unrelated words are strong."
    return "Strong, unless it is one that others would think of."
