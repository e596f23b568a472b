"""Which keys a person has given to actions, labels and relations in place of the usual ones."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from annotation.errors import ProjectError
from ui import settings

if TYPE_CHECKING:
    from PySide6.QtCore import QKeyCombination

    from ui.actions import Row

Chosen = Mapping[str, tuple[str, ...]]
"""An action's name and its keys, in Qt's portable spelling ("Ctrl+Shift+Z"); none may be left."""

FORMAT = "pressmark-keys/1"

CARET = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def chosen() -> Chosen:
    """Return the keys that this person has chosen; none where what is kept cannot be read."""
    text = settings.keys()
    if not text:
        return {}
    try:
        return parsed(text)
    except ProjectError:
        return {}


def remember(keys: Chosen) -> None:
    """Keep the keys for this and all later starts."""
    settings.remember_keys(written(keys) if keys else "")


def with_keys(rows: Sequence["Row"], keys: Chosen) -> list["Row"]:
    """Return the rows with the chosen keys; a key that was chosen is taken from every other row."""
    if not keys:
        return list(rows)
    taken: set[str] = set()
    mine: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row.name in keys:
            mine[row.name] = tuple(key for key in keys[row.name] if spelt(key) not in taken)
            taken.update(map(spelt, mine[row.name]))
    return [
        row._replace(
            keys=mine[row.name]
            if row.name in mine
            else tuple(key for key in row.keys if spelt(key) not in taken),
        )
        for row in rows
    ]


def holder(rows: Sequence["Row"], key: str, besides: str) -> "Row | None":
    """Return the row that has a key already, other than the one of the name `besides`."""
    wanted = spelt(key)
    return next(
        (row for row in rows if row.name != besides and wanted in map(spelt, row.keys)), None
    )


def unfit(key: str, row: "Row") -> str:
    """Return why a key cannot be given to a row, or an empty text."""
    combination = QKeySequence(key)[0]
    plain = not combination.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
    base = combination.key()
    if base == Qt.Key.Key_Escape:
        return "Esc always leads back to the text."
    if base in CARET and not (
        combination.keyboardModifiers() == CONTROL and base in (CARET[-1], CARET[-2])
    ):
        return f"{shown(key)} moves the caret."
    written_key = Qt.Key.Key_Space <= base <= Qt.Key.Key_ydiaeresis
    if plain and written_key and row.scope == "window" and key != "?":
        return f"“{row.text}” works everywhere, in boxes too: it needs Ctrl, Alt or an F key."
    return ""


def of_combination(combination: "QKeyCombination") -> str:
    """Return what was pressed; a sign that needs Shift is itself, whatever the keyboard."""
    from PySide6.QtCore import QKeyCombination

    key, modifiers = combination.key(), combination.keyboardModifiers()
    shift = Qt.KeyboardModifier.ShiftModifier
    sign = Qt.Key.Key_Exclam <= key <= Qt.Key.Key_ydiaeresis and not chr(key).isalnum()
    if sign and modifiers & shift:
        modifiers &= ~shift
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | shift
    modifiers &= ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString()


def spelt(key: str) -> str:
    """Return a key in the one spelling that Qt has for it."""
    return QKeySequence(key).toString()


def shown(key: str) -> str:
    """Return a key as this system and its keyboards write it ("Ctrl+Z", "⌘Z", "Enter")."""
    words = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return words.replace("Return", "Enter")


def written(keys: Chosen) -> str:
    """Return keys as the text of a key file."""
    import json

    lists = {name: list(keys[name]) for name in sorted(keys)}
    return json.dumps({"format": FORMAT, "keys": lists}, ensure_ascii=False, indent=1)


def parsed(text: str) -> Chosen:
    """Read the text of a key file; `ProjectError` says what is wrong with it."""
    import json

    from annotation.fields import Fields

    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"This is no key file: {error}.") from error
    fields = Fields(data, "keys")
    fields.one_of("format", (FORMAT,))
    named = Fields(fields.data.get("keys"), "keys.keys")
    found = {name: tuple(map(spelt, named.texts(name))) for name in named.data}
    for name, keys in found.items():
        if not all(keys):
            raise named.refuse(name, "keys as in “Ctrl+Shift+Z”")
    return found


def read_file(path: Path) -> Chosen:
    """Read a key file; `ProjectError` says what is wrong with it."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path.name} cannot be read: {error}.") from error
    return parsed(text)


def write_file(path: Path, keys: Chosen) -> None:
    """Write a key file, for another computer or a colleague."""
    try:
        path.write_text(written(keys) + "\n", "utf-8")
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error}.") from error


def problems(rows: Sequence["Row"], keys: Chosen) -> list[str]:
    """Return why keys cannot all be used together, a sentence each."""
    found: list[str] = []
    first: dict[str, str] = {}
    for row in rows:
        for key in map(spelt, keys.get(row.name, ())):
            reason = unfit(key, row)
            if reason:
                found.append(f"{shown(key)} for “{row.text}”: {reason}")
            elif key in first:
                found.append(f"{shown(key)} is for “{first[key]}” and for “{row.text}”, too.")
            first.setdefault(key, row.text)
    return found
