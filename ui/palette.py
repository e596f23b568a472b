"""The panel of labels and relations: what can be tagged, with which key, and what is done."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotation import edits
from annotation.codebook import Codebook, Label, Layer, RelationLabel
from annotation.document import Document
from annotation.model import Change, Review
from ui.actions import rows_of, shown_keys
from ui.bridge import SessionBridge
from ui.canvas import Canvas
from ui.eye import Eye
from ui.flow import FlowLayout
from ui.key_map import chosen
from ui.look import PANEL_MARGIN, Elided, Rule, TickBox, heading, shortened
from ui.theme import shades, system_theme

COMPACT_FROM = 6
"""A layer with as many labels shows their tags only; the full names are in the tooltips."""

NAME_LENGTH = 12
"""How many characters of an annotator's name stand beside a box."""


class LabelPalette(QScrollArea):
    """Shows the codebook's labels and relations as chips; a click tags, or starts a link."""

    def __init__(self, bridge: SessionBridge, canvas: Canvas, parent: QWidget | None = None):
        super().__init__(parent)
        self._bridge = bridge
        self._canvas = canvas
        self.eyes: dict[str, Eye] = {}
        self.chips: dict[str, Chip] = {}
        self.complete: dict[str, TickBox] = {}
        self.others: dict[str, Elided] = {}
        self._build(bridge.session.codebook)
        self.show_keys()
        bridge.opened.connect(self._follow_opened)
        bridge.changed.connect(self._follow_change)
        bridge.locked.connect(self._allow)
        canvas.hidden_changed.connect(self._follow_hidden)
        self._follow_hidden()
        canvas.mode_changed.connect(self._show_sticky)
        if bridge.document is not None:
            self._follow_opened(bridge.document)
        else:
            self._allow()

    def show_keys(self) -> None:
        """Show on each chip the key that the person has for it."""
        keys = {row.name: row for row in rows_of(self._bridge.session.codebook, chosen())}
        for chip in self.chips.values():
            row = keys.get(chip.objectName())
            chip.show_key(shown_keys(row) if row else "")

    # -- following

    def _allow(self) -> None:
        """Offer only what can be done: nothing where the project cannot be written to."""
        writable = not self._bridge.session.store.read_only
        for chip in self.chips.values():
            chip.setEnabled(writable)
        for box in self.complete.values():
            box.setEnabled(writable and self._bridge.document is not None)

    def _follow_opened(self, document: Document) -> None:
        self._allow()
        annotator = self._bridge.session.annotator
        for layer, box in self.complete.items():
            box.setChecked(document.is_complete(layer, annotator))
            self._name_others(layer, document, annotator)

    def _name_others(self, layer: str, document: Document, annotator: str) -> None:
        """Say beside the box, which is the person's own, who else has completed a layer."""
        names = [
            review.annotator
            for review in document.reviews()
            if (review.layer, review.state) == (layer, "complete") and review.annotator != annotator
        ]
        others = self.others[layer]
        more = f" +{len(names) - 1}" if len(names) > 1 else ""
        others.setText(f"✓ {shortened(names[0], NAME_LENGTH)}{more}" if names else "")
        others.setToolTip(wrapped(f"Complete by {', '.join(names)}") if names else "")
        others.setAccessibleName(f"Complete by {', '.join(names)}" if names else "")

    def _follow_hidden(self) -> None:
        for layer, eye in self.eyes.items():
            eye.setChecked(layer not in self._canvas.hidden)

    def _press(self, chip: "Chip", label: Label) -> None:
        """Tag with a label; with Shift, or in place of another sticky one, make it sticky."""
        sticky = self._canvas.sticky
        if chip.shifted or (sticky.label and self._canvas.selection() is None):
            sticky.hold(label.layer, label.name)
        else:
            self._canvas.tag(label.layer, label.name)

    def _show_sticky(self) -> None:
        sticky = "/".join(self._canvas.sticky.label or ())
        for name, chip in self.chips.items():
            chip.show_sticky(name == sticky)

    def _follow_change(self, change: Change) -> None:
        document = self._bridge.document
        reviewed = any(isinstance(record, Review) for record in change.added + change.removed)
        if document is not None and reviewed:
            self._follow_opened(document)

    def _complete(self, layer: str, done: bool) -> None:
        state = "complete" if done else "open"
        self._bridge.perform(lambda desk: edits.set_review(desk, layer, state))
        document = self._bridge.document
        if document is not None:
            self._follow_opened(document)
            waiting = sum(s.layer == layer for s in document.pending_suggestions()) if done else 0
            if waiting:
                self._bridge.refused.emit(
                    f"Complete, with {waiting:,} undecided: suggestions that nobody accepts are "
                    "no part of the corpus."
                )

    # -- building

    def _build(self, codebook: Codebook) -> None:
        self.setAccessibleName("Labels")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(PANEL_MARGIN, PANEL_MARGIN, PANEL_MARGIN, PANEL_MARGIN)
        column.setSpacing(6)
        for layer in codebook.layers_as_shown():
            column.addLayout(self._header(layer))
            column.addLayout(self._labels([x for x in codebook.labels if x.layer == layer.name]))
            column.addSpacing(2)
        if codebook.relations:
            column.addWidget(Rule())
            column.addWidget(heading("Relations"))
            column.addLayout(self._relations(codebook.relations))
        column.addStretch(1)
        self.setWidget(body)

    def _header(self, layer: Layer) -> QHBoxLayout:
        title = heading(layer.title or layer.name)
        title.setToolTip(wrapped(layer.definition))
        box = TickBox("Complete")
        box.setObjectName(f"complete/{layer.name}")
        box.setAccessibleName(f"{layer.title or layer.name}: complete in this article")
        box.setToolTip(
            wrapped(
                "Everything in this layer has been looked at: from here on, no label means none."
            )
        )
        box.setEnabled(False)
        box.clicked.connect(lambda done: self._complete(layer.name, done))
        self.complete[layer.name] = box
        row = QHBoxLayout()
        row.addWidget(title)
        eye = self.eyes[layer.name] = Eye(layer.title or layer.name)
        eye.clicked.connect(lambda on: self._canvas.show_layer(layer.name, on))
        row.addWidget(eye)
        others = self.others[layer.name] = Elided()
        others.setTextFormat(Qt.TextFormat.PlainText)
        others.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.setSpacing(4)
        row.addWidget(others, 1)
        row.addSpacing(2)
        row.addWidget(box)
        return row

    def _labels(self, labels: list[Label]) -> FlowLayout:
        flow = FlowLayout(spacing=5)
        compact = len(labels) >= COMPACT_FROM
        for label in labels:
            text = label.tag if compact else label.title or label.name
            chip = Chip(text, label.color, explained(label))
            chip.setObjectName(f"tag/{label.layer}/{label.name}")
            chip.setAccessibleName(f"Tag as {label.title or label.name}")
            chip.clicked.connect(lambda _=False, chip=chip, label=label: self._press(chip, label))
            self.chips[f"{label.layer}/{label.name}"] = chip
            flow.addWidget(chip)
        return flow

    def _relations(self, relations: tuple[RelationLabel, ...]) -> FlowLayout:
        flow = FlowLayout(spacing=5)
        for relation in relations:
            chip = Chip(relation.title or relation.name, "", explained(relation))
            chip.setObjectName(f"link/{relation.name}")
            chip.setAccessibleName(f"Link by {relation.title or relation.name}")
            chip.clicked.connect(
                lambda _=False, name=relation.name: self._canvas.start_linking(name)
            )
            self.chips[relation.name] = chip
            flow.addWidget(chip)
        return flow


