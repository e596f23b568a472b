"""Codebooks as files: what is right comes back the same, what is wrong is told with its line."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_store import BOOK

from annotation.codebook import Attribute, Choice, Codebook, Label, Layer, RelationLabel, Role
from annotation.codebook_file import (
    default_codebook,
    parse_codebook,
    read_codebook,
    write_codebook,
)
from annotation.codebook_problems import RESERVED_KEYS
from annotation.errors import ProjectError
from annotation.resources import resource_path

SOURCE = resource_path("codebook.toml").read_text("utf-8")
DOCS = Path(__file__).resolve().parents[2] / "docs"


def problems_of(source: str) -> list[str]:
    with pytest.raises(ProjectError) as refusal:
        parse_codebook(source, "my.toml")
    return str(refusal.value).split("\n")


def test_the_default_codebook_has_what_the_design_asks_for() -> None:
    book = default_codebook()
    assert [layer.name for layer in book.layers] == ["entity", "discourse", "event"]
    assert sum(label.layer == "entity" for label in book.labels) == 18
    assert len(book.relations) == 10
    assert all(label.definition and label.example for label in book.labels)
    event = book.label("event", "EVENT")
    assert event is not None and len(event.attribute("class").values) == 17  # type: ignore[union-attr]


def test_writing_and_reading_give_the_same_codebook(tmp_path: Path) -> None:
    for book in (BOOK, default_codebook()):
        path = tmp_path / "book.toml"
        path.write_text(write_codebook(book), "utf-8")
        assert read_codebook(path) == book


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
titles = words.filter(bool)
names = st.text(st.sampled_from("abcÄß東😀_-.\"'\\#[]={}"), min_size=1, max_size=6)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    layers = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    count = draw(st.integers(1, 4))
    unique = st.lists(names, min_size=count, max_size=count, unique=True)
    keys = draw(
        st.lists(
            st.sampled_from("ACEFGHIM123"), min_size=count + 1, max_size=count + 1, unique=True
        )
    )
    labels = tuple(
        Label(
            draw(st.sampled_from(layers)),
            *(name, draw(titles), tag, "#12aBc0", key, draw(st.booleans()), draw(st.booleans())),
            *(draw(words), draw(words), draw(attributes())),
        )
        for name, tag, key in zip(draw(unique), draw(unique), keys, strict=False)
    )
    accepts = [f"{label.layer}/{label.name}" for label in labels] + [f"{layers[0]}/*"]
    role = Role(draw(names), (draw(st.sampled_from(accepts)),), 1, draw(st.none() | st.just(4)))
    relation = RelationLabel(
        *(draw(names), draw(titles), keys[-1], draw(st.booleans()), draw(words), draw(words)),
        *((role,), draw(attributes())),
    )
    return Codebook(
        draw(titles),
        draw(words),
        tuple(
            Layer(name, draw(titles), draw(words), draw(st.sampled_from(("tint", "lane"))))
            for name in layers
        ),
        labels,
        (relation,),
    )


@st.composite
def attributes(draw: st.DrawFn) -> tuple[Attribute, ...]:
    one, other, free = draw(st.lists(names, min_size=3, max_size=3, unique=True))
    first, second = draw(st.lists(names, min_size=2, max_size=2, unique=True))
    return (
        Attribute(one, draw(titles), "choice", draw(words), first, (Choice(first, draw(words)),)),
        Attribute(
            *(other, draw(titles), "choice", "", ""),
            (Choice(second, draw(words), draw(words), {one: (first,)}),),
        ),
        Attribute(free, draw(titles), draw(st.sampled_from(("flag", "text"))), draw(words)),
    )


@settings(max_examples=60, deadline=None)
@given(codebooks())
def test_any_codebook_survives_its_file(book: Codebook) -> None:
    assert parse_codebook(write_codebook(book), "book.toml") == book


# (what is replaced, by what, which of its lines is at fault, what the problem says)
MISTAKES = [
    ('title = "Organisation"\ntag = "ORG"', 'title = "x"\ntag = "PER"', 1, "PERSON on line 33"),
    ('key = "2"', 'key = "1"', 0, "the label ORG has the key 1, which PERSON on line 34 has too"),
    ('key = "C"', 'key = "ctrl"', 0, "one character"),
    ('key = "Q"', 'key = "n"', 0, "the application uses"),
    ('key = "G"', 'key = "e"', 0, "the relation COREFERENCE has the key e, which EVENT on line"),
    ('color = "#31A2FB"', 'color = "blue"', 0, "#0072B2"),
    ('color = "#31A2FB"\n', "", -6, "color is missing"),
    ('name = "ORG"', 'name = "PERSON"', 0, "a label of the layer entity on line 31"),
    ('name = "ORG"', 'name = "O R G"', 0, "cannot hold blanks"),
    ('name = "ORG"', 'name = ""', 0, "name is empty"),
    ('name = "ORG"', "name = 5", 0, "text in quotes"),
    ('layer = "discourse"', 'layer = "speech"', 0, "the layer speech, which is not there"),
    ('drawn = "tint"', 'drawn = "box"', 0, "tint or lane"),
    ("discontinuous = true", 'discontinuous = "yes"', 0, "true or false"),
    ('default = "attributed"', 'default = "atributed"', 0, "default atributed"),
    ('{ class = ["accuse"] }', '{ class = ["acuse"] }', 0, "being acuse, which it cannot be"),
    ('{ class = ["accuse"] }', '{ clas = ["accuse"] }', 0, "depends on clas"),
    ('{ class = ["accuse"] }', '["accuse"]', 0, "a condition such as"),
    ('accepts = ["discourse/CUE"]', 'accepts = ["CUE"]', 0, "accepts “CUE”"),
    ("  min = 2", "  min = 2\n  max = 1", 1, "takes from 2 to 1"),
    ("symmetric = true", "symetric = true", 0, "'symetric' means nothing here"),
    ('name = "GPE"', 'name = "GPE"\nexamples = """\nkey = "\n[[x]]"""', 1, "'examples' means"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "line", "says"), MISTAKES)
