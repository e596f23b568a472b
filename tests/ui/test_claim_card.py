"""The claim card: it opens by the claim, is filled in by keys or clicks, and is kept at one go."""

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, a_relation, a_span, an_article, make_project, open_window

from annotation.model import Annotations
from annotation.store import Entry
from ui.canvas.card_place import covered, place, ways
from ui.main_window import MainWindow

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
TEXT = (
    "Ilse Varga said the bridge would stay shut. Tomas Oren denied it on Friday.\n"
    "An official feared that ships would wait. It was announced that the port is safe."
)
CLAIM = "the bridge would stay shut"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    article = an_article(TEXT)
    spans = {
        "varga": a_span(article, "SOURCE", "Ilse Varga"),
        "said": a_span(article, "CUE", "said"),
        "oren": a_span(article, "SOURCE", "Tomas Oren"),
        "denied": a_span(article, "CUE", "denied"),
        "it": a_span(article, "CLAIM", "it on"),
    }
    relation = a_relation("ATTRIBUTION", claim=spans["it"], source=spans["oren"])
    said = Annotations(tuple(spans.values()), (relation,))
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", Entry(article, said)))
    window.spans = spans
    return window


def select(window: MainWindow, words: str) -> None:
    start = TEXT.index(words)
    window.canvas.select(start, start + len(words))


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.canvas, key)


def letter(window: MainWindow, name: str) -> Qt.Key:
    window.canvas.viewport().grab()
    codes = {i: code for code, i in window.canvas.card_mode.letters.codes.items()}
    return getattr(Key, f"Key_{codes[window.spans[name].id].upper()}")


def tag_claim(window: MainWindow, words: str = CLAIM) -> None:
    select(window, words)
    press(window, Key.Key_C)


def lines(window: MainWindow) -> dict[str, str]:
    shown = [line for line in window.canvas.card_mode.panel.lines if not line.isHidden()]
    return dict(line.accessibleName().split(": ", 1) for line in shown)


def active(window: MainWindow) -> str:
    shown = window.canvas.card_mode.panel.lines
    (line,) = [line for line in shown if not line.choices.isHidden() and not line.isHidden()]
    return line.title.text()


def is_open(window: MainWindow) -> bool:
    mode = window.canvas._card_mode
    return mode is not None and mode.card is not None and mode.panel.isVisible()


def stored(window: MainWindow):
    document = window.bridge.document
    return window.workspace.store.annotations(document.article.id)


def said_of(window: MainWindow, words: str) -> dict[str, object]:
    return dict(next(s for s in stored(window).spans if s.quotation[0] == words).attributes)


def links(window: MainWindow) -> list[dict[str, str]]:
    quotations = {span.id: span.quotation[0] for span in stored(window).spans}
    return [
        {a.role: quotations[a.span_id] for a in relation.arguments}
        for relation in stored(window).relations
        if quotations[relation.span_ids("claim")[0]] != "it on"
    ]


