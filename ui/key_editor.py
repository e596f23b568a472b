"""The dialog in which every action, label and relation can be given other keys."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from ui import key_map, settings
from ui.actions import MENUS, TABLE, Row, rows_of
from ui.key_recorder import KeyRecorder
from ui.look import Quiet
from ui.messages import show_list, show_problem

FILES = "Keys (*.json)"
HELP = "Choose an action, then press Change and the new key. It counts at once."


class KeyEditor(QDialog):
    """Lists all actions with their keys; `changed` comes with every change, kept already."""

    changed = Signal()

    def __init__(self, codebook: Codebook | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change the keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._codebook = codebook
        self._usual = {row.name: row for row in rows_of(codebook)}
        self._chosen = dict(key_map.chosen())
        self._rows: dict[str, Row] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._wanted = ""
        self._adding = False
        self.search = QLineEdit(placeholderText="Search actions and keys", clearButtonEnabled=True)
        self.search.setAccessibleName("Search actions and keys")
        self.tree = QTreeWidget()
        self.recorder = KeyRecorder()
        self.message = Quiet(HELP)
        self.change = QPushButton("Change…")
        self.add = QPushButton("Add a key…")
        self.none = QPushButton("No key")
        self.usual = QPushButton("Usual keys")
        self.take = QPushButton()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.import_file = self.buttons.addButton("Import…", action)
        self.export_file = self.buttons.addButton("Export…", action)
        self.reset = self.buttons.addButton("All as usual", QDialogButtonBox.ButtonRole.ResetRole)
        self._lay_out()
        self._list()
        self._connect()

    # -- what is chosen

    def give(self, name: str, keys: tuple[str, ...]) -> None:
        """Give an action these keys and no others; who had them loses them."""
        for other, its in list(self._chosen.items()):
            if other != name and other in self._usual:
                self._chosen[other] = tuple(key for key in its if key not in keys)
        self._chosen[name] = keys
        self._keep()

    def use(self, keys: key_map.Chosen) -> None:
        """Use other keys in place of all that have been chosen."""
        self._chosen = dict(keys)
        self._keep()

    def bring(self, path: Path) -> None:
        """Use the keys of a file; one that cannot be used changes nothing and says why."""
        try:
            keys = key_map.read_file(path)
        except ProjectError as error:
            show_problem(self, "These keys cannot be used.", str(error))
            return
        wrong = key_map.problems(list(self._usual.values()), keys)
        if wrong:
            show_list(self, "These keys cannot be used together:", wrong)
        else:
            self.use(keys)
            self.message.setText(f"The keys of {path.name} count now.")

    def _keep(self) -> None:
        usual = {name: tuple(map(key_map.spelt, row.keys)) for name, row in self._usual.items()}
        self._chosen = {n: k for n, k in self._chosen.items() if k != usual.get(n)}
        key_map.remember(self._chosen)
        self._show_keys()
        self.changed.emit()

    # -- recording

    def _name(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole) or "") if item else ""

    def _record(self, adding: bool = False) -> None:
        if self._name():
            self._adding = adding
            self.take.hide()
            self.recorder.show()
            self.recorder.wait()

    def _recorded(self, key: str) -> None:
        name = self._name()
        row = self._rows[name]
        self._put_away()
        reason = key_map.unfit(key, row)
        other = key_map.holder(list(self._rows.values()), key, besides=name)
        if reason:
            self.message.setText(reason)
        elif other is not None:
            self._wanted = key
            self.message.setText(f"{key_map.shown(key)} is the key of “{other.text}”.")
            self.take.setText(f"Use it for “{row.text}” all the same")
            self.take.show()
            self.take.setFocus()
        else:
            self._give_recorded(key)

    def _put_away(self) -> None:
        self.tree.setFocus()
        self.recorder.hide()

    def _give_recorded(self, key: str) -> None:
        name = self._name()
        before = tuple(map(key_map.spelt, self._rows[name].keys)) if self._adding else ()
        self.give(name, tuple(dict.fromkeys((*before, key))))
        self.message.setText(f"{key_map.shown(key)} is now for “{self._rows[name].text}”.")
        self.take.hide()
        self.tree.setFocus()

    def _reset_one(self) -> None:
        name = self._name()
        self._chosen.pop(name, None)
        self._keep()

    # -- showing

    def _list(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        for row in sorted(self._usual.values(), key=lambda row: MENUS.index(row.menu)):
            title = self._group(row)
            if title not in groups:
                groups[title] = QTreeWidgetItem(self.tree, [title])
                groups[title].setFlags(Qt.ItemFlag.ItemIsEnabled)
                groups[title].setFont(0, font)
                groups[title].setSizeHint(0, QSize(0, self.fontMetrics().height() + 14))
                groups[title].setExpanded(True)
            item = QTreeWidgetItem(groups[title], [row.text])
            item.setData(0, Qt.ItemDataRole.UserRole, row.name)
            item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 8))
            self._items[row.name] = item
        self._show_keys()
        self.tree.setCurrentItem(next(iter(self._items.values())))

    def _group(self, row: Row) -> str:
        parts = row.name.split("/")
        layer = self._codebook.layer(parts[1]) if self._codebook and parts[0] == "tag" else None
        return f"{row.menu}: {layer.title or layer.name}" if layer else row.menu

    def _show_keys(self) -> None:
        self._rows = {row.name: row for row in rows_of(self._codebook, self._chosen)}
        rows = list(self._rows.values())
        for name, item in self._items.items():
            keys = self._rows[name].keys
            item.setText(1, "   ".join(map(key_map.shown, keys)))
            item.setText(2, self._remark(name, rows))
            font = QFont(self.font())
            font.setItalic(name in self._chosen)
            item.setFont(1, font)

    def _remark(self, name: str, rows: list[Row]) -> str:
        """Say what is not as usual: a key of one's own, or one that something else took."""
        if name in self._chosen:
            return "chosen by you"
        held = set(map(key_map.spelt, self._rows[name].keys))
        usual = next((row for row in TABLE if row.name == name), self._usual[name])
        lost = [key for key in usual.keys if key_map.spelt(key) not in held]
        holders = [(key, key_map.holder(rows, key, besides=name)) for key in lost]
        return ", ".join(f"{key_map.shown(key)} is for “{row.text}”" for key, row in holders if row)

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for item in self._items.values():
            line = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in line for word in wanted))
        for number in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(number)
            inside = range(group.childCount())
            group.setHidden(all(group.child(i).isHidden() for i in inside))
        current = self.tree.currentItem()
        if current is None or current.isHidden():  # never change what is not to be seen
            shown = [item for item in self._items.values() if not item.isHidden()]
            self.tree.setCurrentItem(shown[0] if shown else None)

    # -- files

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import keys", settings.folder("keys"), FILES)
        if name:
            settings.remember_folder("keys", Path(name).parent)
            self.bring(Path(name))

    def _ask_export(self) -> None:
        place = str(Path(settings.folder("keys")) / "pressmark-keys.json")
        name, _ = QFileDialog.getSaveFileName(self, "Export keys", place, FILES)
        if name:
            settings.remember_folder("keys", Path(name).parent)
            try:
                key_map.write_file(Path(name), self._chosen)
            except ProjectError as error:
                show_problem(self, "The keys were not written.", str(error))

    # -- building

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.tree.itemActivated.connect(lambda: self._record())
        self.tree.currentItemChanged.connect(lambda: self.take.hide())
        self.change.clicked.connect(lambda: self._record())
        self.add.clicked.connect(lambda: self._record(adding=True))
        self.none.clicked.connect(lambda: self.give(self._name(), ()))
        self.usual.clicked.connect(self._reset_one)
        self.take.clicked.connect(lambda: self._give_recorded(self._wanted))
        self.recorder.recorded.connect(self._recorded)
        self.recorder.left.connect(self._put_away)
        self.import_file.clicked.connect(self._ask_import)
        self.export_file.clicked.connect(self._ask_export)
        self.reset.clicked.connect(lambda: self.use({}))
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.tree.setHeaderLabels(["Action", "Keys", ""])
        self.tree.setAccessibleName("Actions and their keys")
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(14)
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 260)
        header.resizeSection(1, 150)
        self.message.setWordWrap(True)
        self.take.hide()
        self.recorder.hide()
        self.recorder.setFixedWidth(160)
        row = QHBoxLayout()
        for widget in (self.change, self.add, self.none, self.usual, self.recorder):
            row.addWidget(widget)
        row.addStretch(1)
        told = QHBoxLayout()
        told.addWidget(self.message, 1)
        told.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        column.addLayout(told)
        column.addWidget(self.buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.resize(680, 620)
