"""Which trial a ResearchStudy, or a reference to one, is: its NCT ids, https://hl7.org/fhir/R4/researchstudy.html."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from alsfhir.patient.contained import contained
from alsfhir.patient.datatypes import Element, IdentifierElement, ReferenceElement, present, string
from alsfhir.patient.reference import Index

_NCT = re.compile(r"(?<![A-Z0-9])NCT[0-9]{8}(?![0-9])")


class StudyResource(Element, frozen=True, gc=False):
    """The elements of ResearchStudy that are read; ``name`` is R5's."""

    id: Any = None
    identifier: list[IdentifierElement | None] | None = None
    title: Any = None
    name: Any = None


@dataclass(frozen=True, slots=True)
class Study:
    """What the record tells of a study: the NCT ids it has, its title, and whether it tells anything (``named``)."""

    trials: frozenset[str] = frozenset()
    title: str | None = None
    named: bool = False


_CONTAINED = msgspec.json.Decoder(StudyResource)


def nct_ids(*texts: Any) -> frozenset[str]:
    """The NCT ids that stand in any of the texts, in whatever case."""
    return frozenset(id_ for text in map(string, texts) if text for id_ in _NCT.findall(text.upper()))


def identified(identifiers: Iterable[IdentifierElement | None] | None) -> frozenset[str]:
    """The NCT ids among identifiers, whatever their system: no other registry's ids have that form.

    A trial whose id stands under a hospital's own system must not be taken for another trial.
    """
    return nct_ids(*(identifier.value for identifier in present(identifiers)))


def study_meant(
    reference: ReferenceElement | None,
    inside: list[msgspec.Raw] | None,
    studies: Index[StudyResource],
    on: str | None,
) -> Study:
    """What a reference to a study tells of it, itself and by the study in the file; ``inside`` are the contained."""
    if reference is None:
        return Study()
    target = string(reference.reference)
    written = [reference.identifier] if reference.identifier else []
    trials = nct_ids(target, reference.display) | identified(written)
    shown = string(reference.display)
    title, known = shown, bool(shown or any(string(each.value) for each in written))
    study = _resolved(target, inside, studies, on)
    if study is not None:
        trials |= nct_ids(study.id, study.title, study.name) | identified(study.identifier)
        title = string(study.title) or string(study.name) or shown
        known = known or bool(title or any(string(each.value) for each in present(study.identifier)))
    return Study(trials, title, known or bool(trials))


def _resolved(
    target: str | None, inside: list[msgspec.Raw] | None, studies: Index[StudyResource], on: str | None
) -> StudyResource | None:
    if target is None:
        return None
    return contained(inside, target, _CONTAINED) if target.startswith("#") else studies.find(target, on)
