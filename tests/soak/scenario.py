"""A person's day of so many deeds, in which the disk may fail; every failure must be told in words.

What the program itself refuses is said as `refused`; anything else ends the process with 1.
"""

import random
from collections.abc import Callable
from pathlib import Path

from annotation.errors import ProjectError
from annotation.prehighlight import suggest
from tests.soak.fake_model import MODEL, Doc
from tests.soak.victim import Victim, say

DAY = (
    *("edit", "edit", "undo", "import", "run", "edit", "redo", "edit"),
    *("export", "close", "edit", "import", "edit", "undo", "run", "export", "edit", "close"),
)
"""The deeds of one day, in this order."""


class Person(Victim):
    """Works through a day, whatever happens."""

    def day(self, deeds: tuple[str, ...]) -> None:
        """Do one thing after the other; where no project can be opened, go home."""
        steps: dict[str, Callable[[], None]] = {
            "edit": self._edit,
            "undo": lambda: self._go("undo"),
            "redo": lambda: self._go("redo"),
            "import": self._import,
            "run": self._run,
            "export": self._export,
            "close": self._close,
        }
        if not self._tried(self._open):
            return
        for deed in deeds:
            self._tried(steps[deed])
            if deed == "close" and not self._tried(self._open):
                return
        self._tried(self._close)

    def _tried(self, step: Callable[[], None]) -> bool:
        try:
            step()
        except ProjectError as error:
            say(refused=str(error))
            return False
        return True

    def _close(self) -> None:
        say(do="close")
        self._store.close()
        say(done="close")

    def _run(self) -> None:
        """Store what a model has found, as pre-highlighting does when its process answers."""
        waiting = self._store.articles_without_run(MODEL.author)[:3]
        say(do="run")
        for article_id in waiting:
            doc = Doc(self._store.article(article_id).text)
            found = [(name.start_char, name.end_char, name.label_) for name in doc.ents]
            change = suggest(self._store, article_id, found, MODEL, "victim")
            self._store.store_run(article_id, MODEL.author, change)
            self._session.follow(change)
            self._acknowledge(change)
        say(done="run")


def live(path: Path, folder: Path, seed: int, deeds: tuple[str, ...] = DAY) -> None:
    """Go through a day with a project; the same seed makes the same day."""
    person = Person(path, folder, random.Random(seed), MODEL)
    person.out = path.parent / "out"
    person.day(deeds)
