"""Random damage to a project: it opens or says why not, and repair saves what is left of it.

Each run damages a copy of one project, tries to open it, repairs it into a new file and
holds that against the original: an annotation that is saved is where it was, in words that
say the same, or the report tells of it.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotation.checking import check
from annotation.codebook_file import default_codebook
from annotation.errors import ProjectError
from annotation.ids import new_id, now
from annotation.model import Article, Change, Relation, Span
from annotation.salvage import SalvageReport
from storage import ProjectFile, create_project, keys, open_project
from storage.salvage import salvage
from tests.benchmarks.corpus import entries
from tests.benchmarks.measure import scratch_folder
from tests.soak.protecting import protect

PAGE = 4096
ARTICLES, WORDS, SPANS = 60, 300, 30


@dataclass
class Contents:
    """What a project holds, by ids."""

    articles: dict[str, Article] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)


@dataclass
class Tally:
    """What came of the damage."""

    runs: int = 0
    opened: int = 0
    sound: int = 0
    repaired: int = 0
    slowest: float = 0.0
    shares: list[float] = field(default_factory=list)
    links: list[float] = field(default_factory=list)
    by_kind: Counter[str] = field(default_factory=Counter)
    saved_by_kind: dict[str, float] = field(default_factory=dict)
    earlier: int = 0
    failures: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        kinds = ", ".join(
            f"{kind} {self.saved_by_kind.get(kind, 0.0) / count:.0%} ({count})"
            for kind, count in sorted(self.by_kind.items())
        )
        return [
            f"{self.runs} damaged files: {self.opened} could be opened ({self.sound} of them "
            f"were sound all the same), {self.repaired} were repaired (the slowest in "
            f"{self.slowest:.1f} s)",
            f"saved on average: {_mean(self.shares):.1%} of the spans, "
            f"{_mean(self.links):.1%} of the relations; spans by damage: {kinds}",
            f"{self.earlier} records were saved in an earlier state, as their reports say",
            f"{len(self.failures)} failures",
            *self.failures,
        ]


def run(
    runs: int,
    seed: int,
    model: str = "",
    tell: Callable[[str], None] = print,
    encrypted: bool = False,
) -> Tally:
    """Damage so many copies of a project."""
    tally = Tally()
    chance = random.Random(seed)
    with scratch_folder() as folder:
        original = folder / "original.pressmark"
        _make(original, chance)
        if encrypted:
            protect(original)
        key = keys.of(original)
        data = original.read_bytes()
        whole = _contents(original)
        for number in range(runs):
            kind = chance.choice(tuple(DAMAGES))
            path, out = folder / f"{number}.pressmark", folder / f"{number}-repaired.pressmark"
            path.write_bytes(DAMAGES[kind](bytearray(data), chance))
            _one(path, out, key, kind, whole, tally, f"run {number} (seed {seed}, {kind})")
            path.unlink()
            out.unlink(missing_ok=True)
            if number % 50 == 49:
                tell(f"{number + 1} of {runs}, failures: {len(tally.failures)}")
    return tally


def _one(
    path: Path,
    out: Path,
    key: keys.Key | None,
    kind: str,
    whole: Contents,
    tally: Tally,
    name: str,
) -> None:
    tally.runs += 1
    tally.by_kind[kind] += 1
    before = path.read_bytes()
    _try_to_open(path, tally)
    began = time.monotonic()
    keys.give(path, key)  # as whoever gives the password does
    try:
        report = salvage(path, out, lambda done, total: None)
    except ProjectError:
        tally.shares.append(0.0)
        tally.links.append(0.0)
        return
    finally:
        tally.slowest = max(tally.slowest, time.monotonic() - began)
    tally.repaired += 1
    if path.read_bytes() != before:
        tally.failures.append(f"{name}: the damaged file was written to")
    saved = _contents(out)
    tally.failures += [f"{name}: {problem}" for problem in _problems(out)]
    tally.failures += [f"{name}: {problem}" for problem in _wrong(saved, whole, report, tally)]
    share = len(saved.spans.keys() & whole.spans.keys()) / len(whole.spans)
    tally.shares.append(share)
    tally.saved_by_kind[kind] = tally.saved_by_kind.get(kind, 0.0) + share
    tally.links.append(len(saved.relations.keys() & whole.relations.keys()) / len(whole.relations))


def _try_to_open(path: Path, tally: Tally) -> None:
    """Open a damaged project and read all of it; anything but a word about it ends the program."""
    try:
        store = open_project(path, read_only=True)
    except ProjectError:
        return
    try:
        tally.opened += 1
        tally.sound += not check(store).problems
    except ProjectError:
        pass
    finally:
        store.close()


def _problems(path: Path) -> list[str]:
    store = open_project(path)
    try:
        problems = check(store).problems
        store.undo("checker", now())  # may be refused in words
        return problems
    except ProjectError:
        return problems
    finally:
        store.close()


def _wrong(saved: Contents, whole: Contents, report: SalvageReport, tally: Tally) -> list[str]:
    """Say what is not as it was without the report telling so."""
    wrong = []
    told = "\n".join(report.notes)
    places = {key: (span.fragments, span.quotation) for key, span in whole.spans.items()}
    for key, span in saved.spans.items():
        article = whole.articles.get(span.article_id)
        if article is None or article.quote(span.fragments) != span.quotation:
            wrong.append(f"a span at a place where it was not: {span}")
        elif key in places and places[key] != (span.fragments, span.quotation):
            wrong.append(f"a span that has moved: {span}")
        elif span != whole.spans.get(key):
            tally.earlier += 1
            if not told and key not in whole.spans:
                wrong.append(f"a span that nobody tells of: {span}")
    for key, article in saved.articles.items():
        before = whole.articles.get(key)
        if (before is None or before.text != article.text) and article.title not in told:
            wrong.append(f"another text, and nobody tells of it: {article.title}")
    return wrong


def _contents(path: Path) -> Contents:
    store = open_project(path, read_only=True)
    found = Contents()
    try:
        for article_id in store.article_ids():
            found.articles[article_id] = store.article(article_id)
            said = store.annotations(article_id)
            found.spans |= {span.id: span for span in said.spans}
            found.relations |= {relation.id: relation for relation in said.relations}
    finally:
        store.close()
    return found


# -- the project


def _make(path: Path, chance: random.Random) -> None:
    """Make a project with imported annotations, edits, deletions and undone edits."""
    store = create_project(path, default_codebook(), annotator="anna")
    store.add_entries(list(entries(ARTICLES, WORDS, SPANS)), "anna")
    for article_id in list(store.article_ids()):
        _edit(store, article_id, chance)
    store.close()


def _edit(store: ProjectFile, article_id: str, chance: random.Random) -> None:
    said = store.annotations(article_id)
    linked = {argument.span_id for r in said.relations for argument in r.arguments}
    free = [span for span in said.spans if span.id not in linked]
    for number, span in enumerate(chance.sample(free, min(len(free), 8))):
        change = Change(new_id(), "Edit", article_id, "anna", now())
        if number % 3:
            added: tuple[Span, ...] = (replace(span, note=f"Seen {number}", modified_at=now()),)
        else:
            added = ()
        store.apply(replace(change, removed=(span,), added=added))
        if number == 5:
            store.undo("anna", now())


# -- the damage


def _truncate(data: bytearray, chance: random.Random) -> bytes:
    return bytes(data[: chance.randrange(PAGE, len(data))])


def _flip(data: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 4, 16, 64))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _pages(data: bytearray, chance: random.Random, fill: Callable[[int], bytes]) -> bytes:
    for _ in range(chance.choice((1, 2, 8))):
        start = chance.randrange(len(data) // PAGE) * PAGE
        data[start : start + PAGE] = fill(PAGE)
    return bytes(data)


def _swap(data: bytearray, chance: random.Random) -> bytes:
    one, other = (PAGE * chance.randrange(len(data) // PAGE) for _ in range(2))
    first, second = data[one : one + PAGE], data[other : other + PAGE]
    data[one : one + PAGE], data[other : other + PAGE] = second, first
    return bytes(data)


def _behead(data: bytearray, chance: random.Random) -> bytes:
    length = chance.choice((16, 100, PAGE))
    data[:length] = chance.randbytes(length)
    return bytes(data)


DAMAGES: dict[str, Callable[[bytearray, random.Random], bytes]] = {
    "cut off": _truncate,
    "bits flipped": _flip,
    "pages of zeros": lambda data, chance: _pages(data, chance, bytes),
    "pages of noise": lambda data, chance: _pages(data, chance, chance.randbytes),
    "pages swapped": _swap,
    "no head": _behead,
}


def _mean(shares: list[float]) -> float:
    return sum(shares) / len(shares) if shares else 0.0
