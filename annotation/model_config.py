"""A spaCy model's `config.cfg`, reduced to what finds entities and to what runs no foreign code.

A configuration names the functions that build the pipeline: whatever Python function is
registered under a name is called. Here only names of spaCy itself pass, each looked at and
listed below, and everything that is not needed for entities is left out, training foremost.
What is written in its place is plain values: what was checked is what spaCy reads.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from annotation.errors import ProjectError

ENTITY_FACTORIES = ("ner", "entity_ruler", "span_ruler")
"""The components that find entities."""

NEEDED_FACTORIES = (*ENTITY_FACTORIES, "tok2vec")
"""The components that are kept."""

UNNEEDED_FACTORIES = (
    *("tagger", "morphologizer", "parser", "senter", "sentencizer", "attribute_ruler"),
    *("lemmatizer", "trainable_lemmatizer", "textcat", "textcat_multilabel", "entity_linker"),
    *("spancat", "spancat_singlelabel", "span_finder", "merge_noun_chunks", "doc_cleaner"),
)
"""Components of spaCy that are left out: nothing of theirs is kept, read or run."""

LISTENER = "spacy.Tok2VecListener.v1"
"""What reads the vectors of a component `tok2vec`."""

ARCHITECTURES = (
    "spacy.TransitionBasedParser.v2",
    *("spacy.Tok2Vec.v2", LISTENER, "spacy.HashEmbedCNN.v2"),
    *("spacy.MultiHashEmbed.v2", "spacy.CharacterEmbed.v2"),
    *("spacy.MaxoutWindowEncoder.v2", "spacy.MishWindowEncoder.v2"),
)
"""Networks of spaCy's own: arithmetic only; none reads a file or loads PyTorch."""

FUNCTIONS = {
    "@architectures": ARCHITECTURES,
    "@misc": (
        "spacy.levenshtein_compare.v1",
        *("spacy.first_longest_spans_filter.v1", "spacy.prioritize_new_ents_filter.v1"),
        "spacy.prioritize_existing_ents_filter.v1",
    ),
}
"""What a component may name, by registry."""

TOKENIZER, VECTORS = "spacy.Tokenizer.v1", "spacy.Vectors.v1"

LARGEST = {"depth": 64, "rows": 2_000_000}
"""The largest number of a setting where that is not 100,000."""

LONGEST = 10_000
"""The most entries of a list, and the longest text, in a configuration."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_SETTING = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Pipeline(NamedTuple):
    """A checked configuration: its language, its kept components with their factories, the rest."""

    language: str
    factories: Mapping[str, str]
    config: dict[str, Any]

    def text(self) -> str:
        """Return it as spaCy reads it."""
        from thinc.api import Config

        return str(Config(self.config).to_str())


def read_config(text: str) -> Pipeline:
    """Return the configuration that is kept of a model's.

    Raises `ProjectError` where it names a function or component that is not spaCy's own, is
    for a language that spaCy does not have, finds no entities, or cannot be read.
    """
    whole = _parsed(text)
    nlp = _table(whole.get("nlp"), "nlp")
    language = nlp.get("lang")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language) or not _known(language):
        raise ProjectError(f"its language {language!r} is none that spaCy knows.")
    _same(nlp, "tokenizer", "@tokenizers", TOKENIZER)
    _same(nlp, "vectors", "@vectors", VECTORS)
    for name in ("before_creation", "after_creation", "after_pipeline_creation"):
        if nlp.get(name) is not None:
            raise ProjectError(f"it wants functions of its own to be run ({name}).")
    components = _table(whole.get("components"), "components")
    kept = _kept(nlp.get("pipeline"), components)
    if not any(factory in ENTITY_FACTORIES for factory, _ in kept.values()):
        raise ProjectError("it does not look for entities: it has no component that does.")
    if LISTENER not in repr(kept):  # the entity recogniser has vectors of its own
        kept = {name: one for name, one in kept.items() if one[0] != "tok2vec"}
    return Pipeline(
        language,
        {name: factory for name, (factory, _) in kept.items()},
        {
            "nlp": {
                "lang": language,
                "pipeline": list(kept),
                "disabled": [],
                "before_creation": None,
                "after_creation": None,
                "after_pipeline_creation": None,
                "batch_size": 256,
                "tokenizer": {"@tokenizers": TOKENIZER},
                "vectors": {"@vectors": VECTORS},
            },
            "components": {n: {"factory": f, **settings} for n, (f, settings) in kept.items()},
        },
    )


def _parsed(text: str) -> Mapping[str, Any]:
    """Read the sections that matter, with the places filled in that refer to others."""
    from thinc.api import Config

    try:
        whole = Config().from_str(text, interpolate=False)
        needed = {name: whole[name] for name in ("nlp", "components") if name in whole}
        found: Mapping[str, Any] = Config(needed).interpolate()
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise ProjectError(f"it cannot be read ({_first_line(error)}).") from error
    return found


def _kept(
    pipeline: object, components: Mapping[str, Any]
) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Return factory and settings of each component that is kept, in the pipeline's order."""
    kept = {}
    for name in pipeline if isinstance(pipeline, list) else ():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ProjectError(f"a component has the odd name {_shown(name)}.")
        settings = dict(_table(components.get(name), f"components.{name}"))
        factory = settings.pop("factory", None)
        if factory in UNNEEDED_FACTORIES:
            continue
        if factory not in NEEDED_FACTORIES:
            raise ProjectError(
                f"its component “{name}” is not one of spaCy's own ({_shown(factory)}). Code of "
                "a model is not run."
            )
        settings.pop("scorer", None)  # for training only
        kept[name] = (str(factory), _checked(settings, f"components.{name}"))
    return kept


def _checked(value: Any, where: str) -> Any:
    """Return a setting if it is plain, of bounded size, and names no function but the known."""
    if isinstance(value, Mapping):
        return {name: _entry(name, inner, f"{where}.{name}") for name, inner in value.items()}
    if isinstance(value, list):
        if len(value) > LONGEST:
            raise ProjectError(f"{where} is too long.")
        return [_checked(item, where) for item in value]
    if isinstance(value, str):
        if len(value) > LONGEST or "${" in value or not value.isprintable():
            raise ProjectError(f"{where} is an odd text.")
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        most = LARGEST.get(where.rpartition(".")[2], 100_000)
        if not -most <= value <= most:
            raise ProjectError(f"{where} is {value}: more than {most:,} cannot be meant.")
    elif value is not None and not isinstance(value, bool):
        raise ProjectError(f"{where} is no plain value.")
    return value


def _entry(name: str, value: Any, where: str) -> Any:
    if name.startswith("@"):
        if value not in FUNCTIONS.get(name, ()):
            raise ProjectError(
                f"it wants the function {_shown(value)} to be run ({where}), which is none of "
                "those of spaCy that Pressmark knows to be harmless."
            )
        return value
    if not _SETTING.fullmatch(name):
        raise ProjectError(f"{where} has an odd name.")
    return _checked(value, where)


def _same(nlp: Mapping[str, Any], name: str, registry: str, function: str) -> None:
    said = nlp.get(name, {registry: function})
    if said != {registry: function}:
        raise ProjectError(
            f"its {name} is not spaCy's own ({_shown(said)}). Code of a model is not run."
        )


def _known(language: str) -> bool:
    from importlib.util import find_spec

    return find_spec(f"spacy.lang.{language}") is not None


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ProjectError(f"it has no section [{where}].")
    return value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return _shown(lines[0] if lines else type(error).__name__).strip("'\"")
