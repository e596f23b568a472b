"""One researcher at work in one project: the open article, edits, undo, and who listens."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from annotation.codebook import Codebook
from annotation.document import Document
from annotation.edits import Desk
from annotation.ids import new_id, now
from annotation.model import Change
from annotation.store import Store

if TYPE_CHECKING:
    from annotation.codebook_revision import Reckoning, Revision

Listener = Callable[[Change], None]
Result = TypeVar("Result")


LARGE = 400
"""From how many records on a change takes longer to write than a picture."""


def at_once(work: Callable[[], Result]) -> Result:
    """Do work here and now."""
    return work()


class Session:
    """Carries edits out: first on disk, then in the document, then on every screen.

    `aside` does work that takes long: a window puts it into a thread, and goes on when it
    is done.
    """

    def __init__(self, store: Store, annotator: str) -> None:
        self.store = store
        self.annotator = annotator
        self.codebook: Codebook = store.codebook()
        self.document: Document | None = None
        self.aside: Callable[[Callable[[], Change | None]], Change | None] = at_once
        self._listeners: list[Listener] = []

    def open(self, article_id: str) -> Document:
        """Make an article the open one."""
        self.document = Document(self.store.article(article_id), self.store)
        return self.document

    @property
    def desk(self) -> Desk:
        """What edits of the open article work on."""
        assert self.document is not None, "no article is open"
        return Desk(self.document, self.codebook, self.annotator)

    def listen(self, listener: Listener) -> None:
        """Call the listener with each change after it has been carried out."""
        self._listeners.append(listener)

    def do(self, change: Change) -> None:
        """Carry a change out; it is durable before anybody hears of it."""
        large = len(change.removed) + len(change.added) > LARGE
        work = self.aside if large else at_once
        work(lambda: self.store.apply(change))
        self.follow(change)

    def reckon(self, revision: "Revision") -> "Reckoning":
        """Return how much a revision of the codebook would change; looks at everything."""
        return self.store.reckon(self._step(revision), revision)

    def revise(self, revision: "Revision") -> Change:
        """Put another codebook in place, and change all annotations with it."""
        change = self._step(revision)
        self.aside(lambda: self.store.revise(change, revision))
        self._read_codebook()
        self.follow(change)
        return change

    def undo(self) -> Change | None:
        """Take the last edit back, in whichever article it was; return what was done."""
        store = self.store
        return self._travelled(store.undo, store.undo_revises(), store.undo_is_large())

    def redo(self) -> Change | None:
        """Do again what was undone last; return what was done."""
        store = self.store
        return self._travelled(store.redo, store.redo_revises(), store.redo_is_large())

    def hide_suggestions(self, hidden: bool, everywhere: bool) -> None:
        """Tag blind from now on, in the open article or in the whole project, or no longer."""
        document = self.document
        article_id = "" if everywhere or document is None else document.article.id
        self.store.hide_suggestions(hidden, self.annotator, now(), article_id)
        if document is not None:
            document.look_at_blindness()

    def follow(self, change: Change) -> None:
        """Show a change that the store has carried out already."""
        self.learn(change)
        self.tell(change)

    def learn(self, change: Change) -> None:
        """Bring the open article up to a change that the store has carried out; `tell` follows."""
        if self.document is not None:
            self.document.apply(change)

    def tell(self, change: Change) -> None:
        """Call all who listen, about a change that the open article has learnt already."""
        for listener in self._listeners:
            listener(change)

    def _travelled(
        self, step: Callable[[str, str], Change | None], revises: bool, large: bool
    ) -> Change | None:
        work = self.aside if revises or large else at_once
        change = work(lambda: step(self.annotator, now()))
        if revises:
            self._read_codebook()
        if change is not None:
            self.follow(change)
        return change

    def _step(self, revision: "Revision") -> Change:
        from annotation.codebook_summary import revision_title

        return Change(new_id(), revision_title(revision), "", self.annotator, now())

    def _read_codebook(self) -> None:
        """Read the codebook anew, and what is said about the open article: all may be new."""
        self.codebook = self.store.codebook()
        if self.document is not None:
            self.open(self.document.article.id)
