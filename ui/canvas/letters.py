"""Letters on the spans in view, with which the keyboard chooses one of them."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import chain, product

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotation.model import Span
from ui.canvas.scrolling import Shown
from ui.theme import Theme, mix

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters shown on spans, the home row first."""


class Letters:
    """Gives spans one letter each, or two where there are many, and reads what is typed.

    A span keeps its letter, also while it is out of view; only where no letter is free does
    the one longest out of view lose its own. All change once when one letter each no longer
    does. `reserved` letters mean something else and stand on no span.
    """

    def __init__(self, reserved: str = "") -> None:
        self._letters = "".join(letter for letter in LETTERS if letter not in reserved.lower())
        self._length = 1
        self._kept: dict[str, str] = {}  # span to letters, what was in view last at the end
        self.codes: dict[str, str] = {}
        self.places: dict[str, QRectF] = {}
        self._tags: dict[int, list[QRectF]] = {}
        self.typed = ""

    def give(self, spans: Iterable[Span]) -> None:
        """Letter these spans: those without letters get the next free ones in reading order."""
        ordered = sorted(spans, key=lambda span: (span.start, -span.end))
        wanted = dict.fromkeys(span.id for span in ordered)
        if self._length == 1 and len(wanted) > len(self._letters):
            self._length, self._kept = 2, {}
        new = [span_id for span_id in wanted if span_id not in self._kept]
        if new:
            self._letter(new, wanted)
        for span_id in wanted:
            if span_id in self._kept:
                self._kept[span_id] = self._kept.pop(span_id)
        self.codes = {self._kept[span_id]: span_id for span_id in wanted if span_id in self._kept}

    def _letter(self, new: Iterable[str], wanted: Container[str]) -> None:
        taken = set(self._kept.values())
        every = map("".join, product(self._letters, repeat=self._length))
        free = (code for code in every if code not in taken)
        away = [span_id for span_id in self._kept if span_id not in wanted]
        codes = chain(free, (self._kept.pop(span_id) for span_id in away))
        for span_id, code in zip(new, codes, strict=False):
            self._kept[span_id] = code

    def type(self, letter: str) -> str:
        """Add a typed letter; return the id of the span whose letters are complete, or ""."""
        code = self.typed + letter
        if code in self.codes:
            self.typed = ""
            return self.codes[code]
        self.typed = code if any(known.startswith(code) for known in self.codes) else ""
        return ""

    def look(
        self,
        shown: Iterable[Shown],
        left: float,
        height: float,
        accepts: Callable[[Span], bool],
    ) -> None:
        """Letter the spans that begin on a line in view and are accepted."""
        self.places, self._tags = {}, {}
        spans: dict[str, Span] = {}
        for one in shown:
            for piece in one.block.pieces:
                record = piece.mark.record
                tag = piece.tag.translated(left, one.top)
                top = tag.center().y()
                if not (piece.parts and 0 < top < height):
                    continue
                self._tags.setdefault(round(top), []).append(tag)
                if isinstance(record, Span) and record.id not in spans and accepts(record):
                    spans[record.id] = record
                    self.places[record.id] = tag
        self.give(spans.values())

    def draw(self, painter: QPainter, theme: Theme, font: QFont, taken: Mapping[str, str]) -> None:
        """Draw the letters, and beside them the sign given for spans that are taken already."""
        font = QFont(font)
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for span_id, words in self.badges(taken).items():
            ground = theme.accent if span_id in taken else mix(theme.page, theme.ink, 0.85)
            badge = self.badge(span_id, words, metrics)
            _draw_badge(painter, badge, words, ground, theme.page)

    def badge(self, span_id: str, words: str, metrics: QFontMetricsF) -> QRectF:
        """Return where a span's letters stand: before its tag, or after it where that is free.

        No tag of another span is covered as long as one of the two places is free.
        """
        tag, height = self.places[span_id], metrics.height()
        width = max(metrics.horizontalAdvance(words) + 8, height)
        top = tag.center().y() - height / 2
        before = QRectF(max(tag.left() - width + 1, 2.0), top, width, height)
        after = QRectF(tag.right() - 1, top, width, height)
        others = [other for other in self._tags[round(tag.center().y())] if other != tag]
        hidden = [any(badge.intersects(other) for other in others) for badge in (before, after)]
        return after if hidden == [True, False] else before

    def badges(self, taken: Mapping[str, str]) -> dict[str, str]:
        """Return what stands on each span: its letters, then the sign of what is taken."""
        codes = {span_id: code for code, span_id in self.codes.items()}
        return {
            span_id: f"{codes.get(span_id, '').upper()} {taken.get(span_id, '')}".strip()
            for span_id in self.places
            if span_id in taken or codes.get(span_id, "").startswith(self.typed)
        }


def _draw_badge(
    painter: QPainter,
    badge: QRectF,
    words: str,
    ground: QColor,
    ink: QColor,
) -> None:
    painter.setPen(QPen(ink, 1.0))
    painter.setBrush(ground)
    painter.drawRoundedRect(badge, 4, 4)
    painter.setPen(ink)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)


def letters_for(names: Sequence[str], wishes: Sequence[str] = (), reserved: str = "") -> list[str]:
    """Return a letter for each name: the one wished for, else its first that is free."""
    taken: set[str] = set()
    found = []
    for number, name in enumerate(names):
        wish = wishes[number] if number < len(wishes) else ""
        candidates = (wish + name + LETTERS).lower()
        letter = next((x for x in candidates if x in LETTERS and x not in taken), "")
        taken.add(letter)
        found.append(letter)
    return found
