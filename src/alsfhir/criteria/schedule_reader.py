"""The schedule of a trial, as far as its documents bear out the reading in the mapping."""

from __future__ import annotations

from alsfhir.criteria.mapping import TrialMapping
from alsfhir.criteria.schedule import ReadSchedule, Schedule, Stated
from alsfhir.trial.model import Source, Trial
from alsfhir.trial.statements import text_sha256

SCHEDULE_CHANGED = (
    "the text is not the one that the reading of the schedule was made from: none is given until a person has read it "
    "afresh"
)
_ABSENT = "the documents do not have {}, which the reading of the schedule was made from: "
_NONE = "none is given"
_AS_MAPPED = "it is given as it is known without them, as the criteria are"
_NAMES: dict[Stated, str] = {
    "description": "the detailed description",
    "arm": "the description of an only arm",
}


def read_schedule(trial: Trial, known: TrialMapping | None) -> ReadSchedule:
    """The schedule of the trial, read as its mapping says if the text is the one that this was made from.

    Documents that have another text, or none, show no schedule, with a warning: a page that describes the trial in part
    may well have no such text. Where the criteria are read from the mapping alone, since no document has a statement,
    so is the schedule, with a warning if there is a document at all.
    """
    if known is None or known.schedule is None:
        return ReadSchedule()
    text = _text(trial, known.schedule.source)
    if text is None:
        return _without_text(trial, known.schedule)
    if text_sha256(text) != known.schedule.sha256:
        return ReadSchedule(from_document=True, warning=SCHEDULE_CHANGED)
    return ReadSchedule(known.schedule, from_document=True)


def _without_text(trial: Trial, schedule: Schedule) -> ReadSchedule:
    absent = _ABSENT.format(_NAMES[schedule.source])
    if any(statement.document for statement in trial.statements):
        return ReadSchedule(warning=f"{absent}{_NONE}")
    has_document = any(document.source is not Source.MAPPING for document in trial.documents)
    return ReadSchedule(schedule, warning=f"{absent}{_AS_MAPPED}" if has_document else None)


def _text(trial: Trial, source: Stated) -> str | None:
    if source == "description":
        return trial.description
    return trial.arms[0].description if len(trial.arms) == 1 else None
