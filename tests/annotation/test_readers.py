"""Texts come in as they are, whatever wrote them; what is no text is refused in words."""

import codecs
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_store import BOOK

from annotation.errors import ProjectError
from annotation.model import Article
from annotation.readers import READERS, Failure, known_extensions, reader_for
from annotation.readers import decode as decoding
from annotation.readers import jsonl as jsonl_reading

STORY = "“It’s over,” the café’s owner said – naïvely.\nThe price: €40 & more.\n"


def read(path: Path, content: bytes | None = None) -> Article:
    if content is not None:
        path.write_bytes(content)
    reader = reader_for(path)
    assert reader is not None
    (entry,) = reader.read(path, BOOK, "anna")
    assert not isinstance(entry, Failure), entry.reason
    return entry.article


def refusal(path: Path, content: bytes) -> str:
    with pytest.raises(ProjectError) as refused:
        read(path, content)
    return str(refused.value)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1252"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_text(
    tmp_path: Path, mark: bytes, encoding: str, ends: str
) -> None:
    content = mark + STORY.replace("\n", ends).encode(encoding)
    article = read(tmp_path / "story.txt", content)
    assert article.text == STORY
    assert article.sha256 == sha256(STORY.encode()).hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        *("“Hi,” she said.", "Café", "It’s a “test” — naïve résumé.", "Mr. Smith’s dog", "façade"),
        "The price is €40, he said – “too much”.",
        "Der Präsident sagte: „Wir müssen größere Städte über die Lösungen befragen.“",
        "Le président a déclaré à l’Assemblée que « la réforme sera votée ».",
        "El Niño llegó a España después de mañana, según el presidente.",
        "Ærø og Ålborg er på øen.",
    ],
)
def test_short_windows_1252_comes_out_right(tmp_path: Path, text: str) -> None:
    assert read(tmp_path / "a.txt", text.encode("cp1252")).text == text
    long = " ".join([text] * 20)
    assert read(tmp_path / "b.txt", long.encode("cp1252")).text == long


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Украина получила разрешение на использование ракет большой дальности."),
        ("koi8_r", "Президент России заявил, что переговоры продолжатся на будущей неделе."),
        ("cp1250", "Prezydent powiedział, że źródła są pewne, a żołnierze wrócą."),
        ("cp1253", "Ο πρωθυπουργός δήλωσε ότι οι διαπραγματεύσεις θα συνεχιστούν."),
        ("utf-16-le", "Президент России заявил, что переговоры продолжатся."),
        ("utf-16-be", "Президент России заявил, что переговоры продолжатся."),
        ("utf-16-le", "The president said the talks would go on. “Не сейчас”, he added."),
        ("utf-16-be", "The president said the talks would go on. “Не сейчас”, he added."),
    ],
)
def test_other_code_pages_are_recognised(tmp_path: Path, encoding: str, text: str) -> None:
    assert read(tmp_path / "a.txt", text.encode(encoding)).text == text


def test_an_uncertain_encoding_is_refused_not_guessed(tmp_path: Path) -> None:
    assert "not certain" in refusal(
        tmp_path / "a.txt", "首相は、交渉が続くと述べた。".encode("cp932")
    )


