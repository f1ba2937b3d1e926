"""Tests of the text of a screening."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from alsfhir.eligibility.record import CriterionRecord, EvidenceRecord, NeedRecord
from alsfhir.report.layout import WIDTH
from alsfhir.report.text import text, texts
from screenings import CONSENT, TRIAL, candidate, criterion, deceased, ineligible, potential, screening

DECEASED = """\
============================================================================================
NCT01234567 · Patient/p1 · as of 2026-06-30
============================================================================================
Trial    This trial recruits: recruiting (page date 2026-06-27).
Patient  Not screened: the patient is deceased.

alsfhir 0.1.0
readings sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
"""

INELIGIBLE = """\
============================================================================================
NCT01234567 · Patient/p1 · as of 2026-06-30
============================================================================================
Trial    This trial does NOT recruit: completed (page date 2025-11). Nobody can join it now,
         whatever the rest says.
Patient  Ineligible: the record fails 1 criterion. A wrong record can be corrected.
Note     The readings of 2 of 3 criteria are proposed: no clinician has signed them yet.

What blocks (1)
--------------------------------------------------------------------------------------------
NCT01234567-I02  inclusion: FVC ≥ 50 % of predicted & stable
    Verdict   Not fulfilled. FVC 48 % of predicted on 2026-06-20, below 50 %
    Seen      Observation/obs-7, 2026-06-20, 48 %
    Assumed   percent of predicted assumed: the text names no basis

What to ask a person (1)
--------------------------------------------------------------------------------------------
NCT01234567-I03  inclusion: What criterion I03 says
    Verdict   For a person to say. Does the patient consent?

What is fine (1)
--------------------------------------------------------------------------------------------
NCT01234567-I01  inclusion: Age 18 to 75 years, both ends included
    Verdict   Fulfilled. 54 years old on 2026-06-30
    In time   this criterion stops passing on 2047-08-01, if no data change

alsfhir 0.1.0
readings sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
"""

POTENTIAL = """\
============================================================================================
NCT01234567 · Patient/p1 · as of 2026-06-30
============================================================================================
Trial    This trial recruits: recruiting (page date 2026-06-27).
Patient  Potential candidate: no criterion fails on what the record decides, but data are
         missing for 1 of 4 criteria and nobody has yet checked how 1 of the criteria are
         read; 2 criteria still need a person. This does not mean eligible: consent and
         judgement are people's.
Note     The readings of 2 of 4 criteria are proposed: no clinician has signed them yet.
Note     The readings of 1 of 4 criteria are drafts: nobody has looked at them yet.

What is missing, and what to do about it (1)
--------------------------------------------------------------------------------------------
NCT01234567-I02  inclusion: FVC ≥ 50 % of predicted & stable
    Verdict   Not known from the record. the last FVC in percent of predicted is of
              2026-03-25, 97 days old
    To do     FVC in percent of predicted, not older than 90 days; last one is 97 days old
    Seen      Observation/obs-7, 2026-03-25, 61 %

What to ask a person (2)
--------------------------------------------------------------------------------------------
NCT01234567-I03  inclusion: What criterion I03 says
    Verdict   For a person to say. Does the patient consent?
NCT01234567-E02  exclusion: What criterion E02 says [draft: nobody has checked how this is
                 read]
    Verdict   For a person to say. a person has to read this

What is fine (1)
--------------------------------------------------------------------------------------------
NCT01234567-I01  inclusion: Age 18 to 75 years, both ends included
    Verdict   Fulfilled. 54 years old on 2026-06-30
    In time   this criterion stops passing on 2047-08-01, if no data change

What could not be used of the record (1)
--------------------------------------------------------------------------------------------
warning  Observation/obs-9: no unit; not used

