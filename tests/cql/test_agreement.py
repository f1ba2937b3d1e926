"""Records on which ours and the CQL once differed, as small as they can be."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria import model
from alsfhir.criteria.model import Node
from alsfhir.terminology import LOCAL_SYSTEM
from cql_engine import Engine
from cql_samples import EVERY_QUESTION, asking, bundle, ours, theirs
from eligibility_samples import measured, months

SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
PATIENT = {"reference": "Patient/p1"}
PREGNANCY, TUBE = model.Pregnancy(), model.Nutrition(concept="tube-feeding")
VENTILATOR, GASTROSTOMY = model.Device(concept="ventilator"), model.Procedure(concept="gastrostomy", when="planned")
RILUZOLE = model.Drug(concept="riluzole", unchanged_for=months(1))
T90 = measured("t90", "%", at_most=2, which="every")
WOMAN = {"gender": "female", "birthDate": "1990-01-01"}


def coded(system: str, code: str) -> dict[str, Any]:
    """A CodeableConcept of one code."""
    return {"coding": [{"system": system, "code": code}]}


def of(kind: str, **elements: Any) -> dict[str, Any]:
    """A resource of a kind."""
    return {"resourceType": kind, **elements}


def device(**elements: Any) -> dict[str, Any]:
    """A ventilator of the patient."""
    return of("Device", status="active", patient=PATIENT) | {"id": "d1", "type": coded(SNOMED, "706172005")} | elements


def use(status: str) -> dict[str, Any]:
    """The use of the device."""
    return of("DeviceUseStatement", status=status, device={"reference": "Device/d1"})


def order(**elements: Any) -> dict[str, Any]:
    """An order of nutrition."""
    return of("NutritionOrder", intent="order", dateTime="2026-06-01", patient=PATIENT, **elements)


def due(expected: str, estimated: str = "2026-06-01") -> dict[str, Any]:
    """An expected date of delivery, and when it was estimated."""
    made = of("Observation", status="final", effectiveDateTime=estimated, valueDateTime=expected)
    return made | {"code": coded(LOINC, "11778-8")}


def condition(**elements: Any) -> dict[str, Any]:
    """A Condition that is active."""
    return of("Condition", clinicalStatus=coded("http://hl7.org/fhir/condition-clinical", "active"), **elements)


PREGNANT = coded(SNOMED, "72892002")
UNTIL_MARCH = condition(code=PREGNANT, onsetDateTime="2025-10-01")
NIGHT = of("Observation", status="final", effectiveDateTime="2026-06-20", code=coded(LOCAL_SYSTEM, "t90"))
NIGHT |= {"valueQuantity": {"value": 1, "unit": "%"}}
UPSIDE_DOWN = {"start": "2026-06-20T08:30:00.250Z", "end": "2026-06-20T08:30:00Z"}
NAMED_TUBE = "feeding by gastrostomy or nasogastric tube"
REFUTED = coded("http://hl7.org/fhir/condition-ver-status", "refuted")
UNCONFIRMED = coded("http://hl7.org/fhir/condition-ver-status", "unconfirmed")
SUPPLY = of("MedicationDispense", status="completed", whenHandedOver="2026-06-01", subject=None)
SUPPLY |= {"medicationCodeableConcept": coded("http://www.whocc.no/atc", "N07XX02")}
PLANNED = of("Procedure", status="preparation")
STEROID_BEFORE = model.Drug(concept="corticosteroid", systemic=True, within=months(3), until=months(1))
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ORDER = of("MedicationRequest", status="completed", intent="order", medicationCodeableConcept=coded(RXNORM, "5492"))
BOUNDED = {"timing": {"repeat": {"boundsPeriod": {"start": "2026-04-10", "end": "2026-05-10"}}}}
DOSE = {"doseQuantity": {"value": 50, "unit": "mg"}}
STILL = of("MedicationStatement", status="active", effectivePeriod={"start": "2026-01-01"})
STILL |= {"medicationCodeableConcept": coded("http://www.whocc.no/atc", "N07XX02")}


@pytest.mark.parametrize(
    ("question", "resources", "verdict"),
    [
        # A use that was entered in error does not exist, and hides no device.
        (VENTILATOR, [device(), use("entered-in-error")], "met"),
        (VENTILATOR, [device(type=None, deviceName=[{"name": "ventilator"}], patient=None), use("active")], "review"),
        # Without a status, it may be anything, and is not absent.
        (VENTILATOR, [of("DeviceUseStatement", device={"display": "ventilator"})], "review"),
        (GASTROSTOMY, [of("Procedure", code=coded(SNOMED, "54956002"))], "unknown"),
        (RILUZOLE, [SUPPLY | {"resourceType": "MedicationRequest", "intent": "order", "status": None}], "unknown"),
        (TUBE, [order(enteralFormula={"baseFormulaType": coded(SNOMED, "229917005")})], "unknown"),
        (T90, [NIGHT | {"status": None}], "unknown"),
        # Nor does what names no patient say that it is the patient's.
        (T90, [NIGHT], "met"),
        (T90, [NIGHT | {"subject": None}], "unknown"),
        (RILUZOLE, [SUPPLY], "unknown"),
        # What is written down on a day that is none may be of any time.
        (RILUZOLE, [SUPPLY | {"whenHandedOver": "9999-12-31", "subject": PATIENT}], "unknown"),
        # A period that ends before it begins is none, if by a quarter of a second.
        (T90, [NIGHT | {"effectiveDateTime": None, "effectivePeriod": UPSIDE_DOWN}], "unknown"),
        # One of two dosages without bounds may be taken at any time, and one that cannot be read may be any.
        (STEROID_BEFORE, [ORDER | {"dosageInstruction": [BOUNDED, {"text": "at night"}]}], "unknown"),
        (
            RILUZOLE,
            [STILL | {"dosageInstruction": [{"doseAndRate": [DOSE, {"doseQuantity": {"value": 0}}]}]}],
            "unknown",
        ),
        # No word of what is ordered is lost.
        (TUBE, [order(status="active", supplement=[{"productName": NAMED_TUBE}])], "review"),
        (TUBE, [order(status="active", oralDiet={"type": [{"text": "normal"}, {"text": NAMED_TUBE}]})], "review"),
        (
            TUBE,
            [order(status="active", enteralFormula={"modifierExtension": [{"url": "http://example.org"}]})],
            "unknown",
        ),
        (GASTROSTOMY, [PLANNED | {"code": {"text": "operation"}, "category": {"text": "gastrostomy"}}], "review"),
        # What only looks like the id of a trial names none.
        (
            model.OtherTrial(),
            [
                of(
                    "ResearchSubject",
                    status="on-study",
                    individual=PATIENT,
                    study={"reference": "ResearchStudy/XNCT01234567"},
                )
            ],
            "review",
        ),
        # A refutation is as old as an onset that is given as an age.
        (
            PREGNANCY,
            [UNTIL_MARCH, condition(code=PREGNANT, onsetAge={"value": 20, "unit": "a"}, verificationStatus=REFUTED)],
            "met",
        ),
        # What is in words is for a person, suspected or not.
        (PREGNANCY, [UNTIL_MARCH, condition(code={"text": "pregnancy"}, verificationStatus=UNCONFIRMED)], "review"),
        # An expected date of delivery says pregnant until then, and of what was said before it, over since then.
        (PREGNANCY, [due("2026-12-01")], "met"),
        (PREGNANCY, [due("2026-06")], "unknown"),
        (PREGNANCY, [due("2028-12-01")], "unknown"),
        (PREGNANCY, [due("2026-06-20", "2026-02-01")], "not-met"),
        (PREGNANCY, [due("2026-06-20", "2026-02-01"), UNTIL_MARCH], "not-met"),
        (PREGNANCY, [due("2026-06-20", "2026-02-01"), due("2026-07-01", "2026-03-01")], "met"),
        (PREGNANCY, [due("2026-12-01"), condition(code=PREGNANT, onsetDateTime="2026-06-28")], "met"),
    ],
)
def test_small_records_are_decided_alike(
    cql_engine: Engine, question: Node, resources: list[dict[str, Any]], verdict: str
) -> None:
    """Where history with nothing on file counts as absent, ours and the CQL decide as is written here."""
    number, asked = EVERY_QUESTION.index(question), asking()
    present = [{name: value for name, value in each.items() if value is not None} for each in resources]
    record = bundle(*present, **WOMAN)
    for entry, resource in zip(record["entry"][1:], resources, strict=True):
        if "subject" in resource:  # said to be none
            del entry["resource"]["subject"]
    found = theirs(cql_engine, asked, [record], closed_world=True)[0]
    assert (ours(asked, record, closed_world=True)[number], found[number]) == (verdict, verdict)


def test_a_status_of_a_man_that_cannot_be_read_is_for_a_person(cql_engine: Engine) -> None:
    """A man of whom a pregnancy is on record in a form that cannot be read is asked about."""
    status = of("Observation", status="final", effectiveDateTime="2026-06-20", code=coded(LOINC, "82810-3"))
    record, asked = bundle(status | {"valuePeriod": {"start": "2026-06-01"}}, gender="male"), asking()
    number = EVERY_QUESTION.index(PREGNANCY)
    assert (ours(asked, record)[number], theirs(cql_engine, asked, [record])[0][number]) == ("review", "review")
