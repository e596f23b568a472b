"""How the text is shown: size, line width, spacing, font and theme, all at once on screen."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from ui import settings
from ui.canvas.measures import READING_POINTS, Reading, measures
from ui.canvas.scrolling import ZOOM_RANGE, PageView
from ui.look import change_theme, in_tab_order
from ui.spin_box import CountBox, MeasureBox

THEME_TITLES = {
    "": "As the system",
    "light": "Light",
    "dark": "Dark",
    "high contrast light": "High contrast, light",
    "high contrast dark": "High contrast, dark",
}


SPACING_RANGE = (1.0, 3.0)
"""How the lines can be set, as multiples of the usual distance."""


def bare(family: str) -> str:
    """Return a font's name without the foundry that Qt adds: "P052 [UKWN]" is P052."""
    return re.sub(r" \[[^]]*\]$", "", family)


def shown_families(families: list[str]) -> list[tuple[str, str]]:
    """Return the fonts as Qt calls them and as they are shown.

    Of those that differ in nothing but the foundry, which are the same font in two formats,
    the first is there; those that a system hides are not.
    """
    first: dict[str, str] = {}
    for family in families:
        if not family.startswith("."):
            first.setdefault(bare(family), family)
    return [(family, shown) for shown, family in first.items()]


class ReadingDialog(QDialog):
    """Changes how a view shows its text while one looks; the view stays usable beside it."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reading")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self.size = MeasureBox(minimum=_points(ZOOM_RANGE[0]), maximum=_points(ZOOM_RANGE[1]))
        self.width_ = CountBox(minimum=30, maximum=200, singleStep=5)
        self.spacing = MeasureBox(singleStep=0.1)
        self.family = QComboBox()
        self.theme = QComboBox()
        self._lay_out()
        self._show(view.reading)
        view.reading_changed.connect(self._show)
        self.size.valueChanged.connect(lambda points: self._read(zoom=points / READING_POINTS))
        self.width_.valueChanged.connect(lambda count: self._read(characters=count))
        self.spacing.valueChanged.connect(self._space)
        self.family.activated.connect(lambda row: self._read(family=self.family.itemData(row)))
        self.theme.activated.connect(self._wear)

    def reset(self) -> None:
        """Show the text as at the very first start."""
        self._view.read_as(Reading())
        self.theme.setCurrentIndex(0)
        self._wear()

    def _read(self, **chosen: object) -> None:
        self._view.read_as(self._view.reading._replace(**chosen))  # type: ignore[arg-type]

    def _space(self, lines: float) -> None:
        """Set the distance of the lines, given as a multiple of the font's own line."""
        spacing = min(max(lines - self._room(), SPACING_RANGE[0]), SPACING_RANGE[1])
        self._read(spacing=spacing)

    def _room(self) -> float:
        """Return how much of a line of the font the tags and connectors need beside it."""
        page = measures(*self._view.reading._replace(spacing=1.0))
        return page.line / QFontMetricsF(page.text).height() - 1

    def _wear(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        change_theme(app, self.theme.currentData())

    def _show(self, reading: Reading) -> None:
        """Show what holds, whoever changed it."""
        room = self._room()
        self.spacing.blockSignals(True)
        self.spacing.setRange(SPACING_RANGE[0] + room, SPACING_RANGE[1] + room)
        self.spacing.blockSignals(False)
        for box, value in (
            (self.size, _points(reading.zoom)),
            (self.width_, reading.characters),
            (self.spacing, reading.spacing + room),
        ):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        family = reading.family or self._view.font_in_use().family()
        row = self.family.findData(family)
        if row < 0:  # Qt may know it with its foundry only, or not at all
            row = self.family.findText(bare(family))
        self.family.setCurrentIndex(row)

    def _lay_out(self) -> None:
        self.size.setDecimals(1)
        self.size.setSingleStep(0.5)
        self.size.setSuffix(" pt")
        self.width_.setSuffix(" characters")
        self.spacing.setSuffix(" lines")
        self.spacing.setDecimals(1)
        self.spacing.setToolTip(
            "From line to line, in lines of the font itself; the least has room for the tags."
        )
        for family, shown in shown_families(QFontDatabase.families()):
            self.family.addItem(shown, family)
        for name, title in THEME_TITLES.items():
            self.theme.addItem(title, name)
        self.theme.setCurrentIndex(max(self.theme.findData(settings.theme()), 0))
        form = QFormLayout()
        for title, box in (
            ("&Size", self.size),
            ("Line &width", self.width_),
            ("Line s&pacing", self.spacing),
            ("&Font", self.family),
            ("&Theme", self.theme),
        ):
            form.addRow(title, box)
            box.setAccessibleName(title.replace("&", ""))
        kind = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kind.RestoreDefaults | kind.Close)
        buttons.button(kind.RestoreDefaults).clicked.connect(self.reset)
        for button in buttons.buttons():
            button.setAutoDefault(False)  # Enter in a box is for that box
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(buttons)
        in_tab_order([self.size, self.width_, self.spacing, self.family, self.theme, buttons])


def _points(zoom: float) -> float:
    return READING_POINTS * zoom
