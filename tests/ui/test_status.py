"""The line at the bottom: a sentence without room gives up its middle, and says all in a tip."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ui.status import Sentence, StatusLine

LONG = "Arguments of an event: " + " · ".join(map(str, range(90))) + ". Enter links, Esc leaves."


def ink(sentence: Sentence, left: int, right: int) -> bool:
    """Tell whether anything is drawn between two columns of pixels."""
    picture = sentence.grab().toImage()
    ground = QColor(picture.pixel(0, 0))
    return any(
        QColor(picture.pixel(x, y)) != ground
        for x in range(left, right)
        for y in range(picture.height())
    )


def test_the_end_of_a_long_sentence_stays_in_view(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(500, 30)
    line.show_mode(LONG)
    line.show()
    message = line.message
    assert message.text() == message.toolTip() == LONG
    advance = message.fontMetrics().horizontalAdvance
    shown = message.shown()
    assert shown.startswith("Arguments of an event") and shown.endswith("Enter links, Esc leaves.")
    assert advance(shown) <= message.width() < advance(LONG)
    end = advance(shown)
    assert ink(message, end - 12, end) and not ink(message, end + 2, message.width())


def test_a_short_one_is_shown_in_full(qtbot: QtBot) -> None:
    sentence = Sentence()
    qtbot.addWidget(sentence)
    sentence.setText("Two\nlines")
    sentence.resize(300, 20)
    assert sentence.shown() == "Two lines" and ink(sentence, 0, 60)
