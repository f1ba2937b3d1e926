"""Records as files have them, screened: versions, copies, the dead, and the unborn."""

from __future__ import annotations

import json
from typing import Any

from alsfhir.criteria.model import Age, AnyOf, Condition, Duration, Node
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.patient.model import Facts
from alsfhir.patient.record import read_records
from alsfhir.terminology import terminology
from eligibility_samples import criterion, measured, recorded
from patient_samples import ALS, PATIENT, bundle, texts
from patient_samples import condition as condition_resource
from patient_samples import observation as observation_resource

FVC = measured("fvc-percent-predicted", "%", at_least=70)
TWICE = Condition(concept="venous-thromboembolism", when="ever", at_least=2)


def read(*resources: dict[str, Any]) -> Facts:
    """The facts of the one patient of a Bundle."""
    file = json.dumps(bundle(*resources)).encode()
    (found,) = read_records("test.json", file, terminology()).patients
    return found


def screened(tree: Node, *resources: dict[str, Any], patient: dict[str, Any] | None = None) -> ScreeningRecord:
    """The screening of such a file."""
    return recorded([criterion(tree)], read(patient or PATIENT, *resources))


def clot(**elements: Any) -> dict[str, Any]:
    """An entry of a thrombosis."""
    return condition_resource(
        code={"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "I80.2"}]}, **elements
    )


def test_of_two_versions_the_latest_counts_and_it_is_said() -> None:
    """By its lastUpdated, wherever it stands in the file."""
    old = observation_resource(
        valueQuantity={"value": 84, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"},
        meta={"lastUpdated": "2026-06-17T08:00:00Z"},
    )
    new = old | {"valueQuantity": old["valueQuantity"] | {"value": 64}, "meta": {"lastUpdated": "2026-06-18T08:00:00Z"}}
    for order in ((old, new), (new, old)):
        assert screened(FVC, *order).criteria[0].verdict == "not-met"
        file = read_records("test.json", json.dumps(bundle(PATIENT, *order)).encode(), terminology())
        assert texts(file) == ["information Observation/o1: stands 2 times in the file: the latest version is used"]


def test_a_resource_that_stands_twice_is_one() -> None:
    """Nothing recurs because it was exported twice, nor because it was entered twice."""
    one, other = clot(onsetDateTime="2020-01-01"), clot(onsetDateTime="2021-01-01", id="c2")
    assert screened(TWICE, one, one).criteria[0].verdict == "unknown"
    assert screened(TWICE, one, one | {"id": "c3"}).criteria[0].verdict == "unknown"
    assert screened(TWICE, one, one, other).criteria[0].verdict == "met"
    assert [one.reference for one in screened(TWICE, one, one, other).criteria[0].evidence] == [
        "Condition/c1",
        "Condition/c2",
    ]


def test_a_version_that_was_taken_back_is_nothing() -> None:
    """The newer one is entered in error: the older one does not count either."""
    system = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
    error = {"coding": [{"system": system, "code": "entered-in-error"}]}
    old = condition_resource(meta={"lastUpdated": "2026-06-17T08:00:00Z"})
    new = condition_resource(meta={"lastUpdated": "2026-06-18T08:00:00Z"}, verificationStatus=error)
    (record,) = screened(Condition(concept="als"), old, new).criteria
    assert (record.verdict, record.basis) == ("unknown", "no-record")


def test_who_died_is_not_screened() -> None:
    """By a date or by a flag; as of a day before it, the patient was alive."""
    for death in ({"deceasedBoolean": True}, {"deceasedDateTime": "2026-06-30"}):
        record = screened(FVC, condition_resource(), patient=PATIENT | death)
        assert (record.status, record.not_screened, record.criteria) == (None, "deceased", ())
    later = screened(FVC, condition_resource(), patient=PATIENT | {"deceasedDateTime": "2026-07-01"})
    assert later.status == "potential-candidate"


def test_who_is_younger_than_the_day_has_no_age() -> None:
    """A birth after the as-of date is a mistake: unknown, and no failure."""
    record = screened(AnyOf(of=(Age(at_least=18), Age(less_than=5))), patient=PATIENT | {"birthDate": "2026-07-01"})
    assert (record.criteria[0].verdict, record.criteria[0].outcome) == ("unknown", "missing")


def test_a_code_beside_an_unknown_one_counts_as_itself() -> None:
    """A site's own code in the same concept takes nothing away."""
    own = {"coding": [{"system": "http://example.org", "code": "X"}, *ALS["coding"]]}
    assert screened(Condition(concept="als"), condition_resource(code=own)).criteria[0].verdict == "met"
    only = {"coding": own["coding"][:1]}
    asked = Condition(concept="als", within=Duration(years=1))
    assert screened(asked, condition_resource(code=only)).criteria[0].verdict == "unknown"
