"""The window: places the parts of a project, the menus and the status line.

It is on screen before a project is read, and before most of the program is loaded: what
only a project needs is imported where it is used.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from annotation.errors import ProjectError
from ui import settings
from ui.doors import Doors
from ui.projects import Projects

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotation.document import Document
    from annotation.model import Change
    from annotation.store import Store
    from ui.actions import Actions
    from ui.article_list import ArticleList
    from ui.bridge import SessionBridge
    from ui.canvas import Canvas
    from ui.inspector import Inspector
    from ui.status import StatusLine
    from ui.workspace import Workspace

USUAL, FRAME = QSize(1280, 800), QSize(16, 48)
"""The window's size at first, and what the system puts around it, in pixels."""

WELCOME_AFTER = 500
"""Milliseconds after the sample was opened until the first steps are shown, the first time."""


class MainWindow(QMainWindow):
    """Shows one project at a time; panels look after themselves.

    `first_painted` comes once, when the window, still empty, is on screen.
    """

    first_painted = Signal()

    def __init__(self, doors: Doors, annotator: str) -> None:
        super().__init__()
        self.setWindowTitle("Pressmark")
        self.setAcceptDrops(True)
        self.resize(USUAL.boundedTo(self.screen().availableSize() - FRAME))
        self.restoreGeometry(settings.layout("window"))
        self._annotator = settings.annotator(annotator)
        self._painted = False
        self.workspace: Workspace | None = None
        self.projects = Projects(doors, self)
        self.projects.opened.connect(self.show_project)
        self._actions: Actions | None = None

    @cached_property
    def status(self) -> "StatusLine":
        """The line at the bottom."""
        from ui.status import StatusLine

        status = StatusLine()
        self.setStatusBar(status)
        status.show_annotator(self._annotator)
        status.annotator_wanted.connect(self.ask_annotator)
        status.stop_wanted.connect(self._stop_work)
        return status

    @property
    def actions_here(self) -> "Actions":
        """The actions of what is open: there from the first project or the start page on."""
        assert self._actions is not None, "the window has shown nothing yet"
        return self._actions

    # What the table of actions reaches for; only called while a project is open.

    @property
    def bridge(self) -> "SessionBridge":
        """The open project's bridge."""
        return self._open.bridge

    @property
    def canvas(self) -> "Canvas":
        """The text on screen."""
        return self._open.canvas

    @property
    def articles(self) -> "ArticleList":
        """The list of articles."""
        return self._open.articles

    @property
    def inspector(self) -> "Inspector":
        """The panel of the picked span."""
        return self._open.inspector

    @property
    def _open(self) -> "Workspace":
        assert self.workspace is not None, "no project is open"
        return self.workspace

    # -- projects

    def show_project(self, store: "Store") -> None:
        """Show a project in place of the one before, which is closed."""
        from annotation.session import Session
        from ui.actions import Actions
        from ui.bridge import SessionBridge
        from ui.workspace import Workspace

        bridge = SessionBridge(Session(store, self._annotator))
        workspace = Workspace(bridge, self.projects.doors)
        bridge.setParent(workspace)
        self.focus_on_text(False)
        self._close_project(keep=store)
        self.workspace = workspace
        bridge.refused.connect(self.status.refuse)
        bridge.done.connect(self.status.say)
        bridge.opened.connect(self._show_place)
        bridge.locked.connect(self._allow_actions)
        bridge.codebook_changed.connect(self._show_codebook)
        bridge.session.aside = self._aside
        workspace.work_changed.connect(self._show_work)
        workspace.articles_added.connect(self._show_place)
        workspace.wanted.connect(self._run)
        workspace.canvas.mode_changed.connect(self.status.show_mode)
        workspace.canvas.nothing_to_leave.connect(lambda: self.focus_on_text(False))
        self.setCentralWidget(workspace)
        self.setWindowTitle(f"{store.path.stem} – Pressmark")
        self._show_actions(Actions(self, bridge.session.codebook, workspace.canvas))
        workspace.open_start()
        workspace.canvas.setFocus()

    def start(self, project: Path | None) -> None:
        """Open the given project, else that of last time, else the sample, else offer a way on."""
        first = project is None and not settings.welcomed() and not settings.recent_projects()
        self.projects.open_start(project)
        if self.workspace is None:
            self._show_start_page()
        elif first:
            QTimer.singleShot(WELCOME_AFTER, self.show_welcome)

    def leave_project(self) -> None:
        """Close the project and offer a way on."""
        self._close_project()
        self.status.clear_project()
        self.setWindowTitle("Pressmark")
        self._show_start_page()

    def ask_import(self, folder: bool = False) -> None:
        """Ask what to import, and import it."""
        self._open.importing.ask(folder)

    def ask_export(self) -> None:
        """Ask what to export and where, and export it."""
        from ui.exporting import ExportDialog

        ExportDialog(self.bridge, self.projects.doors, self).open()

    def ask_annotator(self) -> None:
        """Ask under which name the person tags."""
        from PySide6.QtWidgets import QInputDialog

        name, said = QInputDialog.getText(
            self,
            "Annotator",
            "Your name, as it stands beside everything you tag:",
            text=self._annotator,
        )
        if said and name.strip():
            self.set_annotator(name.strip())

    def set_annotator(self, name: str) -> None:
        """Tag under this name from now on."""
        self._annotator = name
        settings.remember_annotator(name)
        self.status.show_annotator(name)
        if self.workspace is not None:
            self.bridge.leaving.emit()
            self.bridge.session.annotator = name
            if self.bridge.document is not None:
                self.bridge.opened.emit(self.bridge.document)

    def tag_everywhere(self) -> None:
        """Ask where to tag the words at hand, and tag them there."""
        from ui.everywhere import ask

        ask(self)

    def hide_suggestions(self, everywhere: bool) -> None:
        """Hide suggestions in the article or the whole project, or show them again."""
        if everywhere or self.bridge.document is not None:
            self.bridge.hide_suggestions(not self.hides_suggestions(everywhere), everywhere)

    def hides_suggestions(self, everywhere: bool) -> bool:
        """Tell whether suggestions are hidden in the article on screen, or the whole project."""
        document = self.bridge.document
        article_id = document.article.id if document else ""
        return self._open.store.hides_suggestions("" if everywhere else article_id)

    def show_keys(self) -> None:
        """Show all keys, or put them away again."""
        from ui.key_overview import KeyOverview

        shown = self.findChild(KeyOverview)
        if isinstance(shown, KeyOverview):
            shown.close()
            return
        overview = KeyOverview(self.actions_here.rows, self)
        overview.show()
        overview.activateWindow()

    def focus_on_text(self, only: bool) -> None:
        """Show nothing but the text, on the whole screen, or everything again."""
        if only != self.menuBar().isHidden():
            from ui.focus import focus_on_text

            focus_on_text(self, only)

    def show_commands(self) -> None:
        """Show the command palette, or put it away again."""
        from ui.command_palette import CommandPalette

        shown = self.findChild(CommandPalette)
        if isinstance(shown, CommandPalette) and shown.isVisible():
            shown.leave()
        else:
            CommandPalette(self)

    def change_keys(self) -> None:
        """Let the person choose other keys; they count at once."""
        from ui.key_editor import KeyEditor

        codebook = self.bridge.session.codebook if self.workspace else None
        editor = KeyEditor(codebook, self)
        editor.changed.connect(self.use_keys)
        editor.open()

    def show_welcome(self) -> None:
        """Show the first steps."""
        from ui.welcome import Welcome

        settings.remember_welcome()
        shown = self.findChild(Welcome)
        if not isinstance(shown, Welcome) or not shown.isVisible():
            Welcome(self).wanted.connect(self._run)

    def _show_codebook(self) -> None:
        """Show everything anew after the codebook was changed; the text stays where it was."""
        place = self.canvas.place
        self.show_project(self._open.store)
        self.canvas.return_to(place)

    def _aside(self, work: "Callable[[], Change | None]") -> "Change | None":
        """Let a change of all annotations take its time; nobody else writes meanwhile."""
        from ui.waiting import in_a_thread

        workspace = self._open
        was_running = workspace.prehighlighting.is_running
        workspace.stop_work()
        try:
            return in_a_thread(self, "Changing the annotations", work, workspace.store.interrupt)
        finally:
            if was_running:
                workspace.start_work()
            workspace.index_the_rest()

    # -- reflecting

    def use_keys(self) -> None:
        """Give menus, text and chips the keys that have been chosen."""
        from ui.actions import Actions

        workspace = self.workspace
        if workspace is None:
            self._show_actions(Actions(self, None, None))
        else:
            self._show_actions(Actions(self, self.bridge.session.codebook, workspace.canvas))
            workspace.palette_panel.show_keys()

    def _show_start_page(self) -> None:
        from ui.actions import Actions
        from ui.start_page import StartPage

        page = StartPage.without_project()
        page.wanted.connect(self._run)
        self.setCentralWidget(page)
        self._show_actions(Actions(self, None, None))

    def _show_actions(self, actions: "Actions") -> None:
        if self._actions is not None:
            self._actions.dispose()
        self._actions = actions
        menus = actions.fill(self.menuBar())
        menus["Edit"].aboutToShow.connect(self._name_undo)
        for menu in menus.values():
            menu.aboutToShow.connect(self._grey_actions)
            menu.aboutToHide.connect(self._allow_actions)
        self._allow_actions()

    def _allow_actions(self) -> None:
        project = self.workspace is not None
        writable = project and not self._open.store.read_only
        self.actions_here.allow(project=project, writing=writable)

    def _grey_actions(self) -> None:
        """Grey in an open menu what would find nothing to act on; as keys they say so."""
        if self.workspace is None:
            return
        from ui.possible import possible

        for name, action in self.actions_here.by_name.items():
            if action.isEnabled() and not possible(name, self.workspace):
                action.setEnabled(False)

    def _name_undo(self) -> None:
        if self.workspace is None:
            return
        for name, title in (
            ("undo", self._open.store.undo_title()),
            ("redo", self._open.store.redo_title()),
        ):
            action = self.actions_here.by_name[name]
            action.setText(f"{name.capitalize()} {title}".strip().replace("&", "&&"))

    def _run(self, name: str) -> None:
        self.actions_here.by_name[name].trigger()

    def _show_place(self, document: "Document | None" = None) -> None:
        document = self.bridge.document
        if document is None:
            return
        from annotation.store import ArticleFilter

        store = self._open.store
        number = store.article_row(document.article.id).number
        self.status.show_place(number, store.count_articles(ArticleFilter()))

    def _show_work(self, what: str, done: int, total: int) -> None:
        if what:
            self.status.show_work(what, done, total)
        else:
            self.status.end_work()

    def _stop_work(self) -> None:
        if self.workspace is not None:
            self.workspace.stop_work()

    # -- Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say when the first picture is on screen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped project; import anything else."""
        from ui.file_opening import take

        take(self, [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the project free; everything is saved already."""
        self.focus_on_text(False)
        settings.remember_layout("window", QByteArray(self.saveGeometry()))
        self._close_project()
        super().closeEvent(event)

    def _close_project(self, keep: "Store | None" = None) -> None:
        if self.workspace is None:
            return
        store = self.workspace.store
        try:
            self.workspace.leave()
            if store is not keep:
                store.close()
        except ProjectError as error:
            from ui.messages import show_problem

            show_problem(self, "The project could not be closed properly.", str(error))
        self.workspace = None
        if store is not keep:
            self.status.clear_project()
        else:
            self.status.show_mode("")
