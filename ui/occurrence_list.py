"""Occurrences of some words, article by article, the words under each other, to be ticked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotation.everywhere import Occurrence
from ui.palette import wrapped

OCCURRENCE = Qt.ItemDataRole.UserRole
"""The role under which a row's `Occurrence` is found; the row of an article has none."""

LEFT_SHARE = 0.42
"""How much of a row stands before the words."""

INDENT = 22
"""Pixels by which occurrences stand further in than the title of their article."""


@dataclass(slots=True)
class Group:
    """An article among the rows: where it is, and how many of its occurrences are ticked."""

    title: str
    row: int
    rows: list[int] = field(default_factory=list)
    ticked: int = 0


class OccurrenceModel(QAbstractListModel):
    """Occurrences below their articles; a tick at an article counts for all of it.

    What a rule refuses cannot be ticked. `ticked` tells that another set of them is.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Group | Occurrence] = []
        self._groups: dict[str, Group] = {}
        self._ticked: set[int] = set()
        self.refused = 0

    def __len__(self) -> int:
        return len(self._rows) - len(self._groups)

    @property
    def ticks(self) -> int:
        """How many occurrences are ticked."""
        return len(self._ticked)

    @property
    def articles(self) -> int:
        """In how many articles something was found."""
        return len(self._groups)

    def start(self) -> None:
        """Forget everything."""
        self.beginResetModel()
        self._rows, self._groups, self._ticked, self.refused = [], {}, set(), 0
        self.endResetModel()

    def add(self, found: Sequence[Occurrence]) -> None:
        """List occurrences that follow those that are there, ticked where that can be."""
        rows: list[Group | Occurrence] = []
        for one in found:
            group = self._groups.get(one.article_id)
            if group is None:
                group = Group(one.title, len(self._rows) + len(rows))
                self._groups[one.article_id] = group
                rows.append(group)
            if one.state == "refused":
                self.refused += 1
            else:
                row = len(self._rows) + len(rows)
                group.rows.append(row)
                group.ticked += 1
                self._ticked.add(row)
            rows.append(one)
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def chosen(self) -> list[Occurrence]:
        """Return what is ticked, in the order in which it was found."""
        found = (self._rows[row] for row in sorted(self._ticked))
        return [one for one in found if isinstance(one, Occurrence)]

    def tick_all(self, on: bool) -> None:
        """Tick every occurrence that can be tagged, or none."""
        for group in self._groups.values():
            self._tick(group, group.rows, on)
        self._tell(0, len(self._rows) - 1)

    # -- Qt's side

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Tell what can be done with a row."""
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        refused = self.data(index, Qt.ItemDataRole.CheckStateRole) is None
        return can if refused else can | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the view asks about a row."""
        entry = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._state(index.row(), entry)
        if isinstance(entry, Group):
            return entry.title if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case Qt.ItemDataRole.AccessibleTextRole:
                said = " ".join(f"{entry.before}{entry.words}{entry.after}".split())
                return f"{said} – {entry.refusal}" if entry.refusal else said
            case Qt.ItemDataRole.ToolTipRole:
                return wrapped(entry.refusal) or None
        return entry if role == OCCURRENCE else None

    def setData(
        self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tick an occurrence, or all of an article."""
        entry = self._rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or self._state(index.row(), entry) is None:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        if isinstance(entry, Group):
            group, rows = entry, entry.rows
        else:
            group, rows = self._groups[entry.article_id], [index.row()]
        self._tick(group, rows, on)
        self._tell(group.row, max(group.rows))
        return True

    def _tick(self, group: Group, rows: list[int], on: bool) -> None:
        before = len(self._ticked)
        if on:
            self._ticked.update(rows)
        else:
            self._ticked.difference_update(rows)
        group.ticked += len(self._ticked) - before

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))
        self.ticked.emit()

    def _state(self, row: int, entry: Group | Occurrence) -> Qt.CheckState | None:
        if isinstance(entry, Occurrence):
            if entry.state == "refused":
                return None
            return Qt.CheckState.Checked if row in self._ticked else Qt.CheckState.Unchecked
        if not entry.rows:
            return None
        if entry.ticked in (0, len(entry.rows)):
            return Qt.CheckState.Checked if entry.ticked else Qt.CheckState.Unchecked
        return Qt.CheckState.PartiallyChecked


def occurrence_view(model: OccurrenceModel, parent: QWidget | None = None) -> QListView:
    """Return a view of occurrences that stays quick whatever is found."""
    view = QListView(parent)
    view.setModel(model)
    view.setAccessibleName("Occurrences")
    view.setItemDelegate(RowPainter(view))
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    return view


class RowPainter(QStyledItemDelegate):
    """Draws an occurrence with its words in bold, all of them at the same place."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the height of a line with air around it."""
        return QSize(120, option.fontMetrics.height() + 8)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        """Take a click on the box where it is drawn."""
        return super().editorEvent(event, model, _indented(option, index), index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw a row: the style draws its ground and box, this its words."""
        super().paint(painter, _indented(option, index), index)
        one = index.data(OCCURRENCE)
        if one is not None:
            painter.save()
            _draw_words(painter, option, one)
            painter.restore()


def _indented(option: QStyleOptionViewItem, index: QModelIndex) -> QStyleOptionViewItem:
    moved = QStyleOptionViewItem(option)
    if index.data(OCCURRENCE) is not None:
        moved.rect.setLeft(option.rect.left() + INDENT)
    else:
        moved.font.setBold(True)
    return moved


def _draw_words(painter: QPainter, option: QStyleOptionViewItem, one: Occurrence) -> None:
    box = QRectF(option.rect).adjusted(INDENT + 26, 0, -6, 0)
    bold = QFont(option.font)
    bold.setBold(True)
    metrics, strong = QFontMetricsF(option.font), QFontMetricsF(bold)
    elide, role = Qt.TextElideMode, QPalette.ColorRole
    middle = Qt.AlignmentFlag.AlignVCenter
    right = middle | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextIncludeTrailingSpaces
    words = strong.elidedText(_on_one_line(one.words), elide.ElideMiddle, box.width() * 0.3)
    before = box.adjusted(0, 0, -box.width() * (1 - LEFT_SHARE), 0)
    place = box.adjusted(before.width(), 0, 0, 0)
    after = place.adjusted(strong.horizontalAdvance(words), 0, 0, 0)
    painter.setFont(option.font)
    painter.setPen(option.palette.color(role.PlaceholderText))
    text = metrics.elidedText(_on_one_line(one.before), elide.ElideLeft, before.width())
    painter.drawText(before, right, text)
    following = f"  – {one.refusal}" if one.refusal else _on_one_line(one.after)
    if one.refusal:
        painter.setPen(option.palette.color(role.BrightText))
    text = metrics.elidedText(following, elide.ElideRight, after.width())
    painter.drawText(after, middle, text)
    painter.setFont(bold)
    painter.setPen(option.palette.color(role.PlaceholderText if one.refusal else role.Text))
    painter.drawText(place, middle, words)


def _on_one_line(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)
