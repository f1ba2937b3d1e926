"""What became of each resource that was to be published, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alsfhir.patient.model import Issue


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


@dataclass(frozen=True, slots=True)
class Published:
    """All resources that are now on the server as they should be, or were left alone; and the issues.

    An ``error`` among the issues is something that was to be published and was not.
    """

    resources: tuple[Written, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __add__(self, other: Published) -> Published:
        """Both reports in one."""
        return Published(self.resources + other.resources, self.issues + other.issues)

    def count(self, change: Change) -> int:
        """How many resources were changed so."""
        return sum(written.change is change for written in self.resources)

    def text(self, base: str) -> str:
        """A line per resource, its change and its address (and why it was left alone), then the counts."""
        lines = [
            f"{written.change:<10}  {base.rstrip('/')}/{written.reference}{f'  ({written.why})' if written.why else ''}\n"
            for written in self.resources
        ]
        counts = ", ".join(f"{self.count(change)} {change}" for change in Change)
        return "".join([*lines, f"{len(self.resources)} resources: {counts}\n"])
