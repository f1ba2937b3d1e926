"""That a patient is in a study, by the names of R4 and of R5, and which study it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.values import When
from patient_samples import HL7, NCT, P1, facts, one_participation, participation, study, texts

OTHER = "NCT06765564"


def state(code: str, start: str | None = None, **elements: Any) -> dict[str, Any]:
    """A step of R5's progress."""
    coding = {"system": HL7 + "research-subject-state", "code": code}
    return {"subjectState": {"coding": [coding]}, "startDate": start} | elements


def r5(*progress: Any, **elements: Any) -> dict[str, Any]:
    """The elements that a ResearchSubject has in R5."""
    return {"individual": None, "subject": P1, "status": "active", "progress": list(progress)} | elements


def test_a_study_that_cannot_be_read_costs_the_resource() -> None:
    """Which study it is cannot be told."""
    found = facts(participation(study=5))
    assert (found.participations, set(found.unreadable)) == ((), {"ResearchSubject"})


def test_what_has_no_status_is_kept_and_says_why() -> None:
    """Without a status it cannot be told whether the patient takes part."""
    found = facts(participation(status=None))
    assert [(fact.status, fact.unusable) for fact in found.participations] == [("unknown", "no status")]
    assert texts(found) == ["warning ResearchSubject/r1: no status: not used"]


def test_what_was_entered_in_error_is_no_fact() -> None:
    """A participation entered in error does not exist."""
    assert facts(participation(status="entered-in-error")).participations == ()


def test_a_period_that_is_none_leaves_it_undated() -> None:
    """That the patient takes part stays on record, and the problem is listed."""
    found = facts(participation(period={"start": "2026", "end": "2025"}))
    assert [(fact.when, fact.unusable) for fact in found.participations] == [(None, None)]
    assert texts(found) == ["warning ResearchSubject/r1: its period ends before it starts: taken as undated"]


@pytest.mark.parametrize("elements", [{}, {"study": None}, {"study": {}}, {"study": {"reference": "#x"}}])
def test_a_study_that_is_not_told_is_not_named(elements: dict[str, Any]) -> None:
    """A reference to nothing in the file tells nothing: it may be any study."""
    found = one_participation(**elements)
    assert (found.trials, found.named, found.text) == (frozenset(), False, None)


def test_a_study_of_which_nothing_is_told_is_not_named() -> None:
    """A study in the file without identifier and title is as good as none."""
    found = one_participation(study(identifier=None, title=None))
    assert (found.trials, found.named) == (frozenset(), False)


def test_a_study_whose_identifiers_cannot_be_read_is_not_named() -> None:
    """It may be the very trial that is asked about, and is not taken for another one."""
    found = facts(participation(), study(identifier=5))
    assert [(fact.trials, fact.named) for fact in found.participations] == [(frozenset(), False)]
    assert [issue.severity for issue in found.issues] == ["error"]


@pytest.mark.parametrize(
    "reference",
    [
        {"reference": f"ResearchStudy/{NCT}"},
        {"reference": f"https://x.org/fhir/ResearchStudy/study-{NCT.lower()}/_history/2"},
        {"identifier": {"system": "http://clinicaltrials.gov/", "value": NCT}},
        {"identifier": {"value": NCT.lower()}},
        {"display": f"ALS study ({NCT})"},
    ],
)
def test_a_reference_may_hold_the_nct_id(reference: dict[str, Any]) -> None:
    """The id, the identifier and the display of a reference name the trial."""
    found = one_participation(study=reference)
    assert (found.trials, found.named) == (frozenset({NCT}), True)


@pytest.mark.parametrize("display", ["NCT0149448", f"X{NCT}", f"{NCT}0"])
def test_what_only_resembles_an_nct_id_is_none(display: str) -> None:
    """Eight digits, no more and no less; the study is named all the same."""
    found = one_participation(study={"display": display})
    assert (found.trials, found.named, found.text) == (frozenset(), True, display)


@pytest.mark.parametrize(
    "system", ["https://clinicaltrials.gov", "https://clinicaltrials.gov/nctid", None, "http://x.org"]
)
def test_the_study_in_the_file_has_the_nct_id(system: str | None) -> None:
    """An NCT id is one under whatever system; the title is the text."""
    found = one_participation(study(identifier=[{"system": system, "value": NCT}, {"value": OTHER}, {"value": "7"}]))
    assert (found.trials, found.named, found.text) == (frozenset({NCT, OTHER}), True, "A study")


def test_the_study_may_be_contained() -> None:
    """A contained study is as good as one in the file."""
    inside = [study(id="x")]
    assert one_participation(study={"reference": "#x"}, contained=inside).trials == {NCT}


@pytest.mark.parametrize(
    ("progress", "status"),
    [
        ([state("on-study", "2026-05"), state("screening", "2026-04")], "on-study"),
        ([state("on-study", "2026-05-04"), state("withdrawn", "2026-05-04")], "withdrawn"),
        ([state("on-study", "2026-05-04T10:00:00Z"), state("screening", "2026-05-04T09:00:00Z")], "on-study"),
        ([state("on-study", "2026-05"), state("off-study")], "off-study"),
        ([state("on-study"), {"milestone": {}}, None], "on-study"),
        ([], "unknown"),
    ],
)
def test_r5_states_the_status_in_its_progress(progress: list[Any], status: str) -> None:
    """The state that began last counts, and if that is not told the last of the list; `active` says nothing."""
    found = facts(participation(**r5(*progress)))
    assert [(fact.status, fact.unusable) for fact in found.participations] == [(status, None)]
    assert found.issues == ()


@pytest.mark.parametrize("step", [state("enrolled"), state("on-study", modifierExtension=[{"url": "x"}])])
def test_a_state_that_is_not_fhirs_is_unknown(step: dict[str, Any]) -> None:
    """An unknown last state does not let an earlier one count."""
    found = facts(participation(**r5(state("on-study", "2025"), step | {"startDate": "2026"})))
    assert [fact.status for fact in found.participations] == ["unknown"]
    assert len(found.issues) == 1


def test_a_broken_progress_is_unknown() -> None:
    """A progress of the wrong type leaves the status open."""
    assert [fact.status for fact in facts(participation(**r5(5))).participations] == ["unknown"]


def test_status_and_period_are_kept() -> None:
    """R4 has the status in words of its own, R5 the same in the progress."""
    period = {"start": "2026-01-02", "end": "2026-03-04"}
    when = When(date(2026, 1, 2), date(2026, 3, 4), "2026-01-02/2026-03-04")
    for elements in ({"status": "off-study"}, r5(state("off-study"))):
        found = one_participation(period=period, **elements)
        assert (found.status, found.when) == ("off-study", when)
