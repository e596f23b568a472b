"""From the tree of a query to SQL: which articles it finds.

Parts that are of words alone become one MATCH for each table of the index (`matching`). Other
parts are SELECTs that give the numbers of articles in order: SQLite merges them, and reads as
far as a page goes. What cannot be had so is a condition that each article is asked.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotation.query_language import Either, Every, Is, Near, Part, Published, Term, Without
from storage import tallies
from storage.index_tables import COLUMNS, TWO
from storage.known import Known
from storage.matching import matching, split

Condition = tuple[str, list[object]]
"""What goes after WHERE, about the article `found.number`, and its values."""

MOST = 20
"""How many SELECTs are merged at most; SQLite's own limit is set to 50."""


class Select(NamedTuple):
    """SQL that gives a column `number`; `once` if it is better not asked of each article."""

    sql: str
    values: tuple[object, ...] = ()
    once: bool = False


ALL = Select("SELECT number FROM article_state")


@dataclass(slots=True)
class Asked:
    """A query as SQL; `table` and `match` are what it asks of the index, or empty.

    Found is what any of `either` gives, all of `both` and none of `without`, where `rest` holds.
    Among few articles with the words all else is asked of each: `alone`.
    """

    table: str = ""
    match: str = ""
    either: list[Select] = field(default_factory=list)
    both: list[Select] = field(default_factory=list)
    without: list[Select] = field(default_factory=list)
    rest: list[Condition] = field(default_factory=list)
    alone: list[Condition] = field(default_factory=list)

    def words(self) -> Select:
        """Return who has the words."""
        return _matching(self.table, self.match)

    def statement(self, after: int, last: int, few: bool) -> Condition:
        """Return SQL for the numbers in (after, last] of what is found, in order."""
        here: list[object] = [after, last]
        if few:
            either, both, without, (where, said) = [self.words()], [], [], _all(self.alone)
        else:
            either, both, without = self.either or [ALL], self.both, self.without
            where, said = _all(self.rest)
        one = f"SELECT found.number FROM ({{}}) AS found WHERE {IN_RANGE} AND ({where})"
        more = f"SELECT found.number FROM ({{}}) AS found WHERE {IN_RANGE}"
        sql = " UNION ".join(one.format(select.sql) for select in either)
        values = [value for select in either for value in (*select.values, *here, *said)]
        for word, selects in (("INTERSECT", both), ("EXCEPT", without)):
            for select in selects:
                sql += f" {word} {more.format(select.sql)}"
                values += (*select.values, *here)
        return f"{sql} ORDER BY 1", values

    def add(self, selects: list[Select]) -> bool:
        """Ask for what any of them gives, too; false where that cannot be merged."""
        if not selects or len(self.either) + len(self.both) + len(selects) > MOST:
            return False
        if len(self.either) > 1:
            if len(selects) > 1:
                return False
            self.both += selects
        elif len(selects) > 1:
            self.both += self.either
            self.either = selects
        else:
            (self.both if self.either else self.either).extend(selects)
        return True

    def leave_out(self, selects: list[Select]) -> bool:
        """Ask for nothing that these give; false where there are too many."""
        if len(self.without) + len(selects) > MOST:
            return False
        self.without += selects
        return True


IN_RANGE = "found.number > ? AND found.number <= ?"


def asked(part: Part, known: Known) -> Asked:
    """Return the query as SQL; `ProjectError` for a label that is not known."""
    parts = part.parts if isinstance(part, Every) else (part,)
    found = Asked()
    others: list[Part] = list(parts)
    for table in TWO:
        match, others = split(parts, table, known)
        if match:
            found.table, found.match = table, match
            found.add([found.words()])
            break
    for other in others:
        inner = other.part if isinstance(other, Without) else other
        selects = _selects(inner, known)
        join = found.leave_out if inner is not other else found.add
        condition = _condition(other, known)
        if selects is None or not join(selects):
            found.rest.append(condition)
        found.alone.append(condition)
    return found


