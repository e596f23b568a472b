"""Every edit of the registries, each as a function that returns a `Change`.

As in `edits`, nothing is carried out here, and what a rule refuses raises `RefusedEdit`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from annotation import registry, rules
from annotation.edits import Desk, quoted
from annotation.errors import RefusedEdit
from annotation.ids import new_id, now
from annotation.model import Change, Record, Registry, RegistryEntry, Span
from annotation.registries import Mention

PAGE = 1000


class Mentioned(Protocol):
    """What an edit of all mentions asks of the registries."""

    def mentions(self, entry_id: str, after: Span | None = None, limit: int = 200) -> list[Mention]:
        """Return the next page of the spans that mention an entry, oldest first."""
        ...


def new_entry(
    which: Registry,
    name: str,
    annotator: str,
    aliases: Sequence[str] = (),
    facts: Mapping[str, str] | None = None,
) -> RegistryEntry:
    """Return an entry that is in no registry yet; `RefusedEdit` for what it cannot say."""
    at = now()
    entry = RegistryEntry(
        *(new_id(), which, name.strip(), annotator, at, at),
        tuple(aliases),
        {fact: value for fact, value in (facts or {}).items() if value},
    )
    rules.refuse_if(registry.entry_problems(entry))
    return entry


def add(annotator: str, entry: RegistryEntry) -> Change:
    """Put an entry into its registry."""
    rules.refuse_if(registry.entry_problems(entry))
    return _change(annotator, f"Add the {entry.registry} “{entry.name}”", added=[entry])


def change(annotator: str, before: RegistryEntry, after: RegistryEntry) -> Change:
    """Change what is known about an entry; its id and registry stay."""
    after = replace(
        after,
        name=after.name.strip(),
        aliases=_distinct(after.aliases, after.name),
        facts={fact: value.strip() for fact, value in after.facts.items() if value.strip()},
        modified_at=now(),
    )
    rules.refuse_if(registry.entry_problems(after))
    title = f"Change the {after.registry} “{after.name}”"
    return _change(annotator, title, [before], [after])


def remove(annotator: str, registries: Mentioned, entry: RegistryEntry) -> Change:
    """Take an entry out of its registry; the spans that mention it mention nobody then."""
    spans = list(mentioning(registries, entry))
    freed = [_pointing(span, "") for span in spans]
    title = f"Remove the {entry.registry} “{entry.name}”"
    return _change(annotator, title, [entry, *spans], freed)


def merge(
    annotator: str, registries: Mentioned, kept: RegistryEntry, others: Sequence[RegistryEntry]
) -> Change:
    """Make one entry of several, with all their mentions."""
    after = replace(merged(kept, others), modified_at=now())
    spans = [span for other in others for span in mentioning(registries, other)]
    moved = [_pointing(span, kept.id) for span in spans]
    names = rules.short(", ".join(one.name for one in others))
    title = f"Merge the {kept.registry} {names} into “{kept.name}”"
    return _change(annotator, title, [kept, *others, *spans], [after, *moved])


def merged(kept: RegistryEntry, others: Sequence[RegistryEntry]) -> RegistryEntry:
    """Return what merging makes of `kept`: with all names, notes, and facts that it lacks."""
    if not others or any(other.id == kept.id for other in others):
        raise RefusedEdit("Choose two entries or more to merge.")
    if any(other.registry != kept.registry for other in others):
        raise RefusedEdit("A source and an event cannot be merged.")
    facts = {fact: value for one in (*reversed(others), kept) for fact, value in one.facts.items()}
    one = replace(
        kept,
        aliases=_distinct([name for one in (kept, *others) for name in one.names], kept.name),
        facts=facts,
        note="\n\n".join(dict.fromkeys(one.note for one in (kept, *others) if one.note)),
        confidential=any(one.confidential for one in (kept, *others)),
    )
    rules.refuse_if(registry.entry_problems(one))
    return one


def split(
    annotator: str,
    entry: RegistryEntry,
    name: str,
    mentions: Sequence[Span],
    aliases: Sequence[str] = (),
) -> Change:
    """Make a second entry of some mentions of one; aliases that go with it leave the first."""
    if not mentions or any(span.entry_id != entry.id for span in mentions):
        raise RefusedEdit(f"Choose mentions of “{entry.name}” that mean somebody else.")
    new = new_entry(entry.registry, name, annotator, _distinct(aliases, name))
    new = replace(new, confidential=entry.confidential)
    leaving = set(map(registry.folded, new.names))
    left = tuple(alias for alias in entry.aliases if registry.folded(alias) not in leaving)
    moved = [_pointing(span, new.id) for span in mentions]
    rest = replace(entry, aliases=left, modified_at=now())
    title = f"Split “{new.name}” from the {entry.registry} “{entry.name}”"
    return _change(annotator, title, [entry, *mentions], [rest, new, *moved])


def mention(desk: Desk, spans: Sequence[Span], entry: RegistryEntry, new: bool = False) -> Change:
    """Say that these spans mention an entry, which with `new` comes into its registry by this."""
    changed = [
        _pointing(span, entry.id, desk.codebook.version)
        for span in spans
        if span.entry_id != entry.id
    ]
    if not changed:
        raise RefusedEdit(f"That it mentions “{entry.name}” is said already.")
    for span in changed:
        rules.refuse_if(registry.mention_problems(desk.codebook, span.layer, span.label, entry))
    if new:
        rules.refuse_if(registry.entry_problems(entry))
    before = [span for span in spans if span.entry_id != entry.id]
    title = f"{quoted(before[0])} mentions the {entry.registry} “{entry.name}”"
    return desk.change(title, before, [entry, *changed] if new else changed)


def forget_mention(desk: Desk, span: Span) -> Change:
    """Say no longer which entry a span mentions."""
    if not span.entry_id:
        raise RefusedEdit("It mentions no entry of the registry.")
    return desk.change(f"{quoted(span)} mentions nobody", [span], [_pointing(span, "")])


def mentioning(registries: Mentioned, entry: RegistryEntry) -> Iterator[Span]:
    """Yield all spans that mention an entry, in every article."""
    last: Span | None = None
    while page := registries.mentions(entry.id, last, PAGE):
        yield from (mention.span for mention in page)
        last = page[-1].span


def _pointing(span: Span, entry_id: str, version: int | None = None) -> Span:
    """A suggestion says nothing of entries: origin and blindness stay as they are."""
    return replace(
        span,
        entry_id=entry_id,
        modified_at=now(),
        codebook_version=version or span.codebook_version,
    )


def _distinct(aliases: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the aliases without blanks around them, each once, and without the name itself."""
    found = {registry.folded(alias): alias.strip() for alias in reversed(aliases) if alias.strip()}
    found.pop(registry.folded(name), None)
    return tuple(reversed(found.values()))


def _change(
    annotator: str,
    title: str,
    removed: Sequence[Record] = (),
    added: Sequence[Record] = (),
) -> Change:
    """Make a change to the whole project."""
    return Change(new_id(), title, "", annotator, now(), tuple(removed), tuple(added))
