"""What the command line writes: results on standard output, files, and everything else on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alsfhir.files import save

if TYPE_CHECKING:
    from alsfhir.patient.model import Issue


def put(content: bytes) -> None:
    """Write a result to standard output."""
    click.echo(content, nl=False)


def put_file(directory: Path, name: str, written: bytes) -> None:
    """Write a file, and say so. Raises UnwritableOutput."""
    tell(f"wrote {save(directory, name, written)}")


def tell_issues(issues: Iterable[Issue], file: str = "") -> None:
    """Say what was skipped or is doubtful, a line each."""
    for issue in issues:
        tell(f"{issue.severity}: {file}{issue.location}: {issue.text}")


def tell(line: str) -> None:
    """Say something on standard error."""
    # Names of files and ids in records may hold what a terminal obeys, or a line that looks like one of ours.
    click.echo("".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line), err=True)
