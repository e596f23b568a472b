"""The whole job on the sample project where there is no screen: results as files, not a window."""

import os
from collections.abc import Callable
from pathlib import Path

from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.store import ArticleFilter, Store
from ui.places import data_folder


def show_without_window(open_sample: Callable[[], Store], annotator: str) -> int:
    """Pre-highlight the sample project, export it, and draw its first article.

    Says on standard output what was done and where the files are; returns the exit code.
    """
    print("There is no screen here, so Pressmark does its job on the sample project in files.")
    store = open_sample()
    try:
        results = data_folder() / "sample-results"
        results.mkdir(exist_ok=True)
        print(f"imported      {counted(store.counts()['articles'], 'article')} into {store.path}")
        print(f"suggested     {_prehighlight(store, annotator)}")
        for name in ("docbin", "jsonl"):
            print(f"exported      {_export(store, results / name, name)}")
        print(f"drew          {_drawn(store, results / 'article.png')}")
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
    return f"{counted(pending, 'entity waits', 'entities wait')} for review ({model.author})"


def _export(store: Store, out: Path, name: str) -> str:
    from annotation.exporting import ExportOptions, export

    report = export(store, out, ExportOptions(name, everything=True))
    spans = sum(count for labels in report.spans.values() for count in labels.values())
    return f"{counted(report.articles, 'article')} with {counted(spans, 'span')} to {out}"


def _drawn(store: Store, path: Path) -> str:
    title, files = draw(store, 1, path)
    return f"“{title}” as {files[0]}"


def draw(store: Store, number: int, path: Path) -> tuple[str, list[Path]]:
    """Draw the article of a number (from 1) into a file; return its title and the files.

    `ProjectError` when there is no such article or the file cannot be written.
    """
    rows = store.article_rows(ArticleFilter(), after=number - 1, limit=1)
    if not rows or rows[0].number != number:
        raise ProjectError(f"{store.path} has no article {number}.")
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from annotation.document import Document
    from ui.picture import Subject, finish, steps

    application = QApplication.instance() or QApplication([])
    document = Document(store.article(rows[0].id), store)
    files = finish(steps(Subject(document, store.codebook()), path))
    del application
    return document.article.title, files