def among_the_rest(part: Part, known: Known) -> Condition:
    """Return a condition for articles that are not indexed: their words are those of `words`.

    Nothing is found in their texts; `found` is all of `article`.
    """
    match part:
        case Term(column="text"):
            return "false", []
        case Term(column=""):
            return "instr(found.words, ?) > 0", [part.words.casefold()]
        case Term():
            # lower() knows ASCII alone: other letters are found as they are written.
            value = f"found.{part.column}"
            where = f"instr(lower({value}), ?) > 0 OR instr({value}, ?) > 0"
            return where, [part.words.lower(), part.words]
        case Near():
            inside = (replace(term, column=part.column) for term in part.terms)
            return _all([among_the_rest(term, known) for term in inside])
        case Every():
            return _all([among_the_rest(each, known) for each in part.parts])
        case Either():
            return _any([among_the_rest(each, known) for each in part.parts])
        case Without():
            where, values = among_the_rest(part.part, known)
            return f"NOT ({where})", values
        case _:
            return _condition(part, known)


def _selects(part: Part, known: Known) -> list[Select] | None:
    """Return SELECTs that together give all articles of a part; None where there are none such."""
    for table in TWO:
        if match := matching(part, table, known):
            return [_matching(table, match)]
    match part:
        case Either():
            found = [_selects(each, known) for each in part.parts]
            inner = [selects for selects in found if selects is not None]
            return (
                [one for selects in inner for one in selects] if len(inner) == len(found) else None
            )
        case Published():
            return [_published(part)]
        case Is(kind="label"):
            return [Select(tallies.WITH_LABEL, label) for label in known.labels(part.value)]
        case Is(kind="annotator"):
            return [Select(tallies.WITH_ANNOTATOR, (n,)) for n in known.annotators(part.value)]
        case Is():
            return [Select(IS[part.kind], (part.value,))]
    return None


def _matching(table: str, match: str) -> Select:
    sql = f"SELECT rowid AS number FROM {table} WHERE {table} MATCH ?"
    return Select(sql, (match,), once=True)


IS = {
    "status": "SELECT number FROM article_state WHERE status = ?",
    "language": "SELECT number FROM article WHERE language = ? COLLATE NOCASE",
}


def _published(part: Published) -> Select:
    where, values = ["published <> ''"], []
    if part.first:
        where.append("published >= ?")
        values.append(part.first)
    if part.last:
        where.append(f"substr(published, 1, {len(part.last)}) <= ?")
        values.append(part.last)
    return Select(f"SELECT number FROM article WHERE {' AND '.join(where)}", tuple(values))


def _condition(part: Part, known: Known) -> Condition:
    selects = _selects(part, known)
    if selects is not None:
        return _any([_is_in(select) for select in selects])
    match part:
        case Every():
            return _all([_condition(each, known) for each in part.parts])
        case Either():
            return _any([_condition(each, known) for each in part.parts])
        case Without():
            where, values = _condition(part.part, known)
            return f"NOT ({where})", values
    assert isinstance(part, Term), part
    return _short(part)


def _is_in(select: Select) -> Condition:
    if select.once:
        return f"found.number IN ({select.sql})", [*select.values]
    sql = f"EXISTS (SELECT 1 FROM ({select.sql}) AS one WHERE one.number = found.number)"
    return sql, [*select.values]


def _short(term: Term) -> Condition:
    """Return a condition for one or two characters, of which there is no index."""
    wanted = (term.column,) if term.column else COLUMNS.split(", ")
    said = " OR ".join(f"instr({column}, ?) > 0" for column in wanted)
    where = f"""
        (found.number IN (SELECT number FROM spaceless)
            OR found.number > (SELECT articles FROM indexed))
        AND EXISTS (SELECT 1 FROM article JOIN article_text USING (number)
            WHERE article.number = found.number AND ({said}))
    """
    return where, [term.words.strip()] * len(wanted)


def _all(conditions: list[Condition]) -> Condition:
    return _joined(conditions, " AND ", "true")


def _any(conditions: list[Condition]) -> Condition:
    return _joined(conditions, " OR ", "false")


def _joined(conditions: list[Condition], between: str, none: str) -> Condition:
    where = between.join(f"({where})" for where, _ in conditions) or none
    return where, [value for _, values in conditions for value in values]
