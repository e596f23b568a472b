"""The one place where the session becomes Qt signals."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotation.document import Document
from annotation.edits import Desk
from annotation.errors import ProjectError
from annotation.model import Change
from annotation.session import Session
from annotation.titles import done, stopped

if TYPE_CHECKING:
    from annotation.codebook_revision import Revision

Edit = Callable[[Desk], Change]
"""A user action: it looks at the desk and returns the change to carry out."""


class SessionBridge(QObject):
    """Tells every panel what happened in the session; panels refresh from the change.

    `opened` carries the `Document` now on screen, `changed` each `Change` carried out,
    `refused` the sentence that says why an edit was not, `done` a sentence about one that was.
    `travelled` carries the change that undo or redo has made, once its article is on screen.
    `blinded` tells that suggestions are hidden now, or no longer: the document says which.
    `codebook_changed` tells that the project has another codebook now, and maybe other annotations.
    `locked` tells that the project can be written to no longer; the store says why.
    `imported` tells that an import has brought articles, and maybe registry entries.
    `leaving` comes before the article on screen is left: forms hand over what is written.
    """

    leaving = Signal()
    travelled = Signal(object)
    opened = Signal(object)
    changed = Signal(object)
    refused = Signal(str)
    done = Signal(str)
    blinded = Signal()
    codebook_changed = Signal()
    locked = Signal()
    imported = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._writable = not session.store.read_only
        self.refused.connect(self._look_at_lock)
        session.listen(self.changed.emit)

    @property
    def document(self) -> Document | None:
        """The article on screen, if one is."""
        return self.session.document

    def open(self, article_id: str) -> None:
        """Put an article on screen."""
        self.leaving.emit()
        try:
            document = self.session.open(article_id)
        except ProjectError as error:
            self.refused.emit(str(error))
        else:
            self.opened.emit(document)

    def perform(self, edit: Edit) -> Change | None:
        """Carry out one user action; a refused one changes nothing and says why."""
        if self.session.document is None:
            return None
        return self.carry_out(lambda: edit(self.session.desk))

    def carry_out(self, make: Callable[[], Change]) -> Change | None:
        """Carry out a change that needs no article; a refused one changes nothing, as above."""
        try:
            change = make()
            self.session.do(change)
        except ProjectError as error:
            self.refused.emit(str(error))
            return None
        self.done.emit(done(change.title))
        return change

    def hide_suggestions(self, hidden: bool, everywhere: bool) -> None:
        """Hide suggestions in the open article or the whole project, or show them again."""
        try:
            self.session.hide_suggestions(hidden, everywhere)
        except ProjectError as error:
            self.refused.emit(str(error))
            return
        self.blinded.emit()
        places = ("the whole project", "this article")
        where, other = places if everywhere else places[::-1]
        if hidden:
            said = f"Suggestions are hidden in {where}: what is tagged now counts as made blind."
        elif self.document is not None and self.document.blind:
            said = f"Suggestions stay hidden: they are hidden in {other}, too."
        else:
            said = f"Suggestions are shown in {where}."
        self.done.emit(said)

    def revise(self, revision: "Revision") -> str:
        """Put another codebook in place; return why that was not possible, or an empty text."""
        self.leaving.emit()
        try:
            change = self.session.revise(revision)
        except ProjectError as error:
            return str(error)
        finally:
            self._look_at_lock()
        self.done.emit(done(change.title))
        self.codebook_changed.emit()
        return ""

    def keep_alive(self) -> str:
        """Give other windows a sign of life; return why that failed, or an empty text."""
        try:
            self.session.store.keep_alive()
        except ProjectError as error:
            return str(error)
        finally:
            self._look_at_lock()
        return ""

    def distrust(self, reason: str) -> None:
        """Change nothing in this project any more, for this reason."""
        self.session.store.distrust(reason)
        self._look_at_lock()

    def undo(self) -> Change | None:
        """Take the last edit back and bring its article on screen."""
        return self._travelled("Undone", self.session.undo)

    def redo(self) -> Change | None:
        """Do again what was undone last and bring its article on screen."""
        return self._travelled("Redone", self.session.redo)

    def _look_at_lock(self) -> None:
        if self._writable and self.session.store.read_only:
            self._writable = False
            self.locked.emit()

    def _travelled(self, word: str, step: Callable[[], Change | None]) -> Change | None:
        before = self.session.codebook
        try:
            change = step()
        except ProjectError as error:
            self.refused.emit(str(error))
            return None
        if change is None:
            self.done.emit(f"Nothing left to be {word.lower()}.")
            return None
        document = self.session.document
        revised = self.session.codebook is not before
        elsewhere = document is None or document.article.id not in change.article_ids
        if change.article_id and not revised and elsewhere:
            self.open(change.article_id)  # what has none, as edits of registries, shows anywhere
        self.travelled.emit(change)
        self.done.emit(stopped(f"{word}: {change.title}"))
        if revised:
            self.codebook_changed.emit()
        return change
