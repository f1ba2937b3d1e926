"""Observations, their components and values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from alsfhir.patient.observation import BODY_POSITION
from alsfhir.patient.values import Quantity, When
from alsfhir.terminology import LOCAL_SYSTEM, UCUM, Coding
from patient_samples import FVC, HL7, LOINC, SNOMED, facts, observation, one_observation, percent, texts

NORRIS = {"coding": [{"system": LOCAL_SYSTEM, "code": "norris-bulbar"}]}
ABSENT = {"coding": [{"system": HL7 + "data-absent-reason", "code": "not-performed"}]}


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"valueQuantity": None}, "no value"),
        ({"valueQuantity": None, "dataAbsentReason": ABSENT}, "no value (not-performed)"),
        ({"valueQuantity": None, "dataAbsentReason": {"text": "refused"}}, "no value"),
        ({"valueQuantity": None, "dataAbsentReason": {"coding": [{"code": "Anna"}]}}, "no value"),
        ({"dataAbsentReason": ABSENT}, "both a value and a dataAbsentReason"),
        ({"valueString": "84 %"}, "more than one value[x]"),
        ({"valueQuantity": percent("84")}, "valueQuantity has a value that is not a number"),
        ({"valueQuantity": {"unit": "%"}}, "valueQuantity has no value"),
        ({"valueQuantity": None, "valueCodeableConcept": {}}, "no value"),
        ({"valueQuantity": None, "valueString": 84}, "valueString is not a string"),
        ({"valueQuantity": None, "valueBoolean": "true"}, "valueBoolean is neither true nor false"),
        ({"valueQuantity": None, "valueInteger": 84.5}, "valueInteger is not an integer"),
        ({"valueQuantity": None, "valueInteger": True}, "valueInteger is not an integer"),
        ({"valueQuantity": None, "valueInteger": 2**40}, "valueInteger is not an integer"),
        ({"valueQuantity": None, "valueRange": {"low": percent(80)}}, "a valueRange cannot be compared"),
        ({"valueQuantity": None, "valueRatio": {}}, "a valueRatio cannot be compared"),
        ({"valueQuantity": None, "valueSampledData": {}}, "a valueSampledData cannot be compared"),
        ({"valueQuantity": None, "valueTime": "10:00:00"}, "a valueTime cannot be compared"),
        ({"valueQuantity": None, "valueDateTime": "2026"}, "a valueDateTime cannot be compared"),
        ({"valueQuantity": None, "valuePeriod": {}}, "a valuePeriod cannot be compared"),
        ({"valueQuantity": None, "valueReference": {}}, "a valueReference cannot be compared"),
        ({"valueQuantity": None, "valueAttachment": {}}, "a valueAttachment cannot be compared"),
        ({"code": None}, "no code"),
        ({"code": {}}, "no code"),
        ({"code": {"coding": [{"system": LOINC, "code": 19872}]}}, "no code"),
        ({"status": None}, "no status"),
        ({"status": 5}, "no status"),
        ({"effectiveDateTime": "2026-02-30"}, "effectiveDateTime is not a date"),
        ({"effectiveDateTime": "2026-06-16T10:00:00"}, "effectiveDateTime is not a time with its zone"),
        ({"effectiveDateTime": None, "effectiveTiming": {"event": ["2026"]}}, "effective[x] is not given as a time"),
        ({"focus": [{"reference": "Patient/donor"}]}, "it is about another than the patient (Observation.focus)"),
        ({"focus": [{"display": "fetus"}]}, "it is about another than the patient (Observation.focus)"),
        ({"modifierExtension": [{"url": "x"}]}, "a modifierExtension that is not known may change its meaning"),
        ({"implicitRules": "http://x.org"}, "its implicitRules are not known and may change its meaning"),
    ],
)
def test_what_cannot_be_compared_is_kept_and_says_why(elements: dict[str, Any], unusable: str) -> None:
    """An observation that is odd is a fact all the same, with the reason, and is listed."""
    found = facts(observation(**elements))
    assert [fact.unusable for fact in found.observations] == [unusable]
    assert texts(found) == [f"warning Observation/o1: {unusable}: not used"]


@pytest.mark.parametrize(
    ("status", "said"), [("entered-in-error", "1 not used: entered in error"), ("cancelled", "1 not used: cancelled")]
)
def test_what_never_happened_is_no_fact(status: str, said: str) -> None:
    """An observation entered in error, or cancelled, does not exist; that there was one is said."""
    found = facts(observation(status=status))
    assert found.observations == ()
    assert texts(found) == [f"information Observation: {said}"]


@pytest.mark.parametrize("status", ["registered", "preliminary", "unknown", "amended"])
def test_other_statuses_are_kept_as_written(status: str) -> None:
    """Whether a preliminary value counts is not for the reader to say."""
    assert one_observation(status=status).status == status


@pytest.mark.parametrize(
    ("elements", "field", "value"),
    [
        ({"valueQuantity": percent(84.5)}, "quantity", Quantity(Decimal("84.5"), "%")),
        ({"valueQuantity": percent(70) | {"comparator": "<"}}, "quantity", Quantity(Decimal(70), "%", "<")),
        ({"valueQuantity": None, "valueInteger": 84}, "quantity", Quantity(Decimal(84), None)),
        ({"valueQuantity": None, "valueInteger": 14, "code": NORRIS}, "quantity", Quantity(Decimal(14), "{score}")),
        ({"valueQuantity": None, "valueString": "84 %"}, "string", "84 %"),
        ({"valueQuantity": None, "valueCodeableConcept": {"text": "definite"}}, "string", "definite"),
        ({"valueQuantity": None, "valueBoolean": False}, "boolean", False),
    ],
)
def test_each_form_of_value_has_its_field(elements: dict[str, Any], field: str, value: object) -> None:
    """A number, a text or a truth value is in its field; an integer has a unit only if it is a score."""
    found = one_observation(**elements)
    assert getattr(found, field) == value
    assert found.unusable is None


@pytest.mark.parametrize("quantity", [{"value": 84}, {"value": 84, "unit": " ", "system": UCUM}])
def test_a_measurement_without_a_unit_is_listed(quantity: dict[str, Any]) -> None:
    """A number whose concept is compared in a unit has none of its own: it stays, and is listed; others are not."""
    found = facts(observation(valueQuantity=quantity), observation(id="o2", code={"text": "?"}, valueQuantity=quantity))
    assert [fact.quantity for fact in found.observations] == [Quantity(Decimal(84), None)] * 2
    assert texts(found) == ["warning Observation/o1: its value has no unit, and cannot be compared"]


def test_a_coded_value_keeps_codings_and_text() -> None:
    """The codings of a value come first, then its text if no display says the same."""
    coding = {"system": SNOMED, "code": "260385009", "display": "Negative"}
    found = one_observation(valueQuantity=None, valueCodeableConcept={"coding": [coding], "text": "non-reactive"})
    assert found.coded == (Coding(SNOMED, "260385009", "Negative"), Coding(None, None, "non-reactive"))
    assert found.string is None


def test_what_is_said_around_the_value_is_kept() -> None:
    """Code, text, dates and interpretation of an Observation are those of its fact."""
    found = one_observation(
        code=FVC | {"text": "FVC"},
        effectiveDateTime=None,
        effectiveInstant="2026-06-16T09:20:00+02:00",
        issued="2026-06-16T12:00:00Z",
        meta={"lastUpdated": "2026-06-17T00:00:00Z"},
        interpretation=[{"coding": [{"system": HL7 + "v3-ObservationInterpretation", "code": "L"}]}, {"text": "low"}],
    )
    assert (found.reference, found.path, found.text) == ("Observation/o1", "Observation", "FVC")
    assert found.concepts == {"fvc-percent-predicted"}
    day, moment = date(2026, 6, 16), datetime(2026, 6, 16, 7, 20, tzinfo=UTC)
    assert found.when == When(day, day, "2026-06-16T09:20:00+02:00", moment)
    assert found.issued == datetime(2026, 6, 16, 12, tzinfo=UTC)
    assert found.last_updated == datetime(2026, 6, 17, tzinfo=UTC)
    assert found.interpretation == ("L",)


def test_an_interpretation_in_words_is_kept() -> None:
    """Where no interpretation has a code, their texts are kept."""
    assert one_observation(interpretation=[{"text": "low"}, {}]).interpretation == ("low",)


def test_an_undated_value_is_kept_without_a_date() -> None:
    """An observation without effective[x] has no date; that it was issued on a day does not date it."""
    found = one_observation(effectiveDateTime=None, issued="2026-06-16T12:00:00Z")
    assert (found.when, found.unusable) == (None, None)


def test_focus_on_the_patient_is_no_obstacle() -> None:
    """A focus that is the subject itself changes nothing."""
    assert one_observation(focus=[{"reference": "Patient/p1"}]).unusable is None


def test_components_are_facts_of_their_own() -> None:
    """A panel makes a fact for each component, with the panel's date and status, and none for itself."""
    parts = [
        {"code": FVC, "valueQuantity": percent(84)},
        None,
        {"code": NORRIS, "dataAbsentReason": ABSENT},
        {"code": NORRIS, "valueInteger": 14, "modifierExtension": [{"url": "x"}]},
    ]
    found = facts(observation(code={"text": "panel"}, valueQuantity=None, component=parts))
    assert [(fact.path, fact.unusable) for fact in found.observations] == [
        ("Observation.component[0]", None),
        ("Observation.component[2]", "no value (not-performed)"),
        ("Observation.component[3]", "a modifierExtension that is not known may change its meaning"),
    ]
    assert {(fact.status, fact.when.written if fact.when else None) for fact in found.observations} == {
        ("final", "2026-06-16")
    }
    assert texts(found)[0] == "warning Observation/o1: component[2]: no value (not-performed): not used"