def test_a_mistake_is_told_with_its_line(right: str, wrong: str, line: int, says: str) -> None:
    at = SOURCE.index(right)
    source = SOURCE[:at] + wrong + SOURCE[at + len(right) :]
    expected = SOURCE[:at].count("\n") + 1 + line
    found = [p for p in problems_of(source) if says in p]
    assert found and found[0].startswith(f"my.toml:{expected}: "), problems_of(source)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    source = SOURCE.replace('key = "2"', 'key = "1"').replace('key = "Q"', 'key = "N"')
    source = source.replace('drawn = "tint"', "drawn = 1").replace('"discourse/CUE"', '"CUE"')
    found = problems_of(source)
    lines = [int(re.match(r"my\.toml:(\d+): ", problem)[1]) for problem in found]  # type: ignore[index]
    assert len(found) == 4 and lines == sorted(lines)


def test_lines_are_found_however_the_file_is_laid_out() -> None:
    source = (
        'format = "pressmark-codebook/1" # [[label]]\nname = """\n[[label]]\nkey = 1\n"""\n'
        'extra = [\n[["layer"]],\n]\n'
        "[[layer]]\nname = 'a'\ndrawn = 1\n"
        '[[label]]\nlayer = "a"\nname="L"\n"color" = "#000000"\ntag="L"\n'
        '  [[ label . attribute ]]\n  name = "x"\n  type = "choice"\n'
        '  value = [\n    { name = "one" }, # ]\n    { name = "two" },\n  ]\n  default = "three"\n'
        '[[label]]\nlayer = "a"\nname = "M"\ncolor = "#00000"\ntag = "L"\n'
    )
    assert [problem.split(" ")[0] for problem in problems_of(source)] == [
        "my.toml:6:",
        "my.toml:11:",
        "my.toml:24:",
        "my.toml:28:",
        "my.toml:29:",
    ]


def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert problems_of("a = 1\nb =\n")[0].startswith("my.toml:2: this is not TOML")
    assert problems_of("a = [1,\n2,\n")[0].startswith("my.toml:2: this is not TOML")
    path = tmp_path / "latin.toml"
    path.write_bytes("a = 1\nb = 'é'\n".encode("cp1252"))
    with pytest.raises(ProjectError, match=r"latin\.toml:2: this is not UTF-8"):
        read_codebook(path)
    with pytest.raises(ProjectError, match="cannot be read"):
        read_codebook(tmp_path / "none.toml")
    with pytest.raises(ProjectError, match="cannot be read"):
        read_codebook(tmp_path)


def test_an_empty_file_says_what_a_codebook_needs() -> None:
    assert {problem.split(": ", 1)[1][:24] for problem in problems_of("")} >= {
        "the codebook needs at le",
        "name is missing here.",
    }


def test_shapes_that_make_no_sense_are_refused_in_words() -> None:
    for source in ("label = 5", "label = [1, 2]", "[label]\nname = 1", "[[layer]]\nname = []"):
        assert all(problem.startswith("my.toml:") for problem in problems_of(source))


def test_the_page_for_researchers_is_right() -> None:
    page = (DOCS / "codebook.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example and parse_codebook(example[1], "page").name == "Who says what"
    told = re.search(r"The keys (.*?) belong", page)
    assert told and set(re.sub(r"[`, ]|and", "", told[1])) == set(RESERVED_KEYS)
