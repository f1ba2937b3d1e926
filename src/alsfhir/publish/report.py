"""What became of each resource that was to be published, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alsfhir.patient.model import Issue

ENTRANCES = frozenset({"ResearchStudy", "List"})  # where people begin to look; the rest hangs on them


class Change(StrEnum):
    """What publishing did to a resource."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left alone"


@dataclass(frozen=True, slots=True)
class Written:
    """A resource on the server, ``Type/id``; with ``why`` exactly if it was left alone."""

    reference: str
    change: Change
    why: str | None = None

    @property
    def resource_type(self) -> str:
        """The type in the reference."""
        return self.reference.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Published:
    """All resources that are now on the server as they should be, or were left alone; and the issues.

    An ``error`` among the issues is something that was to be published and was not.
    """

    resources: tuple[Written, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __add__(self, other: Published) -> Published:
        """Both reports in one; what the first has written, and the second found unchanged, is listed once."""
        known = {written.reference for written in self.resources}
        more = (each for each in other.resources if each.change is not Change.UNCHANGED or each.reference not in known)
        return Published((*self.resources, *more), self.issues + other.issues)

    def count(self, change: Change) -> int:
        """How many resources were changed so."""
        return sum(written.change is change for written in self.resources)

    def withheld(self, patient: str, trial: str) -> bool:
        """Whether the screening of that patient (as in the record) for the trial was not published."""
        return any(
            issue.location == patient and issue.text.startswith(f"{trial}: not published") for issue in self.issues
        )

    def text(self, base: str, *, every: bool = False) -> str:
        """A line per study, worklist and resource left alone (with ``every``, per resource), then the counts."""
        shown = [each for each in self.resources if every or each.why or each.resource_type in ENTRANCES]
        lines = [
            f"{each.change:<10}  {base.rstrip('/')}/{each.reference}{f'  ({each.why})' if each.why else ''}\n"
            for each in shown
        ]
        counts = ", ".join(f"{self.count(change)} {change}" for change in Change)
        return "".join([*lines, f"{len(self.resources)} resources: {counts}\n"])
