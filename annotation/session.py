"""One researcher at work in one project: the open article, edits, undo, and who listens."""

from collections.abc import Callable

from annotation.codebook import Codebook
from annotation.document import Document
from annotation.edits import Desk
from annotation.ids import now
from annotation.model import Change
from annotation.store import Store

Listener = Callable[[Change], None]


class Session:
    """Carries edits out: first on disk, then in the document, then on every screen."""

    def __init__(self, store: Store, annotator: str) -> None:
        self.store = store
        self.annotator = annotator
        self.codebook: Codebook = store.codebook()
        self.document: Document | None = None
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
        self.store.apply(change)
        self.follow(change)

    def undo(self) -> Change | None:
        """Take the last edit back, in whichever article it was; return what was done."""
        return self._followed(self.store.undo(self.annotator, now()))

    def redo(self) -> Change | None:
        """Do again what was undone last; return what was done."""
        return self._followed(self.store.redo(self.annotator, now()))

    def hide_suggestions(self, hidden: bool, everywhere: bool) -> None:
        """Tag blind from now on, in the open article or in the whole project, or no longer."""
        document = self.document
        article_id = "" if everywhere or document is None else document.article.id
        self.store.hide_suggestions(hidden, self.annotator, now(), article_id)
        if document is not None:
            document.look_at_blindness()

    def follow(self, change: Change) -> None:
        """Show a change that the store has carried out already."""
        if self.document is not None:
            self.document.apply(change)
        for listener in self._listeners:
            listener(change)

    def _followed(self, change: Change | None) -> Change | None:
        if change is not None:
            self.follow(change)
        return change
