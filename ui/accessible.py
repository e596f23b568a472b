"""Tells screen readers what happens in the text: caret, selection, picks, edits."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleTextCursorEvent,
    QAccessibleTextSelectionEvent,
)

from annotation.document import Document
from annotation.model import Change, Span, Suggestion
from annotation.titles import done, stopped
from ui.bridge import SessionBridge
from ui.canvas import Canvas, accessible_text
from ui.canvas.words import token_at
from ui.spoken import described, labels_at, told
from ui.utf16 import Units

LONGEST = 400
"""How many characters that the caret passed over are said."""


class Announcer(QObject):
    """Says what a person who does not see the canvas needs to know of it.

    What happens at one stroke is said once: an edit or a pick rather than the word that the
    caret came to. Nothing is done while no screen reader listens.
    `said` carries each sentence.
    """

    said = Signal(str)

    def __init__(self, bridge: SessionBridge, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._bridge = bridge
        self._canvas = canvas
        self._units = (None, Units(""))
        self._caret = canvas.caret
        self._selected = canvas.selection()
        self._labels: list[str] = []
        self._change: Change | None = None
        self._important: list[str] = []
        self._passing = ""
        self._picked = ("", "")
        self._touched: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._say)
        accessible_text.install()
        _renew(canvas)
        canvas.caret_moved.connect(self._follow_caret)
        canvas.picked_changed.connect(self._follow_pick)
        canvas.mode_changed.connect(self._tell)
        bridge.opened.connect(self._follow_opened)
        bridge.changed.connect(self._follow_change)
        bridge.done.connect(self._follow_done)
        bridge.refused.connect(self._tell)

    # -- what happens

    def _follow_opened(self, document: Document) -> None:
        self._caret, self._selected, self._labels = 0, None, []
        if QAccessible.isActive():
            event = QAccessibleEvent(self._canvas, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)
            self._tell(document.article.title)

    def _follow_change(self, change: Change) -> None:
        self._change = change

    def _follow_done(self, said: str) -> None:
        change, self._change = self._change, None
        document = self._canvas.document
        if change is None or done(change.title) != said or document is None:
            self._tell(said)
        elif QAccessible.isActive():
            self._touched |= {record.id for record in change.added}
            self._tell(told(change, document, self._bridge.session.codebook))

    def _follow_pick(self, record: Span | Suggestion | None) -> None:
        document = self._canvas.document
        if not QAccessible.isActive() or document is None or record is None:
            return
        said = described(record, document, self._bridge.session.codebook)
        self._picked = (record.id, said)
        self._soon.start()

    def _follow_caret(self, position: int) -> None:
        before, self._caret = self._caret, position
        was, self._selected = self._selected, self._canvas.selection()
        document = self._canvas.document
        if not QAccessible.isActive() or document is None:
            return
        units = self._units_of(document)
        QAccessible.updateAccessibility(
            QAccessibleTextCursorEvent(self._canvas, units.unit(position))
        )
        if self._selected != was:
            start, end = self._selected or (position, position)
            QAccessible.updateAccessibility(
                QAccessibleTextSelectionEvent(self._canvas, units.unit(start), units.unit(end))
            )
        if before != position or self._selected != was:
            self._passing = self._place(document, before, position)
            self._soon.start()

    def _units_of(self, document: Document) -> Units:
        if self._units[0] is not document:
            self._units = (document, Units(document.article.text))
        return self._units[1]

    # -- in words

    def _place(self, document: Document, before: int, position: int) -> str:
        """Return what the caret passed or selected, and the labels it came into or out of."""
        text = document.article.text
        if self._selected is not None:
            start, end = self._selected
            said = f"selected {_cut(text[start:end])}"
        else:
            token = token_at(text, position)
            passed = text[min(before, position) : max(before, position)]
            near = len(passed.split()) > 1 and len(passed) <= LONGEST
            said = _cut(passed) if near or token is None else text[slice(*token)]
        labels = labels_at(document, self._bridge.session.codebook, position)
        left = [f"out of {name}" for name in self._labels if name not in labels]
        entered = [f"in {name}" for name in labels if name not in self._labels]
        self._labels = labels
        return ", ".join([said, *left, *entered])

    def _tell(self, sentence: str) -> None:
        if sentence and QAccessible.isActive():
            self._important.append(sentence)
            self._soon.start()

    def _say(self) -> None:
        important, self._important = self._important, []
        passing, self._passing = self._passing, ""
        (picked, said), self._picked = self._picked, ("", "")
        if said and picked not in self._touched:  # else the edit was told
            important.append(said)
        self._touched.clear()
        *told_first, last = dict.fromkeys(important or [passing])
        sentence = " ".join([*map(stopped, told_first), last])
        if not sentence:
            return
        event = QAccessibleAnnouncementEvent(self._canvas, sentence)
        if not important:  # the next word interrupts this one
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
        self.said.emit(sentence)


def _renew(canvas: Canvas) -> None:
    """Have Qt ask anew about a view that it may have been asked about already."""
    if QAccessible.isActive():
        known = QAccessible.queryAccessibleInterface(canvas)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))
        QAccessible.updateAccessibility(QAccessibleEvent(canvas, QAccessible.Event.Focus))


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
