"""A codebook being edited: every part stays itself, whatever it is called meanwhile.

So a part that was renamed is told from one that was removed while another was added, and
what refers to a part (a role to its labels, a value to another's) follows its name.
"""

from annotation.codebook import Attribute, Choice, Codebook, Label, Layer, RelationLabel, Role
from annotation.codebook_entries import (
    INSIDE,
    Entry,
    Kind,
    Part,
    codebook_in,
    grown,
    label_key,
    labels_in,
    names_of,
)
from annotation.codebook_revision import LabelKey, Revision, Uses
from annotation.label_colors import free_color


class Draft:
    """An edited copy of a codebook, and what is to become of annotations of removed parts.

    `fates` says for removed parts which one takes their annotations; for one that is not
    there, or None, the annotations are deleted.
    """

    def __init__(self, before: Codebook) -> None:
        self.before = before
        self.root = grown(before)
        self.fates: dict[Entry, Entry | None] = {}
        self._known = [entry for entry in self.root.walk() if entry.kind != "codebook"]
        for entry in self._known:
            entry.origin = names_of(entry)

    # -- what it says now

    def labels(self) -> list[Entry]:
        """Return all labels, layer by layer."""
        return labels_in(self.root)

    def codebook(self) -> Codebook:
        """Return the codebook as it is now, whether or not it can be used."""
        return codebook_in(self.root)

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        revision = self.revision()
        return revision.after != Draft(self.before).codebook() or bool(
            revision.moved_labels or revision.touched_relations or revision.touched_labels
        )

    def revision(self) -> Revision:
        """Return what becomes of annotations made with the codebook in use."""
        layers: dict[str, str | None] = {}
        labels: dict[LabelKey, LabelKey | None] = {}
        named: dict[Kind, dict[tuple[str, ...], str | None]] = {
            "relation": {}, "role": {}, "attribute": {}, "value": {},
        }  # fmt: skip
        for entry in self._known:
            assert entry.origin is not None
            heir = self.heir(entry)
            if entry.kind == "layer":
                layers[entry.origin[0]] = entry.name if entry.alive else None
            elif entry.kind == "label":
                labels[entry.origin[0], entry.origin[1]] = label_key(heir) if heir else None
            elif entry.kind == "relation" or (entry.owner is not None and entry.owner.alive):
                named[entry.kind][entry.origin] = heir.name if heir else None
        return Revision(
            self.before,
            self.codebook(),
            layers,
            labels,
            {old[0]: new for old, new in named["relation"].items()},
            {(old[0], old[1]): new for old, new in named["role"].items()},
            {((old[0], old[1]), old[2]): new for old, new in named["attribute"].items()},
            {((old[0], old[1]), old[2], old[3]): new for old, new in named["value"].items()},
        )

    # -- what becomes of annotations

    def heir(self, entry: Entry) -> Entry | None:
        """Return the part itself, or which one takes its annotations now that it is removed."""
        found: Entry | None = entry
        while found is not None and not found.alive:
            found = self.fates.get(found)
        return found

    def heirs(self, entry: Entry) -> list[Entry]:
        """Return the parts that could take a removed part's annotations.

        Nobody's word that a layer is complete can be handed on to another.
        """
        if entry.kind == "label":
            found = self.labels()
        elif entry.kind == "relation":
            found = self.root.of("relation")
        elif entry.kind == "layer":
            found = []
        else:
            found = entry.owner.of(entry.kind) if entry.owner else []
        return [other for other in found if other is not entry and _alike(entry, other)]

    def lost(self, uses: Uses) -> list[tuple[Entry, int]]:
        """Return the removed parts that annotations use, and how many do.

        Parts of a removed label or relation are not listed: they share its fate.
        """
        found = []
        for entry in self._known:
            with_owner = entry.kind in ("role", "attribute", "value") and (
                entry.owner is None or not entry.owner.alive
            )
            count = self.used(entry, uses)
            if count and not entry.alive and not with_owner and entry.kind != "layer":
                found.append((entry, count))
        return found

    def used(self, entry: Entry, uses: Uses) -> int:
        """Return how much would be lost with a part; suggestions count for their label."""
        return sum(self.counts(entry, uses))

    def counts(self, entry: Entry, uses: Uses) -> tuple[int, int]:
        """Return how many decisions use a part, and how many suggestions wait for its label."""
        if entry.origin is None:
            return 0, 0
        suggested = uses.get(("suggestion", *entry.origin), 0) if entry.kind == "label" else 0
        return uses.get((entry.kind, *entry.origin), 0), suggested

    # -- editing

    def add(self, owner: Entry, kind: Kind, after: Entry | None = None) -> Entry:
        """Add a new part to another, behind one of its parts or at the end; return it."""
        taken = {entry.name for entry in owner.of(kind)}
        entry = Entry(kind, _fresh(kind, taken, {_color(label) for label in self.labels()}))
        entry.owner = owner
        place = owner.inside.index(after) + 1 if after in owner.inside else len(owner.inside)
        owner.inside.insert(place, entry)
        return entry

    def remove(self, entry: Entry, heir: Entry | None = None) -> None:
        """Take a part out; what was said with it goes to the heir, or goes as well."""
        entry.removed = True
        self.fates[entry] = heir

    def move(self, entry: Entry, by: int) -> bool:
        """Move a part up (-1) or down (1) among those of its kind; tell whether it could."""
        owner = entry.owner
        if owner is None:
            return False
        peers = owner.of(entry.kind)
        place = peers.index(entry) + by
        if not 0 <= place < len(peers):
            return False
        here, there = owner.inside.index(entry), owner.inside.index(peers[place])
        owner.inside[here], owner.inside[there] = owner.inside[there], owner.inside[here]
        return True

    def move_to(self, label: Entry, layer: Entry) -> None:
        """Move a label to the end of another layer."""
        assert label.owner is not None
        label.owner.inside.remove(label)
        layer.inside.append(label)
        label.owner = layer

    def take_over(self, codebook: Codebook) -> None:
        """Put another codebook in place of what is here; parts of the same name stay the same.

        That is the name that they have here, or else the one in the codebook in use.
        """
        heirs: dict[Entry, Entry] = {}
        root = grown(codebook)
        _match(self.root, root, heirs)
        rest = {(e.kind, e.origin): e for e in self._known if e not in heirs}
        for entry in root.walk():
            if entry.kind != "codebook" and entry.origin is None:
                again = rest.get((entry.kind, names_of(entry)))
                if again is not None:
                    heirs[again], entry.origin = entry, again.origin
        for entry in self._known:
            entry.removed = entry.removed or entry not in heirs
        self._known = [heirs.get(entry, entry) for entry in self._known]
        self.fates = {
            entry: heirs.get(heir, heir) if heir else None
            for entry, heir in self.fates.items()
            if entry not in heirs
        }
        for entry in self._known:  # what is left of the old tree still knows whose part it was
            if entry.owner in heirs and entry.removed:
                entry.owner = heirs[entry.owner]
        self.root = root


