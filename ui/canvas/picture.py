"""The annotated article as an image, drawn as the canvas draws it."""

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from annotation.codebook import Codebook
from annotation.document import Document
from annotation.errors import ProjectError
from ui.canvas.measures import measures
from ui.canvas.page import Page
from ui.canvas.painting import draw_block
from ui.theme import Theme

TALLEST = 20_000
"""The greatest height of a picture in pixels; what does not fit is left out."""

_MARGIN = 28


def draw_article(
    document: Document, codebook: Codebook, theme: Theme, width_px: int, path: Path
) -> int:
    """Write a PNG of the article with its annotations; return its height in pixels.

    Shows whole blocks from the start, up to a height of `TALLEST`. Needs a QGuiApplication
    (the offscreen platform will do). `ProjectError` when the file cannot be written.
    """
    m = measures()
    column = min(m.column, width_px - 2 * _MARGIN)
    page = Page(document, codebook, m, column)
    shown, height = 0, 2.0 * _MARGIN
    for number in range(len(page.blocks)):
        taller = height + page.block(number).height
        if taller > TALLEST and shown:
            break
        shown, height = number + 1, taller
    image = QImage(width_px, min(round(height), TALLEST), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.page))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate((width_px - column) / 2, _MARGIN)
    for number in range(shown):
        block = page.block(number)
        draw_block(painter, block, theme, m, QRectF(0, 0, column, block.height))
        painter.translate(0, block.height)
    painter.end()
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # the stub wants bytes
        raise ProjectError(f"The picture {path} cannot be written. Choose another folder.")
    return image.height()
