"""What stands around the text of an open project, and the work that goes on behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter

from ui import settings
from ui.article_list import ArticleList
from ui.bridge import SessionBridge
from ui.canvas import Canvas
from ui.doors import Doors
from ui.importing import Importing
from ui.indexing import Indexing
from ui.inspector import Inspector
from ui.palette import LabelPalette
from ui.prehighlighting import Prehighlighting
from ui.review_bar import ReviewBar
from ui.side_column import SideColumn

if TYPE_CHECKING:
    from ui.workspace import Workspace


class Panels:
    """The list on the left, labels and inspector on the right, suggestions below the text.

    And the work that goes on behind them: import, pre-highlighting and indexing.

    Built once the text is on screen, so that nobody who wants to read waits for them.
    """

    def __init__(
        self, bridge: SessionBridge, doors: Doors, canvas: Canvas, workspace: "Workspace"
    ) -> None:
        self.articles = ArticleList(bridge)
        self.palette = LabelPalette(bridge, canvas)
        self.inspector = Inspector(bridge)
        self.review = ReviewBar(bridge, canvas)
        self.prehighlighting = Prehighlighting(
            bridge, doors.open_for_reading(bridge.session.store.path), workspace
        )
        self.importing = Importing(bridge, workspace)
        self.indexing = Indexing(bridge.session.store, workspace)
        self._side = SideColumn()
        self.prehighlighting.work_changed.connect(workspace.work_changed)
        self.importing.work_changed.connect(workspace.work_changed)
        self.importing.begun.connect(self.prehighlighting.stop)
        self.importing.begun.connect(self.indexing.close)
        self.importing.ended.connect(self.indexing.begin)
        self.indexing.work_changed.connect(self._show_indexing)
        self._work_changed = workspace.work_changed
        self.indexing.ended.connect(self.articles.search_again)
        self.indexing.failed.connect(bridge.refused)
        bridge.changed.connect(self.indexing.wait)
        canvas.picked_changed.connect(self.inspector.show_picked)
        self.inspector.show_picked(canvas.picked)
        self.inspector.left.connect(canvas.setFocus)
        self.inspector.decided.connect(canvas.go_on)
        self.articles.left.connect(canvas.setFocus)
        for panel in (self.articles, self.palette, self.inspector, self.review):
            back = QShortcut(QKeySequence("Esc"), panel, canvas.setFocus)
            back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def place(self, columns: QSplitter) -> None:
        """Take the places left and right of the text; the text stays where it is."""
        sizes = columns.sizes()
        below_the_text = columns.widget(1).layout()
        if below_the_text is not None:
            below_the_text.addWidget(self.review)
        self._side.place(self.palette, self.inspector)
        for place, panel in ((0, self.articles), (2, self._side)):
            empty = columns.replaceWidget(place, panel)
            if empty is not None:
                empty.deleteLater()
            panel.show()
        columns.setSizes(sizes)
        if settings.layout("side").isEmpty():
            self._side.fit(sizes[2])

    def _show_indexing(self, what: str, done: int, total: int) -> None:
        """Show how far the index is, unless there is other work, which takes longer, to show."""
        if not self.prehighlighting.is_running and not self.importing.is_running:
            self._work_changed.emit(what, done, total)

    def stop(self) -> None:
        """Stop the work; what is stored stays."""
        self.indexing.stop()
        self.importing.stop()
        self.prehighlighting.stop()

    def close(self) -> None:
        """Leave no process behind, and remember the layout."""
        self.articles.close_finding()
        self.importing.close()
        self.indexing.close()
        self.prehighlighting.close()
        self._side.remember()
