"""The fixed sentences about a screening, the same in the terminal, in a narrative, and on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import Literal

from alsfhir.eligibility.record import CriterionRecord, RecruitmentRecord, ScreeningRecord

Recruits = Literal["yes", "no", "unclear"]

STATUS_LABELS = {
    "candidate": "Candidate",
    "potential-candidate": "Potential candidate",
    "ineligible": "Ineligible",
}
CONFIRM, CONFIRM_ANY = "Confirmation whether this applies: ", "Confirmation whether any of this applies: "
NOT_ELIGIBLE_YET = "This does not mean eligible: consent and judgement are people's."

# The recruitment words of ClinicalTrials.gov, https://clinicaltrials.gov/data-api/about-api/study-data-structure.
_RECRUITS = {"recruiting", "enrolling", "enrolling by invitation", "available"}
_DOES_NOT = {
    "active not recruiting",
    "approved for marketing",
    "completed",
    "no longer available",
    "no longer recruiting",
    "not recruiting",
    "not yet recruiting",
    "suspended",
    "temporarily not available",
    "terminated",
    "withdrawn",
    "withheld",
}
_VERDICTS = {
    ("inclusion", "met"): "fulfilled",
    ("inclusion", "not-met"): "not fulfilled",
    ("exclusion", "met"): "applies",
    ("exclusion", "not-met"): "does not apply",
}
_UNDECIDED = {"unknown": "not known from the record", "review": "for a person to say"}


def recruits(recruitment: RecruitmentRecord) -> Recruits:
    """Whether patients can join the trial, from the registry's word; a word that is not known is ``unclear``."""
    word = " ".join(recruitment.status.replace("_", " ").replace(",", " ").lower().split())
    return "yes" if word in _RECRUITS else "no" if word in _DOES_NOT else "unclear"


def recruitment_phrase(recruitment: RecruitmentRecord) -> str:
    """Whether the trial recruits, in the registry's word, and as of which page date."""
    word = " ".join(recruitment.status.replace("_", " ").split()).lower()
    source = f"page date {recruitment.as_of}" if recruitment.as_of else "no page date"
    answer = recruits(recruitment)
    if answer == "yes":
        return f"This trial recruits: {word} ({source})."
    if answer == "no":
        return f"This trial does NOT recruit: {word} ({source}). Nobody can join it now, whatever the rest says."
    return f"It is unclear whether this trial recruits: {word or 'nothing said'} ({source}). Ask the trial first."


def status_phrase(record: ScreeningRecord) -> str:
    """The status, why it is that, and what it does not mean."""
    if record.status is None:
        return "Not screened: the patient is deceased."
    label = STATUS_LABELS[record.status]
    if record.status == "ineligible":
        return f"{label}: the record fails {_criteria(len(record.blocking))}. A wrong record can be corrected."
    open_points = " and ".join(_open_points(record) if record.status == "potential-candidate" else ())
    but = f", but {open_points}" if open_points else ""
    needed = f" Needed first: {record.unconfirmed.text}." if record.unconfirmed else ""
    said = f"{label}: no criterion fails on what the record decides{but}{_for_people(record)}."
    return f"{said}{needed} {NOT_ELIGIBLE_YET}"


def has_entries(criterion: CriterionRecord, record: ScreeningRecord) -> bool:
    """Whether entries of the record are shown with a criterion, and not the patient alone."""
    return any(evidence.reference != record.patient for evidence in criterion.evidence)


def _for_people(record: ScreeningRecord) -> str:
    questions = [criterion for criterion in record.criteria if criterion.outcome == "confirm"]
    if not questions:
        return ""
    shown = sum(has_entries(criterion, record) for criterion in questions)
    needed = f"; {_criteria(len(questions))} still need{'s' * (len(questions) == 1)} a person"
    if not shown:
        return needed
    return f"{needed}, {'' if len(questions) == 1 else f'{shown} of them '}with entries on record"


def _criteria(count: int) -> str:
    return "1 criterion" if count == 1 else f"{count} criteria"


def _open_points(record: ScreeningRecord) -> Iterator[str]:
    drafts = sum(criterion.reading == "draft" for criterion in record.criteria)
    if record.missing:
        yield f"data are missing for {len(record.missing)} of {len(record.criteria)} criteria"
    if drafts:
        yield f"nobody has yet checked how {drafts} of the criteria are read"
    if record.unconfirmed or not (record.missing or drafts):
        yield "the condition that the trial is for is not on record as confirmed and current"


def verdict_phrase(criterion: CriterionRecord) -> str:
    """The verdict as a nurse says it: an inclusion is fulfilled or not, an exclusion applies or does not."""
    return _VERDICTS.get((criterion.kind, criterion.verdict)) or _UNDECIDED[criterion.verdict]


def remarks(record: ScreeningRecord) -> tuple[str, ...]:
    """What has to be said of the whole screening: the closed world, and readings that no clinician has signed."""
    return tuple(_remarks(record))


def _remarks(record: ScreeningRecord) -> Iterator[str]:
    if record.closed_world:
        yield "Closed world: history with nothing on file was taken as never having been."
    if record.max_age_days:
        asked = "; ".join(f"{concept} up to {days} days" for concept, days in record.max_age_days.items())
        yield f"Other ages than those of the mappings were allowed, as asked: {asked}."
    readings = [criterion.reading for criterion in record.criteria]
    if proposed := readings.count("proposed"):
        yield f"The readings of {_share(proposed, readings)} are proposed: no clinician has signed them yet."
    if drafts := readings.count("draft"):
        yield f"The readings of {_share(drafts, readings)} are drafts: nobody has looked at them yet."


def _share(count: int, all_of_them: Sized) -> str:
    return f"all {count} criteria" if count == len(all_of_them) else f"{count} of {len(all_of_them)} criteria"
