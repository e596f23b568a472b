"""The canvas as it was looked at and found good, in its main states and themes.

Where letters are drawn by other fonts than these pictures', there is nothing to compare and
the tests are skipped. After a change that was meant, look at what `PRESSMARK_GOLDEN=write`
makes of tests/ui/golden before it is kept:

    PRESSMARK_GOLDEN=write python -m pytest -n 0 tests/ui/test_golden.py
"""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QImage

from tests.ui import canvas_states
from ui.canvas.measures import Reading
from ui.theme import DARK, HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT, LIGHT

GOLDEN = Path(__file__).parent / "golden"
SERIF, SANS = "DejaVu Serif", "DejaVu Sans"
SAMPLE = "A minister said 200 ships left."
WIDTHS = {SERIF: 257.0, SANS: 252.5}
"""Pixels that the sample takes at 12.5 points and 96 dots an inch in the pictures' fonts."""

NOTICEABLE = 48
"""From which difference of a colour's part, of 255, a pixel looks another."""

SHARE = 0.004
"""How many of all pixels may look another: edges of letters differ between font engines."""

STATES = ("marks", "picked", "selected", "linking", "right to left")
SHOTS = [
    *((state, theme) for state in STATES for theme in (LIGHT, DARK)),
    ("marks", HIGH_CONTRAST_LIGHT),
    ("marks", HIGH_CONTRAST_DARK),
]


@pytest.fixture
def fonts(qapp):
    """Draw with the pictures' fonts, or skip where they are not the same."""
    for family, width in WIDTHS.items():
        font = QFont(family)
        font.setPointSizeF(12.5)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        found = QFontMetricsF(font).horizontalAdvance(SAMPLE)
        if QFontInfo(font).family() != family or abs(found - width) > 0.5:
            pytest.skip(f"{family} is not here, or another one ({found:.1f} for {width})")
    before = qapp.font()
    qapp.setFont(QFont(SANS, 9))
    yield
    qapp.setFont(before)


def shown(stage, state):
    """Return a canvas in a state of its work."""
    made = canvas_states.right_to_left() if state == "right to left" else canvas_states.every_mark()
    article, spans, suggestions = made
    hand = stage(article, spans, suggestions=suggestions)
    canvas = hand.canvas
    canvas.resize(640, 430 if state != "right to left" else 190)
    family = SANS if state == "right to left" else SERIF
    canvas.read_as(Reading(1.0, 52, 1.0, family))
    canvas.clearFocus()  # the caret blinks
    match state:
        case "picked":
            canvas.pick(next(span.id for span in spans if len(span.fragments) > 1))
        case "selected":
            canvas.select(article.text.index("said"), article.text.index("which"))
        case "linking":
            canvas.start_linking("ATTRIBUTION")
    return hand


@pytest.mark.parametrize(("state", "theme"), SHOTS, ids=lambda it: getattr(it, "name", it))
def test_the_canvas_looks_as_it_did(stage, fonts, tmp_path, state, theme):
    hand = shown(stage, state)
    hand.canvas.theme = theme
    image = hand.paint().convertToFormat(QImage.Format.Format_RGB888)
    path = GOLDEN / f"{state} {theme.name}.png".replace(" ", "-")
    if os.environ.get("PRESSMARK_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        image.save(str(path))
    golden = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    assert image.size() == golden.size()
    different = pixels_that_differ(image, golden)
    if different > SHARE:
        now = tmp_path / path.name
        image.save(str(now))
        pytest.fail(f"{different:.2%} of the pixels differ from {path.name}; see {now}")


def pixels_that_differ(one: QImage, other: QImage) -> float:
    """Return the share of pixels that look another, from 0 to 1."""
    a, b = bytes(one.constBits()), bytes(other.constBits())
    if a == b:
        return 0.0
    parts = [abs(x - y) > NOTICEABLE for x, y in zip(a, b, strict=True)]
    line = one.bytesPerLine()
    count = sum(
        any(parts[row * line + x * 3 : row * line + x * 3 + 3])
        for row in range(one.height())
        for x in range(one.width())
    )
    return count / (one.width() * one.height())


def test_a_mark_less_is_seen(stage, fonts):
    whole, hidden = shown(stage, "marks"), shown(stage, "marks")
    last = hidden.canvas.document.spans_between(0, 40)[-1]
    hidden.canvas.pick(last.id)
    hidden.canvas.delete_picked()
    hidden.canvas.clearFocus()
    images = [hand.paint().convertToFormat(QImage.Format.Format_RGB888) for hand in (whole, hidden)]
    assert pixels_that_differ(*images) > SHARE