def test_a_panel_with_a_value_of_its_own_is_a_fact_too() -> None:
    """A value beside components is not lost."""
    found = facts(observation(component=[{"code": NORRIS, "valueInteger": 14}]))
    assert [fact.path for fact in found.observations] == ["Observation", "Observation.component[0]"]


def test_a_panel_of_members_is_no_fact() -> None:
    """A panel that only groups other observations says nothing itself."""
    found = facts(observation(valueQuantity=None, hasMember=[{"reference": "Observation/o2"}]))
    assert (found.observations, found.issues) == ((), ())


def test_the_doubt_about_a_panel_is_the_doubt_about_its_parts() -> None:
    """What makes an Observation unusable makes its components so."""
    found = facts(observation(valueQuantity=None, effectiveDateTime="soon", component=[{"code": FVC}]))
    assert [fact.unusable for fact in found.observations] == ["effectiveDateTime is not a date"]


@pytest.mark.parametrize("inside", [False, True])
def test_the_concepts_of_an_interpretation_are_the_facts(inside: bool) -> None:
    """A flag in a known system is a concept of the value that it stands beside."""
    flagged = {"interpretation": [{"coding": [{"system": HL7 + "v3-ObservationInterpretation", "code": "H"}]}]}
    elements = {"component": [{"code": FVC, "valueQuantity": percent(84)} | flagged]} if inside else flagged
    found = facts(observation(**elements)).observations
    assert [fact.concepts for fact in found if fact.interpretation] == [{"fvc-percent-predicted", "abnormal"}]
    assert len(found) == 1 + inside


