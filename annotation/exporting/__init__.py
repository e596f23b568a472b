"""Exports: a folder with the gold corpus, and a report of all it could not carry.

Only layers that someone has reviewed as complete are exported, unless everything is
asked for. See docs/export.md for the files.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from annotation.errors import ProjectError
from annotation.exporting.docbin import DocBinExporter
from annotation.exporting.exporter import (
    Exporter,
    ExportOptions,
    ExportReport,
    Loss,
    Progress,
    Selected,
)
from annotation.exporting.folder import files_in, replaced_folder
from annotation.exporting.jsonl import JsonlExporter
from annotation.exporting.loss_files import loss_files, summary
from annotation.exporting.manifest import Tally, write_manifest
from annotation.exporting.selection import select
from annotation.store import Store

__all__ = [
    "EXPORTERS",
    "ExportOptions",
    "ExportReport",
    "Exporter",
    "Loss",
    "export",
    "losses",
    "summary",
]

EXPORTERS: tuple[Exporter, ...] = (DocBinExporter(), JsonlExporter())


def export(
    store: Store, out: Path, options: ExportOptions, progress: Progress | None = None
) -> ExportReport:
    """Write an export into `out`, a new or empty folder or one that holds an earlier export.

    The folder appears, or changes, only when all is written; `progress` may raise to
    stop. Raises `ProjectError` when there is nothing to export, when `out` holds other
    files, and when the disk refuses. The same project and options give the same bytes.
    """
    from annotation.codebook_file import write_codebook

    exporter = _exporter(options.format)
    codebook = store.codebook()
    tally = Tally()
    with replaced_folder(out) as folder:
        with loss_files(folder) as lost:
            selection = _reported(select(store, options, codebook, progress), lost.add)
            written = exporter.write(tally.count(selection), codebook, folder, lost.add)
        if not tally.articles:
            raise ProjectError(_nothing(options))
        toml = write_codebook(codebook)
        (folder / "codebook.toml").write_text(toml, "utf-8", newline="\n")
        write_manifest(folder, options, codebook, tally, written, lost.counts)
        files = tuple(files_in(folder))
    return ExportReport(
        out=out,
        format=options.format,
        articles=len(tally.articles),
        left_out=tally.left_out,
        spans={layer: dict(labels) for layer, labels in tally.spans.items()},
        relations=dict(tally.relations),
        losses=dict(lost.counts),
        notes=written.notes,
        files=files,
    )


def losses(store: Store, options: ExportOptions) -> Iterator[Loss]:
    """Yield what an export would not carry exactly, or leave out; writes nothing.

    Raises `ProjectError` for an unknown format or layer.
    """
    exporter = _exporter(options.format)
    codebook = store.codebook()
    behind: list[Loss] = []
    selection = _reported(select(store, options, codebook), behind.append)
    for loss in exporter.losses((s for s in selection if s.taken), codebook):
        yield from behind
        behind.clear()
        yield loss
    yield from behind


def _exporter(name: str) -> Exporter:
    for exporter in EXPORTERS:
        if exporter.name == name:
            return exporter
    known = ", ".join(exporter.name for exporter in EXPORTERS)
    raise ProjectError(f"There is no export format {name}; choose one of: {known}.")


def _reported(selection: Iterable[Selected], report: Callable[[Loss], None]) -> Iterator[Selected]:
    for selected in selection:
        for loss in selected.left_behind:
            report(loss)
        yield selected


def _nothing(options: ExportOptions) -> str:
    if options.everything:
        return "There is nothing to export: the project holds no articles. Import some first."
    return (
        "There is nothing to export: no layer of any article is reviewed as complete. Mark a "
        "layer as complete, or export all of it (“How much” in the window, --all on the command "
        "line)."
    )
