"""The schedule of a trial: its periods, what is done in each, and when.

It is a reading of one text of the trial, as a criterion is of a statement, and says no more than that text: an
activity without a time has none there. In TOML it is the table ``schedule`` of a mapping; the JSON Schema ships with
the package. Times are those of https://hl7.org/fhir/R4/plandefinition-definitions.html#PlanDefinition.action, so that
writing FHIR is a walk over the periods.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

import msgspec

from alsfhir.criteria.signed import Label, Signed

TimeUnit: TypeAlias = Literal["minutes", "hours", "days", "weeks", "months", "years"]
Relation: TypeAlias = Literal["before-start", "before-end", "after-start", "after-end"]
# Where in a trial the text stands from which a schedule is read; `arm` is the description of its only arm.
Stated: TypeAlias = Literal["description", "arm"]
_FIELDS: dict[Stated, str] = {"description": "description", "arm": "arms[0].description"}

Slug = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Count = Annotated[int, msgspec.Meta(ge=1)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, rename="kebab"):
    """What all parts of a schedule share: how they are written."""


class Length(_Part, frozen=True, kw_only=True):
    """A length of time as the text gives it, never converted: half a month is not 15 days. ``up_to`` ends a range."""

    value: Decimal
    unit: TimeUnit
    up_to: Decimal | None = None


class When(_Part, frozen=True, kw_only=True):
    """The time of something, by the start or the end of another activity or period; without ``by``, some time then."""

    relation: Relation
    of: Slug
    by: Length | None = None


class Repeat(_Part, frozen=True, kw_only=True):
    """How often something is done: so many ``times``, one ``every`` so long, ``over`` so long in all."""

    times: Count | None = None
    every: Length | None = None
    over: Length | None = None


class Activity(_Part, frozen=True, kw_only=True):
    """Something that is done in a period; without ``when``, some time in it.

    ``order`` names what is ordered for it. ``lasting``: how long it takes when it is done.
    """

    id: Slug
    label: Label
    order: Slug | None = None
    when: When | None = None
    repeat: Repeat | None = None
    lasting: Length | None = None


class Period(_Part, frozen=True, kw_only=True):
    """A part of the time that a participant spends in the trial; without ``when`` it begins with the trial."""

    id: Slug
    label: Label
    activity: tuple[Activity, ...] = ()
    when: When | None = None
    lasting: Length | None = None


class Amount(_Part, frozen=True, kw_only=True):
    """An amount in a UCUM unit."""

    value: Decimal
    unit: str


class Medication(_Part, frozen=True, kw_only=True, tag="medication", tag_field="is"):
    """A product that is given: how much at a time, by which route, and what else is said of giving it."""

    id: Slug
    label: Label
    product: Label
    dose: Amount | None = None
    route: Label | None = None
    note: Label | None = None


class Procedure(_Part, frozen=True, kw_only=True, tag="procedure", tag_field="is"):
    """Something that is done to a participant."""

    id: Slug
    label: Label
    note: Label | None = None


class Assessment(_Part, frozen=True, kw_only=True, tag="assessment", tag_field="is"):
    """What is examined, measured or asked, each item of it in a few words."""

    id: Slug
    label: Label
    items: tuple[Label, ...]
    note: Label | None = None


Order: TypeAlias = Medication | Procedure | Assessment


class Schedule(Signed, frozen=True, kw_only=True):
    """The periods of a trial, in order, and what is ordered in them; a reading of the text that ``source`` names."""

    source: Stated
    period: tuple[Period, ...]
    order: tuple[Order, ...] = ()

    def steps(self) -> Iterator[Period | Activity]:
        """Every period, each followed by its activities."""
        for period in self.period:
            yield period
            yield from period.activity

    def label(self, identifier: str) -> str:
        """The label of the period or activity of that id."""
        return next(step.label for step in self.steps() if step.id == identifier)


@dataclass(frozen=True, slots=True)
class ReadSchedule:
    """The schedule, where a reading of it holds; else ``None``, and in ``warning`` why, where there is a reading.

    A schedule with a ``warning`` is one that the documents at hand do not say.
    ``from_document``: whether a document says so, by the text that was read or by another one in its place.
    """

    schedule: Schedule | None = None
    from_document: bool = False
    warning: str | None = None

    @property
    def field(self) -> str | None:
        """The Trial's field whose text in a document says the schedule; ``None`` if none does."""
        return _FIELDS[self.schedule.source] if self.schedule and self.from_document else None
