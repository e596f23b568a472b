"""A dictionary as a file: a table that is made in a spreadsheet, tab-separated when we write it.

The first line names the columns: `term` and `label`, and where they are wanted `layer` and
`any case`. Tabs, semicolons and commas are read, in any encoding that articles may have.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from annotation.codebook import Codebook
from annotation.counting import counted
from annotation.dictionary import MOST, Dictionary, Term, checked
from annotation.errors import ProjectError
from annotation.readers.decode import read_text

COLUMNS = ("term", "label", "layer", "any case")

YES, NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")
"""What `any case` may say, in small letters."""

NAMED = 20
"""How many wrong lines a refusal names."""


class Reading(NamedTuple):
    """What a file holds: its terms, and a sentence for each line that is left out or doubled."""

    dictionary: Dictionary
    problems: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()


def read_dictionary(path: Path, codebook: Codebook) -> Reading:
    """Return the terms of a file, with each wrong line by its number and the reason.

    The codebook tells the layer of a label that the file does not. Raises `ProjectError` where
    the file is no table of terms at all, or too large.
    """
    try:
        rows = _rows(read_text(path))
        columns = _columns(next(rows, (1, []))[1])
        return _read(rows, columns, codebook, path.stem.strip())
    except ProjectError as error:
        raise ProjectError(f"{path}: {error}") from None
    except csv.Error as error:
        raise ProjectError(f"{path} is no table that can be read: {error}.") from None


def read_whole(path: Path, codebook: Codebook) -> Dictionary:
    """Return the dictionary of a file without a single wrong line.

    Raises `ProjectError` that names the lines where there are some. For a team's set-up:
    `store.dictionary.put(read_whole(path, store.codebook()))`.
    """
    reading = read_dictionary(path, codebook)
    if reading.problems:
        raise ProjectError(refusal(path, reading.problems))
    return reading.dictionary


def refusal(path: Path, problems: Sequence[str]) -> str:
    """Say what is wrong in a file, the first lines by name."""
    more = f"\nand {len(problems) - NAMED:,} more" if len(problems) > NAMED else ""
    lines = "\n".join(problems[:NAMED])
    return f"{path}: {counted(len(problems), 'wrong line')}.\n{lines}{more}"


def unknown_terms(dictionary: Dictionary, codebook: Codebook) -> list[Term]:
    """Return the terms whose label the codebook does not have (any more)."""
    known = {(label.layer, label.name) for label in codebook.labels}
    return [term for term in dictionary.terms if (term.layer, term.label) not in known]


def written(dictionary: Dictionary) -> str:
    """Return a dictionary as tab-separated text with a header line."""
    out = io.StringIO()
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    for term in dictionary.terms:
        table.writerow((term.term, term.label, term.layer, "yes" if term.any_case else "no"))
    return out.getvalue()


def save_dictionary(dictionary: Dictionary, path: Path) -> None:
    """Write a dictionary into a file, as UTF-8 with the mark by which spreadsheets know that.

    Raises `ProjectError` where it cannot be written; what was there then stays.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(written(dictionary), encoding="utf-8-sig", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}. Choose another folder."
        ) from error


def layer_of(codebook: Codebook, label: str) -> str:
    """Return the layer of a label; `ProjectError` where none has it, or more than one."""
    layers = [known.layer for known in codebook.labels if known.name == label]
    if len(layers) > 1:
        raise ProjectError(f"{label} is a label of {' and '.join(layers)}: say the layer.")
    if not layers:
        raise ProjectError(f"the codebook has no label {label}.")
    return layers[0]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its last line."""
    header = text.partition("\n")[0]
    if header.lower().startswith("sep="):  # what Excel is told the separator by
        raise ProjectError("the first line must name the columns, but it begins with “sep=”.")
    delimiter = max("\t;,", key=header.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in table:
        yield table.line_num, row


def _columns(header: Sequence[str]) -> Mapping[str, int]:
    names = [name.strip().lower().replace("_", " ") for name in header]
    columns = {name: names.index(name) for name in COLUMNS if name in names}
    if "term" not in columns or "label" not in columns:
        raise ProjectError(
            "the first line must name the columns, at least “term” and “label” (and “layer”, "
            "“any case” where they are wanted)."
        )
    return columns


def _read(
    rows: Iterator[tuple[int, list[str]]],
    columns: Mapping[str, int],
    codebook: Codebook,
    name: str,
) -> Reading:
    found: dict[tuple[str, str, bool], tuple[int, Term]] = {}
    problems, doubled = [], []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            term = _term(row, columns, codebook)
        except ProjectError as error:
            problems.append(f"Line {number}: {error}")
            continue
        first, other = found.setdefault(term.key, (number, term))
        if first != number:
            said = f"Line {number}: “{term.term}” is in line {first} already"
            if other.label == term.label:
                doubled.append(f"{said}.")
            else:
                problems.append(f"{said}, as {other.label}.")
        if len(found) > MOST:
            raise ProjectError(f"more than {MOST:,} terms. Split the file.")
    terms = [term for _, term in found.values()]
    return Reading(Dictionary(name=name).with_terms(terms), tuple(problems), tuple(doubled))


def _term(row: Sequence[str], columns: Mapping[str, int], codebook: Codebook) -> Term:
    said = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
    label = said.get("label", "")
    if not label:
        raise ProjectError("the label is missing.")
    layer = said.get("layer") or layer_of(codebook, label)
    if codebook.label(layer, label) is None:
        raise ProjectError(f"the codebook has no label {label} in the layer {layer}.")
    any_case = said.get("any case", "").lower()
    if any_case not in YES + NO:
        raise ProjectError(f"“any case” is “{any_case}”: write yes or no.")
    return checked(Term(said.get("term", ""), layer, label, any_case in YES))
