"""Letters on the spans in view, with which the keyboard chooses one of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotation.model import Span
from ui.canvas.scrolling import Shown
from ui.theme import Theme, mix

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters shown on spans, the home row first."""


class Letters:
    """Gives spans one letter each, or two where there are many, and reads what is typed.

    `reserved` letters mean something else and stand on no span.
    """

    def __init__(self, reserved: str = "") -> None:
        self._letters = "".join(letter for letter in LETTERS if letter not in reserved.lower())
        self.codes: dict[str, str] = {}
        self.places: dict[str, QPointF] = {}
        self.typed = ""

    def give(self, spans: Iterable[Span]) -> None:
        """Letter these spans in reading order."""
        wanted = [span.id for span in sorted(spans, key=lambda span: (span.start, -span.end))]
        length = 1 if len(wanted) <= len(self._letters) else 2
        codes = map("".join, product(self._letters, repeat=length))
        self.codes = dict(zip(codes, wanted, strict=False))

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
        self.places = {}
        spans: dict[str, Span] = {}
        for one in shown:
            for piece in one.block.pieces:
                record = piece.mark.record
                top = one.top + piece.tag.center().y()
                if not (isinstance(record, Span) and piece.parts and 0 < top < height):
                    continue
                if record.id not in spans and accepts(record):
                    spans[record.id] = record
                    self.places[record.id] = QPointF(left + piece.tag.left(), top)
        self.give(spans.values())

    def draw(self, painter: QPainter, theme: Theme, font: QFont, taken: Mapping[str, str]) -> None:
        """Draw the letters, and beside them the sign given for spans that are taken already."""
        font = QFont(font)
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for span_id, words in self.badges(taken).items():
            ground = theme.accent if span_id in taken else mix(theme.page, theme.ink, 0.85)
            _draw_badge(painter, self.places[span_id], words, ground, theme.page, metrics)

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
    place: QPointF,
    words: str,
    ground: QColor,
    ink: QColor,
    metrics: QFontMetricsF,
) -> None:
    width = max(metrics.horizontalAdvance(words) + 8, metrics.height())
    left = max(place.x() - width + 1, 2.0)  # before the tag, which says what the span is
    badge = QRectF(left, place.y() - metrics.height() / 2, width, metrics.height())
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
