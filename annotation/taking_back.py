"""Taking single changes back, or all since a time, where nothing later stands in the way.

Both are changes themselves: they stand in the log, and undo takes them back.
"""

from collections.abc import Callable, Iterator

from annotation import rules
from annotation.errors import ConflictError, ProjectError
from annotation.history import Logged, Wanted, clock
from annotation.ids import new_id, now
from annotation.model import Change, Record, RegistryEntry, Relation, Span
from annotation.naming import named
from annotation.store import Store

MOST = 50_000
"""Records that can be taken back at one go; a backup is the way to go back further."""

NAMED = 5
"""How many conflicts are told."""

Key = tuple[type[Record], str]


def take_back(store: Store, seq: int, annotator: str) -> Change:
    """Return the change that takes one edit back, whatever was done after it.

    `ConflictError` names what stands in the way: which later change, and by whom.
    """
    entry = store.history.entry(seq)
    change = store.history.change(seq)
    _check_possible(entry, change)
    title = f"Take back: {entry.title}"
    back = Change(new_id(), title, entry.article_id, annotator, now(), change.added, change.removed)
    _check(store, back, seq, f"“{entry.title}” cannot be taken back")
    return back


def go_back(
    store: Store,
    seq: int,
    annotator: str,
    article_id: str = "",
    go_on: Callable[[], None] = lambda: None,
) -> Change:
    """Return the change that brings back what was said right after an entry.

    In one article, or with "" in the whole project. Articles that came since stay, and so does
    the codebook. `ConflictError` names what stands in the way; nothing is done by half.
    `go_on` is called again and again; what it raises ends the looking.
    """
    if seq < store.history.last_compacted():
        raise ProjectError(
            "The history was compacted since then: it tells who did what, but cannot go back."
        )
    then: dict[Key, Record | None] = {}
    now_there: dict[Key, Record | None] = {}
    for change in store.history.since(seq):
        go_on()
        _follow(change, article_id, then, now_there)
        if len(then) > MOST:
            raise ProjectError(
                f"More than {MOST:,} annotations changed since then. Restore a backup instead."
            )
    different = [key for key, record in then.items() if record != now_there[key]]
    removed = tuple(r for key in different if (r := now_there[key]) is not None)
    added = tuple(r for key in different if (r := then[key]) is not None)
    if not different:
        raise ProjectError("Nothing is different from what it was then.")
    last = store.history.page(Wanted(), seq + 1, 1).entries
    at = clock(last[0].at) if last else "the beginning"
    back = Change(new_id(), f"Go back to {at}", article_id, annotator, now(), removed, added)
    _check(store, back, seq, f"There is no way back to {at}")
    return back


def _check_possible(entry: Logged, change: Change) -> None:
    if entry.kind != "edit":
        reason = "it is no edit whose annotations are in the log"
    elif entry.state != "done":
        reason = "it was undone already"
    elif entry.revises:
        reason = "it changed the codebook, which only undo takes back"
    elif not (change.removed or change.added):
        reason = "it changed no annotation"
    else:
        return
    raise ProjectError(f"“{entry.what}” cannot be taken back: {reason}.")


def _follow(
    change: Change,
    article_id: str,
    then: dict[Key, Record | None],
    now_there: dict[Key, Record | None],
) -> None:
    """Note what the records of a change were before all, and what they are after it."""
    before = {_key(record): record for record in change.removed}
    after = {_key(record): record for record in change.added}
    for key in before | after:
        record = before.get(key) or after[key]
        if not article_id or record.article_id == article_id:
            then.setdefault(key, before.get(key))
            now_there[key] = after.get(key)


def _check(store: Store, back: Change, seq: int, refusal: str) -> None:
    conflicts: dict[str, None] = {}
    for record, problem in _obstacles(store, back):
        conflicts[_sentence(store, record, problem, seq)] = None
        if len(conflicts) > NAMED:
            break
    if conflicts:
        more = ["And more."] if len(conflicts) > NAMED else []
        raise ConflictError(" ".join([f"{refusal}.", *list(conflicts)[:NAMED], *more]))


def _sentence(store: Store, record: Record, problem: str, seq: int) -> str:
    later = store.history.later(record.id, seq)
    if later is None:
        return f"{named(record)} {problem}."
    return f"{named(record)} {problem}: see “{later.what}” by {later.annotator}, {clock(later.at)}."


def _obstacles(store: Store, back: Change) -> Iterator[tuple[Record, str]]:
    """Yield the records that stand in the way, each with what is the matter with it."""
    there = store.history.stored((*back.removed, *back.added))
    going = {_key(record): record for record in back.removed}
    coming = {_key(record): record for record in back.added}
    for key, record in going.items():
        if there.get(key) != record:
            yield record, "was changed later" if key in there else "was deleted later"
    for key, record in coming.items():
        if key not in going and key in there:
            yield record, "is there again"
    gone = {key[1] for key in going.keys() - coming.keys()}
    yield from _holding_on(store, back, gone, set(coming) | set(going))
    yield from _missing(store, coming)
    yield from _misfits(store, coming, gone)


def _holding_on(
    store: Store, back: Change, gone: set[str], mine: set[Key]
) -> Iterator[tuple[Record, str]]:
    """Yield what refers to records that would go and came later."""
    spans = [r.id for r in back.removed if isinstance(r, Span) and r.id in gone]
    for relation in store.relations_of(spans) if spans else ():
        if _key(relation) not in mine:
            yield relation, "came later and needs what would go"
    for record in back.removed:
        if isinstance(record, RegistryEntry) and record.id in gone:
            for mention in store.registries.mentions(record.id):
                if _key(mention.span) not in mine:
                    yield mention.span, "mentions what would go"


def _missing(store: Store, coming: dict[Key, Record]) -> Iterator[tuple[Record, str]]:
    """Yield what would come back and refers to something that is there no more."""
    relations = [r for r in coming.values() if isinstance(r, Relation)]
    needed = {a.span_id for r in relations for a in r.arguments}
    known = {span.id for span in store.spans(list(needed))} if needed else set()
    known |= {identity for _, identity in coming}
    for relation in relations:
        if any(a.span_id not in known for a in relation.arguments):
            yield relation, "needs a span that was deleted later"
    spans = [r for r in coming.values() if isinstance(r, Span) and r.entry_id]
    entries = {entry.id for entry in store.registries.entries([s.entry_id for s in spans])}
    for span in spans:
        if span.entry_id not in entries | known:
            yield span, "mentions an entry of the registry that is gone"


def _misfits(
    store: Store, coming: dict[Key, Record], gone: set[str]
) -> Iterator[tuple[Record, str]]:
    """Yield what would come back and breaks the rules of the codebook in use."""
    codebook = store.codebook()
    mine = {identity for kind, identity in coming if kind is Span}
    for record in coming.values():
        if isinstance(record, Relation) and codebook.relation(record.label) is None:
            yield record, "has a label that the codebook no longer has"
        if not isinstance(record, Span):
            continue
        label = codebook.label(record.layer, record.label)
        if label is None:
            yield record, "has a label that the codebook no longer has"
        elif rules.attribute_problems(label, record.attributes):
            yield record, "has attributes that the codebook no longer has"
        else:
            near = store.spans_between(record.article_id, record.start, record.end)
            others = [span for span in near if span.id not in gone | mine]
            if rules.neighbour_problems(codebook, record, others):
                yield record, "does not go with a span that came later"


def _key(record: Record) -> Key:
    return type(record), record.id
