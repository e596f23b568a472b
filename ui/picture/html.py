"""An article as one HTML file: nothing beside it, no scripts, readable in any browser.

Words stay text: they can be searched, copied and read aloud. Spans are `mark` elements with
their label, attributes and note in the title; tags are drawn by the style sheet, so that they
are not copied with the words.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape as escaped
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from annotation.model import Relation, Span
from ui.canvas.lanes import Stretch, assign
from ui.canvas.marks import Mark, marks_between
from ui.picture import Steps, Subject
from ui.picture.frame import SIGNS, facts
from ui.picture.html_style import style_sheet
from ui.picture.unfinished import unfinished

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SIGN = {"accepted": "✓", "edited": "✎"}


class _Run(NamedTuple):
    """A stretch of one paragraph to be enclosed: a fragment of a mark, or the gap after one."""

    start: int
    end: int
    mark: Mark
    lane: int
    gap: bool = False


def html_steps(subject: Subject, path: Path) -> Steps:
    """Write a standalone HTML page; yields after each paragraph."""
    article = subject.document.article
    relations: dict[str, Relation] = {}
    used: set[tuple[str, str]] = set()
    with unfinished(path) as part, part.open("w", encoding="utf-8", newline="\n") as out:
        out.write(_head(subject))
        start = 0
        for text in article.text.split("\n"):
            end = start + len(text)
            marks = _marks(subject, start, end)
            used.update((mark.record.layer, mark.record.label) for mark in marks)
            for relation in subject.document.relations_between(start, max(end, start + 1)):
                relations[relation.id] = relation
            if text:
                out.write(_paragraph(subject, text, start, marks))
            yield end
            start = end + 1
        out.write("</article>\n")
        out.writelines(_relations(subject, relations.values()))
        out.writelines(_legend(subject, used))
        out.write("</main>\n</body>\n</html>\n")
        yield len(article.text)
    return [path]


def escape(text: str, quote: bool = True) -> str:
    """Return text for HTML; characters that no page may hold become U+FFFD."""
    return escaped(_FORBIDDEN.sub("\ufffd", text), quote)


def _marks(subject: Subject, start: int, end: int) -> list[Mark]:
    found = marks_between(subject.document, subject.codebook, start, end, hidden=subject.hidden)
    return [mark for mark in found if mark.start < end and mark.end > start]


def _head(subject: Subject) -> str:
    article = subject.document.article
    title = escape(article.title or "Article")
    language = f' lang="{escape(article.language)}"' if article.language else ""
    lines = "".join(f'<p class="facts">{escape(line)}</p>\n' for line in facts(article))
    return (
        f"<!DOCTYPE html>\n<html{language}>\n<head>\n"
        '<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        '<meta name="generator" content="Pressmark"/>\n'
        f"<title>{title}</title>\n"
        f"<style>\n{style_sheet(subject.codebook, subject.reading)}</style>\n"
        f'</head>\n<body>\n<main>\n<header>\n<h1 dir="auto">{title}</h1>\n{lines}</header>\n'
        "<article>\n"
    )


# -- paragraphs


def _paragraph(subject: Subject, text: str, start: int, marks: list[Mark]) -> str:
    runs = _runs(marks, start, start + len(text))
    lanes = max((run.lane for run in runs if run.mark.lane), default=0)
    style = f' style="--lanes:{lanes}"' if lanes else ""
    return f'<p dir="auto"{style}>{"".join(_enclosed(subject, text, start, runs))}</p>\n'


def _runs(marks: list[Mark], start: int, end: int) -> list[_Run]:
    """Return what is enclosed in a paragraph, each bar with its lane, counted from 1."""
    bars = [mark for mark in marks if mark.lane]
    stretches = [
        Stretch(float(mark.start), float(mark.end), mark.size, order)
        for order, mark in enumerate(bars)
    ]
    lanes = dict(zip((m.record.id for m in bars), assign(stretches, gap=0.5), strict=True))
    runs = []
    for mark in marks:
        lane = lanes.get(mark.record.id, -1) + 1
        gaps = [(one[1], other[0]) for one, other in pairwise(mark.fragments)]
        for gap, found in ((False, mark.fragments), (True, gaps)):
            for first, last in found:
                run = _Run(max(first, start), min(last, end), mark, lane, gap)
                if run.start < run.end:
                    runs.append(run)
    return sorted(runs, key=lambda run: (run.start, -run.end, run.gap, run.mark.record.id))


def _enclosed(subject: Subject, text: str, offset: int, runs: list[_Run]) -> Iterator[str]:
    """Yield text and tags, well nested: what crosses is closed and opened again."""
    waiting = list(reversed(runs))
    open_: list[_Run] = []
    edges = sorted({edge for run in runs for edge in (run.start, run.end)})
    place = offset
    for edge in edges:
        yield escape(text[place - offset : edge - offset], quote=False)
        place = edge
        again: list[_Run] = []
        while any(run.end == edge for run in open_):
            run = open_.pop()
            yield "</span>" if run.gap else "</mark>"
            if run.end > edge:
                again.append(run)
        begun = list(reversed(again))
        while waiting and waiting[-1].start == edge:
            begun.append(waiting.pop())
        for run in sorted(begun, key=lambda run: -run.end):
            yield _opening(subject, run, run.start == edge)
            open_.append(run)
    yield escape(text[place - offset :], quote=False)


def _opening(subject: Subject, run: _Run, begins: bool) -> str:
    mark = run.mark
    kind = "bar" if mark.lane else "tint"
    number = _label_number(subject, mark)
    lane = f' style="--lane:{run.lane}"' if mark.lane else ""
    if run.gap:
        return f'<span class="gap {kind} l{number}"{lane}>'
    first = begins and run.start == mark.start
    classes = [kind, f"l{number}"]
    classes += ["waits"] if mark.pending else []
    classes += ["again"] if not begins else []
    tag = mark.tag + _SIGN.get(mark.origin, "") + ("×" if mark.crossing else "")
    named = f' id="{mark.record.id}"' if first else ""
    shown = f' data-tag="{escape(tag)}"' if begins else ""
    return (
        f'<mark{named} class="{" ".join(classes)}"{lane}{shown}'
        f' title="{escape(_described(subject, mark))}">'
    )


def _label_number(subject: Subject, mark: Mark) -> int:
    for number, label in enumerate(subject.codebook.labels):
        if (label.layer, label.name) == (mark.record.layer, mark.record.label):
            return number
    return len(subject.codebook.labels)


def _described(subject: Subject, mark: Mark) -> str:
    record = mark.record
    label = subject.codebook.label(record.layer, record.label)
    parts = [label.title or label.name if label else record.label]
    if isinstance(record, Span):
        for name, value in record.attributes.items():
            if value not in ("", False):
                parts.append(name if value is True else f"{name}: {value}")
        parts += [f"note: {record.note}"] if record.note else []
        parts += [record.origin] if mark.shows_origin else []
    else:
        parts.append(f"suggested by {record.author}")
    parts += ["crosses another span"] if mark.crossing else []
    return " · ".join(parts)


# -- below the text


def _relations(subject: Subject, relations: Iterable[Relation]) -> Iterator[str]:
    items = []
    for relation in relations:
        label = subject.codebook.relation(relation.label)
        said = []
        for argument in relation.arguments:
            span = subject.document.span(argument.span_id)
            if span is not None:
                words = escape(" … ".join(span.quotation))
                said.append(f'{escape(argument.role)} <a href="#{span.id}">“{words}”</a>')
        name = escape(label.title or label.name if label else relation.label)
        items.append(f"<li><b>{name}</b>: {', '.join(said)}</li>\n")
    if items:
        yield '<section class="relations">\n<h2>Relations</h2>\n<ul>\n'
        yield from items
        yield "</ul>\n</section>\n"


def _legend(subject: Subject, used: set[tuple[str, str]]) -> Iterator[str]:
    if not used:
        return
    yield '<section class="legend">\n<h2>Labels</h2>\n<ul>\n'
    for number, label in enumerate(subject.codebook.labels):
        if (label.layer, label.name) in used:
            layer = subject.codebook.layer(label.layer)
            kind = "bar" if layer is not None and layer.drawn == "lane" else "tint"
            yield (
                f'<li title="{escape(label.definition)}"><b class="{kind} l{number}">'
                f"{escape(label.tag)}</b> {escape(label.title or label.name)}</li>\n"
            )
    yield "</ul>\n<ul>\n"
    for sign, words in SIGNS:
        yield f"<li>{sign} {words}</li>\n"
    yield "</ul>\n</section>\n"
