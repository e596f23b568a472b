"""The application's palette, and the spaces and quiet texts that all panels share."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QLabel,
    QWidget,
)

from ui import settings
from ui.theme import Theme, choose_theme, mix, system_theme

FUSION_INDICATOR = 14
"""The side of a check box's indicator in Qt's style Fusion at 96 dots an inch."""

LEAST = 7
"""How many characters of an elided text are shown at least, or else its first alone."""

PANEL_MARGIN = 14
"""Pixels between a panel's edge and what is in it."""


def dress(app: QApplication) -> None:
    """Give the application the theme chosen last, or the system's, now and when that changes."""
    choose_theme(settings.theme())
    _wear(app)
    app.styleHints().colorSchemeChanged.connect(lambda scheme: _wear(app))


def change_theme(app: QApplication, name: str) -> None:
    """Wear another theme (one of `THEMES` by its name) at once; an empty name is the system's."""
    choose_theme(name)
    settings.remember_theme(name)
    app.setPalette(QPalette())  # the system's own, which may have to tell what is wanted
    _wear(app)


def _wear(app: QApplication) -> None:
    theme = system_theme()
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """Return what Qt's own style is asked to do otherwise.

    Scroll bars have no arrows; they and the edges of fields are to be seen at 3 : 1 and
    more (WCAG 1.4.11), in the high-contrast themes those of buttons and lists, too: Qt's own
    style takes them from the ground, and nothing is darker than black. The buttons of dialogs
    have no pictures, since only some would.
    """
    grip, pointed = (
        mix(theme.page, theme.ink, 1.0 if theme.strong else share).name() for share in (0.55, 0.75)
    )
    track = mix(theme.page, theme.ink, 0.15).name()
    edges = f"""
        QComboBox, QPushButton {{ border: 1px solid {grip}; border-radius: 4px; }}
        QComboBox {{ padding: 2px 4px; }}
        QPushButton {{ padding: 4px 14px; background: {track}; }}
        QComboBox:focus, QPushButton:focus {{ border: 2px solid {theme.accent.name()}; }}
        QComboBox:disabled, QPushButton:disabled {{ border-color: {grip}60; }}
    """
    return f"""
        QLineEdit, QPlainTextEdit {{
            background: palette(base); border: 1px solid {grip}; border-radius: 4px;
        }}
        QLineEdit {{ padding: 2px 5px; }}
        QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {theme.accent.name()}; }}
        QLineEdit:disabled, QPlainTextEdit:disabled {{ border-color: {grip}40; }}
        QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0; }}
        {edges if theme.strong else ""}
        QProgressBar {{ background: {track}; border: 1px solid {grip}; border-radius: 3px; }}
        QProgressBar::chunk {{ background: {theme.accent.name()}; border-radius: 2px; }}
        QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
        QScrollBar {{ background: transparent; border: none; margin: 0; }}
        QScrollBar:vertical {{ width: 12px; }}
        QScrollBar:horizontal {{ height: 12px; }}
        QScrollBar::handle {{ background: {grip}; border-radius: 3px; margin: 3px; }}
        QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {pointed}; }}
        QScrollBar::handle:vertical {{ min-height: 36px; }}
        QScrollBar::handle:horizontal {{ min-width: 36px; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
    """


def palette_of(theme: Theme) -> QPalette:
    """Return a theme as Qt's palette: panels a little off the page, one accent."""
    role = QPalette.ColorRole
    panel = mix(theme.page, theme.ink, 0.0 if theme.strong else 0.045)
    button = mix(theme.page, theme.ink, 0.08 if theme.dark else 0.02)
    field = mix(theme.page, theme.ink, 0.1) if theme.dark and not theme.strong else theme.page
    palette = QPalette(button, panel)
    for each, colour in (
        (role.Window, panel),
        (role.WindowText, theme.ink),
        (role.Base, field),
        (role.AlternateBase, panel),
        (role.Text, theme.ink),
        (role.Button, button),
        (role.ButtonText, theme.ink),
        (role.BrightText, theme.warning),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.page),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.ToolTipBase, theme.page),
        (role.ToolTipText, theme.ink),
        (role.PlaceholderText, theme.muted),
    ):
        palette.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, mix(theme.ink, panel, 0.5))
    return palette


def accent(palette: QPalette) -> QColor:
    """Return the one colour for what is chosen, readable on the window's ground."""
    return QColor(palette.color(QPalette.ColorRole.Accent))


class Quiet(QLabel):
    """A text that stands back: still at 4.5 : 1 and more."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)


class Elided(Quiet):
    """A quiet text on one line that is cut with an ellipsis where it has no room."""

    def minimumSizeHint(self) -> QSize:
        """Return the size of the shortest text that makes sense: a sign."""
        return QSize(self.fontMetrics().horizontalAdvance("✓…"), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for, at the right edge."""
        side = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), side, self.width())
        if words != self.text() and len(words) < LEAST:
            words = self.text()[:1]  # two letters of a name say less than the sign alone
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), right, words)


def heading(text: str) -> QLabel:
    """Return the title of a part of a panel."""
    label = QLabel(text)
    font = QFont(label.font())
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


class Rule(QFrame):
    """A thin line between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.HLine)
        self.setFrameShadow(QFrame.Shadow.Plain)
        self.setForegroundRole(QPalette.ColorRole.Mid)
        self.setFixedHeight(1)


class TickBox(QCheckBox):
    """A check box whose edge can be seen in every theme, at 3 : 1 and more (WCAG 1.4.11)."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box as the style does, and its edge again."""
        super().paintEvent(event)
        # Not asked of the style: the Python type of a QStyle takes 8 ms of every start.
        size = round(FUSION_INDICATOR * self.logicalDpiX() / 96)
        left = self.width() - size if self.isRightToLeft() else 0
        edge = QRect(left, (self.height() - size) // 2, size - 1, size - 1)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawRect(edge)


def in_tab_order(widgets: Iterable[QWidget]) -> None:
    """Let Tab go through these widgets one after another."""
    for one, next_one in pairwise(widgets):
        QWidget.setTabOrder(one, next_one)


def shortened(text: str, length: int) -> str:
    """Return the beginning of a text, with an ellipsis where it is cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
