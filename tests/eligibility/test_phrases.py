"""Tests of the fixed sentences about a screening."""

from __future__ import annotations

import msgspec
import pytest

from alsfhir.eligibility.phrases import recruitment_phrase, recruits, remarks, status_phrase, verdict_phrase
from alsfhir.eligibility.record import EvidenceRecord, NeedRecord, RecruitmentRecord, ScreeningRecord
from screenings import AGE, FVC_LOW, candidate, criterion, deceased, ineligible, potential, screening


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("", "unclear"),
        ("Unknown status", "unclear"),
        ("UNKNOWN", "unclear"),
        ("soon", "unclear"),
        ("Active, not recruiting", "no"),
        ("ACTIVE_NOT_RECRUITING", "no"),
        ("Not yet recruiting", "no"),
        ("Completed", "no"),
        ("terminated", "no"),
        ("Enrolling by invitation", "yes"),
        ("RECRUITING", "yes"),
    ],
)
def test_only_words_that_are_known_say_whether_a_trial_recruits(word: str, expected: str) -> None:
    """However the registry writes its word, it is recognised; one that is not known is unclear, never yes."""
    assert recruits(RecruitmentRecord(status=word, as_of=None)) == expected


def test_a_trial_that_does_not_recruit_is_said_so_with_the_page_date() -> None:
    """The sentence for a closed trial says that nobody can join, and as of when that was read."""
    phrase = recruitment_phrase(RecruitmentRecord(status="COMPLETED", as_of="2025-11"))
    assert phrase.startswith("This trial does NOT recruit: completed (page date 2025-11)")


def test_a_page_without_a_date_is_said_to_have_none() -> None:
    """A recruitment status of unknown age does not pass for a current one."""
    assert "(no page date)" in recruitment_phrase(RecruitmentRecord(status="recruiting", as_of=None))


def test_an_unclear_recruitment_tells_to_ask() -> None:
    """Where the registry's word says nothing, the sentence does not guess."""
    assert "unclear" in recruitment_phrase(RecruitmentRecord(status="", as_of=None))


@pytest.mark.parametrize("record", [candidate(), potential()])
def test_no_status_is_mistaken_for_eligible(record: ScreeningRecord) -> None:
    """Whoever is not ruled out is told that this does not mean eligible."""
    assert "does not mean eligible" in status_phrase(record)


def test_what_a_person_has_still_to_say_is_counted() -> None:
    """A candidate with open questions is not one against whom nothing speaks; those with entries are counted apart."""
    assert status_phrase(screening(AGE)).startswith("Candidate: no criterion fails on what the record decides. ")
    assert "decides; 1 criterion still needs a person. " in status_phrase(candidate())
    cited = (EvidenceRecord(reference="Condition/c1", value="dementia"),)
    asked = criterion("E03", "review", "confirm", "judgement", evidence=cited)
    sex = (EvidenceRecord(reference="Patient/p1", value="female"),)
    other = criterion("E04", "unknown", "confirm", "no-record", evidence=sex)
    assert "; 1 criterion still needs a person, with entries on record. " in status_phrase(screening(asked))
    assert "; 2 criteria still need a person, 1 of them with entries on record. " in status_phrase(
        screening(asked, other)
    )


def test_the_open_points_of_a_potential_candidate_are_named() -> None:
    """Missing data and unchecked readings are both reasons why a candidate is only a potential one."""
    assert status_phrase(potential()).startswith(
        "Potential candidate: no criterion fails on what the record decides, but data are missing for 1 of 4 criteria "
        "and nobody has yet checked how 1 of the criteria are read; 2 criteria still need a person. "
    )


def test_an_unconfirmed_condition_is_named_where_nothing_else_is_open() -> None:
    """Without missing data and drafts it is the diagnosis that keeps a patient from being a candidate."""
    record = screening(criterion("I01", "met", "pass", "evidence"), status="potential-candidate")
    assert "the condition that the trial is for is not on record as confirmed and current" in status_phrase(record)


def test_an_unconfirmed_condition_is_named_beside_what_is_missing() -> None:
    """To measure what is missing does not make a candidate of somebody who may not have the disease."""
    need = NeedRecord(concept="als", text="Confirmation that it is still present")
    record = msgspec.structs.replace(potential(), unconfirmed=need)
    assert "and the condition that the trial is for is not on record as confirmed and current" in status_phrase(record)
    assert " Needed first: Confirmation that it is still present. " in status_phrase(record)
    assert "confirmed and current" not in status_phrase(potential())


def test_one_failed_criterion_is_counted_in_the_singular() -> None:
    """The ineligible are told how many criteria the record fails."""
    assert "fails 1 criterion." in status_phrase(ineligible())


def test_the_deceased_are_not_screened() -> None:
    """A patient who died has no status, and the sentence says why."""
    assert status_phrase(deceased()) == "Not screened: the patient is deceased."


@pytest.mark.parametrize(
    ("number", "verdict", "expected"),
    [
        ("I01", "met", "fulfilled"),
        ("I01", "not-met", "not fulfilled"),
        ("E01", "met", "applies"),
        ("E01", "not-met", "does not apply"),
        ("I01", "unknown", "not known from the record"),
        ("E01", "review", "for a person to say"),
    ],
)
def test_verdicts_are_said_as_a_nurse_says_them(number: str, verdict: str, expected: str) -> None:
    """An inclusion is fulfilled, an exclusion applies; what is undecided is said alike for both."""
    assert verdict_phrase(criterion(number, verdict, "confirm", "judgement")) == expected


def test_the_closed_world_and_unsigned_readings_are_said() -> None:
    """Every screening says what was assumed of it as a whole, and how many readings nobody stands for."""
    assert len(remarks(candidate())) == 2
    assert remarks(candidate())[0].startswith("Closed world")
    assert "2 of 4 criteria are proposed" in remarks(potential())[0]
    assert "1 of 4 criteria are drafts" in remarks(potential())[1]


def test_where_no_reading_is_signed_it_is_said_of_all() -> None:
    """Nobody has to compare two numbers to see that every reading is proposed."""
    assert "all 2 criteria are proposed" in remarks(screening(AGE, FVC_LOW))[0]


def test_reviewed_readings_in_an_open_world_need_no_remark() -> None:
    """Nothing is said where nothing has to be."""
    assert remarks(screening(criterion("I01", "met", "pass", "evidence", reading="reviewed"))) == ()


def test_other_ages_that_were_asked_for_are_said() -> None:
    """A value that is only good enough since a caller says so is not passed off as one of the mappings' age."""
    record = msgspec.structs.replace(candidate(), max_age_days={"fvc-percent-predicted": 120})
    assert "fvc-percent-predicted up to 120 days" in " ".join(remarks(record))
    assert "ages" not in " ".join(remarks(candidate()))
