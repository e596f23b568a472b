"""What can be done at this moment, for menus: keys that cannot act say why instead."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotation.model import Span, Suggestion
from annotation.registry import registry_of
from ui.canvas.hits import records_at

if TYPE_CHECKING:
    from ui.workspace import Workspace


def possible(name: str, workspace: "Workspace") -> bool:
    """Tell whether an action would find something to act on; costs one question at most."""
    condition = CONDITIONS.get(name)
    return condition is None or condition(workspace)


def _picked(workspace: "Workspace") -> bool:
    return workspace.canvas.picked is not None


def _span(workspace: "Workspace") -> bool:
    return isinstance(workspace.canvas.picked, Span)


def _mentions(workspace: "Workspace") -> bool:
    picked, codebook = workspace.canvas.picked, workspace.bridge.session.codebook
    return isinstance(picked, Span) and bool(registry_of(codebook, picked.layer, picked.label))


def _suggestion(workspace: "Workspace") -> bool:
    return isinstance(workspace.canvas.picked, Suggestion)


def _words_of_span(workspace: "Workspace") -> bool:
    return _span(workspace) and workspace.canvas.selection() is not None


def _words(workspace: "Workspace") -> bool:
    return _span(workspace) or workspace.canvas.selection() is not None


def _waiting(workspace: "Workspace") -> bool:
    document = workspace.bridge.document
    return document is not None and document.count_pending() > 0


def _here(workspace: "Workspace") -> bool:
    document = workspace.bridge.document
    return document is not None and bool(records_at(document, workspace.canvas.caret))


def _article(workspace: "Workspace") -> bool:
    return workspace.bridge.document is not None


CONDITIONS: dict[str, Callable[["Workspace"], bool]] = {
    "undo": lambda w: bool(w.store.undo_title()),
    "redo": lambda w: bool(w.store.redo_title()),
    "take_over": lambda w: w.store.holder() in ("silent", "free"),
    "delete": _picked,
    "note": _span,
    "attributes": _span,
    "who": _mentions,
    "end_in": _picked,
    "end_out": _picked,
    "start_in": _picked,
    "start_out": _picked,
    "fragment": _words_of_span,
    "cut": _words_of_span,
    "cycle_pick": _here,
    "everywhere": _words,
    "next_suggestion": _waiting,
    "previous_suggestion": _waiting,
    "accept": _suggestion,
    "reject": _suggestion,
    "accept_label": _suggestion,
    "reject_label": _suggestion,
    "accept_in_view": _waiting,
    "accept_all": _waiting,
    "blind_article": _article,
}
