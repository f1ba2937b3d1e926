"""Which resources a verdict cites."""

from __future__ import annotations

from alsfhir.criteria.model import Age, AllOf, Condition, Judgement, Sex, TimeSince
from alsfhir.eligibility.record import EvidenceRecord
from eligibility_samples import FVC, condition, explained, facts, measured, observation, when


def test_nothing_on_file_cites_nothing() -> None:
    """There is no resource to show."""
    assert explained(measured(FVC, "%", at_least=70), facts()).evidence == ()
    assert explained(AllOf(of=(Age(at_least=18), Sex(among=("female",)))), facts()).evidence == ()


def test_a_value_is_cited_with_its_date_as_written() -> None:
    """The time stays as precise as the record has it."""
    found = facts(observation(FVC, "48.0 %", "2026-06-20T08:00:00+02:00"))
    assert explained(measured(FVC, "%", at_least=70), found).evidence == (
        EvidenceRecord(reference=f"Observation/{FVC}", date="2026-06-20T08:00:00+02:00", value="48.0 % of predicted"),
    )


def test_an_age_cites_the_patient_and_no_birth_date() -> None:
    """Completed years, and the gender where it is asked for."""
    found = facts(birth=when("1980-06-30"), sex="female")
    tree = AllOf(of=(Age(at_least=18), Sex(among=("female",))))
    assert explained(tree, found).evidence == (
        EvidenceRecord(reference="Patient/p1", value="46 years"),
        EvidenceRecord(reference="Patient/p1", value="female"),
    )


def test_a_birth_date_to_come_is_no_age() -> None:
    """Nobody is minus one year old."""
    assert explained(Age(at_least=18), facts(birth=when("2027-01-01"))).evidence == ()


def test_an_entry_is_dated_by_what_was_asked() -> None:
    """By its onset, but for the time since the diagnosis by that."""
    found = facts(condition("als", onset=when("2025-01"), diagnosed=when("2025-05-02"), recorded=when("2025-06-01")))
    asked = (Condition(concept="als"), TimeSince(event="diagnosis", concept="als"))
    cited = [explained(tree, found).evidence[0] for tree in asked]
    assert [(one.date, one.value) for one in cited] == [
        ("2025-01", "als, onset 2025-01"),
        ("2025-05-02", "als, diagnosed 2025-05-02"),
    ]


def test_what_is_already_met_of_an_undecided_compound_is_cited() -> None:
    """The index that is good enough, beside the question that is left."""
    tree = AllOf(of=(measured("bmi", "kg/m2", at_least="18.5"), Judgement(question="Well fed?"), Age(at_least=18)))
    found = facts(observation("bmi", "22 kg/m2"), birth=when("1980-06-30"))
    assert [one.reference for one in explained(tree, found).evidence] == ["Observation/bmi"]


def test_what_stands_in_the_way_is_cited_too() -> None:
    """An unusable value is shown with the reason."""
    found = facts(observation(FVC, None, unusable="no value"))
    assert explained(measured(FVC, "%", at_least=70), found).evidence == (
        EvidenceRecord(reference=f"Observation/{FVC}", date="2026-06-20", value="not usable: no value"),
    )


def test_each_resource_is_cited_once() -> None:
    """However many leaves of the tree it decides."""
    tree = AllOf(of=(measured(FVC, "%", at_least=50), measured(FVC, "%", at_most=90)))
    assert len(explained(tree, facts(observation(FVC, "80 %"))).evidence) == 1