def _match(old: Entry, new: Entry, heirs: dict[Entry, Entry]) -> None:
    """Find the parts of the new tree that are those of the old one, by their names."""
    heirs[old] = new
    for kind in INSIDE[new.kind]:
        named = {entry.name: entry for entry in old.of(kind)}
        for entry in new.of(kind):
            same = named.get(entry.name)
            if same is not None:
                entry.origin = same.origin
                _match(same, entry, heirs)


def _alike(entry: Entry, other: Entry) -> bool:
    """Tell whether what was said with one attribute could be said with another."""
    one, two = entry.part, other.part
    return not (isinstance(one, Attribute) and isinstance(two, Attribute)) or one.type == two.type


def _color(entry: Entry) -> str:
    return entry.part.color if isinstance(entry.part, Label) else ""


def _fresh(kind: Kind, taken: set[str], colors: set[str]) -> Part:
    """Return a new part with a name and a colour that are free."""
    stem = f"NEW_{kind.upper()}" if kind in ("label", "relation") else f"new_{kind}"
    numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
    name = next(name for name in (stem, *numbered) if name not in taken)
    match kind:
        case "layer":
            return Layer(name, "")
        case "label":
            return Label("", name, "", "", free_color(colors))
        case "relation":
            return RelationLabel(name, "")
        case "role":
            return Role(name, ())
        case "attribute":
            return Attribute(name, "", "choice")
        case _:
            return Choice(name)