alsfhir 0.1.0
readings sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
"""


def test_the_deceased_are_not_screened() -> None:
    """A patient who died gets no criteria, and the text says why."""
    assert text(deceased()) == DECEASED


def test_an_ineligible_patient_and_a_trial_that_is_over() -> None:
    """That nobody can join comes first, then the status, then what blocks and what it was seen from."""
    assert text(ineligible()) == INELIGIBLE


def test_a_potential_candidate() -> None:
    """What is missing comes with what to do about it; drafts and unusable resources are named."""
    assert text(potential()) == POTENTIAL


def test_a_candidate_is_told_of_the_closed_world_and_what_is_still_to_ask() -> None:
    """Nothing blocks and nothing is missing, so the questions for a person come first."""
    lines = text(candidate()).splitlines()
    assert "Note     Closed world: history with nothing on file was taken as never having been." in lines
    headings = [line for line in lines if line.startswith("What ")]
    assert headings == ["What to ask a person (1)", "What is fine (3)"]


def test_questions_with_entries_on_record_come_first() -> None:
    """Among what to ask a person; the others keep the order of the trial, and so does what is missing."""
    cited = (EvidenceRecord(reference="Condition/c1", value="dementia"),)
    asked = criterion("E07", "review", "confirm", "judgement", evidence=cited)
    late, early = criterion("E03", "unknown", "confirm", "no-record"), criterion("E02", "unknown", "missing", "stale")
    also = criterion("E04", "unknown", "missing", "unusable", evidence=cited)
    lines = text(screening(early, also, late, CONSENT, asked)).splitlines()
    order = [line.split()[0].removeprefix(f"{TRIAL}-") for line in lines if line.startswith(f"{TRIAL}-")]
    assert order == ["E02", "E04", "E07", "E03", "I03"]


def test_a_date_that_the_value_says_is_not_said_twice() -> None:
    """An entry's value names its date, and what it is of."""
    cited = (EvidenceRecord(reference="Condition/c1", date="2025-06-01T10:00:00Z", value="als, onset 2025-06-01"),)
    written = text(screening(criterion("I01", "unknown", "missing", "unusable", evidence=cited)))
    assert "    Seen      Condition/c1, als, onset 2025-06-01\n" in written


def test_screenings_are_told_apart() -> None:
    """Each screening stands under its own heading, two empty lines below the one before."""
    assert texts([deceased(), ineligible()]) == f"{DECEASED}\n\n{INELIGIBLE}"


def test_no_screenings_make_no_text() -> None:
    """Nothing is said of nobody."""
    assert texts([]) == ""


def test_when_time_alone_opens_a_criterion_it_is_said() -> None:
    """A criterion that passes from some day on tells that day."""
    blocked = criterion("E01", "met", "fail", "evidence", opens="2026-09-14")
    assert "passes from 2026-09-14 on" in text(screening(blocked, status="ineligible"))


def test_a_question_is_put_once() -> None:
    """Where the question to a person is the reason, it is not repeated as what to do; another need is."""
    needs = (NeedRecord(concept="judgement", text="Is it stable?"), NeedRecord(concept="bmi", text="BMI"))
    asked = criterion("I01", "review", "confirm", "judgement", reason="To be judged: is it stable?", needs=needs)
    written = text(screening(asked))
    assert written.lower().count("is it stable?") == 1
    assert "    To do     BMI\n" in written


FIELDS: dict[str, Any] = get_type_hints(CriterionRecord)
RESULTS = st.fixed_dictionaries(
    {
        "verdict": st.sampled_from(get_args(FIELDS["verdict"])),
        "outcome": st.sampled_from(get_args(FIELDS["outcome"])),
        "basis": st.sampled_from(get_args(FIELDS["basis"])),
        "reading": st.sampled_from(get_args(FIELDS["reading"])),
        "reason": st.text(max_size=150),
        "text": st.text(max_size=150),
    }
)


@given(results=st.lists(RESULTS, max_size=9))
def test_no_criterion_is_ever_lost(results: list[dict[str, Any]]) -> None:
    """Whatever the results and texts, every criterion's id begins one line, and no line is too wide."""
    criteria = [criterion(f"I{number:02}", **result) for number, result in enumerate(results, 1)]
    lines = text(screening(*criteria)).splitlines()
    begun = sorted(line.split()[0] for line in lines if line.startswith(f"{TRIAL}-"))
    assert begun == [one.id for one in criteria]
    assert all(len(line) <= WIDTH for line in lines)
