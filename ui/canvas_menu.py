"""The menu of the text: what is done most stands first, the rest in menus of its own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.possible import possible

if TYPE_CHECKING:
    from ui.workspace import Workspace

FIRST = ("accept", "reject", "card", "note", "delete")
"""What stands at the top, as far as it finds something to act on."""

INNER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Link", ("link/", "link", "who", "next_tied")),
    ("Boundary", ("end_in", "end_out", "start_in", "start_out", "fragment", "cut")),
    (
        "Suggestions",
        ("next_suggestion", "previous_suggestion", "accept_all", "accept_in_view",
         "accept_label", "reject_label", "blind_article"),
    ),
)  # fmt: skip
"""Menus within the menu: their titles, and the actions in them by name or by its beginning."""


def canvas_menu(workspace: "Workspace") -> QMenu:
    """Return the menu for what is picked, selected or under the caret; it goes when closed."""
    menu = QMenu(workspace)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    left = {
        action.objectName(): action
        for action in workspace.canvas.actions()
        if action.isEnabled() and possible(action.objectName(), workspace)
    }
    _add(menu, [left.pop(name) for name in FIRST if name in left])
    menu.addSeparator()
    for layer in workspace.bridge.session.codebook.layers_as_shown():
        tags = _taken(left, (f"tag/{layer.name}/",))
        if tags:
            _add(menu.addMenu(layer.title or layer.name), tags)
    inner = [(title, _taken(left, names)) for title, names in INNER]
    _add(menu, list(left.values()))
    menu.addSeparator()
    for title, actions in inner:
        if actions:
            _add(menu.addMenu(title), actions)
    return menu


def _taken(left: dict[str, QAction], names: tuple[str, ...]) -> list[QAction]:
    """Take the actions of these names, or whose names begin so, out of those that are left."""
    groups = tuple(name for name in names if name.endswith("/"))
    found = [name for name in left if name in names or name.startswith(groups)]
    return [left.pop(name) for name in found]


def _add(menu: QMenu, actions: list[QAction]) -> None:
    for action in actions:
        menu.addAction(action)
