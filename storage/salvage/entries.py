"""One article and what is said about it, put together from what was found.

A record is taken as its row has it, or else as the log has it last, and only where it holds
against text and codebook: nothing is saved at a place where it was not.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from annotation.codebook import Codebook
from annotation.codec import record_from_dict
from annotation.entry_rules import record_problems
from annotation.errors import ProjectError
from annotation.ids import new_id, now
from annotation.model import (
    Annotations,
    Argument,
    Article,
    Record,
    RegistryEntry,
    Relation,
    Review,
    Span,
    Suggestion,
)
from annotation.registry import entry_problems
from annotation.salvage import SalvageReport
from annotation.store import Entry
from storage import rows
from storage.salvage.finds import Finds, Named

Kind = TypeVar("Kind", Span, Relation, Suggestion, Review, RegistryEntry)

UNREADABLE = "\ufffd"
"""What stands for bytes that are no text."""

KINDS = ("spans", "relations", "suggestions", "reviews")

TITLE = 60
"""Characters of a text that become the title of an article that lost its own."""


class Entries:
    """Puts one article after the other together, and reports what did not hold."""

    def __init__(self, finds: Finds, codebooks: dict[int, Codebook], report: SalvageReport) -> None:
        self._finds = finds
        self._codebooks = codebooks
        self._current = codebooks[max(codebooks)]
        self._report = report
        self._ids = finds.known_ids()
        found = self._chosen(RegistryEntry, "", "entry", _registry_entry, _is_entry)
        self.registry = {entry.id: entry for entry in found}

    def __iter__(self) -> Iterator[Entry]:
        texts = {row["number"] for row in self._finds.rows("article_text")}
        described = set()
        for row in self._finds.rows("article"):
            described.add(row["number"])
            if row["number"] in texts:
                yield self._entry(row)
            else:
                self._lose(f"“{row['title']}”: its text is lost, and so is what was said about it.")
        for number in sorted(texts - described):
            row = self._nameless(number)
            self._report.notes.append(
                f"“{row['title']}”: title, date and all else known about it were lost."
            )
            yield self._entry(row)

    # -- the article

    def _entry(self, row: Named) -> Entry:
        (found,) = self._finds.rows("article_text", str(row["number"]))
        text = str(found["text"])
        row["id"] = self._id(row)
        is_sound = self._is_sound(text, row["sha256"] in ("", _digest(text)))
        spans = self._chosen(Span, row["id"], "span", _span, is_sound)
        suggestions = self._chosen(Suggestion, row["id"], "suggestion", _suggestion, is_sound)
        article = self._article(row, text, [*spans, *suggestions])
        if article.sha256 != row["sha256"]:
            certain = _certain(article.text, row["length"])
            spans = [each for each in spans if certain(each)]
            suggestions = [each for each in suggestions if certain(each)]
        reviews = self._chosen(Review, row["id"], "review", _review, lambda _: True)
        relations = self._chosen(Relation, row["id"], "relation", self._relation, lambda _: True)
        spans = [self._linked(span) for span in spans]
        meant = {span.entry_id: self.registry[span.entry_id] for span in spans if span.entry_id}
        said = Annotations(
            tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.id))),
            tuple(relations),
            tuple(sorted(suggestions, key=lambda s: (s.start, -s.end, s.id))),
            tuple(reviews),
            tuple(meant.values()),
        )
        return self._holding(Entry(article, said))

    def _id(self, row: Named) -> str:
        """Return the id of an article by which most is said about it: a row can be wrong."""
        own, indexed = str(row["id"]), self._ids.get(row["number"], "")
        if indexed and self._finds.said_about(indexed) > self._finds.said_about(own):
            return indexed
        return own

    def _nameless(self, number: int) -> Named:
        (found,) = self._finds.rows("article_text", str(number))
        title = " ".join(str(found["text"])[:TITLE].split())
        row: Named = dict.fromkeys(rows.ARTICLE_COLUMNS.split(", "), "")
        known = {"number": number, "id": self._ids.get(number) or new_id(), "title": title}
        return row | known | {"authors": "[]", "imported_at": now(), "length": -1}

    def _article(self, row: Named, text: str, placed: list[Span | Suggestion]) -> Article:
        digest = _digest(text)
        if row["sha256"] and digest != row["sha256"]:
            whole = _mended(text, placed)
            if _digest(whole) == row["sha256"]:
                text, digest = whole, row["sha256"]
            else:
                self._report.notes.append(
                    f"“{row['title']}”: the text is not the one that was imported"
                    + (", parts of it cannot be read." if UNREADABLE in text else ".")
                )
        values = row | {"text": text, "sha256": digest}
        columns = rows.ARTICLE_COLUMNS.split(", ")
        try:
            return rows.article([values[column] for column in columns])
        except ProjectError:
            self._report.notes.append(f"“{row['title']}”: its authors were lost.")
            return rows.article([(values | {"authors": "[]"})[column] for column in columns])

    # -- what is said about it

    def _chosen(
        self,
        kind: type[Kind],
        article_id: str,
        name: str,
        read: Callable[[Named], Kind],
        is_sound: Callable[[Kind], bool],
    ) -> list[Kind]:
        """Return each record as its row has it, or as the log has it where that is better."""
        logged = self._finds.logged(name, article_id)
        doubtful = self._finds.stray.keys() | self._finds.lost.keys()
        chosen: list[Kind] = []
        for row in self._finds.rows(name, article_id):
            key = _key(name, row)
            was_logged = key in logged
            last = _logged(kind, logged.pop(key, None))
            if was_logged and last is None and name in self._finds.stray:
                continue  # an old page: it had been removed
            found = _read(read, row)
            versions = [each for each in (found, last) if each is not None]
            if last is not None and (name in self._finds.stray or _lacks(found, last, doubtful)):
                versions.reverse()
            best = next((each for each in versions if is_sound(each)), None)
            if best is None:
                self._lose(f"{name} {key}: what is stored of it cannot be so.")
            else:
                chosen.append(best)
        for key, data in logged.items():
            last = _logged(kind, data)
            if last is not None and is_sound(last):
                chosen.append(last)
                self._report.notes.append(f"{name} {key}: taken from the log of changes.")
        return chosen

    def _is_sound(self, text: str, whole: bool) -> Callable[[Span | Suggestion], bool]:
        """Return what tells whether a record can be where it says; in a whole text that is sure."""

        def is_sound(placed: Span | Suggestion) -> bool:
            if whole:
                return placed.quotation == tuple(text[a:b] for a, b in placed.fragments)
            return [len(each) for each in placed.quotation] == [b - a for a, b in placed.fragments]

        return is_sound

    def _relation(self, row: Named) -> Relation:
        arguments = list(self._finds.rows("argument", row["id"]))
        if [each["position"] for each in arguments] != list(range(len(arguments))):
            raise ProjectError("An argument is lost.")
        columns = rows.RELATION_COLUMNS.split(", ")
        return rows.relation(
            [row[column] for column in columns],
            [Argument(each["role"], each["span_id"]) for each in arguments],
        )

    def _linked(self, span: Span) -> Span:
        """Return a span without the registry entry that it mentions, where that is lost."""
        if not span.entry_id or span.entry_id in self.registry:
            return span
        self._report.notes.append(f"{_named(span)}: whom or what it mentions was lost.")
        return replace(span, entry_id="")

    def _holding(self, entry: Entry) -> Entry:
        """Take out what breaks a rule, until nothing does."""
        while True:
            wrong: dict[int, str] = {}
            for record, problem in record_problems(entry, self._current, self._codebooks.get):
                wrong.setdefault(id(record), f"{_named(record)}: {problem}")
            if not wrong:
                return entry
            for words in wrong.values():
                self._lose(f"“{entry.article.title}”, {words}")
            said = entry.annotations
            assert wrong.keys() & {id(each) for kind in KINDS for each in getattr(said, kind)}
            entry = Entry(
                entry.article,
                Annotations(
                    tuple(each for each in said.spans if id(each) not in wrong),
                    tuple(each for each in said.relations if id(each) not in wrong),
                    tuple(each for each in said.suggestions if id(each) not in wrong),
                    tuple(each for each in said.reviews if id(each) not in wrong),
                    said.mentioned,
                ),
            )

    def _lose(self, sentence: str) -> None:
        self._report.lost.append(sentence)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _certain(text: str, length: int) -> Callable[[Span | Suggestion], bool]:
    """Return what tells whether a record is before all damage to a text, or after it.

    Bytes that are no text can have been more letters or fewer. What is after them is where it
    was only if the text is as long as it was.
    """
    first, last = text.find(UNREADABLE), text.rfind(UNREADABLE)
    if first < 0:
        first, last = (0, len(text)) if 0 <= length != len(text) else (len(text), -1)
    elif length != len(text):
        last = len(text)
    return lambda each: each.end <= first or each.start > last


def _mended(text: str, placed: list[Span | Suggestion]) -> str:
    """Return the text with the quotations written over it, which say what was there."""
    letters = list(text)
    for each in placed:
        for (start, end), quoted in zip(each.fragments, each.quotation, strict=True):
            if end <= len(letters) and len(quoted) == end - start:
                letters[start:end] = quoted
    return "".join(letters)


def _key(name: str, row: Named) -> str:
    if name == "review":
        return f"{row['article_id']}\t{row['annotator']}\t{row['layer']}"
    return str(row["id"])


def _read(read: Callable[[Named], Kind], row: Named) -> Kind | None:
    try:
        return read(row)
    except ProjectError:
        return None


def _logged(kind: type[Kind], data: Named | None) -> Kind | None:
    try:
        found = record_from_dict(data) if data is not None else None
    except ProjectError:
        return None
    return found if isinstance(found, kind) else None


def _lacks(found: Record | None, last: Record, doubtful: set[str]) -> bool:
    """Tell whether a relation may have lost arguments that the log knows of."""
    return (
        isinstance(found, Relation)
        and isinstance(last, Relation)
        and "argument" in doubtful
        and len(found.arguments) < len(last.arguments)
    )


def _span(row: Named) -> Span:
    (span,) = rows.spans([[row[column] for column in _columns(rows.SPAN_COLUMNS)]])
    if (span.start, span.end) != (row["start"], row["end"]):
        raise ProjectError("Its places contradict one another.")
    return span


def _suggestion(row: Named) -> Suggestion:
    (found,) = rows.suggestions([[row[column] for column in _columns(rows.SUGGESTION_COLUMNS)]])
    if (found.start, found.end) != (row["start"], row["end"]):
        raise ProjectError("Its places contradict one another.")
    return found


def _registry_entry(row: Named) -> RegistryEntry:
    (entry,) = rows.entries([[row[column] for column in _columns(rows.ENTRY_COLUMNS)]])
    return entry


def _is_entry(entry: RegistryEntry) -> bool:
    return not entry_problems(entry)


def _review(row: Named) -> Review:
    (review,) = rows.reviews([[row[column] for column in _columns(rows.REVIEW_COLUMNS)]])
    return review


def _columns(names: str) -> list[str]:
    return [name.strip('"') for name in names.split(", ")]


def _named(record: Record) -> str:
    if isinstance(record, Review):
        return f"review of the layer {record.layer} by {record.annotator}"
    if isinstance(record, RegistryEntry):
        return f"{record.registry} “{record.name}” in the registry"
    if isinstance(record, Relation):
        return f"relation {record.label} {record.id}"
    words = " … ".join(record.quotation)
    return f"{type(record).__name__.lower()} {record.label} “{words}”"
