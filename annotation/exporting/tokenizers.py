"""spaCy's own tokenizers, so that a model in training sees the same tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotation.model import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WITHOUT_LANGUAGE = "en"
"""What an article is taken to be written in when its metadata do not say."""

ANY_LANGUAGE = "xx"
"""spaCy's tokenizer for languages that it has no tokenizer for."""

ARTICLES_PER_PIPELINE = 2_000


class Tokenizers:
    """Blank pipelines by language, without components.

    A pipeline remembers every string it has seen; it is made anew now and then, so
    that memory stays bounded in a large project.
    """

    def __init__(self) -> None:
        self._pipelines: dict[str, Language] = {}
        self._used: dict[str, int] = {}
        self._known: dict[str, str] = {}
        self.replaced: set[str] = set()

    def tokenize(self, article: Article) -> Doc:
        """Return the article's text as a Doc, in `language_of(article)`."""
        language = self.language_of(article)
        self._used[language] = self._used.get(language, 0) + 1
        if self._used[language] > ARTICLES_PER_PIPELINE:
            self._pipelines[language] = _blank(language)
            self._used[language] = 1
        # Not nlp(text), which refuses texts of more than a million code points.
        return self._pipelines[language].tokenizer(article.text)

    def language_of(self, article: Article) -> str:
        """Return the code of the spaCy language for the article: "en" for "en-GB" and for none."""
        said = article.language
        if said not in self._known:
            self._known[said] = self._find(said.replace("_", "-").split("-")[0].strip().lower())
            if self._known[said] == ANY_LANGUAGE:
                self.replaced.add(said)
        return self._known[said]

    def _find(self, code: str) -> str:
        code = code or WITHOUT_LANGUAGE
        if code not in self._pipelines:
            try:
                self._pipelines[code] = _blank(code)
            except ImportError:  # an unknown language, or one whose tokenizer is not installed
                self._pipelines.setdefault(ANY_LANGUAGE, _blank(ANY_LANGUAGE))
                return ANY_LANGUAGE
        return code


def _blank(code: str) -> Language:
    import spacy

    return spacy.blank(code)
