"""The window on a real X screen, where fonts, focus and painting are not Qt's own imitation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from annotation.codebook_file import default_codebook
from annotation.importing import import_paths
from storage import create_project

HERE = Path(__file__).parent


def test_the_window_shows_and_tags_on_a_real_screen(display: str, tmp_path: Path) -> None:
    article, project = tmp_path / "a.txt", tmp_path / "a.pressmark"
    article.write_text("Denied, said the minister, who had not been asked.\n" * 30, "utf-8")
    store = create_project(project, default_codebook())
    import_paths(store, [article], "ada")
    store.close()
    picture = tmp_path / "screen.png"
    done = subprocess.run(
        [sys.executable, str(HERE / "on_screen.py"), str(project), str(picture)],
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "could not load the Qt platform plugin" in done.stderr.lower():
        pytest.skip("the system libraries for a window are not installed")
    assert done.stdout.split() == ["xcb", "CLAIM", "Denied"], done.stderr
    image = QImage(str(picture))
    assert image.width() > 1000
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 700, 3)}
    assert len(colours) > 60, "a window of text, bars and chips has many colours"
