from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from annotation.codebook_file import default_codebook
from annotation.document import Document
from annotation.errors import ProjectError
from annotation.importing import import_paths
from storage import create_project
from ui.canvas.picture import TALLEST, draw_article
from ui.theme import DARK, LIGHT, shades

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "harbour-bridge.jsonl"


@pytest.fixture
def sample(tmp_path, qapp):
    store = create_project(tmp_path / "sample.pressmark", default_codebook())
    import_paths(store, [SAMPLE], "ada")
    yield Document(store.article(next(store.article_ids())), store)
    store.close()


def colors(image):
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, 400)}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_sample_is_drawn_with_all_its_kinds_of_marks(sample, tmp_path, theme):
    path = tmp_path / "picture.png"
    height = draw_article(sample, default_codebook(), theme, 700, path)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (700, height) and height > 2000
    seen = colors(image)
    assert theme.page.name() in seen
    for label in default_codebook().labels:
        if label.name in ("CLAIM", "SOURCE", "CUE", "GPE"):
            assert shades(theme, label.color).bar.name() in seen, label.name
        if label.name == "GPE":
            assert shades(theme, label.color).tint.name() in seen


def test_a_picture_is_no_taller_than_others_can_open(stage, tmp_path):
    hand = stage("A paragraph of the long article.\n" * 2000)
    path = tmp_path / "picture.png"
    assert (
        0.9 * TALLEST
        < draw_article(hand.canvas.document, default_codebook(), LIGHT, 400, path)
        <= TALLEST
    )


def test_a_folder_that_is_not_there_is_told(sample, tmp_path):
    with pytest.raises(ProjectError, match="cannot be written"):
        draw_article(sample, default_codebook(), LIGHT, 400, tmp_path / "none" / "picture.png")
