"""Making a relation: choose its label, then its spans, by mouse or by the letters shown on them."""

from collections.abc import Iterable
from itertools import product

from annotation.codebook import Codebook, RelationLabel, Role
from annotation.edits import Desk, link
from annotation.model import Argument, Change, Span

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters shown on spans, the home row first."""


class Linking:
    """A relation in the making; nothing is stored before `link` is carried out.

    `label` is None while the relation label itself is being chosen.
    """

    def __init__(self, codebook: Codebook, label: str | None) -> None:
        self._codebook = codebook
        self.label: RelationLabel | None = codebook.relation(label) if label else None
        self.arguments: list[Argument] = []
        self.letters: dict[str, str] = {}
        self.typed = ""

    # -- choosing the label

    def choices(self) -> list[tuple[str, RelationLabel]]:
        """Return the relation labels with the letter that chooses each."""
        taken: set[str] = set()
        found = []
        for relation in self._codebook.relations:
            letter = next(
                letter
                for letter in (relation.key.lower() + relation.name.lower() + LETTERS)
                if letter in LETTERS and letter not in taken
            )
            taken.add(letter)
            found.append((letter, relation))
        return found

    def choose(self, relation: RelationLabel) -> None:
        """Settle which relation is being made."""
        self.label = relation
        self.typed = ""

    # -- choosing the spans

    def accepts(self, span: Span) -> bool:
        """Tell whether some role of the relation takes the span."""
        return self.label is not None and any(
            role.takes(span.layer, span.label) for role in self.label.roles
        )

    def letter(self, spans: Iterable[Span]) -> None:
        """Give each of these spans that a role accepts its letters, in reading order."""
        wanted = [span.id for span in spans if self.accepts(span)]
        length = 1 if len(wanted) <= len(LETTERS) else 2
        codes = map("".join, product(LETTERS, repeat=length))
        self.letters = dict(zip(codes, wanted, strict=False))

    def toggle(self, span: Span) -> str:
        """Take the span in the first role that has room; again, in the next one; then out.

        Returns why the span cannot be taken, or an empty text.
        """
        assert self.label is not None
        if not self.accepts(span):
            return f"{self.label.name} has no role for a {span.label}."
        before = self.role_of(span.id)
        self.arguments = [a for a in self.arguments if a.span_id != span.id]
        role = self._free_role(span, after=before)
        if role is not None:
            self.arguments.append(Argument(role.name, span.id))
        elif not before:
            return f"{self.label.name} has no room for another {span.label}."
        return ""

    def type(self, letter: str) -> str | None:
        """Add a typed letter; return the id of the span whose letters are complete, if any."""
        code = self.typed + letter
        if code in self.letters:
            self.typed = ""
            return self.letters[code]
        self.typed = code if any(known.startswith(code) for known in self.letters) else ""
        return None

    def role_of(self, span_id: str) -> str:
        """Return the role a span has been taken for, or an empty text."""
        return next((a.role for a in self.arguments if a.span_id == span_id), "")

    def sentence(self) -> str:
        """Say what to do now, for the status line."""
        if self.label is None:
            return "Choose a relation by its letter. Esc leaves."
        taken = [f"{a.role} ✓" for a in self.arguments]
        missing = [r.name for r in self.label.roles if self._count(r) < max(r.min, 1)]
        todo = " · ".join([*taken, *missing])
        how = "Letters or clicks choose, again: another role. Enter links, Esc leaves."
        return f"{self.label.title}: {todo}. {how}"

    def link(self, desk: Desk) -> Change:
        """Return the change that makes the relation; raises as `edits.link` does."""
        assert self.label is not None
        order = [role.name for role in self.label.roles]
        arguments = sorted(self.arguments, key=lambda a: order.index(a.role))
        return link(desk, self.label.name, arguments)

    def _free_role(self, span: Span, after: str) -> Role | None:
        """Return the first role with room for the span, past the one it had."""
        assert self.label is not None
        names = [role.name for role in self.label.roles]
        roles = self.label.roles[names.index(after) + 1 :] if after else self.label.roles
        return next(
            (r for r in roles if r.takes(span.layer, span.label) and self._has_room(r)), None
        )

    def _has_room(self, role: Role) -> bool:
        return role.max is None or self._count(role) < role.max

    def _count(self, role: Role) -> int:
        return sum(argument.role == role.name for argument in self.arguments)
