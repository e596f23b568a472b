"""The codebook editor: all parts in a tree, a form for one of them, and how that will look."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotation.codebook_draft import Draft
from annotation.codebook_draft_problems import Told, draft_problems
from annotation.codebook_entries import INSIDE, Entry, Kind
from annotation.codebook_revision import Uses
from annotation.counting import counted
from ui.codebook.fates import FatesDialog
from ui.codebook.forms import KINDS, EntryForm
from ui.codebook.preview import PartPreview
from ui.codebook.saving import save
from ui.codebook.tree import ENTRY, EntryTree
from ui.look import Quiet
from ui.waiting import in_a_thread, started

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

SIZES = [390, 410, 300]
"""Pixels of tree, form and preview."""


TOLD = 5
"""How many problems are seen without scrolling."""


def edit_codebook(window: "MainWindow") -> "CodebookEditor":
    """Open the editor on the codebook of the project on screen."""
    assert window.workspace is not None
    editor = CodebookEditor(window.workspace, keys_of_actions(window), window)
    editor.open()
    return editor


def keys_of_actions(window: "MainWindow") -> dict[str, str]:
    """Return the single characters that actions of the application have as keys."""
    return {
        key.upper(): row.text
        for row in window.actions_here.rows
        if "/" not in row.name
        for key in row.keys
        if len(key) == 1
    }


class CodebookEditor(QDialog):
    """Edits a draft; nothing of the project changes before it is saved."""

    def __init__(self, workspace: "Workspace", taken: dict[str, str], window: QWidget) -> None:
        super().__init__(window)
        self.window_behind = window
        self.setWindowTitle("Codebook")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.workspace = workspace
        self.draft = Draft(workspace.bridge.session.codebook)
        self.problems: list[Told] = []
        self._taken = taken
        self._uses: Uses | None = None
        self._counting = started(_counting(workspace))
        self._look = QTimer(self, interval=30)
        self.form: EntryForm | None = None
        self.tree = EntryTree()
        self.preview = PartPreview()
        self.told = QListWidget()
        self.message = Quiet()
        self.add = QPushButton("Add…")
        self.take_out = QPushButton("Take out")
        self.up, self.down = QPushButton("↑"), QPushButton("↓")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.bring, self.export = QPushButton("Import…"), QPushButton("Export…")
        self._area = QScrollArea()
        self._lay_out()
        self._connect()
        self.show_draft(self.draft)

    # -- the draft

    def show_draft(self, draft: Draft, entry: Entry | None = None) -> None:
        """Show a draft, all of it anew, and look at one of its parts."""
        self.draft = draft
        self.tree.show_draft(draft, entry)
        if self._uses is not None:
            self.tree.show_uses(draft, self._uses)
        self._look_at(entry or draft.root)

    def uses(self) -> Uses:
        """Return how often each part is used; waits for the count if nobody asked before."""
        if self._uses is None:
            counting = self._counting
            self._show_uses(
                in_a_thread(self, "Counting the annotations", counting.result, lambda: None)
            )
        assert self._uses is not None
        return self._uses

    def _look_at_count(self) -> None:
        if self._counting.done():
            self._look.stop()
            if self._uses is None and self._counting.exception() is None:
                self._show_uses(self._counting.result())

    def _show_uses(self, uses: Uses) -> None:
        self._uses = uses
        self.tree.show_uses(self.draft, uses)

    def _look_at(self, entry: Entry) -> None:
        """Show the form of a part."""
        if self.form is not None and self.form.shows(self.draft, entry):
            self.form.refresh()
        else:
            old = self._area.takeWidget()
            if old is not None:
                old.deleteLater()  # not at once: it may be what the person has just clicked
            self.form = EntryForm(self.draft, entry)
            self.form.changed.connect(self._follow_form)
            self._area.setWidget(self.form)
        self.take_out.setEnabled(entry.owner is not None)
        for button in (self.up, self.down):
            button.setEnabled(entry.owner is not None)
        self._check()

    def _follow_form(self) -> None:
        assert self.form is not None
        entry = self.form.entry
        if entry.kind == "label" and self.tree.parent_of(entry) is not entry.owner:
            self.tree.show_draft(self.draft, entry)
        self.tree.show_entry(entry)
        self._check()

    def _check(self) -> None:
        """Tell all problems at once: in the tree, in the form, and in a list."""
        self.problems = draft_problems(self.draft, self._taken)
        self.tree.show_problems(self.problems)
        self.told.clear()
        once = {problem.text: problem for problem in reversed(self.problems)}
        for problem in reversed(once.values()):
            item = QListWidgetItem(problem.text)
            item.setData(ENTRY, problem)
            self.told.addItem(item)
        rows = min(self.told.count(), TOLD)
        self.told.setFixedHeight(rows * max(self.told.sizeHintForRow(0), 1) + 8)
        self.told.setVisible(bool(self.problems))
        read_only = self.workspace.store.read_only
        count = len(once)
        waiting = f"{counted(count, 'problem')} to mend before this can be saved."
        self.message.setText(
            f"Cannot be saved: {read_only}." if read_only else waiting if count else ""
        )
        self.save.setEnabled(not count and not read_only)
        self.export.setEnabled(not count)
        if self.form is not None:
            self.form.show_problems(self.problems)
            self.preview.show_entry(self.draft, self.form.entry)

    # -- adding, taking out, moving

    def add_menu(self) -> QMenu:
        """Return what can be added where the cursor is: inside, beside, and further out."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offered: set[Kind] = set()
        inner: Entry | None = None
        place = self.tree.entry or self.draft.root
        while place is not None:
            for kind in INSIDE[place.kind]:
                if kind not in offered:
                    offered.add(kind)
                    where = f" in {place.name}" if place.owner is not None else ""
                    after = inner if inner is not None and inner.kind == kind else None
                    menu.addAction(
                        f"{KINDS[kind]}{where}",
                        lambda p=place, k=kind, a=after: self.add_part(p, k, a),
                    )
            inner, place = place, place.owner
        return menu

    def add_part(self, owner: Entry, kind: Kind, after: Entry | None = None) -> None:
        """Add a part and begin with its name."""
        entry = self.draft.add(owner, kind, after)
        self.show_draft(self.draft, entry)
        assert self.form is not None
        self.form.focus_name()

    def remove_part(self) -> None:
        """Take out the part that is looked at; where it is used, ask what becomes of that."""
        entry = self.tree.entry
        if entry is None or entry.owner is None:
            return
        peers = entry.owner.of(entry.kind)
        place = peers.index(entry)
        before = dict(self.draft.lost(self.uses()))
        self.draft.remove(entry)
        near = [*peers[place + 1 :], *reversed(peers[:place]), entry.owner][0]
        lost = [one for one in self.draft.lost(self.uses()) if one[0] not in before]

        def restore() -> None:
            entry.removed = False
            self.draft.fates.pop(entry, None)
            self.show_draft(self.draft, entry)

        self.ask_fates(lost, lambda: self.show_draft(self.draft, near), restore)

    def ask_fates(
        self, lost: Sequence[tuple[Entry, int]], go_on: Callable[[], None], back: Callable[[], None]
    ) -> None:
        """Ask what becomes of annotations of parts that went, then go on; or go back."""
        if not lost:
            go_on()
            return
        dialog = FatesDialog(self.draft, lost, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def decide() -> None:
            self.draft.fates.update(dialog.fates())
            go_on()

        dialog.accepted.connect(decide)
        dialog.rejected.connect(back)
        dialog.open()

    def move_part(self, by: int) -> None:
        """Move the part that is looked at among its kind."""
        entry = self.tree.entry
        if entry is not None and self.draft.move(entry, by):
            self.tree.show_draft(self.draft, entry)
            self._check()

    # -- leaving

    def reject(self) -> None:
        """Close, after a question where changes would be lost."""
        if not self.draft.changed:
            super().reject()
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Pressmark")
        box.setText("Leave the codebook as it was?")
        box.setInformativeText("What you have changed here would be lost.")
        discard = box.addButton("Discard the changes", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Go on editing", QMessageBox.ButtonRole.RejectRole)
        discard.clicked.connect(lambda: QDialog.reject(self))
        box.open()

    def _show_problem(self, item: QListWidgetItem) -> None:
        problem: Told = item.data(ENTRY)
        self.tree.look_at(problem.entry)
        if self.form is not None:
            field = self.form.fields.get(problem.field)
            (field or self.form).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_menu(self) -> None:
        self.add_menu().popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _connect(self) -> None:
        from ui.codebook.files import export_codebook, import_codebook

        self._look.timeout.connect(self._look_at_count)
        self._look.start()
        self.tree.chosen.connect(self._look_at)
        self.tree.remove_wanted.connect(self.remove_part)
        self.tree.move_wanted.connect(self.move_part)
        self.told.itemActivated.connect(self._show_problem)
        self.told.itemClicked.connect(self._show_problem)
        self.add.clicked.connect(self._show_menu)
        self.take_out.clicked.connect(self.remove_part)
        self.up.clicked.connect(lambda: self.move_part(-1))
        self.down.clicked.connect(lambda: self.move_part(1))
        self.bring.clicked.connect(lambda: import_codebook(self))
        self.export.clicked.connect(lambda: export_codebook(self))
        self.save.clicked.connect(lambda: save(self))
        self.buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence("Ins"), self.tree, self._show_menu)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save.click)

    def _lay_out(self) -> None:
        self.told.setAccessibleName("Problems")
        self.told.setWordWrap(True)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.up.setAccessibleName("Move up")
        self.up.setToolTip("Move up (Alt+↑)")
        self.down.setAccessibleName("Move down")
        self.down.setToolTip("Move down (Alt+↓)")
        self.add.setToolTip("Add a part (Ins)")
        self.take_out.setToolTip("Take the part out (Del)")
        for button in (self.add, self.take_out, self.up, self.down, self.bring, self.export):
            button.setAutoDefault(False)
        for button in (self.up, self.down):
            button.setFixedWidth(38)
        below = QHBoxLayout()
        for button in (self.add, self.take_out, self.up, self.down):
            below.addWidget(button)
        parts = QWidget()
        left = QVBoxLayout(parts)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.tree, 1)
        left.addLayout(below)
        columns = QSplitter(Qt.Orientation.Horizontal)
        for widget in (parts, self._area, self.preview):
            columns.addWidget(widget)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(18)
        columns.setStretchFactor(1, 1)
        columns.setSizes(SIZES)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(columns, 1)
        column.addWidget(self.told)
        column.addWidget(self.message)
        last = QHBoxLayout()
        last.addWidget(self.bring)
        last.addWidget(self.export)
        last.addWidget(self.buttons, 1)
        column.addLayout(last)
        self.resize(1130, 720)


def _counting(workspace: "Workspace") -> Callable[[], Uses]:
    """Return what counts how often each part is used, by a connection of its own."""
    open_project = workspace.doors.open_for_reading(workspace.store.path)

    def count() -> Uses:
        store = open_project()
        try:
            return store.uses()
        finally:
            store.close()

    return count
