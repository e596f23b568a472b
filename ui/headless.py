"""The whole job on the sample project where there is no screen: results as files, not a window."""

import os
from collections.abc import Callable
from pathlib import Path

from annotation.errors import ProjectError
from annotation.session import Session
from annotation.store import Store
from ui.places import data_folder

PICTURE_WIDTH = 1100
"""The picture's width in pixels: a comfortable column with a margin on each side."""


def show_without_window(open_sample: Callable[[], Store], annotator: str) -> int:
    """Pre-highlight the sample project, export it, and draw its first article.

    Says on standard output what was done and where the files are; returns the exit code.
    """
    print("There is no screen here, so Pressmark does its job on the sample project in files.")
    store = open_sample()
    try:
        results = data_folder() / "sample-results"
        results.mkdir(exist_ok=True)
        print(f"imported      {store.counts()['articles']} articles into {store.path}")
        print(f"suggested     {_prehighlight(store, annotator)}")
        for name in ("docbin", "jsonl"):
            print(f"exported      {_export(store, results / name, name)}")
        print(f"drew          {_draw(store, annotator, results / 'article.png')}")
    finally:
        store.close()
    print(f"Look into {results}")
    return 0


def _prehighlight(store: Store, annotator: str) -> str:
    from annotation.models import find_model
    from annotation.prehighlight import PreHighlight

    if store.read_only:
        return f"nothing: the project is {store.read_only}"
    try:
        model = find_model()
    except ProjectError as error:
        return f"nothing: {error}"
    PreHighlight(store, store.codebook(), model, annotator).run()
    pending = store.counts()["suggestions pending"]
    return f"{pending} entities wait for review ({model.author})"


def _export(store: Store, out: Path, name: str) -> str:
    from annotation.exporting import ExportOptions, export

    report = export(store, out, ExportOptions(name, everything=True))
    spans = sum(count for labels in report.spans.values() for count in labels.values())
    return f"{report.articles} articles with {spans} spans to {out}"


def _draw(store: Store, annotator: str, path: Path) -> str:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from ui.canvas.picture import draw_article
    from ui.theme import LIGHT

    application = QApplication.instance() or QApplication([])
    session = Session(store, annotator)
    document = session.open(next(store.article_ids()))
    draw_article(document, session.codebook, LIGHT, PICTURE_WIDTH, path)
    del application
    return f"“{document.article.title}” as {path}"
