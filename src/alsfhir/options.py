"""The options that several commands take, and the kinds of value, each with an error that says what to write."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

fhir_version = click.option(
    "--fhir-version",
    type=click.Choice(["R4", "R4B", "R5"]),
    default="R4",
    show_default=True,
    help="The FHIR version to write, and of the server.",
)
to_directory = click.option(
    "-o", "directory", type=click.Path(path_type=Path), metavar="DIR", help="Write files into this folder."
)

FIRST_YEAR, LAST_YEAR = 1800, 9998  # before and after, no date in a record is read as one
# A word for the concept that people type most.
SHORT = {"fvc": "fvc-percent-predicted"}


class AsOf(click.ParamType[date]):
    """A calendar date, written as in FHIR."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date. Fails with the form to use."""
        if isinstance(value, date):
            return value
        try:
            # strptime alone would also take 2026-6-3.
            day = datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC).date() if len(value) == 10 else _no_date()
        except ValueError:
            self.fail(f"{value!r} is not a date; write it like 2026-06-30", param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{value!r} is a date of no record; write one from {FIRST_YEAR} to {LAST_YEAR}", param, ctx)
        return day


class MaxAge(click.ParamType[tuple[str, int]]):
    """``CONCEPT=DAYS``: how old a value of that concept may be."""

    name = "concept=days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """The concept's name and the number of days. Fails with the concepts, or the form, to use."""
        from alsfhir.terminology import terminology

        concept, _, days = value.partition("=")
        name = SHORT.get(concept, concept)
        ageing = [one.name for one in terminology().concepts.values() if one.max_age_days is not None]
        if name not in ageing:
            known = ", ".join(sorted([*SHORT, *ageing]))
            self.fail(f"values of {concept!r} have no greatest age; those of these do: {known}", param, ctx)
        number = re.fullmatch(r"([0-9]{1,5})d?", days)
        if number is None:
            self.fail(f"{days!r} is not a number of days; write {concept}=120", param, ctx)
        return name, int(number[1])


def _no_date() -> date:
    raise ValueError
