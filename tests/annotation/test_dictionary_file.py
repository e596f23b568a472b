"""Dictionaries as scholars save them: separators, encodings, mistakes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.dictionary import Dictionary, Term, checked
from annotation.dictionary_file import (
    read_dictionary,
    read_whole,
    save_dictionary,
    unknown_terms,
)
from annotation.errors import ProjectError
from tests.annotation.book import BOOK

ACME = Term("Ødegård & Co", "entity", "ORG")
SAYS = Term("it says", "discourse", "CUE", any_case=True)
ROWS = (("Term", "Label", "any_case"), ("Ødegård & Co", "ORG", ""), ("it  says", "CUE", "YES"))


@pytest.mark.parametrize("separator", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tables_of_spreadsheets_are_read(tmp_path: Path, separator, encoding, newline) -> None:
    path = tmp_path / "firms.tsv"
    text = newline.join(separator.join(f'"{cell}"' for cell in row) for row in ROWS) + newline
    path.write_bytes(text.encode(encoding))
    reading = read_dictionary(path, BOOK)
    assert (reading.problems, reading.doubled) == ((), ())
    assert reading.dictionary == Dictionary(name="firms").with_terms([ACME, SAYS])


def test_each_wrong_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        "label\tterm\tlayer\tany case\n"
        "ORG\tAcme\n"
        "ORG\n"
        "\tBolt\n"
        "FIRM\tBolt\n"
        "CUE\tsaid\tentity\n"
        "ORG\tBolt\t\tperhaps\n"
        "\n"
        "ORG\tAcme\n"
        "GPE\tAcme\n"
        'ORG\t"Bolt\nand Nut"\n',
        "utf-8",
    )
    reading = read_dictionary(path, BOOK)
    assert [term.term for term in reading.dictionary.terms] == ["Acme", "Bolt and Nut"]
    assert reading.problems == (
        "Line 3: the term is missing.",
        "Line 4: the label is missing.",
        "Line 5: the codebook has no label FIRM.",
        "Line 6: the codebook has no label CUE in the layer entity.",
        "Line 7: “any case” is “perhaps”: write yes or no.",
        "Line 10: “Acme” is in line 2 already, as ORG.",
    )
    assert reading.doubled == ("Line 9: “Acme” is in line 2 already.",)
    with pytest.raises(ProjectError, match=r"a\.tsv: 6 wrong lines\.\nLine 3"):
        read_whole(path, BOOK)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Acme\tORG\n", "must name the columns"),
        ("sep=;\nterm;label\n", "sep="),
        ("", "empty"),
        ("term\tlabel\n\x00\x00\x01", "binary"),
        ("term\tlabel\n" + "x" * 200_000 + "\tORG\n", "no table"),
    ],
)
def test_what_is_no_table_is_refused_with_its_name(tmp_path: Path, content, said) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(ProjectError, match=r"a\.csv") as refused:
        read_dictionary(path, BOOK)
    assert said in str(refused.value)


def test_more_terms_than_there_may_be_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.dictionary_file.MOST", 2)
    path = tmp_path / "a.tsv"
    path.write_text("term\tlabel\na\tORG\nb\tORG\nc\tORG\n")
    with pytest.raises(ProjectError, match="more than 2 terms"):
        read_dictionary(path, BOOK)


WORDS = st.text(min_size=1, max_size=9).filter(lambda word: word.split() and word.isprintable())


@given(words=st.lists(st.tuples(WORDS, st.booleans()), max_size=6))
def test_what_is_written_is_read_again(tmp_path_factory, words) -> None:
    path = tmp_path_factory.mktemp("d") / "words.tsv"
    terms = [checked(Term(word, "entity", "ORG", any_case)) for word, any_case in words]
    dictionary = Dictionary(name="words").with_terms(terms)
    save_dictionary(dictionary, path)
    assert read_dictionary(path, BOOK).dictionary == dictionary


def test_terms_of_labels_that_are_gone_are_listed() -> None:
    gone = Term("Acme", "entity", "FIRM")
    assert unknown_terms(Dictionary((gone, ACME)), BOOK) == [gone]
