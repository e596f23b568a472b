"""The relations of a span: who plays which part, with ways to jump, to change and to remove."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotation import edits
from annotation.codebook import RelationLabel
from annotation.document import Document
from annotation.missing import missing_roles
from annotation.model import Argument, Relation, Span, Suggestion
from annotation.offers import with_role
from ui.attribute_form import AttributeForm, spoken
from ui.bridge import SessionBridge
from ui.look import Quiet, heading, in_tab_order
from ui.palette import wrapped
from ui.relation_hints import Hint, pressed
from ui.small_button import small_button

MOST = 24
"""How many relations, and how many arguments of each, are listed."""


class RelationList(QWidget):
    """Shows the relations that a span takes part in.

    `jump` carries the id of a span to go to, `more_wanted` the relation that is to get
    more arguments, chosen in the text; `choosing_ended` whether those are kept.
    """

    jump = Signal(str)
    more_wanted = Signal(object)
    choosing_ended = Signal(bool)

    def __init__(self, bridge: SessionBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._shown: tuple[object, ...] = ()
        self._choosing = ""
        self._removed = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)

    def show_relations(self, document: Document, span: Span) -> None:
        """Show all relations of a span in the codebook's order, unless they are shown already."""
        order = {r.name: n for n, r in enumerate(self._bridge.session.codebook.relations)}
        relations = sorted(document.relations_of(span.id), key=lambda r: order.get(r.label, 0))
        ids = dict.fromkeys(a.span_id for r in relations[:MOST] for a in r.arguments[:MOST])
        found = {other.id: other for other in document.spans(ids)}
        store = self._bridge.session.store
        wanted = (span, tuple(relations), tuple(found.values()), store.read_only)
        if wanted == self._shown:
            return
        self._shown = wanted
        focused = self._focused()
        self._clear()
        self._tell_removed()
        for relation in relations[:MOST]:
            part = self._part(relation, span, found)
            self._column.addWidget(part)
            part.show()  # now, so that one of its controls can have the cursor
        self._tell_rest(self._column, len(relations), "relations")
        controls = [w for w in self.findChildren(QWidget) if self._is_control(w)]
        in_tab_order([self, *controls])
        if focused:
            same = (w for w in controls if _place(w) == focused and w.isEnabled())
            next(same, self).setFocus()

    def show_choosing(self, relation_id: str) -> None:
        """Show at a relation that arguments for it are being chosen in the text, or at none."""
        if relation_id == self._choosing:
            return
        self._choosing = relation_id
        for hint in self.findChildren(Hint, "choosing"):
            hint.hide()
            hint.deleteLater()
        part = self.findChild(QWidget, f"relation/{relation_id}") if relation_id else None
        if isinstance(part, QWidget):
            self._tell_choosing(part)

    def _tell_choosing(self, part: QWidget) -> None:
        hint = Hint(
            "Now choose spans in the text: by their letters or by clicks; again takes one out.",
            pressed("Done", "Keep what is chosen", lambda: self.choosing_ended.emit(True)),
            pressed("Cancel", "Leave it as it was", lambda: self.choosing_ended.emit(False)),
        )
        hint.setObjectName("choosing")
        column = part.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, hint)

    def _tell_removed(self) -> None:
        """Offer once to take a removal back."""
        if self._removed:
            undo = pressed("Undo", "Undo the removal", self._bridge.undo)
            self._column.addWidget(
                Hint(f"{self._removed} removed; its spans are still there.", undo)
            )
        self._removed = ""

    def _tell_missing(self, column: QBoxLayout, relation: Relation) -> None:
        """Say that nobody plays a role, and offer to say why."""
        for missing in missing_roles(self._bridge.session.desk, relation):
            role, value = spoken(missing.role.name), spoken(missing.value)
            said = pressed(
                value.capitalize(),
                f"Say that no words stand for the {role}",
                lambda m=missing: self._bridge.perform(
                    lambda desk: edits.set_attribute(desk, m.span, m.attribute, m.value)
                ),
            )
            choose = pressed(
                "Choose…",
                f"Choose the {role} in the text, an unnamed one too",
                lambda: self.more_wanted.emit(relation),
            )
            column.addWidget(Hint(f"No {role}: nobody can tell yet who it is.", choose, said))

    def _tell_rest(self, layout: QBoxLayout, count: int, what: str) -> None:
        """Say how many more there are than a person could look through here."""
        if count > MOST:
            layout.addWidget(Quiet(f"and {count - MOST:,} more {what}"))

    def _focused(self) -> tuple[str, str] | None:
        """Return which control has the cursor, to give it back to its successor.

        Otherwise Qt would move it on to the note, where Ctrl+Z means something else.
        """
        focus = self.window().focusWidget()
        return _place(focus) if focus is not None and self.isAncestorOf(focus) else None

    def _is_control(self, widget: QWidget) -> bool:
        in_reach = widget.window() is self.window()  # as an open list's inner parts are not
        return in_reach and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()

    def _part(self, relation: Relation, span: Span, found: dict[str, Span]) -> QWidget:
        writable = not self._bridge.session.store.read_only
        label = self._bridge.session.codebook.relation(relation.label)
        title = label.title or label.name if label else relation.label
        part = QWidget()
        part.setObjectName(f"relation/{relation.id}")
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(heading(title))
        more = small_button("Add…", f"Add to this {title}")
        more.setEnabled(writable)
        more.clicked.connect(lambda: self.more_wanted.emit(relation))
        top.addWidget(more)
        top.addStretch(1)
        column.addLayout(top)
        if relation.id == self._choosing:
            self._tell_choosing(part)
        column.addLayout(self._arguments(relation, label, span, found, writable))
        self._tell_rest(column, len(relation.arguments), "arguments")
        if writable:
            self._tell_missing(column, relation)
        if label and label.attributes:
            form = AttributeForm(label.attributes, part)
            form.show_values(relation.attributes)
            form.setEnabled(writable)
            form.chosen.connect(
                lambda name, value: self._bridge.perform(
                    lambda desk: edits.set_relation_attribute(desk, relation, name, value)
                )
            )
            column.addWidget(form)
        remove = small_button(f"Remove “{title}”", f"Remove this relation: {title}")
        remove.setEnabled(writable)
        remove.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        remove.clicked.connect(lambda: self._remove(relation, title))
        column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)  # apart from the ×
        return part

    def _arguments(
        self,
        relation: Relation,
        label: RelationLabel | None,
        span: Span,
        found: dict[str, Span],
        writable: bool,
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for row, argument in enumerate(relation.arguments[:MOST]):
            other = found.get(argument.span_id)
            grid.addWidget(self._role(relation, label, argument, other, writable), row, 0)
            link = ArgumentLink(argument.role, other, span.id)
            link.clicked.connect(lambda _=False, i=argument.span_id: self.jump.emit(i))
            link.removal_wanted.connect(lambda a=argument: self._drop(relation, a))
            grid.addWidget(link, row, 1)
            drop = small_button("×", f"Take this {argument.role} out")
            drop.setEnabled(writable)
            drop.clicked.connect(lambda _=False, a=argument: self._drop(relation, a))
            grid.addWidget(drop, row, 2)
        return grid

    def _role(
        self,
        relation: Relation,
        label: RelationLabel | None,
        argument: Argument,
        span: Span | None,
        writable: bool,
    ) -> QWidget:
        """Return the name of a role; where the span can play another one, a button for it."""
        others = [
            role.name
            for role in (label.roles if label else ())
            if span is not None and role.takes(span.layer, span.label)
        ]
        if label is None or len(others) < 2:
            name = QLabel(spoken(argument.role))
            name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            return name
        button = small_button(f"{spoken(argument.role)} ▾", f"Role: {spoken(argument.role)}")
        button.setToolTip("Give it another role")
        button.setEnabled(writable)
        button.clicked.connect(lambda: self._ask_role(button, relation, label, argument, others))
        return button

    def _ask_role(
        self,
        button: QWidget,
        relation: Relation,
        label: RelationLabel,
        argument: Argument,
        roles: list[str],
    ) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for role in roles:
            action = menu.addAction(spoken(role))
            action.setCheckable(True)
            action.setChecked(role == argument.role)
            action.triggered.connect(
                lambda _=False, role=role: self._give_role(relation, label, argument, role)
            )
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _give_role(
        self, relation: Relation, label: RelationLabel, argument: Argument, role: str
    ) -> None:
        changed = with_role(label, relation.arguments, argument.span_id, role)
        self._bridge.perform(lambda desk: edits.set_arguments(desk, relation, changed))

    def _remove(self, relation: Relation, title: str) -> None:
        if self._bridge.perform(lambda desk: edits.unlink(desk, relation)):
            self._removed = title

    def _drop(self, relation: Relation, argument: Argument) -> None:
        rest = [other for other in relation.arguments if other != argument]
        self._bridge.perform(lambda desk: edits.set_arguments(desk, relation, rest))


class ArgumentLink(QAbstractButton):
    """A span's quotation that jumps there; Delete takes it out of the relation."""

    removal_wanted = Signal()

    def __init__(self, role: str, span: Span | None, own: str) -> None:
        super().__init__()
        here = span is not None and span.id == own
        text = "this span" if here else quoted(span)
        self.setText(text)
        self.setToolTip("" if here else wrapped(text))
        self.setAccessibleName(f"{role}: {text}")
        self.setEnabled(not here)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor if here else Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the height of a line; the width is what there is."""
        return QSize(80, self.fontMetrics().height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the quotation as a link, cut where the room ends."""
        painter = QPainter(self)
        role = QPalette.ColorRole.Link if self.isEnabled() else QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(role))
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width() - 8
        )
        painter.drawText(self.rect().adjusted(4, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, words)
        if self.hasFocus():
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as a click, Delete as removal."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _place(widget: QWidget) -> tuple[str, str]:
    """Return the relation that a control belongs to, and the control's name."""
    part: QWidget | None = widget
    while part is not None and not part.objectName().startswith("relation/"):
        part = part.parentWidget()
    return (part.objectName() if part else "", widget.accessibleName())


def quoted(span: Span | Suggestion | None) -> str:
    """Return a span's label-less quotation, its fragments joined by dots."""
    if span is None:
        return "(a span that is gone)"
    return f"“{' '.join(' … '.join(span.quotation).split())}”"
