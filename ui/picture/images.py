"""An article as PNG or SVG: one tall image, or several where one would be too tall to open."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from annotation.errors import ProjectError
from ui.canvas.measures import Measures, measures
from ui.picture import Steps, Subject
from ui.picture.sheets import Sheet, draw_sheet, sheets
from ui.picture.svg_text import name_fonts
from ui.picture.unfinished import unfinished

TALLEST = 8_000
"""The greatest height of one image in pixels of the screen; more become several images."""

SHARP = 2
"""How many dots of a PNG there are to a pixel of the screen."""

MARGIN = 28

PATIENCE = 0.004
"""Seconds at a time to wait for an image to be packed."""


def image_steps(subject: Subject, path: Path) -> Steps:
    """Write NAME.png or NAME.svg; a long article becomes NAME-1.png, NAME-2.png and so on."""
    write = _write_svg if path.suffix.lower() == ".svg" else _write_png
    m = measures(*subject.reading)
    waiting: Sheet | None = None
    written: list[Path] = []
    end = 0
    try:
        for sheet in sheets(subject, m, m.column, TALLEST - 2 * MARGIN):
            yield end
            if sheet is not None and waiting is not None:
                written.append(_numbered(path, len(written) + 1))
                yield from write(written[-1], waiting, subject, m)
                end = waiting.end
            waiting = sheet or waiting
        assert waiting is not None
        written.append(_numbered(path, len(written) + 1) if written else path)
        yield from write(written[-1], waiting, subject, m)
    except GeneratorExit:
        for part in written[:-1]:
            part.unlink(missing_ok=True)
        raise
    return written


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def _size(sheet: Sheet, measures: Measures) -> QSize:
    return QSize(round(measures.column) + 2 * MARGIN, round(sheet.height) + 2 * MARGIN)


def _draw(painter: QPainter, sheet: Sheet, subject: Subject, m: Measures) -> Iterator[int]:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(painter.window(), subject.theme.page)
    painter.translate(MARGIN, MARGIN)
    for _ in draw_sheet(painter, sheet, subject, m):
        yield sheet.end


def _write_png(path: Path, sheet: Sheet, subject: Subject, m: Measures) -> Iterator[int]:
    image = QImage(_size(sheet, m) * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    with unfinished(path) as part:
        painter = QPainter(image)
        try:
            yield from _draw(painter, sheet, subject, m)
        finally:
            painter.end()
        with ThreadPoolExecutor(1) as aside:  # packing takes long, and Qt lets others run
            packed = aside.submit(image.save, str(part), "PNG")  # type: ignore[call-overload]
            while wait([packed], PATIENCE).not_done:
                yield sheet.end
        if not packed.result():
            raise ProjectError(f"{path} cannot be written. Choose another folder.")


def _write_svg(path: Path, sheet: Sheet, subject: Subject, m: Measures) -> Iterator[int]:
    from PySide6.QtSvg import QSvgGenerator

    size = _size(sheet, m)
    with unfinished(path) as part:
        generator = QSvgGenerator()
        generator.setFileName(str(part))
        generator.setSize(size)
        generator.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInchX()))
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(subject.document.article.title)
        generator.setDescription("Drawn by Pressmark")
        painter = QPainter(generator)
        try:
            yield from _draw(painter, sheet, subject, m)
        finally:
            painter.end()
        name_fonts(part, m)
