"""A real project in a real file, and records to put in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotation.model import Article
from storage import ProjectFile, create_project
from tests.storage.making import BOOK, add_article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.pressmark"


@pytest.fixture
def store(path: Path) -> Iterator[ProjectFile]:
    project = create_project(path, BOOK, annotator="anna")
    yield project
    project.close()


@pytest.fixture
def article(store: ProjectFile) -> Article:
    return add_article(store, "Acme 😀 said it would buy Beta, sources told the Gazette.")
