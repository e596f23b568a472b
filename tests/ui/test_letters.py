"""Letters on spans: each keeps its own while a card or a relation is in the making."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import a_span, an_article, make_project, open_window

from annotation.model import Annotations, Span
from annotation.store import Entry
from ui.canvas.letters import LETTERS, Letters

TEXT = " ".join(f"word{number}" for number in range(700))
ARTICLE = an_article(TEXT)
SPANS = [a_span(ARTICLE, "CUE", f"word{number}") for number in range(100, 700)]


def code_of(letters: Letters, span: Span) -> str:
    return next((code for code, span_id in letters.codes.items() if span_id == span.id), "")


def test_a_span_keeps_its_letter_when_others_come_and_go() -> None:
    letters = Letters()
    letters.give(SPANS[10:13])
    assert [code_of(letters, span) for span in SPANS[10:13]] == ["a", "s", "d"]
    letters.give(SPANS[8:13])
    assert [code_of(letters, span) for span in SPANS[8:13]] == ["f", "g", "a", "s", "d"]
    letters.give(SPANS[12:13])
    letters.give(SPANS[8:13])
    assert [code_of(letters, span) for span in SPANS[8:13]] == ["f", "g", "a", "s", "d"]


def test_who_is_longest_out_of_view_gives_a_letter_away() -> None:
    letters = Letters("q")
    free = len(LETTERS) - 1
    letters.give(SPANS[:free])
    first, second = code_of(letters, SPANS[0]), code_of(letters, SPANS[1])
    letters.give(SPANS[1:free])
    letters.give(SPANS[2 : free + 2])
    assert [code_of(letters, span) for span in SPANS[free : free + 2]] == [first, second]
    assert "q" not in letters.codes


def test_two_letters_each_where_one_does_not_do_and_never_more_than_there_are() -> None:
    letters = Letters()
    letters.give(SPANS[:27])
    assert {len(code) for code in letters.codes} == {2}
    letters.give(SPANS[:5])
    assert {len(code) for code in letters.codes} == {2} and len(letters.codes) == 5
    few = Letters(LETTERS[3:])
    few.give(SPANS[:20])
    assert len(few.codes) == 9
    assert few.type("s") == "" and few.type("a") == SPANS[3].id


def test_letters_stay_when_words_are_tagged_while_the_card_is_open(
    qtbot: QtBot, tmp_path: Path
) -> None:
    article = an_article("Varga and Oren said the bridge would stay shut until May.")
    said = a_span(article, "CUE", "said")
    path = make_project(tmp_path / "a.pressmark", Entry(article, Annotations((said,))))
    canvas = open_window(qtbot, path).canvas
    start = article.text.index("the bridge")
    canvas.select(start, start + 26)
    QTest.keyClick(canvas, Qt.Key.Key_C)
    letters = canvas.card_mode.letters
    canvas.viewport().grab()
    before = code_of(letters, said)
    canvas.select(0, 5)
    QTest.keyClick(canvas, Qt.Key.Key_S)
    canvas.viewport().grab()
    assert canvas.card_mode.card is not None and len(letters.codes) == 2
    assert code_of(letters, said) == before != ""
