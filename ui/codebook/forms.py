"""The form of one part of the codebook: its fields, each with what is wrong with it below."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from annotation.codebook_draft import Draft
from annotation.codebook_draft_problems import Told
from annotation.codebook_entries import Entry, Kind
from ui.codebook.fields import (
    ChoiceField,
    ColorField,
    CountField,
    DefaultField,
    Field,
    FlagField,
    KeyField,
    LayerField,
    LineField,
    TextField,
    column,
)
from ui.codebook.ticks import NeedsField, TakesField
from ui.look import Quiet, heading
from ui.theme import system_theme

KINDS: dict[Kind, str] = {
    "codebook": "Codebook",
    "layer": "Layer",
    "label": "Label",
    "relation": "Relation",
    "role": "Role",
    "attribute": "Attribute",
    "value": "Value",
}
HINTS: dict[Kind, str] = {
    "layer": "A family of labels that are completed together.",
    "label": "A kind of span.",
    "relation": "A kind of link between spans, each in a role.",
    "role": "The part that spans play in the relation.",
    "attribute": "Something to say about each span or relation of this kind.",
    "value": "One of the answers.",
}
EXAMPLE = "“[The bridge is safe],” the minister said. Brackets mark the tagged words."

Spec = tuple[str, str, Callable[[], Field]]
NAME: Spec = ("name", "Name", lambda: LineField("for the data: no blanks"))
TITLE: Spec = ("title", "Title", lambda: LineField("what people read; the name if empty"))
DEFINITION: Spec = ("definition", "Definition", lambda: TextField("What it is, and what it is not"))
EXAMPLES: Spec = ("example", "Example", lambda: TextField(EXAMPLE, lines=2))
KEY: Spec = ("key", "Key", KeyField)

FORMS: dict[Kind, tuple[Spec, ...]] = {
    "codebook": (("name", "Name", LineField), DEFINITION),
    "layer": (
        NAME,
        TITLE,
        ("drawn", "Drawn as", lambda: ChoiceField(
            ("tint", "colour behind the text"), ("lane", "bar below the text"))),
        DEFINITION,
    ),
    "label": (
        NAME,
        TITLE,
        ("tag", "Tag", lambda: LineField("one to four letters; out of the name if empty")),
        KEY,
        ("color", "Colour", ColorField),
        ("layer", "Layer", LayerField),
        ("discontinuous", "", lambda: FlagField("May have several fragments")),
        ("nests_in_itself", "", lambda: FlagField("May stand inside another of its kind")),
        ("registry", "Registry", lambda: ChoiceField(
            ("", "none"), ("source", "sources"), ("event", "events"))),
        DEFINITION,
        EXAMPLES,
    ),
    "relation": (
        NAME,
        TITLE,
        KEY,
        ("symmetric", "", lambda: FlagField("Symmetric: all its spans play one role")),
        DEFINITION,
        EXAMPLES,
    ),
    "role": (
        NAME,
        ("accepts", "Played by", TakesField),
        ("min", "At least", lambda: CountField(0)),
        ("max", "At most", lambda: CountField(0, "any number")),
    ),
    "attribute": (
        NAME,
        TITLE,
        ("type", "Type", lambda: ChoiceField(
            ("choice", "one of its values"), ("flag", "yes or no"), ("text", "free text"))),
        ("default", "Default", DefaultField),
        DEFINITION,
    ),
    "value": (NAME, DEFINITION, EXAMPLES, ("only_with", "Only with", NeedsField)),
}  # fmt: skip


class EntryForm(QWidget):
    """Shows and edits one part of a draft; `changed` follows each change."""

    changed = Signal()

    def __init__(self, draft: Draft, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.entry = entry
        self.fields: dict[str, Field] = {}
        self.notes: dict[str, QLabel] = {"": _note()}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 6, 0)
        form = QFormLayout()
        whole.addLayout(form)
        whole.addStretch(1)
        form.setVerticalSpacing(9)
        form.setHorizontalSpacing(14)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(heading(KINDS[entry.kind]))
        if entry.kind in HINTS:
            form.addRow(Quiet(HINTS[entry.kind]))
        form.addRow(self.notes[""])
        for name, title, make in FORMS[entry.kind]:
            field = self.fields[name] = make()
            note = self.notes[name] = _note()
            field.name_control(title)
            field.written.connect(lambda value, name=name: self._write(name, value))
            words = QLabel(title)
            words.setBuddy(field.control)
            form.addRow(words, column(field, note))
        self.refresh()

    def shows(self, draft: Draft, entry: Entry) -> bool:
        """Tell whether this is the form of that part of that draft."""
        return self._draft is draft and self.entry is entry

    def refresh(self) -> None:
        """Show the part as it is now, with what it can be given."""
        for name, field in self.fields.items():
            field.offer(self._draft, self.entry)
            field.show_value(self._value(name))

    def show_problems(self, problems: Sequence[Told]) -> None:
        """Show what is wrong below the fields concerned."""
        told: dict[str, list[str]] = {}
        for problem in problems:
            if problem.entry is self.entry:
                place = problem.field if problem.field in self.notes else ""
                told.setdefault(place, []).append(problem.text)
        for name, note in self.notes.items():
            note.setText("\n".join(dict.fromkeys(told.get(name, []))))
            note.setVisible(name in told)
            field = self.fields.get(name)
            if field is not None:
                field.control.setAccessibleDescription(note.text())

    def focus_name(self) -> None:
        """Put the cursor into the name, all of it selected."""
        field = self.fields["name"]
        assert isinstance(field, LineField)
        field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        field.line.selectAll()

    def _value(self, name: str) -> Any:
        match name:
            case "layer":
                return self.entry.owner
            case "accepts":
                return self.entry.takes
            case "only_with":
                return [value for _, values in self.entry.needs for value in values]
            case _:
                return getattr(self.entry.part, name)

    def _write(self, name: str, value: Any) -> None:
        match name:
            case "layer":
                self._draft.move_to(self.entry, value)
            case "accepts":
                self.entry.takes = value
            case "only_with":
                needed: dict[Entry, list[Entry]] = {}
                for choice in value:
                    needed.setdefault(choice.owner, []).append(choice)
                self.entry.needs = list(needed.items())
            case _:
                self.entry.part = replace(self.entry.part, **{name: value})
                if name in ("color", "type"):
                    self.refresh()
        self.changed.emit()


def _note() -> QLabel:
    note = QLabel()
    note.setWordWrap(True)
    note.setTextFormat(Qt.TextFormat.PlainText)
    palette = note.palette()
    palette.setColor(QPalette.ColorRole.WindowText, system_theme().warning)
    note.setPalette(palette)
    note.hide()
    return note