def test_nothing_else_is_touched(tmp_path: Path) -> None:
    text = " \ufeff\tE\u0301 é \u00a0\u2028x\u0085\x0b\x0c👩\u200d👩\u200d👧 "
    text += "\u202eשלום\u202c \n\n  "
    assert read(tmp_path / "a.txt", text.encode()).text == text
    assert read(tmp_path / "b.txt", codecs.BOM_UTF8 + text.encode()).text == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_text_in_utf_8_comes_through(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decoding.decode(text.encode()) == text
    assert decoding.decode(codecs.BOM_UTF8 + text.encode()) == text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "blanks"),
        (codecs.BOM_UTF8, "blanks"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"text\x00text", "binary"),
        (b"abc\x00def\n", "binary"),
        (b"The minister said\x00no.\n", "binary"),
        (b"\x01\x02\x03\x04\x05", "binary"),
        (b"\x01\x02\x03abc", "binary"),  # as UTF-16 it would be Chinese
        (b"\x01\x02\x03abc" * 1000, "binary"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00", "damaged"),
        (codecs.BOM_UTF8 + b"caf\xe9", "damaged"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "damaged"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refusal(tmp_path / "a.txt", content)


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_reason(content: bytes) -> None:
    try:
        text = decoding.decode(content)
    except ProjectError:
        return
    assert "\0" not in text
    text.encode()


def test_a_stray_control_character_is_kept(tmp_path: Path) -> None:
    text = "A newspaper archive left a mark here. " * 20 + "\x02"
    assert read(tmp_path / "a.txt", text.encode()).text == text


def test_a_file_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 1_000_000)
    assert "larger than 1 MB" in refusal(tmp_path / "a.txt", b"x" * 1_000_001)
    assert len(read(tmp_path / "a.txt", b"x" * 1_000_000).text) == 1_000_000


def test_a_closed_file_is_refused(guarded_folder: Path) -> None:
    path = guarded_folder / "closed.txt"
    path.write_text("text")
    path.chmod(0)
    with pytest.raises(ProjectError, match="Permission denied"):
        read(path)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", "\n  Ferry to sail again \nText.", "Ferry to sail again"),
        ("a.txt", "x" * 120, "x" * 120),
        ("my story.txt", "x" * 121, "my story"),
        ("a.md", "Lead.\n\n# The *title* #\n\n# Other", "The *title*"),
        ("a.md", "## Second level ##\ntext", "Second level"),
        ("a.md", "Lead\n\n## Not the title", "Lead"),
        ("a.md", "Lead\n```\n# a comment\n```\n# Title", "Title"),
        ("a.txt", "# Of plain text", "# Of plain text"),
        ("b.md", "y" * 121, "b"),
    ],
)
def test_titles(tmp_path: Path, name: str, text: str, title: str) -> None:
    article = read(tmp_path / name, text.encode())
    assert (article.title, article.text, article.source_file) == (title, text, name)


def test_a_file_name_that_is_no_utf_8_becomes_readable(tmp_path: Path) -> None:
    try:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
        path.write_bytes(b"x" * 200)
    except OSError:
        pytest.skip("this file system holds UTF-8 names only")
    article = read(path)
    assert (article.source_file, article.title) == ("caf\ufffd.txt", "caf\ufffd")


def test_every_format_is_known_by_its_ending() -> None:
    assert known_extensions() == ".txt, .md, .jsonl, .json"
    assert [reader.name for reader in READERS] == ["text", "markdown", "jsonl"]
    assert reader_for(Path("A.TXT")) is READERS[0]
    assert reader_for(Path("a.pdf")) is None


# -- Pressmark JSONL as files; tests of what an object may hold are in test_readers_jsonl.py


def line(text: str) -> str:
    return json.dumps({"format": "pressmark/1", "article": {"text": text}})


def test_a_bad_line_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl_reading, "MAX_LINE", 2_000_000)
    deep = "[" * 100_000
    bad = ["{", "[]", '{"format": "x"}', line(""), '{"a": NaN}', deep, '"' + "x" * 5_000_000 + '"']
    lines = [line("One."), "", *bad, line("Two.")]
    path = tmp_path / "a.jsonl"
    path.write_bytes(codecs.BOM_UTF8 + "\r\n".join(lines).encode() + b"\n\xff\xfe\n")
    items = list(READERS[2].read(path, BOOK, "anna"))
    failures = [item for item in items if isinstance(item, Failure)]
    assert [i.article.text for i in items if not isinstance(i, Failure)] == ["One.", "Two."]
    assert [f.reason.split(":")[0] for f in failures] == [
        *(f"Line {number}" for number in range(3, 10)),
        "Line 11",
    ]
    assert "longer than 2 MB" in failures[6].reason and "not UTF-8" in failures[7].reason


def test_one_object_may_stand_in_a_json_file(tmp_path: Path) -> None:
    pretty = json.dumps(json.loads(line("One.")), indent=2).encode()
    assert read(tmp_path / "a.json", pretty).text == "One."
    assert read(tmp_path / "a.json", codecs.BOM_UTF8 + pretty).source_file == "a.json"
    assert "not JSON" in refusal(tmp_path / "b.json", b"{")
    assert "empty" in refusal(tmp_path / "b.json", b"  ")
    assert "empty" in refusal(tmp_path / "b.jsonl", b"\n\n")
