"""The form for what is known of a registry entry."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotation import registry_edits
from annotation.model import RegistryEntry
from annotation.pseudonym import pseudonym
from annotation.registry import FACTS, KINDS, entry_problems
from ui.bridge import SessionBridge
from ui.look import PANEL_MARGIN, Quiet, TickBox
from ui.theme import system_theme

FACT_TITLES = {"until": "Last day", "wikidata": "Wikidata"}
"""What facts are called where it is not their name."""

HINTS = {"date": "2024-05-17, 2024-05 or 2024", "until": "of a range", "wikidata": "Q42"}
"""What is shown in empty fields."""


class EntryForm(QScrollArea):
    """Shows an entry and changes it: each field when the cursor leaves it, as one step of undo.

    What is wrong is said while it is typed, and not stored.
    """

    def __init__(self, bridge: SessionBridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._entry: RegistryEntry | None = None
        self.name = QLineEdit()
        self.aliases = Lines()
        self.facts: dict[str, QLineEdit | QComboBox] = {}
        self.note = Lines()
        self.confidential = TickBox("Confidential")
        self.pseudonym = Quiet()
        self.problem = Quiet()
        self._lay_out()
        self._connect()

    def show_entry(self, entry: RegistryEntry | None) -> None:
        """Show an entry as it is now; what somebody is just writing stays."""
        before = self._entry
        if before is not None and entry is not None and before.id == entry.id:
            if entry == before:
                return
        else:
            self.finish()
            before = None
        self._entry = entry
        self.widget().setVisible(entry is not None)
        if entry is None:
            return
        for field, words in _texts(entry).items():
            box = self._box(field)
            written = before is not None and box.hasFocus()
            if not (written and _text(box) != _texts(before).get(field, "")):  # type: ignore[arg-type]
                _set_text(box, words)
        self.confidential.setChecked(entry.confidential)
        self.pseudonym.setText(pseudonym(entry) if entry.confidential else "")
        self._form.setRowVisible(self.pseudonym, entry.confidential)
        for fact, box in self.facts.items():
            self._form.setRowVisible(box, fact in FACTS[entry.registry])
        self._allow()
        self._check()

    def finish(self) -> None:
        """Store what is being written, if nothing is wrong with it."""
        entry = self._entry
        if entry is None or self._bridge.session.store.read_only:
            return
        draft = self._draft(entry)
        if _said(draft) == _said(entry) or entry_problems(draft):
            return
        self._bridge.carry_out(
            lambda: registry_edits.change(self._bridge.session.annotator, entry, draft)
        )

    def edit_name(self) -> None:
        """Put the cursor into the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    # -- writing

    def _draft(self, entry: RegistryEntry) -> RegistryEntry:
        """Return the entry as the fields say it."""
        lines = self.aliases.toPlainText().splitlines()
        written = {fact: _text(self.facts[fact]).strip() for fact in FACTS[entry.registry]}
        return replace(
            entry,
            name=self.name.text().strip(),
            aliases=tuple(line.strip() for line in lines if line.strip()),
            facts={fact: words for fact, words in written.items() if words},
            note=self.note.toPlainText().strip(),
            confidential=self.confidential.isChecked(),
        )

    def _check(self) -> None:
        """Say what is wrong with what is written."""
        entry = self._entry
        problems = entry_problems(self._draft(entry)) if entry is not None else []
        self.problem.setText(problems[0] if problems else "")
        self.problem.setVisible(bool(problems))
        palette = self.problem.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, system_theme().warning)
        self.problem.setPalette(palette)

    def _allow(self) -> None:
        writable = not self._bridge.session.store.read_only
        self.widget().setEnabled(writable)

    def _box(self, field: str) -> "QLineEdit | QComboBox | Lines":
        own = {"name": self.name, "aliases": self.aliases, "note": self.note}
        return own.get(field) or self.facts[field]

    # -- building

    def _connect(self) -> None:
        for line in (self.name, *self.facts.values()):
            if isinstance(line, QLineEdit):
                line.textChanged.connect(self._check)
                line.editingFinished.connect(self.finish)
            else:
                line.activated.connect(self.finish)
        for lines in (self.aliases, self.note):
            lines.textChanged.connect(self._check)
            lines.finished.connect(self.finish)
        self.confidential.clicked.connect(self.finish)
        self._bridge.leaving.connect(self.finish)
        self._bridge.locked.connect(self._allow)

    def _lay_out(self) -> None:
        self.setAccessibleName("What is known of the entry")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setHorizontalSpacing(10)
        self._form.setVerticalSpacing(6)
        self._add("Name", self.name)
        self._add("Aliases", self.aliases)
        self.aliases.setPlaceholderText("One a line")
        for fact in dict.fromkeys(fact for known in FACTS.values() for fact in known):
            box = self.facts[fact] = _kinds() if fact == "kind" else QLineEdit()
            if isinstance(box, QLineEdit):
                box.setPlaceholderText(HINTS.get(fact, ""))
            self._add(FACT_TITLES.get(fact, fact.capitalize()), box)
        self._add("Note", self.note)
        self.confidential.setToolTip(
            "Its name should not leave the project: an export with pseudonyms says another one"
        )
        self._form.addRow("", self.confidential)
        self.pseudonym.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pseudonym.setAccessibleName("Pseudonym of the entry")
        self._form.addRow("Pseudonym", self.pseudonym)
        self.problem.setWordWrap(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(PANEL_MARGIN, 4, PANEL_MARGIN, PANEL_MARGIN)
        column.addWidget(self.problem)
        column.addLayout(self._form)
        column.addStretch(1)
        self.setWidget(body)
        body.hide()

    def _add(self, title: str, box: QWidget) -> None:
        box.setAccessibleName(f"{title} of the entry")
        self._form.addRow(title, box)


class Lines(QPlainTextEdit):
    """Some lines of text; `finished` comes when the cursor leaves them."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(3 * self.fontMetrics().height() + 16)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the cursor leaves."""
        super().focusOutEvent(event)
        self.finished.emit()


def _kinds() -> QComboBox:
    box = QComboBox()
    for kind in ("", *KINDS):
        box.addItem(kind or "–", kind)
    return box


def _texts(entry: RegistryEntry) -> dict[str, str]:
    facts = {fact: entry.facts.get(fact, "") for fact in FACTS[entry.registry]}
    own = {"name": entry.name, "aliases": "\n".join(entry.aliases), "note": entry.note}
    return own | facts


def _said(entry: RegistryEntry) -> tuple[dict[str, str], bool]:
    return _texts(entry), entry.confidential


def _text(box: "QLineEdit | QComboBox | Lines") -> str:
    match box:
        case QComboBox():
            return str(box.currentData())
        case QLineEdit():
            return box.text()
    return box.toPlainText()


def _set_text(box: "QLineEdit | QComboBox | Lines", words: str) -> None:
    match box:
        case QComboBox():
            box.setCurrentIndex(max(box.findData(words), 0))
        case QLineEdit():
            if box.text() != words:
                box.setText(words)
                box.setCursorPosition(0)
        case _:
            if box.toPlainText() != words:
                box.setPlainText(words)
