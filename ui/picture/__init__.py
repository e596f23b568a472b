"""Pictures of an annotated article: PDF, SVG, PNG and HTML files, and paper.

Every writer is a generator of steps: it yields how many code points of the article are done,
after every sheet or paragraph, so that a window can go on living between two of them. To
close a generator early is to cancel; nothing is left of what it wrote. `finish` does all at
once.
"""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import NamedTuple

from annotation.codebook import Codebook
from annotation.document import Document
from annotation.errors import ProjectError
from ui.canvas.measures import Reading
from ui.theme import LIGHT, Theme

Steps = Generator[int, None, list[Path]]
"""Steps of a picture; at the end it returns the files that were written."""


class Subject(NamedTuple):
    """What is to be seen in a picture: an article as a person reads it, without hidden layers."""

    document: Document
    codebook: Codebook
    reading: Reading = Reading()
    hidden: frozenset[str] = frozenset()
    theme: Theme = LIGHT


FORMATS = {
    "pdf": "PDF, in pages",
    "svg": "SVG, to be edited or put on a slide",
    "png": "PNG, an image",
    "html": "HTML, a page for any browser",
}
"""Extensions of files that can be written, with what they are in words."""


def steps(subject: Subject, path: Path) -> Steps:
    """Write a picture in the form that the path's extension names; see `FORMATS`.

    `ProjectError` for another extension, or where the file cannot be written.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise ProjectError(
            f"{path.name} has no extension that says what kind of picture it is to be ({known})."
        )
    return _writer(form)(subject, path)


def finish(work: Steps) -> list[Path]:
    """Carry out all steps; return the files written."""
    try:
        while True:
            next(work)
    except StopIteration as end:
        return list(end.value)


def _writer(form: str) -> Callable[[Subject, Path], Steps]:
    if form == "html":
        from ui.picture.html import html_steps

        return html_steps
    if form == "pdf":
        from ui.picture.pages import pdf_steps

        return pdf_steps
    from ui.picture.images import image_steps

    return image_steps
