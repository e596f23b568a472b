"""The real canvas on a real project file, and the hand that works on it."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotation.codebook_file import default_codebook
from annotation.ids import new_id, now
from annotation.model import (
    Annotations,
    Argument,
    Article,
    Fragment,
    Relation,
    Span,
    Suggestion,
)
from annotation.session import Session
from annotation.store import Entry, Store
from storage import create_project
from ui.bridge import SessionBridge
from ui.canvas import Canvas

Key, Mod = Qt.Key, Qt.KeyboardModifier
LAYERS = {"CLAIM": "discourse", "SOURCE": "discourse", "CUE": "discourse", "EVENT": "event"}

TEXT = (
    "The mayor of Halvik said on Friday that the bridge, which divers had seen, would close.\n"
    "“It is safe,” Ilse Varga replied. Nobody asked her twice. The port’s workers went home.\n"
    "A last paragraph about the old ferry, its crew and the winter."
)


def place(text: str, words: str) -> Fragment:
    """Return where words first stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def article_of(text: str) -> Article:
    digest = sha256(text.encode()).hexdigest()
    return Article(new_id(), text, digest, "An article", imported_at=now())


def span_of(article: Article, label: str, *fragments: Fragment) -> Span:
    at = now()
    return Span(
        new_id(), article.id, LAYERS.get(label, "entity"), label, fragments,
        article.quote(fragments), "ada", "manual", 1, at, at,
    )  # fmt: skip


def suggestion_of(article: Article, label: str, *fragments: Fragment) -> Suggestion:
    return Suggestion(
        new_id(), article.id, "entity", label, fragments, article.quote(fragments),
        "model 1.0", now(), 0.5,
    )  # fmt: skip


def relation_of(article: Article, label: str, *arguments: tuple[str, Span]) -> Relation:
    given = tuple(Argument(role, span.id) for role, span in arguments)
    return Relation(new_id(), article.id, label, given, "ada", "manual", 1, now(), now())


def two_claims(article: Article) -> dict[str, Span]:
    """Return spans of `TEXT` to link: two claims, a source with a town in it, and a cue."""
    words = {
        "source": ("SOURCE", "The mayor of Halvik"),
        "town": ("GPE", "Halvik"),
        "cue": ("CUE", "said"),
        "claim": ("CLAIM", "the bridge"),
        "other": ("CLAIM", "It is safe"),
    }
    return {
        name: span_of(article, label, place(TEXT, quoted))
        for name, (label, quoted) in words.items()
    }


class CanvasStage:
    """A canvas of 900 × 700 pixels on one article of a new project, and what it said."""

    def __init__(
        self,
        folder: Path,
        article: Article | str = TEXT,
        spans: Iterable[Span] = (),
        relations: Iterable[Relation] = (),
        suggestions: Iterable[Suggestion] = (),
        store: Store | None = None,
    ) -> None:
        self.article = article_of(article) if isinstance(article, str) else article
        self.text = self.article.text
        if store is None:
            store = create_project(folder / f"{new_id()}.pressmark", default_codebook())
            found = Annotations(tuple(spans), tuple(relations), tuple(suggestions))
            store.add_entries([Entry(self.article, found)], "ada")
        self.store = store
        self.bridge = SessionBridge(Session(self.store, "ada"))
        self.refusals: list[str] = []
        self.titles: list[str] = []
        self.modes: list[str] = []
        self.canvas = Canvas(self.bridge)
        self.bridge.refused.connect(self.refusals.append)
        self.bridge.done.connect(self.titles.append)
        self.canvas.mode_changed.connect(self.modes.append)
        self.canvas.resize(900, 700)
        self.canvas.show()
        self.canvas.setFocus()
        self.bridge.open(self.article.id)
        self.paint()

    def close(self) -> None:
        self.canvas.close()
        self.canvas.deleteLater()
        self.store.close()

    # -- the hand

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(self.canvas, key, modifiers)

    def point(self, position: int, inside: bool = False) -> QPoint:
        """Return where a caret position is, or the middle of the character after it."""
        caret = self.canvas.caret_rect(position)
        if not inside:
            return caret.center().toPoint()
        following = self.canvas.caret_rect(position + 1)
        x = (caret.center().x() + following.center().x()) / 2
        return QPointF(x, caret.center().y()).toPoint()

    def click(self, where: int | QPoint, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        at = self.point(where) if isinstance(where, int) else where
        QTest.mouseClick(self.canvas.viewport(), Qt.MouseButton.LeftButton, modifiers, at)

    def double_click(self, position: int) -> None:
        view = self.canvas.viewport()
        QTest.mouseDClick(
            view, Qt.MouseButton.LeftButton, Mod.NoModifier, self.point(position, inside=True)
        )

    def drag(self, way: Sequence[QPoint], modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """Press at the first point, move over the others and let go at the last."""
        self.hold(way, modifiers)
        self.let_go(way[-1], modifiers)

    def hold(self, way: Sequence[QPoint], modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        view = self.canvas.viewport()
        QTest.mousePress(view, Qt.MouseButton.LeftButton, modifiers, way[0])
        for point in way[1:]:
            where = QPointF(point)
            event = QMouseEvent(
                QEvent.Type.MouseMove,
                where,
                QPointF(view.mapToGlobal(point)),
                Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton,
                modifiers,
            )
            QApplication.sendEvent(view, event)

    def let_go(self, point: QPoint, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        view = self.canvas.viewport()
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, modifiers, point)

    # -- what is there

    def paint(self) -> QImage:
        """Have the view painted at once and return the picture."""
        return self.canvas.viewport().grab().toImage()

    def selected(self) -> str:
        chosen = self.canvas.selection()
        return self.text[slice(*chosen)] if chosen else ""

    def quotation(self) -> tuple[str, ...]:
        picked = self.canvas.picked
        return picked.quotation if picked else ()

    def stored(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return label and quotation of each span in the project file."""
        spans = self.store.annotations(self.article.id).spans
        return [(span.label, span.quotation) for span in spans]

    def drawn(self, record_id: str) -> set[Fragment]:
        """Return the fragments with which a record is drawn in the blocks in view."""
        return {
            fragment
            for one in self.canvas.shown()
            for piece in one.block.pieces
            if piece.mark.id == record_id
            for fragment in piece.mark.fragments
        }
