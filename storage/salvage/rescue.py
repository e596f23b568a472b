"""A new project out of what was found of a damaged one."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from json import loads
from pathlib import Path
from tempfile import TemporaryDirectory

from annotation.backups import GoOn
from annotation.checking import check
from annotation.codebook import Codebook
from annotation.codebook_file import default_codebook
from annotation.codebook_json import codebook_from_dict, codebook_to_dict
from annotation.counting import counted
from annotation.errors import LockedError, ProjectError
from annotation.salvage import SalvageReport
from annotation.store import Entry
from storage import creating, dictionary, distinct, keys, records
from storage.failures import FAILURES, told
from storage.integrity import JSON_COLUMNS
from storage.opening import connect, open_for_writing
from storage.project_file import ProjectFile
from storage.rows import compact
from storage.salvage.entries import Entries
from storage.salvage.finds import Finds
from storage.schema import note_touched
from storage.transaction import transaction

BATCH = 100
"""Articles in one transaction."""

AFTERWARDS = ("change", "revision", "revised", "run", "blind_article", "term")
"""What is copied row by row, in this order, since later ones refer to earlier ones."""

KEPT_META = ("project_id", "created_at", "created_by", "blind", "compacted")
COUNTED = {
    "articles": "article",
    "spans": "span",
    "relations": "relation",
    "suggestions": "suggestion",
    "reviews": "review",
    "changes": "change",
}


def salvage(project: Path, out: Path, go_on: GoOn) -> SalvageReport:
    """Save what can be read of a project into a new one; the damaged file is only read.

    The new project has the password of the damaged one, and nothing is in clear on the disk
    meanwhile. `ProjectError` where something is at `out` already, or where nothing can be
    saved; `LockedError` where a password is needed.
    """
    if not os.path.isfile(project):
        raise ProjectError(f"There is no file {project}. Check the name and the folder.")
    if os.path.lexists(out):
        raise ProjectError(f"{out} exists already. Name a new file for what is saved.")
    try:
        key = keys.of_known(project)
        if key is None and keys.is_noise(project):
            raise LockedError(
                f"{project} is encrypted, as far as can be seen. Give its password "
                "(--password-file FILE) to save what can be read."
            )
        with TemporaryDirectory(dir=out.absolute().parent, prefix=".repair-") as folder:
            finds = Finds(project, Path(folder), key)
            try:
                with told(project):
                    finds.read(go_on)
                    report = _Rescue(finds, Path(folder) / out.name, out, go_on, key).run()
            finally:
                finds.close()
            (Path(folder) / out.name).rename(out)
            keys.give(out, key)
    except OSError as error:
        raise ProjectError(
            f"{project} could not be saved to {out}: {error.strerror}. Check both folders, and "
            "whether there is room."
        ) from error
    if Path(f"{project}-journal").exists():
        report.notes.append(
            f"{project.name}-journal was left aside: an update that was broken off may be half in."
        )
    return report


class _Rescue:
    """One rescue under way."""

    def __init__(
        self, finds: Finds, path: Path, out: Path, go_on: GoOn, key: keys.Key | None
    ) -> None:
        self._finds = finds
        self._path = path
        self._key = key
        self._go_on = go_on
        self._report = SalvageReport(out)

    def run(self) -> SalvageReport:
        if not self._finds.count("article_text"):
            raise ProjectError(
                "No text of an article can be read in this file. Restore a backup or a copy."
            )
        self._say_what_is_damaged()
        codebooks = self._codebooks()
        entries = Entries(self._finds, codebooks, self._report)
        creating.make(self._path, codebooks[max(codebooks)], "", self._key)
        with closing(connect(self._path, "mode=rw")) as connection, transaction(connection):
            self._bring_basics(connection, codebooks)
            records.insert(connection, list(entries.registry.values()))
        self._with_store(lambda store: self._bring_entries(store, entries))
        with closing(connect(self._path, "mode=rw")) as connection, transaction(connection):
            connection.executemany(
                "UPDATE article SET imported_by = :imported_by WHERE id = :id",
                self._finds.rows("article"),
            )
            for name in AFTERWARDS:
                self._bring_rows(connection, name)
            note_touched(connection)
        self._with_store(self._look_at_it)
        return self._report

    def _with_store(self, work: Callable[[ProjectFile], None]) -> None:
        store = ProjectFile(self._path, *open_for_writing(self._path, self._path.parent))
        try:
            work(store)
        finally:
            store.close()

    # -- codebook and facts

    def _codebooks(self) -> dict[int, Codebook]:
        """Return the versions of the codebook; the next one stands in for a lost one."""
        found: dict[int, Codebook] = {}
        for row in self._finds.rows("codebook"):
            try:
                found[row["version"]] = codebook_from_dict(loads(row["content"]), row["version"])
            except (ProjectError, ValueError, RecursionError):
                self._report.lost.append(f"The codebook (version {row['version']}).")
        if not found:
            self._report.notes.append("The codebook was lost; the built-in one is in its place.")
            found[1] = default_codebook()
        used = {row["codebook_version"] for row in self._finds.rows("span")}
        for version in range(min([*used, *found]), max([*used, *found]) + 1):
            if version not in found and 1 <= version <= max(found):
                nearest = min(known for known in found if known > version)
                found[version] = found[nearest]
                self._report.notes.append(
                    f"Version {version} of the codebook was lost; {nearest} is in its place."
                )
        return found

    def _bring_basics(self, connection: sqlite3.Connection, codebooks: dict[int, Codebook]) -> None:
        said = {row["version"]: row for row in self._finds.rows("codebook")}
        connection.execute("DELETE FROM codebook")
        for version, codebook in sorted(codebooks.items()):
            row = said.get(version, {})
            connection.execute(
                "INSERT INTO codebook VALUES (?, ?, ?, ?)",
                (
                    version,
                    compact(codebook_to_dict(codebook)),
                    row.get("created_at", ""),
                    row.get("annotator", ""),
                ),
            )
        for row in self._finds.rows("meta"):
            name = str(row["name"])
            if name.startswith(distinct.NAME) or name in (
                "project_id",
                "created_at",
                "created_by",
                "blind",
                "compacted",
                dictionary.NAME,
                dictionary.AUTHOR,
            ):
                connection.execute("REPLACE INTO meta VALUES (?, ?)", (row["name"], row["value"]))

    # -- articles

    def _bring_entries(self, store: ProjectFile, entries: Entries) -> None:
        total, done = self._finds.count("article_text"), 0
        for batch in _batches(entries):
            self._go_on(done, total)
            done += len(batch)
            try:
                store.add_entries(batch, "")
            except ProjectError:
                for entry in batch:
                    self._bring_entry(store, entry)

    def _bring_entry(self, store: ProjectFile, entry: Entry) -> None:
        try:
            store.add_entries([entry], "")
        except ProjectError as error:
            self._report.lost.append(f"“{entry.article.title}”: {error}")

    # -- the rest

    def _bring_rows(self, connection: sqlite3.Connection, name: str) -> None:
        """Copy the rows of a table that fit what is there by now."""
        lost = 0
        for row in self._finds.rows(name):
            columns = ", ".join(row)
            marks = ", ".join("?" * len(row))
            try:
                for column in (column for table, column in JSON_COLUMNS if table == name):
                    loads(row[column] or "[]")
                connection.execute(
                    f"INSERT INTO {name} ({columns}) VALUES ({marks})", tuple(row.values())
                )
            except (*FAILURES, ValueError, RecursionError):
                lost += 1
        if lost:
            self._report.lost.append(
                counted(
                    lost,
                    f"row of {name} that is damaged or refers to what is lost.",
                    f"rows of {name} that are damaged or refer to what is lost.",
                )
            )

    def _look_at_it(self, store: ProjectFile) -> None:
        self._report.notes += [f"check: {problem}" for problem in check(store).problems]
        counts = store.counts()
        suggested = sum(counts[name] for name in counts if name.startswith("suggestions"))
        found = counts | {"suggestions": suggested, "reviews": counts["layers complete"]}
        for name, table in COUNTED.items():
            self._report.saved[name] = found[name]
            known = self._finds.count_known(table)
            self._report.known[name] = max(found[name], known) if name != "reviews" else found[name]

    def _say_what_is_damaged(self) -> None:
        self._report.damage += self._finds.complaints
        self._report.notes += self._finds.doubts
        for name, count in self._finds.lost.items():
            self._report.damage.append(
                f"{counted(count, 'page or row', 'pages or rows')} of the table {name}."
            )
        for name, count in self._finds.stray.items():
            self._report.notes.append(
                counted(count, f"row of {name} was", f"rows of {name} were")
                + " found on pages that nothing leads to, perhaps from before a later change."
            )


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    left = iter(entries)
    while batch := list(islice(left, BATCH)):
        yield batch
