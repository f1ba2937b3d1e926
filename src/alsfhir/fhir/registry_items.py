"""What the registry says of a trial and FHIR has no element for: extensions of a ResearchStudy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alsfhir.fhir.canonical import Names, reference_to
from alsfhir.fhir.extension import Extension, contact_detail, part, parts, registry_item, registry_status, source
from alsfhir.fhir.organization import organization
from alsfhir.fhir.primitives import string
from alsfhir.fhir.publication import documents_read
from alsfhir.fhir.versions import FhirVersion
from alsfhir.trial.model import Contact, Organization, Trial

R5_ELEMENTS = frozenset({"official-title", "acronym", "enrollment", "enrollment-type"})
"""Items that R5 has elements for: ``label`` and ``recruitment``."""


def study_extensions(trial: Trial, names: Names) -> list[Extension | None]:
    """The extensions of a trial's ResearchStudy, in a fixed order."""
    return [
        source(names, from_document=bool(documents_read(trial))),
        registry_status(names, trial.recruitment),
        *(_associated_parties(trial, names) if names.version is not FhirVersion.R5 else ()),
        *registry_items(names, (item for item in _items(trial) if not _has_element(item[0], names.version))),
    ]


def _has_element(item: str, version: FhirVersion) -> bool:
    return version is FhirVersion.R5 and item in R5_ELEMENTS


def _associated_parties(trial: Trial, names: Names) -> list[Extension | None]:
    return [
        *(_party(party, names) for party in trial.organizations),
        *(_official(official, names) for official in trial.officials),
    ]


def registry_items(names: Names, items: Iterable[tuple[str, str | None]]) -> list[Extension | None]:
    """One ``registry-item`` extension per item that has a text."""
    return [registry_item(names, name, text) for name, text in items]


def _party(party: Organization, names: Names) -> Extension | None:
    held = (
        part("role", valueString=string(party.role)),
        part("classifier", valueString=string(party.type)),
        part("party", valueReference=reference_to(organization(party, names))),
    )
    return parts(names.extension("associated-party"), held)


def _official(official: Contact, names: Names) -> Extension | None:
    held = (
        part("role", valueString=string(official.role)),
        part("contact", valueContactDetail=contact_detail(names, official)),
    )
    return parts(names.extension("associated-party"), held)


def _items(trial: Trial) -> Iterator[tuple[str, str | None]]:
    yield "official-title", trial.official_title
    yield "acronym", trial.acronym
    yield from (("funder-type", funder) for funder in trial.funder_types)
    yield "enrollment", None if trial.enrollment is None else str(trial.enrollment)
    yield "enrollment-type", trial.enrollment_type
    yield "patient-groups", trial.patient_groups
    yield "site-count", None if trial.site_count is None else str(trial.site_count)
    yield from (("date-" + name, text) for name, text in trial.dates)
    yield "sex", trial.sex
    yield "minimum-age", _years(trial.minimum_age)
    yield "maximum-age", _years(trial.maximum_age)
    yield "healthy-volunteers", {True: "yes", False: "no", None: None}[trial.healthy_volunteers]
    yield "allocation", trial.allocation
    yield "intervention-model", trial.intervention_model
    yield "masking", trial.masking


def _years(age: int | None) -> str | None:
    return None if age is None else "1 year" if age == 1 else f"{age} years"
