"""Which suggestion comes next when a researcher walks through those that wait."""

from annotation.document import Document
from annotation.model import Suggestion
from ui.canvas.marks import Marked

DECIDED = "This span is decided: only suggestions are rejected. Del deletes it, Tab goes on."


def following(
    document: Document, picked: Marked | None, caret: int, backward: bool = False
) -> Suggestion | None:
    """Return the next (or previous) pending suggestion, None where the article ends.

    Counts from the picked suggestion, else from the caret, where one that begins there
    is next. Those that begin at one place follow each other, the longest first.
    """
    place = caret if picked is None else picked.start
    here = [s for s in document.suggestions_between(place, place + 1) if s.start == place]
    if isinstance(picked, Suggestion) and picked in here:
        number = here.index(picked)
        here = here[:number][::-1] if backward else here[number + 1 :]
    elif backward:
        here = []
    return here[0] if here else _beyond(document, place, backward)


def round_the_end(document: Document, backward: bool = False) -> Suggestion | None:
    """Return the first (or last) pending suggestion of the article, or None."""
    return _beyond(document, len(document.article.text) + 1 if backward else -1, backward)


def _beyond(document: Document, place: int, backward: bool) -> Suggestion | None:
    found = document.next_suggestion(place, backward)
    if found is None:
        return None
    same = document.suggestions_between(found.start, found.start + 1)
    same = [s for s in same if s.start == found.start]
    return same[-1 if backward else 0]
