"""Patient → identifiers, birth, sex, death, https://hl7.org/fhir/R4/patient.html."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast, get_args

from msgspec import field

from alsfhir.patient.datatypes import Element, IdentifierElement, ReferenceElement, present, string
from alsfhir.patient.model import Sex
from alsfhir.patient.values import Identifier, When
from alsfhir.patient.when import date_time

ALIVE = (None, False, "false")
SEXES = frozenset(get_args(Sex))
BIRTH_DATE, GENDER = "Patient.birthDate", "Patient.gender"


class Link(Element, frozen=True, gc=False):
    other: ReferenceElement | None = None
    type: Any = None


class PatientResource(Element, frozen=True, gc=False):
    """The elements of Patient that are read; the name is not among them."""

    identifier: list[IdentifierElement | None] | None = None
    gender: Any = None
    birth_date: Any = None
    deceased_boolean: Any = None
    deceased_date_time: Any = None
    deceased_date_time_extended: Any = field(default=None, name="_deceasedDateTime")
    link: list[Link | None] | None = None


@dataclass(frozen=True, slots=True)
class Demographics:
    """Who the patient is, and what in the Patient resource cannot be used.

    ``unreadable`` are the elements that are there, but not as FHIR writes them.
    """

    identifiers: tuple[Identifier, ...] = ()
    birth: When | None = None
    sex: Sex | None = None
    deceased: bool = False
    died: When | None = None
    problems: tuple[str, ...] = ()
    unreadable: frozenset[str] = frozenset()


def demographics(resource: PatientResource) -> Demographics:
    """The demographics of a Patient. No problem quotes a value: they are written where others read them."""
    birth, birth_problem = date_time(resource.birth_date)
    died, died_problem = date_time(resource.deceased_date_time)
    sex = string(resource.gender)
    odd_sex = resource.gender is not None and sex not in SEXES
    problems = (
        birth_problem and f"birthDate {birth_problem}: not used",
        _unknown_day_of_death(resource, died_problem),
        "gender is none of FHIR's codes: not used" if odd_sex else None,
        _odd_death(resource),
        _replaced(resource),
    )
    return Demographics(
        identifiers=identifiers(present(resource.identifier)),
        birth=birth,
        sex=cast("Sex", sex) if sex in SEXES else None,
        deceased=_has_day_of_death(resource) or resource.deceased_boolean not in ALIVE,
        died=died,
        problems=tuple(problem for problem in problems if problem),
        unreadable=frozenset(name for name, odd in ((BIRTH_DATE, birth_problem), (GENDER, odd_sex)) if odd),
    )


def identifiers(elements: Iterable[IdentifierElement]) -> tuple[Identifier, ...]:
    """The business identifiers that have a value, as written."""
    found = ((string(each.system), string(each.value)) for each in elements)
    return tuple(Identifier(system, value) for system, value in found if value)


def _has_day_of_death(resource: PatientResource) -> bool:
    """Whether there is one, if only an extension that says why it is not told."""
    return resource.deceased_date_time is not None or resource.deceased_date_time_extended is not None


def _unknown_day_of_death(resource: PatientResource, problem: str | None) -> str | None:
    if _has_day_of_death(resource) and resource.deceased_date_time is None:
        problem = "has no value"
    return f"deceasedDateTime {problem}: taken as deceased, on a day not known" if problem else None


def _odd_death(resource: PatientResource) -> str | None:
    if resource.deceased_boolean in (None, True, False):
        return None
    return f"deceasedBoolean is no boolean: taken as {'alive' if resource.deceased_boolean in ALIVE else 'deceased'}"


def _replaced(resource: PatientResource) -> str | None:
    if any(link.type == "replaced-by" for link in present(resource.link)):
        return "this Patient is replaced by another one (Patient.link): what is on record there is not counted here"
    return None
