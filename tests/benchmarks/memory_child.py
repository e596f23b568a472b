"""One window, in a process of its own: prints how much memory it took, in MB, then ends.

Started as `python -m tests.benchmarks.memory_child bare|window|list FILE`; FILE is a text or a
project. The real window shows the article and scrolls through it page by page, or scrolls
through the list of articles and opens some.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

STATUS = Path("/proc/self/status")

OPENED = 20
"""How many articles are opened after the list."""

STEPS = 200
"""In how many steps the list is scrolled to its end."""


def show_bare(path: Path) -> None:
    """Show a file's text in the plainest window there is."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 800)
    window.setCentralWidget(QLabel(path.read_text("utf-8"), wordWrap=True))
    window.show()
    for _ in range(20):
        app.processEvents()
    print(resident())


def show_program(path: Path) -> None:
    """Scroll through the first article of a project, from its start to its end."""
    from tests.benchmarks.stage import Stage

    stage = Stage(path)
    bar = stage.canvas.verticalScrollBar()
    stage.canvas.relations_in_view = True
    while bar.value() < bar.maximum():
        stage.until_painted(lambda: bar.setValue(bar.value() + bar.pageStep()))
    stage.settle()
    print(resident())


def show_list(path: Path) -> None:
    """Scroll through the list of a project's articles to its end, and open some of them."""
    from tests.benchmarks.stage import Stage

    stage = Stage(path)
    articles = stage.window.articles
    bar = articles.view.verticalScrollBar()
    for step in range(STEPS + 1):
        bar.setValue(bar.maximum() * step // STEPS)
        stage.settle()
    last = articles.model.rowCount() - 1
    for number in range(OPENED):
        row = articles.model.article(articles.model.index(number * last // (OPENED - 1)))
        assert row is not None
        stage.until_painted(lambda shown=row.id: stage.bridge.open(shown))
        stage.settle()
    print(resident())


def resident() -> float:
    """Return the memory in use in MB; where the system does not tell, the most there was."""
    if STATUS.exists():
        line = next(x for x in STATUS.read_text("ascii").splitlines() if x.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource  # which Windows has not

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2 ** (20 if sys.platform == "darwin" else 10)


if __name__ == "__main__":
    kind, file = sys.argv[1], Path(sys.argv[2])
    {"bare": show_bare, "window": show_program, "list": show_list}[kind](file)