@pytest.mark.parametrize(
    ("interpretation", "flagged"),
    [
        ({"text": "High"}, True),
        ({"coding": [{"code": "H"}]}, True),
        ({"coding": [{"system": "http://x.org", "code": "H"}]}, False),
        ({"text": "high normal"}, False),
    ],
)
def test_an_interpretation_in_words_is_one_of_a_concept(interpretation: dict[str, Any], flagged: bool) -> None:
    """A text, or a code without a system, that means a concept exactly; a code of another system does not."""
    assert ("abnormal" in one_observation(interpretation=[interpretation]).concepts) is flagged


def test_how_it_was_measured_is_kept() -> None:
    """Method and position of the body are circumstances, also of the components."""
    position = {"url": BODY_POSITION, "valueCodeableConcept": {"coding": [{"system": SNOMED, "code": "40199007"}]}}
    other = {"url": "http://x.org", "valueCodeableConcept": {"text": "x"}}
    found = facts(
        observation(
            method={"text": "spirometry"},
            extension=[position, other, None, {"url": BODY_POSITION}],
            component=[{"code": NORRIS, "valueInteger": 14}],
        )
    )
    expected = (Coding(None, None, "spirometry"), Coding(SNOMED, "40199007"))
    assert [fact.circumstances for fact in found.observations] == [expected, expected]
