"""What a project must hold, by what its victim has acknowledged; compared record by record."""

from dataclasses import dataclass, field
from typing import Any

from annotation.codec import record_from_dict
from annotation.model import Change, Record, Relation, Review, Span, Suggestion
from storage import ProjectFile

Key = tuple[str, str]
Records = dict[Key, Record]

KINDS = (Span, Relation, Suggestion, Review)


def key(record: Record) -> Key:
    return (type(record).__name__, record.id)


def all_records(store: ProjectFile) -> Records:
    """Return every record of a project."""
    found: Records = {}
    for article_id in store.article_ids():
        said = store.annotations(article_id)
        for records in (said.spans, said.relations, said.suggestions, said.reviews):
            found |= {key(record): record for record in records}
    return found


def all_articles(store: ProjectFile) -> dict[str, str]:
    """Return the articles of a project: hash of the text to id."""
    return {store.article(i).sha256: i for i in store.article_ids()}


@dataclass
class Expected:
    """The records, articles and undo stack as the acknowledged edits have made them.

    `under_way` is what the victim was about when it was killed; nobody had told it that it
    was done, so it may have happened or not, but not by half. The same goes for what was
    `refused`, with these `words`: a disk can fail after it has taken everything.
    """

    records: Records
    articles: dict[str, str]
    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)
    under_way: dict[str, Any] | None = None
    acknowledged: int = 0
    trouble: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    resurfaced: int = 0

    def hear(self, said: dict[str, Any]) -> None:
        """Take in a line of the victim's."""
        if "do" in said:
            self.under_way = said
            return
        if "refused" in said:
            self.words.append(said["refused"])
            self.refused += [self.under_way] if self.under_way else []
            self.under_way = None
            return
        assert self.under_way is not None
        match said["done"]:
            case "edit" | "undo" | "redo":
                self.carry_out(self.under_way)
                if "moved" in said and said["moved"] != self._moved:
                    self.trouble.append(f"{said['done']} did nothing, or something unexpected")
            case "import":
                self.articles |= dict.fromkeys(said["hashes"], "")
                self.words += said["failures"]
                self.refused += [self.under_way] if said["failures"] else []
            case "article":
                self.records |= {key(r): r for r in _records(said["added"])}
            case "open" if said["read_only"]:
                self.trouble.append(f"not open for writing: {said['read_only']}")
        self.acknowledged += 1
        if said["done"] != "article":
            self.under_way = None

    def carry_out(self, deed: dict[str, Any]) -> None:
        """Do to the expectation what an edit, undo or redo does to the project."""
        self._moved = True
        if deed["do"] == "edit":
            change = Change(
                deed["id"], "", "", "", "", _records(deed["removed"]), _records(deed["added"])
            )
            self.done.append(change)
            self.undone.clear()
        elif deed["do"] == "undo" and self.done:
            self.undone.append(self.done.pop())
            change = self.undone[-1].inverse()
        elif deed["do"] == "redo" and self.undone:
            change = self.undone.pop()
            self.done.append(change)
        else:
            self._moved = False
            return
        for record in change.removed:
            self.records.pop(key(record), None)
        self.records |= {key(record): record for record in change.added}

    def compare(self, store: ProjectFile) -> list[str]:
        """Return what of this the project does not hold, or holds besides, in words.

        Then take over from the project what may be either way.
        """
        found, articles = all_records(store), all_articles(store)
        lost = self.articles.keys() - articles.keys()
        problems = [f"acknowledged articles are not there: {sorted(lost)[:3]}"] if lost else []
        unsure = [*self.refused, *([self.under_way] if self.under_way else [])]
        self.under_way = None
        self.refused = []
        known = {text for deed in unsure for text in deed.get("hashes", ())}
        strange = articles.keys() - self.articles.keys() - known
        if strange:
            problems.append(f"articles that nobody imported: {sorted(strange)[:3]}")
        self.articles = articles
        if found != self.records:
            self._take_in(found, unsure)
        problems += self._differences(found, any(deed["do"] == "run" for deed in unsure))
        self.records = found
        return problems

    def _take_in(self, found: Records, unsure: list[dict[str, Any]]) -> None:
        """Carry out the one unsure edit, if any, that explains what was found."""
        before = (dict(self.records), list(self.done), list(self.undone))
        for deed in reversed(unsure):
            if deed["do"] in ("edit", "undo", "redo"):
                self.carry_out(deed)
                if self.records == found:
                    self.resurfaced += 1
                    return
                self.records, self.done, self.undone = (
                    dict(before[0]),
                    list(before[1]),
                    list(before[2]),
                )

    def _differences(self, found: Records, may_add: bool) -> list[str]:
        problems = []
        if missing := self.records.keys() - found.keys():
            problems.append(f"{len(missing)} acknowledged records are not there: {min(missing)}")
        added = found.keys() - self.records.keys()
        if may_add:
            added = {kind_id for kind_id in added if kind_id[0] != "Suggestion"}
        if added:
            problems.append(f"{len(added)} records that nobody made: {min(added)}")
        other = [k for k in self.records.keys() & found.keys() if self.records[k] != found[k]]
        if other:
            problems.append(f"{len(other)} records are not as acknowledged: {min(other)}")
        return problems


def _records(data: list[object]) -> tuple[Record, ...]:
    return tuple(record_from_dict(item) for item in data)
