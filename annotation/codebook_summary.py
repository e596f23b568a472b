"""What a change of the codebook is called: its first part in words, and how many more."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from annotation.codebook import Attribute, Choice, Label, Layer, RelationLabel, Role
from annotation.codebook_entries import Entry, Kind, Part, grown, names_of
from annotation.codebook_revision import Revision

Place = tuple[Kind, tuple[str, ...]]
"""A part's kind and its names from the owner down."""


def revision_title(revision: Revision) -> str:
    """Return what undo calls it: the one renaming that it is, or "label CLAIM renamed, 2 more"."""
    parts = changed_parts(revision)
    if not parts:
        return "Codebook change"
    more = f", {len(parts) - 1:,} more" if len(parts) > 1 else ""
    first, what, name = parts[0]
    if what == "renamed" and not more:
        return f"Rename {first.name} to {name}"
    return f"Codebook change: {first.kind} {first.name} {what}{more}"


def changed_parts(revision: Revision) -> list[tuple[Entry, str, str]]:
    """Return each part that was renamed, changed, removed or added, that word, and its name now.

    What is inside of a part that was removed or added is not listed.
    """
    old, new = grown(revision.before), grown(revision.after)
    there = {_place(entry): entry for entry in new.walk()}
    now = _places_now(revision, old)
    after = {entry: place for place, entry in there.items()}
    found = []
    for entry in old.walk():
        place = now[entry]
        heir = there.get(place) if place else None
        if heir is None:
            if entry.owner is None or now[entry.owner]:
                found.append((entry, "removed", ""))
        elif heir.name != entry.name:
            found.append((entry, "renamed", heir.name))
        elif _said(entry, now) != _said(heir, after):
            found.append((entry, "changed", heir.name))
    kept = set(now.values())
    found += [
        (entry, "added", entry.name)
        for place, entry in there.items()
        if place not in kept and (entry.owner is None or _place(entry.owner) in kept)
    ]
    return found


def _place(entry: Entry) -> Place:
    return entry.kind, names_of(entry) if entry.owner is not None else ()


def _places_now(revision: Revision, old: Entry) -> dict[Entry, Place | None]:
    """Return where each part of the codebook before is in the one after; None if nowhere.

    A part that another one has taken in is nowhere, too.
    """
    now = {entry: _place_now(revision, entry) for entry in old.walk()}
    before = {_place(entry) for entry in now}
    many = Counter(now.values())
    for entry, place in now.items():
        if place is not None and many[place] > 1 and place != _place(entry) and place in before:
            now[entry] = None
    return now


def _place_now(revision: Revision, entry: Entry) -> Place | None:
    if entry.owner is None:
        return _place(entry)
    names = names_of(entry)
    if entry.kind == "layer":
        layer = revision.layers.get(names[0], names[0])
        return (entry.kind, (layer,)) if layer is not None else None
    if entry.kind == "label":
        key = revision.label((names[0], names[1]))
        return (entry.kind, key) if key is not None else None
    if entry.kind == "relation":
        relation = revision.relation(names[0])
        return (entry.kind, (relation,)) if relation is not None else None
    return _inner_place_now(revision, entry, names)


def _inner_place_now(revision: Revision, entry: Entry, names: tuple[str, ...]) -> Place | None:
    """Return where a role, an attribute or a value is now."""
    assert entry.owner is not None
    owner = _place_now(revision, entry.owner)
    if owner is None:
        return None
    if entry.kind == "role":
        name = revision.roles.get((names[0], names[1]), names[1])
    elif entry.kind == "attribute":
        name = revision.attributes.get(((names[0], names[1]), names[2]), names[2])
    else:
        name = revision.values.get(((names[0], names[1]), names[2], names[3]), names[3])
    layer = ("",) if entry.kind == "attribute" and owner[0] == "relation" else ()
    return (entry.kind, (*layer, *owner[1], name)) if name is not None else None


def _said(entry: Entry, places: Mapping[Entry, Place | None]) -> object:
    """Return what is said about a part by itself, with what it refers to as places now."""
    owner = places.get(entry.owner) if entry.owner is not None else None
    takes = {places.get(taken) for taken in entry.takes} - {None}
    needs = {
        (places.get(attribute), frozenset(places.get(value) for value in values))
        for attribute, values in entry.needs
    }
    return _alone(entry.part), owner, takes, needs


def _alone(part: Part) -> Part:
    """Return a part without its name, its inner parts and its references."""
    match part:
        case Layer():
            return replace(part, name="")
        case Label():
            return replace(part, name="", layer="", attributes=())
        case RelationLabel():
            return replace(part, name="", roles=(), attributes=())
        case Role():
            return replace(part, name="", accepts=())
        case Attribute():
            return replace(part, name="", values=())
        case Choice():
            return replace(part, name="", only_with={})
        case _:
            return replace(part, name="", layers=(), labels=(), relations=(), version=0)
