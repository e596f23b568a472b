"""A span in the inspector: label, attributes, note, relations, and where it comes from."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotation import edits
from annotation.codebook import Codebook
from annotation.document import Document
from annotation.model import Span, Value
from annotation.titles import with_article
from ui import settings
from ui.attribute_form import AttributeForm
from ui.bridge import SessionBridge
from ui.fitting_stack import FittingStack
from ui.look import Quiet, in_tab_order, shortened
from ui.palette import wrapped
from ui.registry.who_field import WhoField
from ui.relation_list import RelationList, quoted

QUOTATION_LENGTH = 140
"""How many characters of the quotation are shown; the text itself is beside it."""


class SpanForm(QWidget):
    """Shows one span and edits all of it.

    `jump` carries the id of a span to go to, `more_wanted` a relation that is to get more
    arguments, `choosing_ended` whether those chosen are kept, `entry_wanted` a registry entry
    to be shown; `left` asks for the cursor back in the text.
    """

    jump = Signal(str)
    more_wanted = Signal(object)
    choosing_ended = Signal(bool)
    entry_wanted = Signal(object)
    left = Signal()

    def __init__(self, bridge: SessionBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._span: Span | None = None
        self._forms: dict[tuple[str, str], AttributeForm] = {}
        self.label = LabelBox(bridge.session.codebook)
        self.quotation = QLabel()
        self.quotation.setWordWrap(True)
        self.quotation.setTextFormat(Qt.TextFormat.PlainText)
        self.who = WhoField(bridge)
        self.who.left.connect(self.left)
        self.who.entry_wanted.connect(self.entry_wanted)
        self.fold = QToolButton(text="Attributes", autoRaise=True, checkable=True)
        self.attributes = FittingStack()
        self.note = NoteBox()
        self.relations = RelationList(bridge)
        self.relations.jump.connect(self.jump)
        self.relations.more_wanted.connect(self.more_wanted)
        self.relations.choosing_ended.connect(self.choosing_ended)
        self.origin = Quiet()
        self.origin.setWordWrap(True)
        self.label.activated.connect(self._relabel)
        self.note.finished.connect(self._write_note)
        self.fold.toggled.connect(self._unfold)
        self.fold.setChecked(settings.switched_on("attributes", True))
        self._unfold(self.fold.isChecked())
        bridge.leaving.connect(self.finish)
        self._lay_out()

    def show_span(self, document: Document, span: Span) -> None:
        """Show a span as it is now."""
        if self._span and span.id != self._span.id:
            self.finish()
        self._span = span
        writable = not self._bridge.session.store.read_only
        self.label.show_label(span.layer, span.label)
        words = quoted(span)
        self.quotation.setText(shortened(words, QUOTATION_LENGTH))
        self.quotation.setToolTip(wrapped(words) if len(words) > QUOTATION_LENGTH else "")
        self.who.show_span(document, span)
        form = self._form(span)
        form.show_values(span.attributes)
        self.attributes.show_page(form)
        self.fold.setVisible(bool(form.fields))
        self.note.show_note(span.note)
        self.relations.show_relations(document, span)
        self.origin.setText(_origin(span))
        for widget in (self.label, form, self.note):
            widget.setEnabled(writable)

    def finish(self) -> None:
        """Hand over what is being written in the note and in free-text attributes."""
        self.note.finish()
        form = self.attributes.current()
        if isinstance(form, AttributeForm):
            form.finish()

    def edit_note(self) -> None:
        """Put the cursor to the end of the note."""
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.moveCursor(QTextCursor.MoveOperation.End)

    def edit_attributes(self) -> str:
        """Put the cursor into the first attribute; return why not where there are none."""
        form = self.attributes.current()
        if not (isinstance(form, AttributeForm) and form.fields):
            words = with_article(self.label.currentText())
            return f"{words.capitalize()[:1]}{words[1:]} has no attributes."
        self.fold.setChecked(True)
        form.focus_first()
        return ""

    def _unfold(self, unfolded: bool) -> None:
        """Show the attributes, or give their room to the relations; also after the next start."""
        self.fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.attributes.setVisible(unfolded)
        if unfolded != settings.switched_on("attributes", True):
            settings.remember_switch("attributes", unfolded)

    # -- edits

    def _relabel(self) -> None:
        span, (layer, label) = self._span, self.label.currentData()
        if span and (layer, label) != (span.layer, span.label):
            self._bridge.perform(lambda desk: edits.relabel(desk, span, layer, label))
            self._restore()

    def _set(self, name: str, value: Value | None) -> None:
        span = self._span
        if span is not None:
            self._bridge.perform(lambda desk: edits.set_attribute(desk, span, name, value))
            self._restore()

    def _write_note(self, note: str) -> None:
        span = self._span
        if span is not None and note != span.note:
            self._bridge.perform(lambda desk: edits.set_note(desk, span, note))
            self._restore()

    def _restore(self) -> None:
        """Show what holds now: the edit's result, or what was there before a refusal."""
        document = self._bridge.document
        span = document.span(self._span.id) if document and self._span else None
        if document and span:
            self.show_span(document, span)

    # -- building

    def _form(self, span: Span) -> AttributeForm:
        key = (span.layer, span.label)
        if key not in self._forms:
            label = self._bridge.session.codebook.label(*key)
            form = AttributeForm(label.attributes if label else ())
            form.chosen.connect(self._set)
            form.finished.connect(self.left)
            form.refused.connect(self._bridge.refused)
            self.attributes.add(form)
            fields = form.fields.values()
            first = (self.label, self.who.words, self.who.show_entry, self.who.forget)
            in_tab_order([*first, self.note, self.fold, *fields, self.relations])
            self._forms[key] = form
        return self._forms[key]

    def _lay_out(self) -> None:
        self.note.setAccessibleName("Note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.fold.setAccessibleName("Attributes")
        self.fold.setToolTip("Show or fold the attributes")
        self.fold.setStyleSheet(
            "QToolButton { border: none; background: transparent; font-weight: 600 }"
            "QToolButton:focus { text-decoration: underline }"
        )  # a heading and no pressed button
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for widget in (self.label, self.quotation, self.who, self.note, self.fold, self.attributes):
            column.addWidget(widget)
        column.addWidget(self.relations)
        column.addWidget(self.origin)
        column.addStretch(1)


class LabelBox(QComboBox):
    """All labels of the codebook, layer by layer."""

    def __init__(self, codebook: Codebook) -> None:
        super().__init__()
        self.setAccessibleName("Label")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for layer in codebook.layers:
            if self.count():
                self.insertSeparator(self.count())
            for label in codebook.labels:
                if label.layer == layer.name:
                    self.addItem(label.called, (label.layer, label.name))
                    self.setItemData(
                        self.count() - 1, label.definition, Qt.ItemDataRole.ToolTipRole
                    )

    def show_label(self, layer: str, label: str) -> None:
        """Show which label a span has."""
        wanted = (layer, label)
        places = (i for i in range(self.count()) if self.itemData(i) == wanted)
        self.setCurrentIndex(next(places, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list for a letter or an arrow, so that only Enter relabels."""
        letter = event.text() if event.text().isalnum() else ""
        if letter or event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.showPopup()
            # What was looked at when the list was left the last time would else be there still.
            self.view().setCurrentIndex(self.model().index(self.currentIndex(), 0))
            if letter:
                self.view().keyboardSearch(letter)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: scrolling must never relabel."""
        event.ignore()


NOTE_PAUSE = 700
"""Milliseconds without a key after which a note that is being written is stored."""


class NoteBox(QPlainTextEdit):
    """A note; it counts at each pause in writing, when the cursor leaves, or with Ctrl+Enter."""

    finished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self._pause = QTimer(self, singleShot=True, interval=NOTE_PAUSE)
        self._pause.timeout.connect(self.finish)
        self.textChanged.connect(self._pause.start)
        self.setPlaceholderText("Note")
        self.setTabChangesFocus(True)
        self._fit()

    def _fit(self) -> None:
        """Take one line where there is no note, three where there is one or it is written."""
        lines = 3 if self.hasFocus() or self._shown else 1
        self.setFixedHeight(lines * self.fontMetrics().height() + 16)

    def show_note(self, note: str) -> None:
        """Show a note, unless somebody is writing another one."""
        if note != self._shown or not self.hasFocus():
            self._shown = note
            if note != self.toPlainText():
                self.setPlainText(note)
            self._fit()

    def finish(self) -> None:
        """Hand over what has been written."""
        self._pause.stop()
        note = self.toPlainText().strip()
        if note != self._shown:
            self._shown = note
            self.finished.emit(note)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make room to write."""
        super().focusInEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what has been written."""
        super().focusOutEvent(event)
        self.finish()
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+Enter as the end of the note."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
        else:
            super().keyPressEvent(event)


def _origin(span: Span) -> str:
    how = {
        "manual": "Tagged",
        "accepted": "Accepted",
        "edited": "Accepted with changes",
        "imported": "Imported",
    }[span.origin]
    parts = [f"{how} by {span.annotator}" if span.annotator else how]
    if span.blind:
        parts.append("blind: suggestions were hidden")
    if span.author:
        parts.append(f"suggested by {span.author}")
    parts.append(_moment(span.created_at))
    if span.modified_at != span.created_at:
        parts.append(f"changed {_moment(span.modified_at)}")
    return " · ".join(part for part in parts if part)


def _moment(at: str) -> str:
    return f"{at[:10]} {at[11:16]} UTC" if at else ""
