"""What passes between the record and the functions that read one resource each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alsfhir.patient.datatypes import ReferenceElement
from alsfhir.patient.decoded import Broken
from alsfhir.patient.model import Fact
from alsfhir.patient.targets import Targets
from alsfhir.terminology import Terminology


@dataclass(frozen=True, slots=True)
class Source:
    """Where a resource stands: its reference, the server of its entry, and what it may refer to.

    ``broken`` are its elements that were left out since they have the wrong type.
    """

    reference: str
    base: str | None
    last_updated: datetime | None
    terminology: Terminology
    targets: Targets
    broken: tuple[Broken, ...] = ()

    def misshapen(self, *elements: str, inside: str = "") -> str | None:
        """What is wrong with the first of these elements of a part (``component[0].``) that was left out, if any.

        Elements are named by how they begin: ``value`` is any of value[x].
        """
        sought = tuple(inside + element for element in elements)
        found = next((each for each in self.broken if each.path.startswith(sought)), None)
        return f"{found.element(inside)} {WRONG_TYPE}" if found else None


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts in one resource; ``problems`` are what else a person should know of it.

    ``ignored`` says why the resource, though read, is no fact at all: entered in error, or about another person.
    ``broken`` are its elements that were left out since they have the wrong type; it is ``incomplete`` if one of them
    may have been a fact of its own. ``concerns`` are the resources of the file that its facts say more of: the Device
    that is used, the Consents to take part in a study.
    """

    facts: tuple[Fact, ...] = ()
    problems: tuple[str, ...] = ()
    ignored: str | None = None
    broken: tuple[Broken, ...] = ()
    incomplete: bool = False
    concerns: tuple[str, ...] = ()


WRONG_TYPE = "is of the wrong type"
UNKNOWN_MODIFIER = "a modifierExtension that is not known may change its meaning"
ENTERED_IN_ERROR = Reading(ignored="entered in error")


def other_than(subject: ReferenceElement | None, focus: tuple[ReferenceElement, ...]) -> bool:
    """Whether what is recorded is about somebody, or something, else than the subject: a donor, a fetus, a device."""
    return any(target.reference is None or subject is None or target.reference != subject.reference for target in focus)
