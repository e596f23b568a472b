"""Everything that can be done, in one table: menus, keys and the key overview come from it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotation.codebook import Codebook
from ui import dialogs
from ui.key_map import Chosen, chosen, shown, with_keys

if TYPE_CHECKING:
    from ui.main_window import MainWindow

Scope = Literal["canvas", "window"]
"""Where keys count: in the text, so that letters typed in a box never tag, or anywhere."""

MENUS = ("File", "Edit", "Tag", "Link", "Suggestions", "Go", "View", "Help")


class Row(NamedTuple):
    """One action: what it is called, its keys, where they count, and what it does.

    `writes` tells that it changes the project (off where that is read-only), `project`
    that there must be one. `group` starts a new group in the menu. `on` tells of an action
    that switches something whether that is on.
    """

    name: str
    text: str
    keys: tuple[str, ...]
    menu: str
    scope: Scope
    run: Callable[["MainWindow"], object]
    writes: bool = False
    project: bool = True
    group: bool = False
    tip: str = ""
    on: Callable[["MainWindow"], bool] | None = None


def _at_once(name: str) -> Callable[["MainWindow"], object]:
    """Return what carries out a function of `ui.canvas.bulk`, for which no start waits."""

    def run(window: "MainWindow") -> None:
        from ui.canvas import bulk

        getattr(bulk, name)(window.canvas)

    return run


TABLE: tuple[Row, ...] = (
    Row("new", "New project…", ("Ctrl+N",), "File", "window",
        lambda w: w.projects.ask_new(), project=False),
    Row("open", "Open project…", ("Ctrl+O",), "File", "window",
        lambda w: w.projects.ask_open(), project=False),
    Row("sample", "Open the sample project", (), "File", "window",
        lambda w: w.projects.open_sample(), project=False),
    Row("copy", "Save a copy…", ("Ctrl+Shift+S",), "File", "window", dialogs.ask_copy,
        tip="The project as it is now in a file of its own, which can be moved and sent"),
    Row("import", "Import files…", ("Ctrl+I",), "File", "window",
        lambda w: w.ask_import(), writes=True, group=True),
    Row("import_folder", "Import a folder…", ("Ctrl+Shift+I",), "File", "window",
        lambda w: w.ask_import(folder=True), writes=True),
    Row("export", "Export…", ("Ctrl+E",), "File", "window", lambda w: w.ask_export()),
    Row("picture", "Export picture…", ("Ctrl+Shift+E",), "File", "window",
        dialogs.ask_picture),
    Row("print", "Print…", ("Ctrl+P",), "File", "window", dialogs.ask_print),
    Row("codebook", "Codebook…", ("Ctrl+B",), "File", "window",
        dialogs.edit_codebook, group=True),
    Row("team", "Use the team's set-up…", (), "File", "window", dialogs.use_team, project=False,
        tip="Codebook, keys and settings that your team has prepared"),
    Row("save_team", "Save as a team set-up…", (), "File", "window", dialogs.save_team,
        tip="Codebook, keys and settings as they are here, in a folder for colleagues"),
    Row("backups", "Backups…", (), "File", "window", dialogs.show_backups, group=True,
        tip="What the project was earlier: compare, restore"),
    Row("back_up", "Back up now", (), "File", "window", dialogs.back_up),
    Row("password", "Password…", (), "File", "window", dialogs.ask_password, writes=True,
        tip="Encrypt the project; change or remove its password"),
    Row("compact", "Make the history smaller…", (), "File", "window", dialogs.compact, writes=True,
        tip="Take the content of old edits out of the project"),
    Row("reindex", "Make the search index anew", (), "File", "window",
        lambda w: w.workspace.make_index_anew(), writes=True,
        tip="Where searching says that its index is damaged; the articles are not touched"),
    Row("annotator", "Annotator…", (), "File", "window",
        lambda w: w.ask_annotator(), project=False, group=True),
    Row("take_over", "Take over…", (), "File", "window",
        lambda w: w.workspace.watching.take_over(),
        tip="Edit here what is open in another window that gives no sign of life"),
    Row("quit", "Quit", ("Ctrl+Q",), "File", "window",
        lambda w: w.close(), project=False, group=True),

    Row("undo", "Undo", ("Ctrl+Z",), "Edit", "window", lambda w: w.bridge.undo(), writes=True),
    Row("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", "window",
        lambda w: w.bridge.redo(), writes=True),
    Row("delete", "Delete the span", ("Del", "Backspace"), "Edit", "canvas",
        lambda w: w.canvas.delete_picked(), writes=True, group=True),
    Row("note", "Write a note", ("N",), "Edit", "canvas",
        lambda w: w.inspector.edit_note(), writes=True),
    Row("who", "Who is it?", ("W",), "Edit", "canvas",
        lambda w: w.inspector.choose_entry(), writes=True,
        tip="Say which entry of the registry the picked source or event mentions"),
    Row("attributes", "Edit the attributes", ("F2",), "Edit", "window",
        lambda w: w.inspector.edit_attributes(), writes=True),
    Row("find", "Find in the article…", ("Ctrl+F",), "Edit", "window",
        lambda w: w.workspace.finding.bar.open(), group=True),
    Row("find_next", "Find next", ("F3",), "Edit", "window",
        lambda w: w.workspace.finding.bar.step(1)),
    Row("find_previous", "Find previous", ("Shift+F3",), "Edit", "window",
        lambda w: w.workspace.finding.bar.step(-1)),
    Row("search", "Search the project…", ("Ctrl+Shift+F",), "Edit", "window",
        lambda w: w.workspace.finding.open_search()),

    Row("end_in", "Shrink the right edge", ("[",), "Tag", "canvas",
        lambda w: w.canvas.move_edge("end", False), writes=True, group=True),
    Row("end_out", "Grow the right edge", ("]",), "Tag", "canvas",
        lambda w: w.canvas.move_edge("end", True), writes=True),
    Row("start_in", "Shrink the left edge", ("{",), "Tag", "canvas",
        lambda w: w.canvas.move_edge("start", False), writes=True),
    Row("start_out", "Grow the left edge", ("}",), "Tag", "canvas",
        lambda w: w.canvas.move_edge("start", True), writes=True),
    Row("fragment", "Add the selection as a fragment", ("+",), "Tag", "canvas",
        lambda w: w.canvas.add_fragment(), writes=True),

    Row("cut", "Take the selection out of the span", ("-",), "Tag", "canvas",
        lambda w: w.canvas.cut_fragment(), writes=True),
    Row("everywhere", "Tag everywhere…", ("D",), "Tag", "canvas",
        lambda w: w.tag_everywhere(), writes=True, group=True),
    Row("sticky", "Sticky label", ("L",), "Tag", "canvas",
        lambda w: w.canvas.sticky.toggle(), writes=True,
        tip="Each selection is tagged at once, until Esc",
        on=lambda w: w.canvas.sticky.label is not None),

    Row("cycle_pick", "Pick the next span under the caret", (".",), "Tag", "canvas",
        lambda w: w.canvas.cycle_pick(), group=True),

    Row("link", "Link by any relation", ("R",), "Link", "canvas",
        lambda w: w.canvas.start_linking(None), writes=True),
    Row("card", "Card of the claim", ("K",), "Link", "canvas",
        lambda w: w.canvas.open_card(), writes=True),
    Row("next_tied", "Go along the relations", ("J",), "Link", "canvas",
        lambda w: w.canvas.relation_view.go_along(), group=True),

    Row("next_suggestion", "Next suggestion", ("Tab",), "Suggestions", "canvas",
        lambda w: w.canvas.next_suggestion()),
    Row("previous_suggestion", "Previous suggestion", ("Shift+Tab",), "Suggestions", "canvas",
        lambda w: w.canvas.next_suggestion(backward=True)),
    Row("accept", "Accept", ("Return", "Enter"), "Suggestions", "canvas",
        lambda w: w.canvas.accept_picked(), writes=True, group=True),
    Row("reject", "Reject", ("X",), "Suggestions", "canvas",
        lambda w: w.canvas.reject_picked(), writes=True),
    Row("accept_all", "Accept all in the article", ("Shift+Return", "Shift+Enter"), "Suggestions",
        "canvas", _at_once("accept_all"), writes=True, group=True),
    Row("accept_in_view", "Accept all in view", ("Alt+Return", "Alt+Enter"), "Suggestions",
        "canvas", _at_once("accept_in_view"), writes=True),
    Row("accept_label", "Accept all of this label", ("Ctrl+Return", "Ctrl+Enter"), "Suggestions",
        "canvas", _at_once("accept_label"), writes=True),
    Row("reject_label", "Reject all of this label", ("Shift+X",), "Suggestions", "canvas",
        _at_once("reject_label"), writes=True),
    Row("blind_article", "Hide in this article", ("B",), "Suggestions", "canvas",
        lambda w: w.hide_suggestions(everywhere=False), writes=True, group=True,
        tip="Tag without seeing what is suggested; each span says that it was made blind",
        on=lambda w: w.hides_suggestions(everywhere=False)),
    Row("blind_project", "Hide in the whole project", (), "Suggestions", "window",
        lambda w: w.hide_suggestions(everywhere=True), writes=True,
        on=lambda w: w.hides_suggestions(everywhere=True)),
    Row("prehighlight", "Pre-highlight the articles", ("Ctrl+H",), "Suggestions", "window",
        lambda w: w.workspace.prehighlighting.begin(), writes=True, group=True),
    Row("models", "Models…", (), "Suggestions", "window", dialogs.show_models, project=False,
        tip="Which language model pre-highlights; more models from files"),
    Row("dictionary", "Dictionary…", (), "Suggestions", "window", dialogs.show_dictionary,
        tip="Terms that are suggested wherever they stand"),
    Row("add_term", "Add to the dictionary…", (), "Suggestions", "window", dialogs.add_term,
        writes=True, tip="The words of the picked span, with its label"),

    Row("next_article", "Next article", ("Ctrl+PgDown",), "Go", "window",
        lambda w: w.articles.step(1)),
    Row("previous_article", "Previous article", ("Ctrl+PgUp",), "Go", "window",
        lambda w: w.articles.step(-1)),
    Row("find_article", "Find an article", ("Ctrl+L",), "Go", "window",
        lambda w: w.articles.start_search(), group=True),
    Row("next_found", "Next hit in the project", ("F4",), "Go", "window",
        lambda w: w.workspace.finding.step(1)),
    Row("previous_found", "Previous hit in the project", ("Shift+F4",), "Go", "window",
        lambda w: w.workspace.finding.step(-1)),
    Row("next_panel", "Next panel", ("F6",), "Go", "window",
        lambda w: w.workspace.next_panel(1)),
    Row("previous_panel", "Previous panel", ("Shift+F6",), "Go", "window",
        lambda w: w.workspace.next_panel(-1)),

    Row("zoom_in", "Larger text", ("Ctrl++", "Ctrl+="), "View", "window",
        lambda w: w.canvas.zoom_in()),
    Row("zoom_out", "Smaller text", ("Ctrl+-",), "View", "window", lambda w: w.canvas.zoom_out()),
    Row("zoom_reset", "Usual text size", ("Ctrl+0",), "View", "window",
        lambda w: w.canvas.zoom_reset()),
    Row("reading", "Reading…", ("Ctrl+,",), "View", "window", dialogs.ask_reading),
    Row("focus", "Text only", ("F11",), "View", "window",
        lambda w: w.focus_on_text(not w.menuBar().isHidden()), group=True),
    Row("relations_in_view", "Relations of all spans in view", ("Ctrl+R",), "View", "window",
        lambda w: w.workspace.show_relations_in_view(not w.canvas.relations_in_view),
        group=True, on=lambda w: w.canvas.relations_in_view),
    Row("cards", "Card for each new claim", (), "View", "window",
        lambda w: w.workspace.show_cards(not w.canvas.cards), on=lambda w: w.canvas.cards),

    Row("outline", "Outline of the article", ("Ctrl+Shift+O",), "View", "window",
        lambda w: w.workspace.finding.toggle_outline(), group=True,
        on=lambda w: w.workspace.shows_outline),
    Row("history", "History", ("Ctrl+Shift+H",), "View", "window",
        lambda w: w.workspace.finding.toggle_history(),
        tip="Who did what when, here or in the project; takes single changes back",
        on=lambda w: w.workspace.shows_history),

    Row("sources", "Sources", ("F7",), "View", "window",
        lambda w: w.workspace.finding.toggle_registry("source"),
        on=lambda w: w.workspace.shows_registry("source"),
        tip="The registry of sources: who is quoted, in which articles"),
    Row("events", "Events", ("F8",), "View", "window",
        lambda w: w.workspace.finding.toggle_registry("event"),
        on=lambda w: w.workspace.shows_registry("event"),
        tip="The registry of events: what happened, in which articles"),

    Row("commands", "Commands…", ("Ctrl+K",), "Help", "window",
        lambda w: w.show_commands(), project=False),
    Row("explain", "What does this label mean?", ("F1",), "Help", "window",
        dialogs.explain),
    Row("keys", "Keys", ("?",), "Help", "window", lambda w: w.show_keys(), project=False),
    Row("change_keys", "Change the keys…", (), "Help", "window",
        lambda w: w.change_keys(), project=False),
    Row("welcome", "Welcome", (), "Help", "window",
        lambda w: w.show_welcome(), project=False, group=True),
    Row("updates", "Check for updates…", (), "Help", "window", dialogs.check_for_updates,
        project=False, group=True, tip="Looks where your team has said, and nowhere else"),
    Row("self_test", "Test this installation…", (), "Help", "window", dialogs.test_installation,
        project=False, tip="Does the whole job once, in a folder of its own"),
    Row("about", "About Pressmark", (), "Help", "window", dialogs.show_about, project=False),
)  # fmt: skip


def rows_of(codebook: Codebook | None, chosen: Chosen | None = None) -> list[Row]:
    """Return all actions: the table's and one for each label and relation of the codebook.

    A key that the codebook gives to a label or relation is taken from the table's action,
    which stays in the menu; one that the person has chosen is taken from any other.
    """
    return with_keys(list(_usual_rows(codebook)), chosen or {})


def _usual_rows(codebook: Codebook | None) -> Iterator[Row]:
    own = list(_codebook_rows(codebook)) if codebook else []
    taken = {key for row in own for key in row.keys}
    for row in own + list(TABLE):
        if row.scope == "canvas" and row not in own:
            row = row._replace(keys=tuple(key for key in row.keys if key not in taken))
        yield row


def _codebook_rows(codebook: Codebook) -> Iterator[Row]:
    for label in codebook.labels:
        yield Row(
            f"tag/{label.layer}/{label.name}",
            label.called,
            (label.key.upper(),) if label.key else (),
            "Tag",
            "canvas",
            lambda w, label=label: w.canvas.tag(label.layer, label.name),
            writes=True,
            tip=label.definition,
        )
    for number, layer in enumerate(codebook.layers_as_shown(), 1):
        yield Row(
            f"show/{layer.name}",
            f"Show {layer.title or layer.name}",
            (f"Ctrl+{number}",) if number < 10 else (),
            "View",
            "window",
            lambda w, name=layer.name: w.canvas.show_layer(name, name in w.canvas.hidden),
            tip=layer.definition,
            on=lambda w, name=layer.name: name not in w.canvas.hidden,
        )
    for relation in codebook.relations:
        yield Row(
            f"link/{relation.name}",
            relation.title or relation.name,
            (relation.key.upper(),) if relation.key else (),
            "Link",
            "canvas",
            lambda w, name=relation.name: w.canvas.start_linking(name),
            writes=True,
            tip=relation.definition,
        )


class Actions:
    """The window's actions for one project (or for none), as Qt knows them."""

    def __init__(
        self, window: "MainWindow", codebook: Codebook | None, canvas: QWidget | None
    ) -> None:
        self._window = window
        self._canvas = canvas
        self._layers = {x.name: x.title or x.name for x in codebook.layers} if codebook else {}
        self.rows = tuple(rows_of(codebook, chosen()))
        self.by_name: dict[str, QAction] = {row.name: self._action(row) for row in self.rows}

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menu bar anew; return the menus by name."""
        bar.clear()
        menus = {name: bar.addMenu(f"&{name}") for name in MENUS}
        layers: dict[str, QMenu] = {}
        for row in self.rows:
            menu = menus[row.menu]
            parts = row.name.split("/")
            if parts[0] == "tag":
                if parts[1] not in layers:
                    layers[parts[1]] = menu.addMenu(self._layers[parts[1]])
                menu = layers[parts[1]]
            elif row.group:
                menu.addSeparator()
            menu.addAction(self.by_name[row.name])
            if row.name == "open":
                self._add_recent(menu)
        for menu in menus.values():
            menu.aboutToShow.connect(self._tick)
        return menus

    def _tick(self) -> None:
        """Tick what is on."""
        for row in self.rows:
            if row.on is not None and self._window.workspace is not None:
                self.by_name[row.name].setChecked(row.on(self._window))

    def _add_recent(self, menu: QMenu) -> None:
        recent, projects = menu.addMenu("Open recent"), self._window.projects
        recent.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: projects.list_recent(recent))

    def allow(self, project: bool, writing: bool) -> None:
        """Switch off what needs a project, or a project that can be written to."""
        for row in self.rows:
            possible = (project or not row.project) and (writing or not row.writes)
            self.by_name[row.name].setEnabled(possible)

    def dispose(self) -> None:
        """Take the actions away, with their keys."""
        for action in self.by_name.values():
            action.deleteLater()
        self.by_name.clear()

    def _action(self, row: Row) -> QAction:
        action = QAction(row.text, self._window)
        action.setObjectName(row.name)
        action.setCheckable(row.on is not None)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        if row.tip:
            action.setToolTip(row.tip)
        action.setMenuRole(
            {
                "quit": QAction.MenuRole.QuitRole,
                "about": QAction.MenuRole.AboutRole,
            }.get(row.name, QAction.MenuRole.NoRole)
        )
        action.triggered.connect(lambda: row.run(self._window))
        if row.scope == "canvas" and self._canvas is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._canvas.addAction(action)
        else:
            self._window.addAction(action)
        return action


def shown_keys(row: Row) -> str:
    """Return a row's first keys as this system writes them ("Ctrl+Z", "⌘Z")."""
    return shown(row.keys[0]) if row.keys else ""
