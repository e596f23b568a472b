"""Articles to measure with: seeded, in our own words, tagged within the default codebook's rules.

A stanza is two paragraphs of 100 words with ten spans and three relations. In every second
one a claim is discontinuous, and two of the ten spans are nested or cross another: 5 % and 20 %.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from annotation.ids import derived_id
from annotation.model import Annotations, Argument, Article, Fragment, Relation, Span
from annotation.store import Entry

STANZA_WORDS = 100
STANZA_SPANS = 10
MADE_AT = "2026-01-05T08:00:00.000Z"
AUTHOR = "benchmark"

WORDS = {
    slot: words.split()
    for slot, words in {
        "first": "Ilse Tomas Lene Oren Maren Jory Petra Anselm Rika Bodo Salka Emmet",
        "last": "Varga Aas Lindqvist Oduya Kessler Marchetti Novak Ferris Haldane Brandt Sorel",
        "office": "mayor councillor engineer inspector harbourmaster spokeswoman minister",
        "body": "Council Authority Ministry Institute Union Chamber Commission Board",
        "town": "Halvik Orlund Senn Brackwater Tessary Marlow Eskfjord Dunmere Quill",
        "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "month": "January February March April June July September October November",
        "said": "said warned argued insisted announced conceded claimed wrote",
        "thing": "bridge ferry levy tunnel crane quay pier budget contract timetable viaduct",
        "state": "safe unfinished overdue crowded flooded expensive popular fragile hidden",
        "act": "closure strike inspection protest tender repair evacuation delay vote",
        "when": "soon twice again early late yesterday weekly",
        "filler": "the a slow grey river carried old timber past empty sheds while nobody watched "
        "from its northern bank and small boats waited under low cloud for orders that came by "
        "telephone in winter with little warning because every office kept separate books about "
        "cargo fees repairs wages weather visitors until clerks lost count of which copy was true",
    }.items()
}

INTERRUPTED = (
    "‹s ‹p {first} {last} p› , the {office} of ‹g {town} g› s› , ‹q {said} q› on ‹d {day} d› that "
    "nobody had seen the final figures for the {thing} before the meeting at the town hall . "
    "“ ‹c The {thing} is {state} and always has been , c› ” ‹t the {office} t› ‹r added r› "
    "{when} , “ ‹c and the {act} will not change it before {month} . c› ”\n"
    "The {thing} was built by hand . ‹k It has carried most of the traffic since then k› , and "
    "the ‹e {act} e› in {month} was the longest in its history . "
)
CROSSING = (
    "‹s The {town} ‹o {body} o› s› ‹q {said} q› in a letter that reached this paper on "
    "‹d {day} d› evening that ‹c the {thing} had been {state} since the ‹e {act} c› of last "
    "spring e› , and that more money would be needed {when} . Two members left the room .\n"
    "In ‹g {town} g› , ‹t the {office} t› ‹r said r› that ‹k the {thing} would stay {state} until "
    "somebody paid for the work k› . Residents have heard the same promise before , and few of "
    "them expected to see the {thing} open again this year . "
)
LABELS = {
    "s": ("discourse", "SOURCE"),
    "t": ("discourse", "SOURCE"),
    "q": ("discourse", "CUE"),
    "r": ("discourse", "CUE"),
    "c": ("discourse", "CLAIM"),
    "e": ("event", "EVENT"),
    "g": ("entity", "GPE"),
    "d": ("entity", "DATE"),
    "p": ("entity", "PERSON"),
    "o": ("entity", "ORG"),
    "k": ("discourse", "CLAIM"),
}
ATTRIBUTES = {
    ("discourse", "CLAIM"): {"voice": "attributed", "kind": "fact", "certainty": "certain"},
    ("discourse", "SOURCE"): {"affiliation": "government", "naming": "named"},
    ("discourse", "CUE"): {"cue_type": "assertion"},
    ("event", "EVENT"): {"realis": "actual"},
}
TIES = {
    INTERRUPTED: (
        ("ATTRIBUTION", (("claim", "c"), ("source", "t"), ("cue", "r"))),
        ("ABOUT", (("claim", "c"), ("event", "e"))),
        ("COREFERENCE", (("member", "s"), ("member", "t"))),
    ),
    CROSSING: (
        ("ATTRIBUTION", (("claim", "c"), ("source", "s"), ("cue", "q"))),
        ("ATTRIBUTION", (("claim", "k"), ("source", "t"), ("cue", "r"))),
        ("ABOUT", (("claim", "c"), ("event", "e"))),
    ),
}


@dataclass(frozen=True)
class Stanza:
    """100 words, where its marks stand in them, and which marks belong together."""

    text: str
    marks: dict[str, tuple[Fragment, ...]]
    ties: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def entry(words: int, spans: int, seed: int = 0) -> Entry:
    """Return an article of that many words with that many spans and about 0.3 relations each.

    Both are rounded down to whole stanzas, and spans go to stanzas spread evenly.
    """
    chance = random.Random(seed)
    count, tagged = max(words // STANZA_WORDS, 1), spans // STANZA_SPANS
    # In the order of import, like the ids that Pressmark makes.
    article_id = f"{seed:08x}" + derived_id("benchmark", str(seed), str(words), str(spans))[8:]
    stanzas = [_stanza(chance, number) for number in range(count)]
    text = "\n".join(stanza.text for stanza in stanzas)
    article = Article(
        id=article_id,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        title=f"{stanzas[0].text.split(',')[0][:40]}, report {seed}",
        outlet="The Halvik Courier",
        language="en",
        source_file=f"{seed:06}.txt",
        imported_at=MADE_AT,
    )
    found: list[Span] = []
    tied: list[Relation] = []
    start = 0
    for number, stanza in enumerate(stanzas):
        if number * tagged // count != (number + 1) * tagged // count:
            named = _spans(article, stanza, start, number)
            found += named.values()
            tied += _relations(article, stanza, named, number)
        start += len(stanza.text) + 1
    found.sort(key=lambda span: (span.start, -span.end))
    return Entry(article, Annotations(tuple(found), tuple(tied)))


def untagged(tagged: Entry) -> Entry:
    """Return another article with the same text but for a last line, and no spans."""
    text = tagged.article.text + "\n."
    article = replace(
        tagged.article,
        id=derived_id(tagged.article.id, "untagged"),
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
    )
    return Entry(article)


def entries(count: int, words: int, spans: int, seed: int = 0) -> Iterator[Entry]:
    """Yield that many different articles."""
    for number in range(count):
        yield entry(words, spans, seed + number)


def _stanza(chance: random.Random, number: int) -> Stanza:
    template = (INTERRUPTED, CROSSING)[number % 2]
    filled = template.format(**{slot: chance.choice(words) for slot, words in WORDS.items()})
    tokens = filled.replace("\n", " \n ").split(" ")
    missing = STANZA_WORDS - sum(token[:1].isalnum() and token[-1] != "›" for token in tokens)
    first, *rest = chance.choices(WORDS["filler"], k=missing)
    return _laid_down([*tokens, first.capitalize(), *rest, "."], TIES[template])


def _laid_down(
    tokens: list[str], ties: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
) -> Stanza:
    """Join the tokens as print does, and note where each mark opens and closes."""
    words: list[str] = []
    length = 0
    opened: dict[str, int] = {}
    marks: dict[str, tuple[Fragment, ...]] = {}
    waiting: list[str] = []
    glue = True
    for token in filter(None, tokens):
        if token[0] == "‹":
            waiting.append(token[1:])
        elif token[-1] == "›":
            name = token[:-1]
            marks[name] = (*marks.get(name, ()), (opened.pop(name), length))
        else:
            blank = "" if glue or token in ",.”\n" else " "
            words += blank, token
            opened |= dict.fromkeys(waiting, length + len(blank))
            waiting.clear()
            length += len(blank) + len(token)
            glue = token in "“\n"
    return Stanza("".join(words), marks, ties)


def _spans(article: Article, stanza: Stanza, start: int, number: int) -> dict[str, Span]:
    found = {}
    for mark, places in stanza.marks.items():
        layer, label = LABELS[mark]
        fragments = tuple((start + first, start + last) for first, last in places)
        found[mark] = Span(
            id=derived_id(article.id, str(number), mark),
            article_id=article.id,
            layer=layer,
            label=label,
            fragments=fragments,
            quotation=article.quote(fragments),
            annotator=AUTHOR,
            origin="manual",
            codebook_version=1,
            created_at=MADE_AT,
            modified_at=MADE_AT,
            attributes=ATTRIBUTES.get((layer, label), {}),
        )
    return found


def _relations(
    article: Article, stanza: Stanza, spans: dict[str, Span], number: int
) -> list[Relation]:
    return [
        Relation(
            id=derived_id(article.id, str(number), str(place), label),
            article_id=article.id,
            label=label,
            arguments=tuple(Argument(role, spans[mark].id) for role, mark in arguments),
            annotator=AUTHOR,
            origin="manual",
            codebook_version=1,
            created_at=MADE_AT,
            modified_at=MADE_AT,
        )
        for place, (label, arguments) in enumerate(stanza.ties)
    ]
