"""Pictures of an article: each form holds all of the text and of its marks, or does not appear."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, SHIFT, open_window, worked_project

from annotation.codebook_file import default_codebook
from annotation.document import Document
from annotation.errors import ProjectError
from annotation.importing import import_paths
from storage import create_project
from tests.ui.canvas_stage import article_of, span_of
from tests.ui.canvas_states import every_mark, right_to_left
from ui.canvas.measures import Reading, measures
from ui.picture import FORMATS, Subject, finish, steps
from ui.picture.html import html_steps
from ui.picture.html_style import style_sheet
from ui.picture.images import MARGIN, SHARP, TALLEST
from ui.picture.pages import page_steps
from ui.picture.sheets import Sheet, sheets
from ui.picture.window import Drawing, draw_picture, subject_of
from ui.theme import DARK, LIGHT, shades

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "harbour-bridge.jsonl"
BOOK = default_codebook()


@pytest.fixture
def sample(tmp_path, qapp):
    store = create_project(tmp_path / "sample.pressmark", BOOK)
    import_paths(store, [SAMPLE], "ada")
    yield Subject(Document(store.article(next(store.article_ids())), store), BOOK)
    store.close()


@pytest.fixture
def subject(stage):
    """Return what makes a subject of an article with its spans and suggestions."""

    def make(article, spans=(), suggestions=()):
        return Subject(stage(article, spans, suggestions=suggestions).canvas.document, BOOK)

    return make


def colors(image):
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, 800)}


# -- forms


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_an_image_has_all_kinds_of_marks(sample, tmp_path, theme):
    path = tmp_path / "picture.png"
    assert finish(steps(sample._replace(theme=theme), path)) == [path]
    image = QImage(str(path))
    assert image.width() == (round(measures().column) + 2 * MARGIN) * SHARP
    assert image.height() > 2000 * SHARP
    seen = colors(image)
    assert theme.page.name() in seen
    for label in BOOK.labels:
        if label.name in ("CLAIM", "SOURCE", "CUE", "GPE"):
            assert shades(theme, label.color).bar.name() in seen, label.name
        if label.name == "GPE":
            assert shades(theme, label.color).tint.name() in seen


@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_long_article_becomes_images_that_others_can_open(subject, tmp_path, form):
    long = subject(article_of("A paragraph of the long article.\n" * 500))
    files = finish(steps(long, tmp_path / f"long.{form}"))
    assert [path.name for path in files] == [f"long-{n}.{form}" for n in range(1, len(files) + 1)]
    assert len(files) > 1 and not (tmp_path / f"long.{form}").exists()
    if form == "png":
        heights = [QImage(str(path)).height() / SHARP for path in files]
        assert all(0.9 * TALLEST < height <= TALLEST for height in heights[:-1])
    else:
        words = "".join(_words(path) for path in files)
        assert words.count("A paragraph of the long article.") == 500


def _words(path):
    root = ElementTree.parse(path).getroot()
    texts = root.iter("{http://www.w3.org/2000/svg}text")
    return " ".join("".join(text.itertext()) for text in texts)


def _named(text):
    return text.get("font-family").split(",")[:-1]


def test_an_svg_holds_the_words_and_their_widths(sample, tmp_path):
    path = tmp_path / "picture.svg"
    finish(steps(sample, path))
    words = _words(path)
    article = sample.document.article
    assert article.title.split()[0] in words
    for paragraph in article.text.split("\n"):
        assert " ".join(paragraph.split()[:4]) in words
    texts = list(ElementTree.parse(path).getroot().iter("{http://www.w3.org/2000/svg}text"))
    assert all(text.get("textLength") for text in texts if "".join(text.itertext()).strip())
    assert {t.get("font-family").split(",")[-1] for t in texts} == {"serif", "sans-serif"}
    assert all(name[0] == name[-1] == "'" for t in texts for name in _named(t))


def test_a_pdf_has_pages(sample, tmp_path):
    path = tmp_path / "picture.pdf"
    finish(steps(sample, path))
    data = path.read_bytes()
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) >= 3
    assert sample.document.article.title.encode("utf-16-be")[2:] in data


def test_a_part_of_the_pages_can_be_printed(sample, tmp_path):
    def pages(first, last):
        path = tmp_path / f"{first}-{last}.pdf"
        printer = QPrinter()
        printer.setOutputFileName(str(path))
        finish(page_steps(sample, printer, "The printer", first, last))
        return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))

    assert pages(2, 3) == 2
    assert pages(1, 0) == pages(1, 1) + pages(2, 0)


LINES = st.lists(st.text("ab wide שא漢\u0e01", max_size=300), min_size=1, max_size=12)


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=LINES, tall=st.integers(40, 700))
def test_every_line_stands_on_one_sheet(stage, lines, tall):
    hand = stage("\n".join(lines))
    found = [
        sheet
        for sheet in sheets(Subject(hand.canvas.document, BOOK), measures(), 300.0, tall)
        if isinstance(sheet, Sheet)
    ]
    for sheet in found:
        assert sheet.height <= tall or len(sheet.strips) == 1
        assert sheet.height == pytest.approx(sum(strip.height for strip in sheet.strips))
    placed = [
        (strip.block.start, strip.top) for sheet in found for strip in sheet.strips if strip.block
    ]
    page = hand.canvas.page
    page.resized(measures(), 300.0)
    expected = [
        (page.block(number).start, line.top)
        for number in range(len(page.blocks))
        for line in page.block(number).lines
    ]
    assert placed == expected
    assert found[-1].end == len(hand.text)
    hand.close()


# -- html


def page_of(subject, tmp_path):
    path = tmp_path / "page.html"
    finish(html_steps(subject, path))
    text = path.read_text("utf-8")
    assert "<script" not in text and "http" not in text.replace(subject.document.article.url, "")
    return ElementTree.fromstring(text.replace("<!DOCTYPE html>\n", "", 1))


def marked(root):
    """Return the words of each span by its id: a fragment may be in several elements."""
    return {mark.get("id"): "".join(mark.itertext()) for mark in root.iter("mark")}


def test_a_page_holds_the_text_and_nothing_but_the_text(sample, tmp_path):
    root = page_of(sample, tmp_path)
    paragraphs = ["".join(p.itertext()) for p in root.iter("article").__next__().iter("p")]
    text = sample.document.article.text
    assert paragraphs == [line for line in text.split("\n") if line]
    spans = sample.document.spans_between(0, len(text))
    words = marked(root)
    for span in spans:
        if len(span.fragments) == 1 and "\n" not in span.quotation[0]:
            assert span.quotation[0].startswith(words[span.id])
    links = {a.get("href") for a in root.iter("a")}
    assert links and links <= {f"#{key}" for key in words}
    titles = {mark.get("title").split(" · ")[0] for mark in root.iter("mark")}
    assert {"Claim", "Source", "Cue"} <= titles


def test_crossing_spans_fragments_and_suggestions_on_a_page(subject, tmp_path):
    article, spans, waiting = every_mark()
    root = page_of(subject(article, spans, waiting), tmp_path)
    marks = list(root.iter("mark"))
    assert "".join(root.iter("article").__next__().itertext()).split() == article.text.split()
    assert any("crosses another span" in mark.get("title") for mark in marks)
    assert any("waits" in mark.get("class") for mark in marks)
    assert [span for span in root.iter("span") if "gap" in span.get("class")]
    tags = {mark.get("data-tag") for mark in marks}
    assert {"DATE✓", "CLM✎", "SRC", "GPE?", "EVT×"} <= tags
    assert {mark.get("id") for mark in marks} - {None} == {r.id for r in (*spans, *waiting)}


def test_hostile_words_stay_words(subject, tmp_path):
    text = '<script>alert("1")</script> & "so" \x00\x0b on\n]]> <b title=x>'
    article = article_of(text)
    root = page_of(subject(article, [span_of(article, "CLAIM", (0, 20))]), tmp_path)
    found = ["".join(p.itertext()) for p in root.iter("article").__next__().iter("p")]
    assert found == text.replace("\x00", "\ufffd").replace("\x0b", "\ufffd").split("\n")


def test_a_page_in_hebrew_is_read_from_the_right(subject, tmp_path):
    article, spans, _ = right_to_left()
    root = page_of(subject(article, spans), tmp_path)
    assert all(p.get("dir") == "auto" for p in root.iter("article").__next__().iter("p"))
    assert "הגשר ייסגר ב-2025" in marked(root).values()


@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ends=st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda p: (p[0], p[0] + p[1])),
        max_size=7,
        unique=True,
    )
)
def test_pages_are_well_formed_however_spans_lie(stage, tmp_path, ends):
    text = "The mayor said the bridge would close.\nDivers had seen cracks in it, the port said so."
    article = article_of(text)
    spans = [
        span_of(article, "CLAIM" if n % 2 else "ORG", (start, min(end, len(text))))
        for n, (start, end) in enumerate(ends)
    ]
    hand = stage(article, spans)
    root = page_of(Subject(hand.canvas.document, BOOK), tmp_path)
    assert "".join(root.iter("article").__next__().itertext()).split() == text.split()
    hand.close()


# -- hidden layers, reading, refusals


def test_hidden_layers_stay_hidden(sample, tmp_path):
    root = page_of(sample._replace(hidden=frozenset({"entity", "event"})), tmp_path)
    titles = {mark.get("title").split(" · ")[0] for mark in root.iter("mark")}
    assert titles == {"Claim", "Source", "Cue"}


def test_a_picture_is_set_as_the_person_reads(sample, tmp_path):
    path = tmp_path / "narrow.png"
    finish(steps(sample._replace(reading=Reading(1.0, 40, 1.0, "")), path))
    assert QImage(str(path)).width() == (round(measures(1.0, 40).column) + 2 * MARGIN) * SHARP


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_that_is_not_there_is_told(sample, tmp_path, form):
    with pytest.raises(ProjectError, match="cannot be written"):
        finish(steps(sample, tmp_path / "none" / f"picture.{form}"))


@pytest.mark.parametrize("form", FORMATS)
def test_giving_up_leaves_what_was_there(sample, tmp_path, form):
    path = tmp_path / "work" / f"picture.{form}"
    path.parent.mkdir()
    path.write_text("before")
    work = steps(sample, path)
    for _ in range(3):
        next(work)
    work.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    assert path.read_text() == "before"


@pytest.mark.parametrize("name", ["picture", "picture.gif", "picture.pdf.txt"])
def test_an_extension_that_says_nothing_is_refused(sample, tmp_path, name):
    with pytest.raises(ProjectError, match=r"\.pdf, \.svg, \.png, \.html"):
        steps(sample, tmp_path / name)


# -- from the window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path):
    return open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])


@pytest.mark.parametrize(("name", "written"), [("a.svg", "a.svg"), ("b", "b.pdf")])
def test_the_article_on_screen_becomes_a_picture(
    qtbot, window, tmp_path, monkeypatch, name, written
):
    asked = []

    def answer(parent, title, proposed, filters):
        asked.append(Path(proposed).name)
        return str(tmp_path / name), filters.split(";;")[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: "Picture written" in window.status.message.text())
    assert (tmp_path / written).stat().st_size > 1000
    assert asked[0].startswith("Ilse Varga said") and asked[0].endswith(".pdf")
    qtbot.waitUntil(lambda: not window.findChildren(Drawing))


def test_a_file_that_nobody_was_asked_about_is_not_replaced(qtbot, window, tmp_path, monkeypatch):
    (tmp_path / "b.pdf").write_text("before")
    answer = (str(tmp_path / "b"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
    (box,) = [b for b in window.findChildren(QMessageBox) if b.isVisible()]
    assert "is there already" in box.informativeText()
    assert (tmp_path / "b.pdf").read_text() == "before" and not window.findChildren(Drawing)
    box.close()


def test_a_picture_shows_what_the_canvas_shows(window):
    window.canvas.show_layer("entity", False)
    window.canvas.read_as(Reading(1.2, 50, 1.0, ""))
    subject = subject_of(window.canvas)
    assert (subject.hidden, subject.reading) == ({"entity"}, Reading(1.2, 50, 1.0, ""))


def test_drawing_can_be_cancelled_and_the_window_lives_on(qtbot, window, tmp_path, stage):
    hand = stage("A paragraph of the long article.\n" * 3000)
    subject = Subject(hand.canvas.document, BOOK)
    draw_picture(subject, tmp_path / "long.pdf", window.canvas, window)
    (drawing,) = window.findChildren(Drawing)
    qtbot.waitUntil(lambda: drawing.value() > 0)
    drawing.canceled.emit()
    qtbot.waitUntil(lambda: not window.findChildren(Drawing))
    assert not list(tmp_path.glob("*long.pdf*"))


def test_a_refusal_is_told_in_the_window(qtbot, window, tmp_path):
    subject = subject_of(window.canvas)
    draw_picture(subject, tmp_path / "none" / "a.pdf", window.canvas, window)
    qtbot.waitUntil(lambda: any(b.isVisible() for b in window.findChildren(QMessageBox)))
    (box,) = [b for b in window.findChildren(QMessageBox) if b.isVisible()]
    assert "Choose another folder" in box.informativeText()
    box.close()


@pytest.mark.parametrize("chosen", [True, False])
def test_printing_asks_for_a_printer(qtbot, window, tmp_path, chosen):
    asked = []

    def answer():
        (dialog,) = window.findChildren(QPrintDialog)
        asked.append(dialog)
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        dialog.done(QPrintDialog.DialogCode.Accepted if chosen else 0)

    QTimer.singleShot(0, answer)
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    assert asked
    if chosen:
        qtbot.waitUntil(lambda: window.status.message.text() == "Printed.")
        assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")
    else:
        assert not window.findChildren(Drawing)


def test_html_is_dark_on_screens_only(sample):
    rules = style_sheet(sample.codebook, sample.reading)
    dark = rules.index(DARK.page.name())
    assert rules.index(LIGHT.page.name()) < rules.index("@media") < dark
    assert "@media screen and (prefers-color-scheme: dark)" in rules[:dark]
