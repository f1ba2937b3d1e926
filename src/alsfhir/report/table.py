"""Screenings as the rows of a table, one per patient and trial."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from alsfhir.eligibility.phrases import STATUS_LABELS, recruits
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.report.layout import plain


class Row(NamedTuple):
    """One screening in a line; the counts are of criteria that block, lack data, or need a person."""

    patient: str
    trial: str
    recruits: str
    status: str
    blocking: int
    missing: int
    confirm: int


HEADINGS = Row._fields
WIDTH = 150  # fixed, so that the same screenings give the same bytes in any terminal


def summary(records: Iterable[ScreeningRecord]) -> tuple[Row, ...]:
    """The rows of the table of these screenings, in their order."""
    return tuple(_row(record) for record in records)


def _row(record: ScreeningRecord) -> Row:
    status = STATUS_LABELS[record.status] if record.status else "Not screened: deceased"
    return Row(
        patient=plain(record.patient),
        trial=record.trial,
        recruits=f"{recruits(record.recruitment)} ({plain(record.recruitment.status)})",
        status=status,
        blocking=len(record.blocking),
        missing=len(record.missing),
        confirm=len(record.confirm),
    )


def table(records: Iterable[ScreeningRecord]) -> str:
    """The screenings as a table in plain text, one row each."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    drawn = Table(*HEADINGS, box=SIMPLE, pad_edge=False)
    for row in summary(records):
        drawn.add_row(*map(str, row))
    console = Console(width=WIDTH, color_system=None, force_terminal=False, markup=False, highlight=False)
    with console.capture() as captured:
        console.print(drawn)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines() if line.strip())
