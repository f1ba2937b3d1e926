"""The criteria of a trial: each statement, where it stands, how it is read, and who stands for that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from alsfhir.criteria.model import Node
from alsfhir.criteria.schedule import ReadSchedule
from alsfhir.trial.model import Kind, Recruitment, Span

ReadingStatus: TypeAlias = Literal["proposed", "reviewed", "draft"]
Computability: TypeAlias = Literal["computable", "partial", "person"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: the document's name and the range of characters in it."""

    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Criterion:
    """One statement of a trial and how it is read.

    ``text`` is verbatim with ``place``, or the mapping's ``label`` with ``place`` ``None``. ``reading`` says who stands
    for the tree: ``proposed`` by us, ``reviewed`` by a clinician, or a ``draft`` nobody has looked at. ``show`` names
    the concepts of which what is on record is shown beside the verdict, without a part in it.
    """

    id: str
    kind: Kind
    text: str
    label: str
    tree: Node
    computability: Computability
    reading: ReadingStatus
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    place: Place | None = None
    reviewed_by: str | None = None
    reviewed_on: str | None = None


@dataclass(frozen=True, slots=True)
class Criteria:
    """All criteria of a trial, inclusion before exclusion, each in document order.

    ``condition`` names the concept that a patient must have for the trial to be meant for them; ``None`` where no
    mapping says so, and then nobody is confirmed to have it. ``version`` is the
    SHA-256 (hexadecimal) over statements and readings: the same criteria have the same version. ``scheduled`` is how
    the schedule is read; the version covers it. What is shown of it to anybody is ``offered``.
    """

    trial: str
    title: str
    recruitment: Recruitment
    condition: str | None
    criteria: tuple[Criterion, ...]
    version: str
    from_document: bool
    # Criteria that were read back from FHIR are those that were published, and have no schedule: it is in the plan.
    scheduled: ReadSchedule = field(default=ReadSchedule(), compare=False)

    @property
    def offered(self) -> ReadSchedule:
        """The schedule of those who pass; none where no statement is known, since nobody has passed one."""
        return self.scheduled if self.criteria else ReadSchedule()
