"""A screening in words."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from alsfhir.criteria.model import Age, Attestation, Condition, Node
from alsfhir.eligibility.record import IssueRecord, NeedRecord, PatientIdentifier, RecruitmentRecord
from alsfhir.patient.model import Facts, Issue
from alsfhir.patient.values import Identifier
from alsfhir.terminology import Coding
from eligibility_samples import FVC, condition, criterion, explained, facts, measured, observation, recorded, when
from eligibility_strategies import TREES, records

SCHEMA = Path(__file__).parents[2] / "src" / "alsfhir" / "schemas" / "screening-1.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))

STATEMENTS = [
    criterion(Age(at_least=18, at_most=75)),
    criterion(measured(FVC, "%", at_least=50), "I02"),
    criterion(Attestation(question="Do you agree?"), "I03"),
    criterion(Condition(concept="dementia"), "E01"),
]


def test_a_deceased_patient_has_no_criteria_and_a_reason() -> None:
    """Status null, and why; nothing blocks, nothing is missing."""
    record = recorded(STATEMENTS, facts(deceased=True))
    assert (record.status, record.not_screened) == (None, "deceased")
    assert (record.criteria, record.blocking, record.missing, record.confirm) == ((), (), (), ())


def test_a_death_after_the_as_of_date_is_an_issue() -> None:
    """The screening stands as of a day before it, and says so."""
    record = recorded(STATEMENTS, facts(deceased=True, died=when("2026-07-01")))
    assert record.status is not None
    assert [(issue.severity, issue.location) for issue in record.issues] == [("warning", "Patient/p1")]
    assert "notScreened" not in json.loads(msgspec.json.encode(record))


def test_a_condition_that_is_not_confirmed_is_named() -> None:
    """A potential candidate's record says what is needed of it; it says nothing of who has it, is out, or is dead."""
    provisional = condition("als", verification="provisional")
    label = "amyotrophic lateral sclerosis"
    for found, text in (
        (facts(), f"Confirmed diagnosis of {label}"),
        (
            facts(provisional),
            (
                f"Confirmed diagnosis of {label}: {label} is on record, but not confirmed: "
                "als, provisional (no date, Condition/als)"
            ),
        ),
        (
            facts(condition("als", clinical="inactive")),
            f"Confirmation that {label} is still present: it is on record, but not as current (Condition/als)",
        ),
    ):
        assert recorded(STATEMENTS, found).unconfirmed == NeedRecord(concept="als", text=text)
    young = facts(provisional, birth=when("2020-01-01"))
    for found in (facts(condition("als")), young, facts(provisional, deceased=True)):
        assert recorded(STATEMENTS, found).unconfirmed is msgspec.UNSET


def test_the_record_says_who_what_when_and_by_which_readings() -> None:
    """Trial, recruitment, patient, identifiers, date, readings and software."""
    record = recorded(STATEMENTS, facts(identifiers=(Identifier("urn:oid:1.2.3", "4711"), Identifier(None, "x"))))
    assert (record.trial, record.recruitment) == (
        "NCT01234567",
        RecruitmentRecord(status="Recruiting", as_of="2026-06-27"),
    )
    assert record.patient == "Patient/p1"
    assert record.patient_identifier == (
        PatientIdentifier(system="urn:oid:1.2.3", value="4711"),
        PatientIdentifier(value="x"),
    )
    assert (record.as_of, record.software, record.closed_world) == ("2026-06-30", "alsfhir 0", False)
    assert record.readings == "sha256:" + "0" * 64


def test_the_criteria_are_listed_by_their_outcome() -> None:
    """What blocks, what is missing, what is to confirm, in the order of the trial."""
    record = recorded(STATEMENTS, facts(condition("als"), birth=when("1940-01-01")))
    assert record.status == "ineligible"
    assert record.blocking == ("NCT01234567-I01",)
    assert record.missing == ("NCT01234567-I02",)
    assert record.confirm == ("NCT01234567-I03", "NCT01234567-E01")
    assert [one.outcome for one in record.criteria] == ["fail", "missing", "confirm", "confirm"]


def test_days_to_come_are_written_as_dates() -> None:
    """Opens and closes, or null."""
    record = explained(Age(at_least=18, at_most=75), facts(birth=when("2008-08-01")))
    assert (record.opens, record.closes) == ("2026-08-01", "2084-08-01")
    assert explained(Age(at_least=18), facts()).opens is None


def test_issues_are_sorted_and_said_once() -> None:
    """Errors first, then by place, whatever the order in which they were met."""
    issues = (
        Issue("information", "Observation/1", "duplicate"),
        Issue("warning", "Observation/2", "no unit; not used"),
        Issue("error", "Observation/3", "unreadable"),
        Issue("warning", "Observation/2", "no unit; not used"),
    )
    record = recorded(STATEMENTS, facts(issues=issues))
    assert record == recorded(STATEMENTS, facts(issues=issues[::-1]))
    assert record.issues == (
        IssueRecord(severity="error", location="Observation/3", text="unreadable"),
        IssueRecord(severity="warning", location="Observation/2", text="no unit; not used"),
        IssueRecord(severity="information", location="Observation/1", text="duplicate"),
    )


def test_each_condition_that_nobody_recognises_is_listed_once() -> None:
    """By its text, its display or its code, for a person to see; not what was ruled out, nor of a later day."""
    entries = (
        condition(text="breast cancer 2015", reference="Condition/c8"),
        condition(codings=(Coding("s", "X1", "Glioblastoma"),), reference="Condition/c9"),
        condition(text="stroke", verification="refuted", reference="Condition/no"),
        condition(text="stroke", onset=when("2027"), reference="Condition/later"),
    )
    record = recorded(STATEMENTS, facts(*entries))
    said = "is not recognised by any concept: a person should see whether it matters"
    assert record.issues == (
        IssueRecord(severity="information", location="Condition/c8", text=f"“breast cancer 2015” {said}"),
        IssueRecord(severity="information", location="Condition/c9", text=f"Glioblastoma {said}"),
    )
    assert recorded(STATEMENTS, facts(*entries, deceased=True)).issues == ()


def test_the_same_verdict_has_the_same_words() -> None:
    """On an inclusion and on an exclusion, in two trials."""
    found = facts(observation(FVC, "48 %"))
    one, other = (explained(measured(FVC, "%", less_than=70), found, number=number) for number in ("I01", "E09"))
    assert (one.reason, one.evidence, one.verdict) == (other.reason, other.evidence, other.verdict)
    assert (one.outcome, other.outcome) == ("pass", "fail")


@settings(max_examples=120, deadline=None)
@given(TREES, records())
def test_every_screening_can_be_said(tree: Node, found: Facts) -> None:
    """Whatever is asked of whatever record: the words are there, the schema holds, and the birth date stays out."""
    record = recorded([criterion(tree)], found)
    VALIDATOR.validate(json.loads(msgspec.json.encode(record)))
    (said,) = record.criteria
    assert said.reason
    assert (said.needs == ()) == (said.verdict in ("met", "not-met"))
    assert found.birth is None or found.birth.written not in (said.reason, *(one.date for one in said.evidence))