def test_a_card_fits_its_lines_whatever_was_on_it_before(window: MainWindow) -> None:
    panel = window.canvas.card_mode.panel

    def fits() -> None:
        before = panel.size()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        assert panel.size() == before, "nothing moves once it is on screen"
        assert panel.height() == panel.layout().totalHeightForWidth(panel.width())
        for line in panel.lines:
            wrapped = line.layout().totalHeightForWidth(line.width())
            wanted = wrapped if line.layout().hasHeightForWidth() else line.sizeHint().height()
            assert line.isHidden() or line.height() == wanted

    tag_claim(window)
    fits()
    for _ in lines(window):
        press(window, Key.Key_Tab)
        fits()
    press(window, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    press(window, Key.Key_Return)
    tag_claim(window, "the port is safe")
    fits()


def test_a_claim_shows_its_card_with_what_is_near_and_enter_keeps_it(window: MainWindow) -> None:
    tag_claim(window)
    assert is_open(window) and window.canvas.hasFocus()
    shown = lines(window)
    assert list(shown)[:4] == ["Source", "Cue", "Voice", "Kind of quotation"]
    assert (shown["Source"], shown["Cue"]) == ("“Ilse Varga” ?", "“said” ?")
    assert shown["Voice"] == "attributed (default)" and links(window) == []
    press(window, Key.Key_Return)
    assert not is_open(window)
    assert links(window) == [{"claim": CLAIM, "source": "Ilse Varga", "cue": "said"}]
    assert window.status.message.text() == f"Filled in Attribution of “{CLAIM}”."


def test_letters_choose_and_one_key_a_value(window: MainWindow) -> None:
    tag_claim(window)
    press(window, letter(window, "oren"), letter(window, "denied"))
    assert lines(window)["Source"] == "“Tomas Oren”"
    press(window, Key.Key_Tab, Key.Key_Tab)
    assert active(window) == "Voice"
    press(window, Key.Key_A, Key.Key_I, Key.Key_F, Key.Key_O)
    assert active(window) == "Polarity"
    press(window, Key.Key_Backtab, Key.Key_O)
    assert active(window) == "Polarity", "a value that is said again stays"
    press(window, Key.Key_Backtab, Key.Key_Backtab, Key.Key_Backspace, Key.Key_Return)
    assert links(window) == [{"claim": CLAIM, "source": "Tomas Oren", "cue": "denied"}]
    assert said_of(window, CLAIM) == {
        "voice": "attributed", "quote_type": "indirect", "certainty": "possible",
    }  # fmt: skip
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    assert links(window) == [] and said_of(window, CLAIM) == {}, "the whole card is one step"
    QTest.keyClick(window, Key.Key_Z, CONTROL)
    assert CLAIM not in [s.quotation[0] for s in stored(window).spans]


def test_escape_leaves_nothing_behind(window: MainWindow) -> None:
    tag_claim(window)
    before = stored(window)
    press(window, letter(window, "oren"), Key.Key_Tab, Key.Key_Tab, Key.Key_U, Key.Key_Escape)
    assert not is_open(window) and stored(window) == before
    assert window.status.message.text() == ""


def test_a_letter_stays_by_its_sign_and_lets_go_again(window: MainWindow) -> None:
    tag_claim(window)
    key = letter(window, "oren")
    press(window, key)
    mode = window.canvas.card_mode
    signs = dict.fromkeys((a.span_id for a in mode.card.arguments), "✓")
    shown = mode.letters.badges(signs)[window.spans["oren"].id]
    assert shown == f"{Qt.Key(key).name[-1]} ✓"
    press(window, key)
    assert lines(window)["Source"] == "–"


def test_words_tagged_while_it_is_open_fill_it(window: MainWindow) -> None:
    tag_claim(window, "that ships would wait")
    select(window, "An official")
    press(window, Key.Key_S)
    select(window, "feared")
    press(window, Key.Key_Q)
    assert is_open(window) and lines(window)["Cue"] == "“feared”"
    assert window.canvas.picked.label == "CLAIM", "the claim stays what keys act on"
    press(window, Key.Key_Return)
    wanted = {"claim": "that ships would wait", "source": "An official", "cue": "feared"}
    assert links(window) == [wanted]


def test_an_unnamed_source_is_one_key(window: MainWindow) -> None:
    tag_claim(window, "that ships would wait")
    select(window, "An official")
    press(window, Key.Key_U)
    assert lines(window)["Source"] == "“An official” (unnamed)"
    press(window, Key.Key_Return)
    assert said_of(window, "An official") == {"naming": "unnamed"}
    assert links(window) == [{"claim": "that ships would wait", "source": "An official"}]


def test_an_implicit_source_is_one_key(window: MainWindow) -> None:
    tag_claim(window, "that the port is safe")
    select(window, "was announced")
    press(window, Key.Key_Q, Key.Key_I, Key.Key_Return)
    assert said_of(window, "that the port is safe") == {"voice": "implicit_source"}
    assert links(window) == [{"claim": "that the port is safe", "cue": "was announced"}]


def test_source_and_cue_that_interrupt_a_claim_are_taken_out_of_it(window: MainWindow) -> None:
    tag_claim(window, "It was announced that the port is safe")
    press(window, Key.Key_X)
    select(window, "was announced")
    press(window, Key.Key_Q, Key.Key_X)
    assert window.canvas.picked.quotation == ("It", "that the port is safe")
    press(window, Key.Key_Return)
    assert links(window) == [{"claim": "It", "cue": "was announced"}]
    QTest.keyClick(window.canvas, Key.Key_Z, CONTROL)
    QTest.keyClick(window.canvas, Key.Key_Z, CONTROL)
    assert window.canvas.picked.quotation == ("It was announced that the port is safe",)


def test_without_a_source_unnamed_is_refused_in_words(window: MainWindow) -> None:
    tag_claim(window, "that the port is safe")
    press(window, Key.Key_U)
    assert "Choose the source first" in window.status.message.text() and is_open(window)


def test_it_is_opened_again_by_its_key_and_shows_what_is_stored(window: MainWindow) -> None:
    window.canvas.pick(window.spans["it"].id)
    press(window, Key.Key_K)
    assert is_open(window) and lines(window)["Source"] == "“Tomas Oren”"
    press(window, letter(window, "denied"), Key.Key_K)
    assert window.canvas.card_mode.panel.title.text() == "Attribution 2 of 2"
    assert lines(window)["Source"] == "–"
    press(window, letter(window, "varga"), Key.Key_Backtab, Key.Key_Y, Key.Key_Return)
    kinds = [(len(r.arguments), dict(r.attributes)) for r in stored(window).relations]
    assert kinds == [(3, {}), (2, {"duplicate": True})]


def test_its_key_says_what_it_needs(window: MainWindow) -> None:
    press(window, Key.Key_K)
    assert window.status.message.text() == "Pick a claim first."
    window.canvas.pick(window.spans["said"].id)
    press(window, Key.Key_K)
    assert "no card for a Cue" in window.status.message.text()


def test_an_event_has_a_card_when_asked(window: MainWindow) -> None:
    select(window, "stay shut")
    press(window, Key.Key_E)
    assert not is_open(window), "its parts are not told by labels"
    press(window, Key.Key_K)
    assert list(lines(window))[:2] == ["Actor", "Recipient"]
    press(window, letter(window, "oren"), Key.Key_Return)
    event = stored(window).relations[-1]
    assert [a.role for a in event.arguments] == ["event", "actor"]


def test_it_can_be_switched_off_for_good(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_here.by_name["cards"].trigger()
    tag_claim(window)
    assert not is_open(window)
    press(window, Key.Key_K)
    assert is_open(window)
    path = window.workspace.store.path
    window.close()
    again = open_window(qtbot, path)
    assert not again.canvas.cards
    again.workspace.show_cards(True)


def test_by_mouse_alone(window: MainWindow) -> None:
    tag_claim(window)
    mode, canvas = window.canvas.card_mode, window.canvas
    canvas.viewport().grab()
    start = window.spans["oren"].start
    where = canvas.caret_rect(start + 3).center().toPoint()
    QTest.mouseClick(canvas.viewport(), LEFT, pos=where)
    assert lines(window)["Source"] == "“Tomas Oren”"
    voice = mode.panel.lines[2]
    QTest.mouseClick(voice, LEFT, pos=QPoint(9, 9))
    assert active(window) == "Voice"
    voice.choices.linkActivated.emit("u")
    assert lines(window)["Voice"] == "author"
    QTest.mouseClick(mode.panel, LEFT, pos=QPoint(5, 5))
    assert is_open(window), "a click on the card does not reach the text"
    mode.panel.end.linkActivated.emit("keep")
    assert not is_open(window) and said_of(window, CLAIM) == {"voice": "author"}
    assert links(window) == [{"claim": CLAIM, "source": "Tomas Oren"}]


def test_undo_of_the_claim_closes_it(window: MainWindow) -> None:
    tag_claim(window)
    QTest.keyClick(window.canvas, Key.Key_Z, CONTROL)
    assert not is_open(window) and len(stored(window).spans) == 5


def test_what_has_been_chosen_is_kept_when_the_article_is_left(window: MainWindow) -> None:
    tag_claim(window)
    press(window, letter(window, "oren"))
    window.bridge.leaving.emit()
    assert not is_open(window)
    assert links(window) == [{"claim": CLAIM, "source": "Tomas Oren"}], "not what was proposed"


def test_the_next_claim_keeps_the_card_before(window: MainWindow) -> None:
    tag_claim(window)
    press(window, letter(window, "varga"))
    tag_claim(window, "that ships would wait")
    assert links(window) == [{"claim": CLAIM, "source": "Ilse Varga"}]
    assert is_open(window)


def test_a_rule_that_refuses_leaves_the_card_open(window: MainWindow) -> None:
    window.canvas.pick(window.spans["it"].id)
    press(window, Key.Key_K, Key.Key_K)
    press(window, letter(window, "oren"), Key.Key_Return)
    assert "linked by Attribution already" in window.status.message.text()
    assert is_open(window)


def test_it_stands_beside_its_claim_at_every_size(qtbot: QtBot, window: MainWindow) -> None:
    tag_claim(window)
    for size in ((1500, 900), (1280, 800), (1000, 900)):
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: (window.width(), window.height()) == size)
        window.canvas.viewport().grab()
        panel, canvas = window.canvas.card_mode.panel, window.canvas
        assert canvas.viewport().rect().contains(panel.geometry())
        span = canvas.picked
        for position in (span.start, span.end - 1):
            assert not panel.geometry().contains(canvas.caret_rect(position).center().toPoint())


def test_everywhere_there_is_room_it_does_not_cover_the_words() -> None:
    view, size = QSizeF(800, 700), QSizeF(340, 280)
    for top, column in product(range(-60, 700, 20), (440.0, 640.0)):
        words = [QRectF(100, top, 500, 60)]
        at = place(size, view, words, column, 26)
        card = QRectF(at, size)
        assert QRectF(0, 0, 800, 700).contains(card)
        free = top - 280 >= 12 or top + 60 + 12 + 280 <= 700
        assert not card.intersects(words[0]) or (not free and column > 448)


def test_source_and_cue_stay_free_and_scrolling_finds_room() -> None:
    view, size = QSizeF(640, 500), QSizeF(340, 280)
    claim, source = [QRectF(60, 380, 500, 40)], [QRectF(300, 340, 200, 20)]
    card = QRectF(place(size, view, claim, 600, 26, source), size)
    assert not covered(card, claim, source), "it stands above both"
    source = [QRectF(300, 130, 200, 20)]
    card = QRectF(place(size, view, claim, 600, 26, source), size)
    assert covered(card, claim, source) > 0 == covered(card, claim)
    assert ways(size, view, claim, [])[0] == 420 + 24 + 280 - 500
    assert ways(size, view, [QRectF(60, 20, 500, 470)], []) == []


def test_in_a_short_window_the_text_is_scrolled_from_under_it(qtbot: QtBot, tmp_path: Path) -> None:
    article = an_article("\n".join(f"Number {n}. {TEXT}" for n in range(12)))
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", Entry(article)))
    window.resize(900, 560)
    qtbot.waitUntil(lambda: window.height() == 560)
    canvas = window.canvas
    for number in range(2, 10):
        start = article.text.index(CLAIM, article.text.index(f"Number {number}."))
        for words, key in (("Ilse Varga", Key.Key_S), ("said", Key.Key_Q), (CLAIM, Key.Key_C)):
            place_of = article.text.rindex(words, 0, start + len(words))
            canvas.select(place_of, place_of + len(words))
            canvas.reveal(place_of)
            press(window, key)
        canvas.viewport().grab()
        panel, document = canvas.card_mode.panel.geometry(), window.bridge.document
        spans = [canvas.picked, *document.spans(canvas.card_mode.card.proposed.values())]
        assert len(spans) == 3
        for position in {at for span in spans for at in (span.start, span.end - 1)}:
            assert not panel.contains(canvas.caret_rect(position).center().toPoint())
        press(window, Key.Key_Return)


def test_where_there_is_no_room_its_beginning_is_in_view() -> None:
    for view in (QSizeF(300, 700), QSizeF(800, 200), QSizeF(200, 100)):
        at = place(QSizeF(340, 280), view, [QRectF(50, 20, 90, 40)], view.width() - 30, 26)
        assert 0 <= at.x() < view.width() and 0 <= at.y() < view.height()


def test_it_is_told_to_screen_readers(window: MainWindow) -> None:
    tag_claim(window)
    panel = window.canvas.card_mode.panel
    face = QAccessible.queryAccessibleInterface(panel)
    assert face.text(QAccessible.Text.Name) == "Attribution"
    assert window.status.message.text().startswith("Attribution, Source: “Ilse Varga” ?.")
    assert panel.lines[2].accessibleName() == "Voice: attributed (default)"


def test_what_has_no_card_is_told_with_what_has(window: MainWindow) -> None:
    window.canvas.pick(window.spans["oren"].id)
    press(window, Key.Key_K)
    said = window.status.message.text()
    assert said == "There is no card for a Source: Claim and Event have one."
