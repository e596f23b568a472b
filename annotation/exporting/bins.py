"""Files of Docs that stay within memory, and a split that does not depend on chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin
    from srsly.msgpack import Packer

TOKENS_PER_FILE = 4_000_000
"""A DocBin is written in one piece: this many tokens need about a gigabyte while it is."""

DEV_SHARE = 0.2
"""How much of a corpus is held back to measure a model."""

_SPAN = Struct(">QQQllll").pack
"""A span in a group, as `SpanGroup.to_bytes` writes it: three hashes, tokens, code points."""

_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "ENT_ID", "NORM")


class BinFile:
    """A `.spacy` file; a corpus too large for one becomes a folder of numbered ones.

    spaCy's corpus reader takes either under the same path.
    """

    def __init__(self, path: Path, user_data: bool) -> None:
        self._path = path
        self._user_data = user_data
        self._bin = _new_bin(user_data)
        self._tokens = 0
        self._parts = 0
        self.docs = 0

    def add(self, packed: DocBin) -> None:
        """Add the Docs of a DocBin; arrays are shared, not copied."""
        count = sum(len(tokens) for tokens in packed.tokens)
        if self._tokens and self._tokens + count > TOKENS_PER_FILE:
            self._write_part()
        self._tokens += count
        self.docs += len(packed)
        self._bin.merge(packed)

    def close(self) -> None:
        """Write what has not been written."""
        if self._parts:
            self._write_part()
        else:
            self._path.parent.mkdir(exist_ok=True)
            self._path.write_bytes(self._bin.to_bytes())

    def _write_part(self) -> None:
        self._parts += 1
        self._path.mkdir(parents=True, exist_ok=True)
        (self._path / f"{self._parts:04}.spacy").write_bytes(self._bin.to_bytes())
        self._bin = _new_bin(self._user_data)
        self._tokens = 0


@dataclass(frozen=True, slots=True)
class Example:
    """One Doc for training, packed without user data; `spans` is how many it teaches."""

    article_id: str
    sha256: str
    packed: DocBin
    spans: int


class SplitBins:
    """A training and a development file; the text's hash says which a Doc goes to.

    So an article keeps its side when others are added. The Docs with the lowest and the
    highest hash are held until the end: the lowest goes to dev, the highest to train,
    and neither file stays empty. A single Doc goes to both.
    """

    def __init__(self, folder: Path) -> None:
        self._train = BinFile(folder / "train.spacy", user_data=False)
        self._dev = BinFile(folder / "dev.spacy", user_data=False)
        self._lowest: Example | None = None
        self._highest: Example | None = None
        self.docs = 0
        self.train_spans = 0
        self.dev_articles: list[str] = []

    def add(self, example: Example) -> None:
        """Add one Doc."""
        self.docs += 1
        if self._lowest is None or self._highest is None:
            self._lowest = self._highest = example
        elif example.sha256 < self._lowest.sha256:
            if self._lowest is not self._highest:
                self._place(self._lowest)
            self._lowest = example
        elif example.sha256 > self._highest.sha256:
            if self._lowest is not self._highest:
                self._place(self._highest)
            self._highest = example
        else:
            self._place(example)

    def settle(self) -> None:
        """Give the Docs that were held their sides; none can be added after this."""
        if self._lowest is not None and self._highest is not None:
            self._to_dev(self._lowest)
            self._to_train(self._highest)

    def write(self) -> None:
        """Write both files."""
        self._train.close()
        self._dev.close()

    @property
    def sizes(self) -> tuple[int, int]:
        """How many Docs train and dev hold."""
        return self._train.docs, self._dev.docs

    def _place(self, example: Example) -> None:
        if int(example.sha256[:8], 16) < DEV_SHARE * 0x1_0000_0000:
            self._to_dev(example)
        else:
            self._to_train(example)

    def _to_train(self, example: Example) -> None:
        self._train.add(example.packed)
        self.train_spans += example.spans

    def _to_dev(self, example: Example) -> None:
        self._dev.add(example.packed)
        self.dev_articles.append(example.article_id)


def pack(doc: Doc) -> DocBin:
    """Return a DocBin with this Doc and its user data.

    The same as `DocBin.add`, which looks up nine strings for each token and the installed
    extensions of msgpack for each group; here each different string is looked up once, and
    the extensions at the first Doc, as that is half of an export's time.
    """
    from spacy.attrs import SPACY

    packed = _new_bin(user_data=True)
    packed.tokens.append(doc.to_array([*packed.attrs]))
    packed.spaces.append(doc.to_array(SPACY).reshape((-1, 1)).astype(bool))
    packed.flags.append({"has_unknown_spaces": doc.has_unknown_spaces})
    packed.cats.append(doc.cats)
    packed.user_data.append(_packer().pack(doc.user_data))
    packed.span_groups.append(_packed_groups(doc, packed.strings))
    packed.strings.update(_strings_of_tokens(doc))
    return packed


def _strings_of_tokens(doc: Doc) -> Iterator[str]:
    """Yield each string that the hashes of the tokens stand for."""
    strings = doc.vocab.strings
    if len(doc):
        yield ""
    hashes = set(doc.to_array(["ORTH", "NORM", "ENT_TYPE", "ENT_ID"]).ravel().tolist())
    for number in cast("set[int]", hashes):
        yield strings[number]


def _packed_groups(doc: Doc, strings: set[str]) -> bytes:
    """Return what `doc.spans.to_bytes()` returns; their labels and ids go into `strings`."""
    packer = _packer()
    keys: dict[bytes, list[str]] = {}
    for key, group in doc.spans.items():
        spans = []
        for span in group:
            strings.update((span.label_, span.id_))
            hashes = (span.id, span.kb_id, span.label)
            spans.append(_SPAN(*hashes, span.start, span.end, span.start_char, span.end_char))
        content = packer.pack({"name": group.name, "attrs": group.attrs, "spans": spans})
        keys.setdefault(content, []).append(key)
    return packer.pack(keys) if keys else doc.spans.to_bytes()


@cache
def _packer() -> Packer:
    """Return what `srsly.msgpack_dumps` makes anew each time."""
    from srsly.msgpack import Packer

    return Packer(use_bin_type=True)


def without_user_data(packed: DocBin) -> DocBin:
    """Return a DocBin with the same Docs but nothing that training does not read."""
    plain = _new_bin(user_data=False)
    plain.tokens = packed.tokens
    plain.spaces = packed.spaces
    plain.cats = packed.cats
    plain.flags = packed.flags
    plain.span_groups = packed.span_groups
    plain.strings = packed.strings
    return plain


def _new_bin(user_data: bool) -> DocBin:
    from spacy.tokens import DocBin

    return DocBin(attrs=_ATTRIBUTES, store_user_data=user_data)
