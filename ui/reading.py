"""How the text is shown: size, line width, spacing, font and theme, all at once on screen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui import settings
from ui.canvas.measures import READING_POINTS, Reading
from ui.canvas.scrolling import ZOOM_RANGE, PageView
from ui.look import change_theme, in_tab_order

THEME_TITLES = {
    "": "As the system",
    "light": "Light",
    "dark": "Dark",
    "high contrast light": "High contrast, light",
    "high contrast dark": "High contrast, dark",
}


class ReadingDialog(QDialog):
    """Changes how a view shows its text while one looks; the view stays usable beside it."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reading")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self.size = QDoubleSpinBox(minimum=_points(ZOOM_RANGE[0]), maximum=_points(ZOOM_RANGE[1]))
        self.width_ = QSpinBox(minimum=30, maximum=200, singleStep=5)
        self.spacing = QDoubleSpinBox(minimum=1.0, maximum=3.0, singleStep=0.1)
        self.family = QFontComboBox()
        self.theme = QComboBox()
        self._lay_out()
        self._show(view.reading)
        view.reading_changed.connect(self._show)
        self.size.valueChanged.connect(lambda points: self._read(zoom=points / READING_POINTS))
        self.width_.valueChanged.connect(lambda count: self._read(characters=count))
        self.spacing.valueChanged.connect(lambda factor: self._read(spacing=factor))
        self.family.currentFontChanged.connect(lambda font: self._read(family=font.family()))
        self.theme.activated.connect(self._wear)

    def reset(self) -> None:
        """Show the text as at the very first start."""
        self._view.read_as(Reading())
        self.theme.setCurrentIndex(0)
        self._wear()

    def _read(self, **chosen: object) -> None:
        self._view.read_as(self._view.reading._replace(**chosen))  # type: ignore[arg-type]

    def _wear(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        change_theme(app, self.theme.currentData())

    def _show(self, reading: Reading) -> None:
        """Show what holds, whoever changed it."""
        family = reading.family or self._view.font_in_use().family()
        for box, value in (
            (self.size, _points(reading.zoom)),
            (self.width_, reading.characters),
            (self.spacing, reading.spacing),
        ):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self.family.blockSignals(True)
        self.family.setCurrentFont(QFont(family))
        self.family.blockSignals(False)

    def _lay_out(self) -> None:
        self.size.setDecimals(1)
        self.size.setSingleStep(0.5)
        self.size.setSuffix(" pt")
        self.width_.setSuffix(" characters")
        self.spacing.setSuffix(" ×")
        self.spacing.setDecimals(1)
        self.family.setEditable(False)
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
