"""The slim bar below the text: how many suggestions are left, and what to do with them."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotation.counting import counted
from annotation.document import Document
from annotation.model import Change, Record, Suggestion
from ui.bridge import SessionBridge
from ui.canvas import Canvas, bulk
from ui.look import PANEL_MARGIN, Quiet


class ReviewBar(QWidget):
    """Is there while suggestions wait, or are hidden; counts along and never asks twice."""

    def __init__(
        self, bridge: SessionBridge, canvas: Canvas, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._canvas = canvas
        self._left = self._done = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._count)
        self.left = QLabel()
        self.done = Quiet()
        self.done.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName("Suggestions reviewed")
        self.progress.setFixedHeight(6)
        self.progress.setMaximumWidth(96)
        for gives_way in (self.left, self.progress):
            gives_way.setMinimumWidth(1)
        self.previous = _button("‹", "Previous suggestion (Shift+Tab)")
        self.next = _button("›", "Next suggestion (Tab)")
        self.accept = _button("Accept", "Accept it and go on to the next (Enter)")
        self.reject = _button("Reject", "Reject it and go on to the next (X)")
        self.many = _button("Many", "Decide on many suggestions at once")
        self.show_again = _button("Show", "Show the suggestions again")
        self._menu = QMenu(self)
        self._lay_out()
        self._connect()
        self._soon.start()  # shown before it has its place it would be a window

    def minimumSizeHint(self) -> QSize:
        """Return no width: a bar that comes and goes must not push the columns about."""
        return QSize(0, super().minimumSizeHint().height())

    # -- counting

    def _count(self) -> None:
        document = self._bridge.document
        if document is not None:
            self._left, self._done = document.count_pending(), document.count_reviewed()
            self._show()

    def _follow_opened(self, document: Document) -> None:
        self._left = self._done = 0
        self._soon.start()  # the text first

    def _follow_change(self, change: Change) -> None:
        document = self._bridge.document
        if document is None or document.blind or self._soon.isActive():
            return
        before, after = (_states(side, document) for side in (change.removed, change.added))
        if before or after:
            moved = Counter(after)
            moved.subtract(before)
            self._left += moved["pending"]
            self._done += moved["accepted"] + moved["rejected"]
            self._show()

    # -- showing

    def _show(self) -> None:
        document = self._bridge.document
        blind = document is not None and document.blind
        self.setVisible(blind or self._left > 0)
        for widget in self._usual:
            widget.setVisible(not blind)
        self.show_again.setVisible(blind)
        if blind:
            self.left.setText("Suggestions are hidden: you tag blind.")
            return
        self.left.setText(f"{counted(self._left, 'suggestion')} left")
        self.done.setText(f"{self._done:,} done")
        self.progress.setRange(0, max(self._left + self._done, 1))
        self.progress.setValue(self._done)
        self._allow()

    def _allow(self) -> None:
        """Offer what can be done to what is picked."""
        writable = not self._bridge.session.store.read_only
        for button in (self.accept, self.reject):
            button.setEnabled(writable and isinstance(self._canvas.picked, Suggestion))
        self.many.setEnabled(writable)
        self.show_again.setEnabled(writable)

    def _fill_menu(self) -> None:
        """Offer all in view, all in the article, and all of each label that is there."""
        self._menu.clear()
        document, canvas = self._bridge.document, self._canvas
        if document is None:
            return
        seen = len(bulk.in_view(canvas))
        in_view = self._menu.addAction(f"Accept all in view – {seen:,}")
        in_view.triggered.connect(lambda: bulk.accept_in_view(canvas))
        in_view.setEnabled(seen > 0)
        all_of_them = self._menu.addAction(f"Accept all in the article – {self._left:,}")
        all_of_them.triggered.connect(lambda: bulk.accept_all(canvas))
        labels = Counter((s.layer, s.label) for s in document.pending_suggestions())
        for title, act in (
            ("Accept all of a label", bulk.accept_label),
            ("Reject all of a label", bulk.reject_label),
        ):
            self._add_labels(self._menu.addMenu(title), labels, act)
        self._menu.addSeparator()
        self._menu.addAction("Hide in this article", self._hide)

    def _add_labels(
        self,
        menu: QMenu,
        labels: Counter[tuple[str, str]],
        act: Callable[[Canvas, str, str], None],
    ) -> None:
        codebook = self._bridge.session.codebook
        for (layer, name), count in labels.most_common():
            title = f"{codebook.called(layer, name)} – {count:,}"
            action = menu.addAction(title.replace("&", "&&"))
            action.triggered.connect(partial(_call, act, self._canvas, layer, name))

    def _hide(self) -> None:
        self._bridge.hide_suggestions(True, everywhere=False)

    def _show_again(self) -> None:
        """Show suggestions where they are hidden: in the article, else in the project."""
        document, store = self._bridge.document, self._bridge.session.store
        if document is not None:
            here = store.hides_suggestions(document.article.id)
            self._bridge.hide_suggestions(False, everywhere=not here)

    # -- building

    @property
    def _usual(self) -> tuple[QWidget, ...]:
        """What is there unless suggestions are hidden."""
        buttons = (self.previous, self.next, self.accept, self.reject, self.many)
        return (self.progress, self.done, *buttons)

    def _connect(self) -> None:
        canvas = self._canvas
        self._bridge.opened.connect(self._follow_opened)
        self._bridge.changed.connect(self._follow_change)
        self._bridge.blinded.connect(self._count)
        self._bridge.locked.connect(self._allow)
        canvas.picked_changed.connect(self._allow)
        self.previous.clicked.connect(lambda: canvas.next_suggestion(backward=True))
        self.next.clicked.connect(lambda: canvas.next_suggestion())
        self.accept.clicked.connect(canvas.accept_picked)
        self.reject.clicked.connect(canvas.reject_picked)
        self.show_again.clicked.connect(self._show_again)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.many.setMenu(self._menu)
        self.many.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        self.setAccessibleName("Suggestions")
        self.setObjectName("review_bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_MARGIN, 3, PANEL_MARGIN, 3)
        row.setSpacing(8)
        row.addWidget(self.progress)
        row.addWidget(self.left)
        row.addWidget(self.done, 1)
        for button in (*self._usual[2:], self.show_again):
            row.addWidget(button)
        self.hide()


def _states(side: Iterable[Record], document: Document) -> Counter[str]:
    return Counter(
        record.state
        for record in side
        if isinstance(record, Suggestion) and record.article_id == document.article.id
    )


def _call(
    act: Callable[[Canvas, str, str], None], canvas: Canvas, layer: str, label: str, _: bool = False
) -> None:
    act(canvas, layer, label)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton(text=text, autoRaise=True)
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(" (")[0])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the text
    return button
