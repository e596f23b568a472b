"""An article on numbered pages: a PDF file, or paper."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF
from PySide6.QtGui import (
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from annotation.errors import ProjectError
from ui.canvas.measures import Measures, measures
from ui.picture import Steps, Subject
from ui.picture.frame import small_font
from ui.picture.sheets import draw_sheet, sheets
from ui.picture.unfinished import unfinished

MARGINS = QMarginsF(18, 18, 18, 16)
"""Millimetres of paper around the text."""

_SHRUNK = 0.86
"""How much smaller than on screen letters are on paper, where one reads from nearer by."""

_FOOT = 26.0
"""Pixels at the bottom of a page for its number."""


def pdf_steps(subject: Subject, path: Path) -> Steps:
    """Write a PDF of A4 pages."""
    with unfinished(path) as part:
        writer = QPdfWriter(str(part))
        writer.setPageLayout(paper())
        writer.setResolution(dots())
        writer.setTitle(subject.document.article.title)
        writer.setCreator("Pressmark")
        yield from page_steps(subject, writer, str(path))
    return [path]


def paper() -> QPageLayout:
    """Return the usual page: A4, upright."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    unit = QPageLayout.Unit.Millimeter
    return QPageLayout(size, QPageLayout.Orientation.Portrait, MARGINS, unit)


def dots() -> int:
    """Return the dots an inch that letters are measured in; a device has to use the same."""
    return round(QGuiApplication.primaryScreen().logicalDotsPerInchX())


def page_steps(
    subject: Subject, device: QPagedPaintDevice, name: str, first: int = 1, last: int = 0
) -> Steps:
    """Draw an article on a device with pages, those from `first` to `last` (0: to the end).

    `ProjectError` when the device, which is called `name` to people, takes no picture.
    """
    m = measures(*subject.reading._replace(zoom=subject.reading.zoom * _SHRUNK))
    painter = QPainter()
    if not painter.begin(device):
        raise ProjectError(f"{name} cannot be written. Choose another place.")
    try:
        room = device.pageLayout().paintRectPixels(device.logicalDpiX())
        width, tall = room.width(), room.height() - _FOOT
        column = min(m.column, width)
        number = drawn = end = 0
        for sheet in sheets(subject, m, column, tall):
            yield end
            if sheet is None:
                continue
            number, end = number + 1, sheet.end
            if number < first or (last and number > last):
                continue
            if drawn:
                device.newPage()
            painter.save()
            painter.translate((width - column) / 2, 0)
            for _ in draw_sheet(painter, sheet, subject, m):
                yield end
            _number(painter, number, QPointF(0, tall + _FOOT - 4), subject, m)
            painter.restore()
            drawn += 1
    finally:
        painter.end()
    return []


def _number(
    painter: QPainter, number: int, place: QPointF, subject: Subject, measures: Measures
) -> None:
    painter.setFont(small_font(measures))
    painter.setPen(subject.theme.muted)
    painter.drawText(place, str(number))
