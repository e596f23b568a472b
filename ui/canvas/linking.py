"""A relation in the making: which label it has and which spans play which part."""

from annotation.codebook import Codebook, RelationLabel, Role
from annotation.edits import Desk, link, set_arguments
from annotation.model import Argument, Change, Relation, Span
from annotation.rules import spoken
from annotation.titles import with_article
from ui.canvas.letters import letters_for

MANY_ROLES = 4
"""With more roles than that the line that tells them has no room for how they are chosen."""


class Linking:
    """A relation in the making; nothing is stored before `link` is carried out.

    `label` is None while the relation label itself is being chosen: one that has a role for
    the span it is `begun_at`. With a `relation` that one is changed and no other made. `aim`
    is the role that spans are taken for first.
    """

    def __init__(
        self,
        codebook: Codebook,
        label: str | None,
        relation: Relation | None = None,
        begun_at: Span | None = None,
    ) -> None:
        self._codebook = codebook
        self._begun_at = begun_at
        self._relation = relation
        self.label: RelationLabel | None = codebook.relation(label) if label else None
        self.arguments: list[Argument] = list(relation.arguments) if relation else []
        self.aim = ""

    @property
    def relation_id(self) -> str:
        """The id of the relation that is changed, empty for a new one."""
        return self._relation.id if self._relation else ""

    # -- choosing the label

    def choices(self) -> list[tuple[str, RelationLabel]]:
        """Return the relation labels in question, each with the letter that always chooses it."""
        relations, span = self._codebook.relations, self._begun_at
        letters = letters_for([r.name for r in relations], [r.key for r in relations])
        return [
            (letter, relation)
            for letter, relation in zip(letters, relations, strict=True)
            if span is None or _has_role(relation, span)
        ]

    def choose(self, relation: RelationLabel) -> None:
        """Settle which relation is being made."""
        self.label = relation

    def change(self, relation: Relation) -> None:
        """Go on with a relation that there is, in place of a new one."""
        self._relation = relation
        self.arguments = list(relation.arguments)

    # -- choosing the spans

    def take_aim(self, number: int) -> str:
        """Take the next spans for the role of that number, from 1; return why not, or ""."""
        assert self.label is not None
        if not 1 <= number <= len(self.label.roles):
            return f"{self.label.title} has no role number {number}."
        self.aim = self.label.roles[number - 1].name
        return ""

    def accepts(self, span: Span) -> bool:
        """Tell whether some role of the relation takes the span."""
        return self.label is not None and _has_role(self.label, span)

    def toggle(self, span: Span) -> str:
        """Take the span in the first role that has room; again, in the next one; then out.

        The role aimed at comes before all others. Returns why the span cannot be taken,
        or an empty text.
        """
        assert self.label is not None
        if not self.accepts(span):
            return f"{self.label.title} has no role for {self._titled(span)}."
        before = self.role_of(span.id)
        self.arguments = [a for a in self.arguments if a.span_id != span.id]
        role = self._aimed_role(span, before) or self._free_role(span, after=before)
        if role is not None:
            self.arguments.append(Argument(role.name, span.id))
        elif not before:
            title = self._codebook.titled(span.layer, span.label)
            return f"{self.label.title} has no room for another {title}."
        return ""

    def role_of(self, span_id: str) -> str:
        """Return the role a span has been taken for, or an empty text."""
        return next((a.role for a in self.arguments if a.span_id == span_id), "")

    def sentence(self) -> str:
        """Say what to do now, for the status line."""
        if self.label is None:
            return "Choose a relation by its letter. Esc leaves."
        parts = [self._told(number, role) for number, role in enumerate(self.label.roles, 1)]
        roles = " · ".join(part for part in parts if part)
        how = "Letters or clicks choose, again: another role. "
        how = how if len(parts) <= MANY_ROLES else ""
        return f"{self.label.title}: {roles}. {how}Enter links, Esc leaves."

    def link(self, desk: Desk) -> Change:
        """Return the change that makes the relation; raises as `edits.link` does."""
        assert self.label is not None
        order = [role.name for role in self.label.roles]
        arguments = sorted(self.arguments, key=lambda a: order.index(a.role))
        if self._relation is not None:
            return set_arguments(desk, self._relation, arguments)
        return link(desk, self.label.name, arguments)

    def _titled(self, span: Span) -> str:
        return with_article(self._codebook.titled(span.layer, span.label))

    def _told(self, number: int, role: Role) -> str:
        """Say of a role that it is aimed at, what it has, and by which number it is aimed at."""
        assert self.label is not None
        count = self._count(role)
        several = len(self.label.roles) > 1
        name = f"{number} {spoken(role)}" if several else spoken(role)
        ticks = " ✓" if count == 1 else f" ✓×{count}" if count else ""
        return f"▸{name}{ticks}" if role.name == self.aim else f"{name}{ticks}"

    def _aimed_role(self, span: Span, before: str) -> Role | None:
        """Return the role aimed at, where it takes the span and has room for it."""
        assert self.label is not None
        role = self.label.role(self.aim) if self.aim != before else None
        fits = role is not None and role.takes(span.layer, span.label) and self._has_room(role)
        return role if fits else None

    def _free_role(self, span: Span, after: str) -> Role | None:
        """Return the first role with room for the span, past the one it had."""
        assert self.label is not None
        if after and after == self.aim:
            return None
        names = [role.name for role in self.label.roles]
        roles = self.label.roles[names.index(after) + 1 :] if after else self.label.roles
        return next(
            (r for r in roles if r.takes(span.layer, span.label) and self._has_room(r)), None
        )

    def _has_room(self, role: Role) -> bool:
        return role.max is None or self._count(role) < role.max

    def _count(self, role: Role) -> int:
        return sum(argument.role == role.name for argument in self.arguments)


def _has_role(relation: RelationLabel, span: Span) -> bool:
    return any(role.takes(span.layer, span.label) for role in relation.roles)
