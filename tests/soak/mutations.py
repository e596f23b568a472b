"""Project files as no program of ours writes them: damaged at random, or altered on purpose."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

PAGE = 4096

UNREADABLE = (sqlite3.Error, UnicodeError)
"""What stands in the way of altering a file that is damaged already."""

Mutation = Callable[[Path, random.Random], None]

SCHEMA_EDITS = (
    "CREATE TRIGGER evil AFTER INSERT ON span BEGIN DELETE FROM article; END",
    "CREATE TRIGGER evil AFTER UPDATE ON writer BEGIN SELECT load_extension('/tmp/evil'); END",
    "CREATE TEMP TRIGGER evil AFTER INSERT ON span BEGIN DELETE FROM article; END",
    "CREATE VIEW evil AS SELECT * FROM span",
    "CREATE VIEW evil AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT count(*) FROM n",
    "ALTER TABLE span ADD COLUMN evil TEXT AS (hex(zeroblob(1000000)))",
    "ALTER TABLE meta ADD COLUMN evil TEXT AS (fts3_tokenizer(value))",
    "CREATE VIRTUAL TABLE evil USING fts5(a)",
    "CREATE VIRTUAL TABLE evil USING rtree(id, a, b)",
    "CREATE INDEX evil ON span (length(note))",
    "CREATE TABLE evil (a DEFAULT (writefile('/tmp/evil', 'x')))",
    "DROP TABLE run",
    "DROP INDEX span_by_place",
    "DROP VIEW change_record",
    "ALTER TABLE span RENAME COLUMN note TO comment",
    "ANALYZE",
    "PRAGMA user_version = 3",
    "PRAGMA user_version = 2147483647",
    "PRAGMA user_version = -1",
    "PRAGMA application_id = 1",
    "PRAGMA auto_vacuum = FULL; VACUUM",
    "PRAGMA journal_mode = WAL",
    "CREATE TABLE sqlite_later (a)",
    "DELETE FROM codebook",
    "DELETE FROM meta",
    "DELETE FROM article_text",
    "INSERT INTO writer VALUES (1, 'x', 'x', 'x', 9223372036854775807, 'never', 'never')",
)

SCHEMA_TEXTS = (
    ("CREATE TABLE span", "CREATE VIEW span AS SELECT 1; --"),
    ("CREATE TABLE meta", "CREATE VIRTUAL TABLE meta USING fts5(name, value); --"),
    ("TEXT", "BLOB"),
    ("CHECK", "CHECK (abs(-9223372036854775808)) CHECK"),
    ("STRICT", ""),
    ("REFERENCES article (id)", "REFERENCES article (id) ON DELETE CASCADE"),
    ("CREATE", "create"),
    ("CREATE INDEX", "garbage"),
    ("_sqlite_migrations", "_sqlite_migrations2"),
    ("TEXT", "TEXT AS (randomblob(9)) "),
)
"""What is written over in the schema's own table, which SQLite lets nobody but fools do."""

DEEP = "[" * 200_000

ODD: tuple[object, ...] = (
    *(None, 0, -1, 2**63 - 1, -(2**63), 1.5, float("inf"), b"\xff\xfe", b"", "", "\0", "x\0y"),
    *("[", "]", "{}", "[]", "null", "[null]", "[[0]]", '[["a","b"]]', "[[0,4,5]]", "[[4,0]]"),
    *("[[-1,4]]", "[[0,99999999]]", "[[0,1e400]]", "[[0,NaN]]", '{"a":1}', '{"a":[[]]}', '{"":""}'),
    *(
        '["\\ud800"]',
        "9" * 5000,
        DEEP,
        '{"layers":' + DEEP,
        "x" * 2_000_000,
        "2026-13-45T99:99",
        "￿",
    ),
    *('[{"record":"span"}]', '[{"record":"nothing"}]', '{"record":1}', "[[0,4]] ", "true"),
)


