from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from annotation.codebook import Label
from annotation.codebook_file import default_codebook
from tests.ui.colour_vision import DEFICIENCIES, distance
from ui.canvas.inks import inks
from ui.look import palette_of, style_sheet
from ui.spin_box import CountBox, MeasureBox
from ui.theme import DARK, HIGH_CONTRAST_LIGHT, THEMES, Theme, contrast, luminance, mix, shades

BOOK = default_codebook()


def ids(theme: Theme) -> str:
    return theme.name


def test_contrast_is_that_of_wcag() -> None:
    black, white = QColor("#000000"), QColor("#FFFFFF")
    assert contrast(black, white) == contrast(white, black) == 21
    assert contrast(white, white) == 1
    assert luminance(QColor("#FF0000")) == pytest.approx(0.2126)
    # The two greys that WCAG's own examples give as just enough and just too little.
    assert contrast(QColor("#767676"), white) >= 4.5 > contrast(QColor("#777777"), white)


@pytest.mark.parametrize("theme", THEMES, ids=ids)
def test_the_window_can_be_read(theme: Theme) -> None:
    assert contrast(theme.ink, theme.page) >= 7
    assert contrast(theme.ink, theme.selection) >= (7 if theme.strong or not theme.dark else 4.5)
    if theme.dark:  # its ground can be seen, and the line below at 3 : 1 (WCAG 1.4.11)
        assert contrast(theme.selection, theme.page) >= 2.4
        assert contrast(theme.accent, theme.page) >= 3
        assert contrast(theme.accent, theme.selection) >= 2
    panel = palette_of(theme).color(QPalette.ColorRole.Window)
    assert contrast(theme.muted, panel) >= 4.5, "quiet words beside the text"
    for color in (theme.muted, theme.accent, theme.warning):
        assert contrast(color, theme.page) >= 4.5
    assert contrast(theme.caret, theme.page) >= 7


@pytest.mark.parametrize("theme", THEMES, ids=ids)
def test_every_label_of_the_codebook_can_be_read(theme: Theme) -> None:
    for label in BOOK.labels:
        found = shades(theme, label.color)
        assert contrast(found.bar, theme.page) >= 4.5, f"tag and bar of {label.name}"
        assert contrast(theme.ink, found.tint) >= 7, f"words tinted as {label.name}"
        assert contrast(found.tint, theme.page) > 1.08, f"{label.name} is tinted visibly"


@pytest.mark.parametrize("theme", THEMES, ids=ids)
@pytest.mark.parametrize("color", ["#000000", "#FFFFFF", "#FFFF00", "#0000FF", "#808080"])
def test_any_colour_a_researcher_chooses_can_be_read(theme: Theme, color: str) -> None:
    found = shades(theme, color)
    assert contrast(found.bar, theme.page) >= 4.5 and contrast(theme.ink, found.tint) >= 7


def test_themes_differ_and_mixing_goes_from_one_to_the_other() -> None:
    assert len({theme.name for theme in THEMES}) == 4
    assert DARK.dark and HIGH_CONTRAST_LIGHT.strong
    assert mix(QColor("#000000"), QColor("#FFFFFF"), 0.5).name() == "#808080"
    assert mix(DARK.page, DARK.ink, 0) == DARK.page and mix(DARK.page, DARK.ink, 1) == DARK.ink


def pairs(labels: list[Label]) -> Iterator[tuple[Label, Label]]:
    return combinations(labels, 2)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("theme", THEMES, ids=ids)
def test_lanes_and_the_usual_entities_differ_to_all_eyes(theme: Theme, deficiency: str) -> None:
    lanes = [label for label in BOOK.labels if label.layer != "entity"]
    usual = [label for label in BOOK.labels if label.layer == "entity" and label.key]
    assert (len(lanes), len(usual)) == (4, 9)
    for labels, least in ((lanes, 20.0), (usual, 5.0)):
        for one, other in pairs(labels):
            bars = shades(theme, one.color).bar, shades(theme, other.color).bar
            assert distance(*bars, deficiency) > least, f"{one.name} and {other.name}"


@pytest.mark.parametrize("theme", THEMES, ids=ids)
def test_colour_is_never_the_only_sign(theme: Theme) -> None:
    tags = [(label.layer, label.tag) for label in BOOK.labels]
    assert len(set(tags)) == len(tags), "tags tell labels apart where colours cannot"
    assert all(1 <= len(tag) <= 4 for _, tag in tags)


@pytest.mark.parametrize("theme", THEMES, ids=ids)
def test_what_is_picked_can_be_read(theme: Theme) -> None:
    for label in BOOK.labels:
        for pending in (False, True):
            ink = inks(theme, label.color, pending, picked=True)
            assert contrast(theme.ink, ink.ground) >= 7, label.name
            assert contrast(theme.page, ink.ground) >= (1.6 if theme.dark else 1.05), label.name
            ground = ink.inside.color()
            assert contrast(ink.text, ground) >= 4.5, f"the tag of {label.name} in its box"


def test_what_deficiencies_do_is_what_machado_says() -> None:
    red, green, yellow = QColor("#FF0000"), QColor("#00A000"), QColor("#B0A000")
    assert distance(red, red, "none") == 0
    assert distance(QColor("#000000"), QColor("#FFFFFF"), "none") == pytest.approx(100, abs=0.1)
    assert distance(green, yellow, "deuteranopia") < distance(green, yellow, "none") / 2
    assert distance(red, green, "tritanopia") > 50


@pytest.mark.parametrize("theme", THEMES, ids=ids)
@pytest.mark.parametrize("kind", [CountBox, MeasureBox])
def test_boxes_for_numbers_have_an_edge(qtbot: QtBot, theme: Theme, kind: type) -> None:
    box = kind()
    qtbot.addWidget(box)
    box.setPalette(palette_of(theme))
    box.setStyleSheet(style_sheet(theme))
    image = box.grab().toImage()
    ground = palette_of(theme).color(QPalette.ColorRole.Window)
    edge = image.pixelColor(0, image.height() // 2)
    assert contrast(edge, ground) >= 3


@pytest.mark.parametrize("theme", THEMES, ids=ids)
def test_the_track_of_progress_has_an_edge(qtbot: QtBot, theme: Theme) -> None:
    bar = QProgressBar(textVisible=False)
    qtbot.addWidget(bar)
    bar.setFixedSize(96, 6)
    bar.setPalette(palette_of(theme))
    bar.setStyleSheet(style_sheet(theme))
    image = bar.grab().toImage()
    ground = palette_of(theme).color(QPalette.ColorRole.Window)
    assert contrast(image.pixelColor(90, 0), ground) >= 3
