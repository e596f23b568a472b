"""The list of articles: paging, searching, following what is tagged."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    a_review,
    a_span,
    a_suggestion,
    an_article,
    make_project,
    many,
    open_window,
    renamed,
    use_own_settings,
)

from annotation import edits
from annotation.ids import new_id, now
from annotation.model import Annotations, Change
from annotation.store import ArticleFilter, Entry
from storage import open_project
from ui import settings
from ui.article_model import KEPT, PAGE, ArticleModel
from ui.article_view import ArticleView, in_two_lines
from ui.main_window import MainWindow

LAYERS = ("entity", "discourse", "event")
DOWN, RETURN = Qt.Key.Key_Down, Qt.Key.Key_Return


def titles(model: ArticleModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def spoken(window: MainWindow, row: int) -> str:
    return window.articles.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def three_kinds() -> tuple[Entry, Entry, Entry]:
    new, started, done = (an_article(f"The bridge is {word}.") for word in ("new", "old", "shut"))
    return (
        Entry(new, Annotations(suggestions=(a_suggestion(new, "FAC", "bridge"),))),
        Entry(started, Annotations((a_span(started, "EVENT", "bridge", "event"),))),
        Entry(done, Annotations(reviews=tuple(a_review(done, layer) for layer in LAYERS))),
    )


def test_all_rows_are_there_and_only_pages_in_view_are_in_memory(
    qtbot: QtBot, tmp_path: Path
) -> None:
    count = (KEPT + 3) * PAGE + 5
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(count)))
    model, view = window.articles.model, window.articles.view
    asked: list[list[int]] = []
    rows_of = window.workspace.store.rows_of
    window.workspace.store.rows_of = lambda numbers: asked.append([*numbers]) or rows_of(numbers)
    assert model.rowCount() == count
    assert window.articles.found.text() == f"{count} articles"
    view.scrollToBottom()
    view.viewport().grab()
    assert 1 <= len(asked) <= 2 and asked[-1][-1] == count
    assert view.rowAt(view.viewport().height() - 1) == count - 1
    assert titles(model) == [f"Article number {n}." for n in range(1, count + 1)]
    assert len(model._pages) == KEPT and len(model._places) <= KEPT * PAGE
    assert all(len(numbers) <= PAGE for numbers in asked)


def test_stepping_goes_beyond_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(PAGE + 2)))
    window.articles.view.setCurrentIndex(window.articles.model.index(PAGE - 1))
    qtbot.keyClick(window, Qt.Key.Key_PageDown, CONTROL)
    assert window.bridge.document.article.title == f"Article number {PAGE + 1}."


def test_the_article_of_last_time_is_opened_and_shown_in_the_list(
    qtbot: QtBot, tmp_path: Path
) -> None:
    entries = many(2 * PAGE + 5)
    project = make_project(tmp_path / "a.pressmark", *entries)
    last = entries[-3].article
    use_own_settings()
    settings.remember_article(project, last.id)
    window = open_window(qtbot, project)
    assert window.bridge.document.article == last
    assert window.articles.view.currentIndex().data() == last.title
    window.close()
    settings.remember_article(project, "gone")
    again = open_window(qtbot, project)
    assert again.bridge.document.article == entries[0].article


def test_rows_say_status_and_pending_suggestions(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *three_kinds()))
    assert spoken(window, 0) == "The bridge is new., new, suggestions wait for review"
    assert spoken(window, 1) == "The bridge is old., started"
    assert spoken(window, 2) == "The bridge is shut., complete"


def test_the_signs_differ_in_shape(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *three_kinds()))
    view = window.articles.view
    picture = view.viewport().grab().toImage()
    filled = []
    for row in range(3):
        box = view.visualRect(window.articles.model.index(row))
        line = view.fontMetrics().height()
        centre = QPoint(box.left() + 20, box.center().y() - line + line // 2)
        scale = picture.devicePixelRatio()
        ink = [
            QColor(picture.pixel((centre + QPoint(dx, 0)) * scale)).lightness() < 180
            for dx in (-2, 2)
        ]
        filled.append(ink)
    assert filled == [[False, False], [True, False], [True, True]]


@pytest.mark.parametrize(
    "text", ["Short", "A headline that is too long for a line of the list", "中" * 60]
)
def test_a_long_title_takes_two_lines(qtbot: QtBot, text: str) -> None:
    metrics = QFontMetrics(QFont())
    width = metrics.horizontalAdvance("A headline that is too long")
    shown = in_two_lines(text, metrics, width)
    assert all(metrics.horizontalAdvance(line) <= width for line in shown)
    assert len(shown) == (1 if text == "Short" else 2)
    whole = "".join(shown).replace("…", "").replace(" ", "")
    assert text.replace(" ", "").startswith(whole)
    if " " in text:
        assert shown == ["A headline that is too", "long for a line of the list"]


def test_an_edit_changes_its_row_only(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(3)))
    told: list[tuple[int, int]] = []
    window.articles.model.dataChanged.connect(lambda a, b: told.append((a.row(), b.row())))
    window.articles.model.modelReset.connect(lambda: told.append((-1, -1)))
    qtbot.keyClick(window.canvas, "c")
    assert told == [(0, 0)]
    assert spoken(window, 0).endswith("started")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert told == [(0, 0), (0, 0)]
    assert spoken(window, 0).endswith("new")


def test_a_row_that_differs_is_drawn_alone(qtbot: QtBot, tmp_path: Path) -> None:
    entries = many(9)
    with closing(open_project(make_project(tmp_path / "a.pressmark", *entries))) as store:
        model = ArticleModel(store)
        view = ArticleView(model)
        qtbot.addWidget(view)
        drawn: list[int] = []
        draw = view._draw
        view._draw = lambda *given: drawn.append(given[2].number) or draw(*given)

        def is_at_rest() -> bool:
            drawn.clear()
            QApplication.processEvents()
            return not drawn

        with qtbot.waitExposed(view):
            view.show()
        view.viewport().repaint()
        assert {1, 2, 3} <= {*drawn}
        qtbot.waitUntil(is_at_rest)
        article = entries[1].article
        span = a_span(article, "SOURCE", "Article")
        store.apply(Change(new_id(), "Tag", article.id, "ada", now(), (), (span,)))
        model.refresh(article.id)
        qtbot.waitUntil(lambda: bool(drawn))
        assert {*drawn} == {2}
        view.close()


def test_words_are_searched_once_the_typing_pauses(qtbot: QtBot, tmp_path: Path) -> None:
    entries = [renamed(e, outlet="Senn Post") if n == 1 else e for n, e in enumerate(many(12))]
    path = make_project(tmp_path / "a.pressmark", *entries)
    with closing(open_project(path)) as store:
        assert store.index(len(entries)) == 0
    window = open_window(qtbot, path)
    model, shown = window.articles.model, []
    model.modelReset.connect(lambda: shown.append(model.wanted.words))
    window.articles.start_search()
    qtbot.keyClicks(window.articles.search, "senn")
    qtbot.waitUntil(lambda: titles(model) == ["Article number 2."])
    assert shown == ["senn"]
    assert window.articles.found.text() == "1 article found"
    # The article on screen stays there until another one is chosen.
    assert window.bridge.document.article.title == "Article number 1."
    qtbot.keyClick(window.articles.search, RETURN)
    assert window.bridge.document.article.title == "Article number 2."
    window.articles.search.clear()
    qtbot.waitUntil(lambda: model.rowCount() == 12)
    assert window.articles.view.currentIndex().row() == 1


def test_another_filter_begins_at_the_top_and_leads_back_to_the_open_article(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = make_project(tmp_path / "a.pressmark", *many(205))
    with closing(open_project(path)) as store:
        assert store.index(205) == 0
    window = open_window(qtbot, path)
    view, search, found = (getattr(window.articles, n) for n in ("view", "search", "found"))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert window.bridge.document.article.title == "Article number 205."
    qtbot.keyClicks(search, "title:1")  # 1, 10 to 19, 100 to 199
    qtbot.waitUntil(lambda: found.text() == "111 articles found")
    assert view.rowAt(0) == 0 and not view.currentIndex().isValid()
    search.clear()
    qtbot.waitUntil(lambda: found.text() == "205 articles")
    assert view.currentIndex().row() == 204
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


@pytest.mark.parametrize("words", ["", "number"])
def test_articles_that_come_leave_the_list_in_its_place(
    qtbot: QtBot, tmp_path: Path, words: str
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(205)))
    store, view, found = window.workspace.store, window.articles.view, window.articles.found
    window.articles.start_search()
    qtbot.keyClicks(window.articles.search, words)
    qtbot.keyClick(window.articles.search, RETURN)
    listed = "articles found so far; the texts of {0} are not indexed yet" if words else "articles"
    qtbot.waitUntil(lambda: found.text() == f"205 {listed.format(205)}")
    place = view.verticalScrollBar().maximum() // 2
    view.verticalScrollBar().setValue(place)
    store.add_entries([Entry(an_article(f"One more number {n}.")) for n in range(2)], "ada")
    window.articles.reload()
    qtbot.waitUntil(lambda: found.text() == f"207 {listed.format(207)}")
    assert view.verticalScrollBar().value() == place
    assert view.currentIndex().row() == 0
    window.articles.step(206)
    assert window.bridge.document.article.title == "One more number 1."
    assert view.rowAt(view.viewport().height() - 1) == 206


def test_letters_typed_in_the_list_begin_a_search(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(3)))
    view, search = window.articles.view, window.articles.search
    search.setText("old words")
    view.setFocus()
    for key in (" ", Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        qtbot.keyClick(view, key)
    assert search.text() == "old words"
    qtbot.keyClick(view, "n")
    assert search.text() == "n" and search.hasFocus()
    assert window.bridge.document.article.title == "Article number 1."


@pytest.mark.parametrize(("status", "row"), [("new", 0), ("started", 1), ("complete", 2)])
def test_the_status_can_be_chosen(qtbot: QtBot, tmp_path: Path, status: str, row: int) -> None:
    entries = three_kinds()
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *entries))
    box = window.articles.status
    box.setFocus()
    for _ in range(box.findData(status)):
        qtbot.keyClick(box, DOWN)
    qtbot.waitUntil(lambda: titles(window.articles.model) == [entries[row].article.title])


def test_the_list_by_keys_alone(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(3)))
    view = window.articles.view
    view.setFocus()
    qtbot.keyClick(view, DOWN)
    assert window.bridge.document.article.title == "Article number 2."
    qtbot.keyClick(view, RETURN)
    assert window.canvas.hasFocus()


def test_a_click_gives_the_text_the_keys(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "study.pressmark", *many(3)))
    view = window.articles.view
    view.setFocus()
    place = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.bridge.document.article.title == "Article number 2."
    assert window.canvas.hasFocus()


def test_undo_brings_the_article_of_the_edit_on_screen(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(3)))
    fragment = (0, 7)
    window.bridge.perform(lambda desk: edits.add_span(desk, "discourse", "CLAIM", [fragment]))
    qtbot.keyClick(window, Qt.Key.Key_PageDown, CONTROL)
    assert window.articles.view.currentIndex().row() == 1
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.bridge.document.article.title == "Article number 1."
    assert window.articles.view.currentIndex().row() == 0
    assert window.status.place.text() == "Article 1 of 3"


def test_a_search_begun_before_the_project_was_closed_asks_nothing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(3)))
    workspace = window.workspace
    qtbot.keyClicks(workspace.articles.search, "2")
    assert workspace.articles.findChildren(QTimer)
    assert any(timer.isActive() for timer in workspace.findChildren(QTimer))
    workspace.articles.model.show(ArticleFilter("2"))
    workspace.leave()
    assert workspace.articles.model.finding._question.done.done()
    workspace.store.close()
    assert not any(timer.isActive() for timer in workspace.findChildren(QTimer))
    workspace.canvas.viewport().repaint()  # as a dialog that says what went wrong would have it
    workspace.articles.view.viewport().repaint()
    window.workspace = None


def test_a_query_filters_as_it_is_typed_and_a_wrong_one_leaves_the_list(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *three_kinds()))
    indexing = window.workspace._furnished().indexing
    window.workspace.start_work()
    qtbot.waitUntil(lambda: not indexing.under_way)
    assert window.workspace.store.index(0) == 0
    search, found = window.articles.search, window.articles.found
    qtbot.keyClicks(search, '"is old" OR sh')
    qtbot.waitUntil(lambda: found.text() == "2 articles found")
    search.clear()
    qtbot.keyClicks(search, "colour:red")
    qtbot.waitUntil(lambda: "no field “colour:”" in found.text())
    search.clear()
    qtbot.keyClicks(search, "label:EVENT ")
    qtbot.waitUntil(lambda: found.text() == "1 article found")
    indexing.begin_anew()
    qtbot.waitUntil(lambda: not indexing.under_way)
    assert window.workspace.store.damage() == []