class Chip(QAbstractButton):
    """A small button with a colour, a word and a key; clicking leaves the focus in the text."""

    def __init__(self, text: str, color: str, tip: str) -> None:
        super().__init__()
        self._key = ""
        self._color = color
        self.setText(text)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.shifted = False
        self._sticky = False

    def show_sticky(self, sticky: bool) -> None:
        """Show whether each selection gets this label at once."""
        if sticky != self._sticky:
            self._sticky = sticky
            self._describe()
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether Shift is held."""
        self.shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remember whether Shift is held."""
        self.shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().keyPressEvent(event)

    def show_key(self, key: str) -> None:
        """Show the key that does the same."""
        if key != self._key:
            self._key = key
            self._describe()
            self.updateGeometry()
            self.update()

    def _describe(self) -> None:
        """Tell screen readers the key, and whether the label is sticky."""
        parts = (f"key {self._key}" if self._key else "", "sticky" if self._sticky else "")
        words = ", ".join(part for part in parts if part)
        self.setAccessibleDescription(words[:1].upper() + words[1:])

    def sizeHint(self) -> QSize:
        """Return the size of bar, word and key."""
        metrics = QFontMetrics(self.font())
        key = metrics.horizontalAdvance(self._key) + 9 if self._key else 0
        bar = 8 if self._color else 0
        return QSize(metrics.horizontalAdvance(self.text()) + bar + key + 14, metrics.height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip in the colours of the theme."""
        theme = system_theme()
        colours = shades(theme, self._color) if self._color else None
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = QColor(colours.bar if colours else theme.muted)
        edge.setAlphaF(1.0 if self.underMouse() or theme.strong else 0.35)
        strong = self.hasFocus() or self._sticky
        if strong:
            edge = theme.accent
        painter.setPen(QPen(edge, 2 if strong else 1))
        painter.setBrush(colours.tint if colours else theme.page)
        painter.drawRoundedRect(box, 5, 5)
        left = 8
        if colours:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.bar)
            painter.drawRoundedRect(QRectF(5, 4, 4, self.height() - 8), 2, 2)
            left = 14
        self._write(painter, left, theme.ink if self.isEnabled() else theme.muted, theme.muted)

    def _write(self, painter: QPainter, left: int, ink: QColor, quiet: QColor) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, self.text())
        if self._key:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(ink)
            painter.setOpacity(0.72)
            right = middle | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect().adjusted(0, 0, -7, 0), right, self._key)


def explained(entry: Label | RelationLabel) -> str:
    """Return a label's or relation's name, definition and example as a tooltip."""
    called = entry.called if isinstance(entry, Label) else entry.title or entry.name
    parts = [f"<b>{escaped(called)}</b> · {escaped(entry.name)}"]
    parts += [escaped(entry.definition)] if entry.definition else []
    parts += [f"<i>{escaped(entry.example)}</i>"] if entry.example else []
    return "<br>".join(parts)


def wrapped(text: str) -> str:
    """Return plain text as a tooltip that breaks its lines."""
    return f"<p>{escaped(text)}</p>" if text else ""


def escaped(text: str) -> str:
    """Return text that rich text shows as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
