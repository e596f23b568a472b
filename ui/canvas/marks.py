"""What there is to draw in a stretch of text: one mark for each span and suggestion."""

from collections.abc import Sequence
from typing import NamedTuple

from annotation.codebook import Codebook
from annotation.document import Document
from annotation.model import Fragment, Span, Suggestion
from annotation.rules import crosses

Marked = Span | Suggestion

_UNKNOWN_COLOR = "#808080"


class Mark(NamedTuple):
    """A span or suggestion as it is drawn.

    `fragments` are those shown, from `start` to `end`; they differ from the record's while
    a boundary is dragged. `lane` says bar rather than tint; `origin` is "" for a suggestion;
    `size` counts the code points of the whole span.
    """

    record: Marked
    fragments: tuple[Fragment, ...]
    start: int
    end: int
    lane: bool
    tag: str
    color: str
    origin: str
    crossing: bool = False

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def pending(self) -> bool:
        """Whether this is a suggestion that waits for a decision."""
        return isinstance(self.record, Suggestion)

    @property
    def size(self) -> int:
        """How many code points lie between the first and the last."""
        return self.end - self.start

    @property
    def shows_origin(self) -> bool:
        """Whether the tag says that a model proposed the span; the inspector tells all else."""
        return self.origin in ("accepted", "edited")


class Preview(NamedTuple):
    """A record with the fragments that it would have if the mouse were let go now."""

    record: Marked
    fragments: tuple[Fragment, ...]

    @property
    def start(self) -> int:
        """The first code point that the record or its preview touches."""
        return min(self.record.start, self.fragments[0][0])

    @property
    def end(self) -> int:
        """The code point after the last that the record or its preview touches."""
        return max(self.record.end, self.fragments[-1][1])


def marks_between(
    document: Document,
    codebook: Codebook,
    start: int,
    end: int,
    preview: Preview | None = None,
    hidden: frozenset[str] = frozenset(),
    known: Sequence[Mark] = (),
) -> list[Mark]:
    """Return what to draw in [start, end), in order of position, the longer one first.

    Layers in `hidden` are left out. A mark among those `known` is returned itself where
    nothing about it has changed; they must have been made with the same codebook.
    """
    end = max(end, start + 1)
    found: list[Marked] = [
        *document.spans_between(start, end),
        *document.suggestions_between(start, end),
    ]
    before = {mark.record.id: mark for mark in known}
    marks = [
        _mark(codebook, record, record.fragments, before.get(record.id))
        for record in found
        if record.layer not in hidden and (preview is None or record.id != preview.record.id)
    ]
    if preview and preview.fragments[0][0] < end and preview.fragments[-1][1] > start:
        marks.append(_mark(codebook, preview.record, preview.fragments))
    marks.sort(key=lambda mark: (mark.start, -mark.end, mark.record.id))
    crossing = _crossing(marks)
    return [
        mark if mark.crossing == (mark.record.id in crossing) else _turned(mark) for mark in marks
    ]


def _turned(mark: Mark) -> Mark:
    """Return a mark that now crosses another one, or no longer does."""
    return mark._replace(crossing=not mark.crossing)


def _mark(
    codebook: Codebook,
    record: Marked,
    fragments: tuple[Fragment, ...],
    before: Mark | None = None,
) -> Mark:
    if before is not None and before.record is record and before.fragments is fragments:
        return before
    label = codebook.label(record.layer, record.label)
    layer = codebook.layer(record.layer)
    tag = label.tag if label else record.label[:4].upper()
    pending = isinstance(record, Suggestion)
    return Mark(
        record,
        fragments,
        fragments[0][0],
        fragments[-1][1],
        layer is None or layer.drawn == "lane",
        f"{tag}?" if pending else tag,
        label.color if label else _UNKNOWN_COLOR,
        "" if isinstance(record, Suggestion) else record.origin,
    )


def _crossing(marks: Sequence[Mark]) -> set[str]:
    """Return the ids of decided spans that cross another one."""
    crossing: set[str] = set()
    open_: list[Mark] = []
    for mark in marks:
        if mark.pending:
            continue
        start, end = mark.start, mark.end
        whole = len(mark.fragments) == 1
        open_ = [other for other in open_ if other.end > start]
        for other in open_:
            if len(other.fragments) == 1:
                nested = end <= other.end
                crossed = not nested and (whole or crosses(mark.fragments, other.fragments))
            else:
                crossed = crosses(mark.fragments, other.fragments)
            if crossed:
                crossing |= {mark.record.id, other.record.id}
        open_.append(mark)
    return crossing