def mutate(path: Path, chance: random.Random) -> str:
    """Alter a project in place; return what was done."""
    names = list(MUTATIONS)
    name = chance.choice(names)
    MUTATIONS[name](path, chance)
    if chance.random() < 0.1:
        also = chance.choice(names)
        MUTATIONS[also](path, chance)
        name += f" and {also}"
    return name


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 1, 3, 30, 300))):
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _flip_header(path: Path, chance: random.Random) -> None:
    """Flip bits where pages and the file itself say how they are built."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 4)):
        page = chance.randrange(max(len(content) // PAGE, 1)) * PAGE
        place = page + chance.randrange(120)
        if place < len(content) and not 68 <= place < 72:
            content[place] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _truncate(path: Path, chance: random.Random) -> None:
    content = path.read_bytes()
    end = chance.randrange(len(content) + 1)
    path.write_bytes(content[: chance.choice((end, end // PAGE * PAGE))])


def _extend(path: Path, chance: random.Random) -> None:
    with path.open("ab") as file:
        file.write(chance.randbytes(chance.choice((1, PAGE, 10 * PAGE))))


def _pages(path: Path, chance: random.Random) -> None:
    """Swap, copy, empty or garble whole pages."""
    content = path.read_bytes()
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    for _ in range(chance.randint(1, 3) if pages else 0):
        a, b = chance.randrange(len(pages)), chance.randrange(len(pages))
        match chance.randrange(4):
            case 0:
                pages[a], pages[b] = pages[b], pages[a]
            case 1:
                pages[a] = pages[b]
            case 2:
                pages[a] = bytes(PAGE)
            case _:
                pages[a] = chance.randbytes(PAGE)
    path.write_bytes(b"".join(pages))


def _edit_schema(path: Path, chance: random.Random) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as client, suppress(*UNREADABLE):
        client.executescript(chance.choice(SCHEMA_EDITS))


def _rewrite_schema(path: Path, chance: random.Random) -> None:
    old, new = chance.choice(SCHEMA_TEXTS)
    with closing(sqlite3.connect(path, isolation_level=None)) as client, suppress(*UNREADABLE):
        client.execute("PRAGMA writable_schema = ON")
        client.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE rowid IN "
            "(SELECT rowid FROM sqlite_schema WHERE instr(sql, ?) ORDER BY random() LIMIT 2)",
            (old, new, old),
        )


def _odd_values(path: Path, chance: random.Random) -> None:
    """Put values into rows that the tables' own rules would refuse."""
    with closing(sqlite3.connect(path, isolation_level=None)) as client, suppress(*UNREADABLE):
        kept = client.execute("SELECT rowid, sql FROM sqlite_schema").fetchall()
        client.execute("PRAGMA writable_schema = ON")
        client.execute(
            "UPDATE sqlite_schema SET sql = replace(replace(replace(sql, ') STRICT', ')'), "
            "'TEXT NOT NULL', 'TEXT'), 'INTEGER NOT NULL', 'INTEGER') "
            "WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        )
        client.execute("PRAGMA writable_schema = RESET")
        _put_odd_values(path, chance)
        client.execute("PRAGMA writable_schema = ON")
        client.executemany(
            "UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", [(sql, row) for row, sql in kept]
        )


def _put_odd_values(path: Path, chance: random.Random) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as client:
        client.execute("PRAGMA ignore_check_constraints = ON")
        tables = [
            name
            for (name,) in client.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
        ]
        for _ in range(chance.randint(1, 3)):
            table = chance.choice(tables)
            columns = [row[1] for row in client.execute(f"PRAGMA table_info({table})")]
            column, value = chance.choice(columns), chance.choice(ODD)
            cast = "CAST(? AS TEXT)" if isinstance(value, bytes) and chance.random() < 0.7 else "?"
            with suppress(*UNREADABLE):
                large = isinstance(value, str) and len(value) > PAGE
                which = 30 if large else chance.choice((1, 3))
                client.execute(
                    f'UPDATE OR IGNORE "{table}" SET "{column}" = {cast} '
                    f"WHERE abs(random()) % {which} = 0",
                    (value,),
                )


def _companions(path: Path, chance: random.Random) -> None:
    """Put a journal or a log beside it that belongs to nothing, or to something else."""
    name = path.with_name(path.name + chance.choice(("-wal", "-journal", "-shm")))
    heads = (
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + chance.randbytes(20),
        b"\x37\x7f\x06\x82" + chance.randbytes(28),
        b"",
    )
    body = chance.choice((chance.randbytes(3 * PAGE), path.read_bytes()[: 8 * PAGE], b""))
    name.write_bytes(chance.choice(heads) + body)


MUTATIONS: dict[str, Mutation] = {
    "bits": _flip,
    "bits of headers": _flip_header,
    "cut short": _truncate,
    "made longer": _extend,
    "pages": _pages,
    "schema": _edit_schema,
    "schema's text": _rewrite_schema,
    "odd values": _odd_values,
    "journals beside it": _companions,
}
