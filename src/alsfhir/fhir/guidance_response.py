"""GuidanceResponse: a screening with its reasons, https://hl7.org/fhir/R4/guidanceresponse.html."""

from __future__ import annotations

from alsfhir.eligibility.phrases import recruitment_phrase, remarks, status_phrase, verdict_phrase
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.data_requirement import data_requirements
from alsfhir.fhir.evidence import plan_canonical
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.screening_parameters import screening_parameters
from alsfhir.fhir.versions import guidance_reason
from alsfhir.terminology import terminology

_OUTCOMES = {"fail": "blocks", "missing": "data missing", "confirm": "ask a person", "pass": "passes"}


def guidance_response(
    record: ScreeningRecord,
    patient: str,
    names: Names,
    *,
    patient_key: str,
    held: frozenset[str] = frozenset(),
) -> Resource:
    """The GuidanceResponse of a screening, with a part per criterion in the contained Parameters.

    ``patient`` is a reference, ``patient_key`` the patient's id on the server. Evidence is referenced literally only
    if the server has it (``held``). Of a potential candidate the status is ``data-required``, also where only drafts
    are open, which no datum would settle. Raises ValueError for a screening without status, and MappingError.
    """
    if record.status is None:
        raise ValueError(f"{record.trial}: there is no guidance for a patient who was not screened")
    lacking = record.status == "potential-candidate"
    parameters = screening_parameters(record, held)
    requirements = data_requirements(record, terminology(), names) if lacking else []
    return {
        "resourceType": "GuidanceResponse",
        "text": _narrative(record),
        "contained": [parameters],
        "identifier": [names.identifier("GuidanceResponse", f"{record.trial}/{patient_key}/{record.as_of}")],
        "moduleCanonical": plan_canonical(record, names),
        "status": "data-required" if lacking else "success",
        "subject": {"reference": patient},
        "occurrenceDateTime": record.as_of,
        **guidance_reason(f"Eligibility screening for {record.trial}", names.version),
        "note": [{"text": sentence} for sentence in _headline(record)],
        "outputParameters": {"reference": f"#{parameters['id']}"},
        **({"dataRequirement": requirements} if requirements else {}),
    }


def _headline(record: ScreeningRecord) -> tuple[str, ...]:
    return (recruitment_phrase(record.recruitment), status_phrase(record), *remarks(record))


def _narrative(record: ScreeningRecord) -> dict[str, str]:
    ordered = [criterion for outcome in _OUTCOMES for criterion in record.criteria if criterion.outcome == outcome]
    title = f"{record.trial}, as of {record.as_of}"
    return narrative(
        "\n".join((title, *_headline(record))),
        *((c.id, f"{c.kind}: {c.text}", _OUTCOMES[c.outcome], verdict_phrase(c), c.reason) for c in ordered),
        header=("Criterion", "What it says", "For the trial", "Verdict", "Reason"),
    )
