"""Who pre-highlights: a language model or the project's dictionary."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from annotation.dictionary import Terms


class Proposer(Protocol):
    """What finds something in texts, in a process of its own, and how its findings count."""

    @property
    def author(self) -> str:
        """How suggestions name who made them: a name and a version."""
        ...

    @property
    def source(self) -> "str | Terms":
        """What the process loads: a model's package or folder, or a dictionary's terms."""
        ...

    @property
    def layers(self) -> frozenset[str]:
        """The layers of the codebook that what it finds belongs to."""
        ...

    def owns(self, author: str) -> bool:
        """Tell whether a suggestion comes from this proposer, in any version."""
        ...

    def placed(self, label: str) -> tuple[str, str]:
        """Return the layer and the label of something found."""
        ...

    def overtakes(self, author: str) -> bool:
        """Tell whether the pending suggestion of that author is taken over where both are one."""
        ...
