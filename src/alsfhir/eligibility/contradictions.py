"""What in a screening record cannot be, or contradicts itself: a record that was read from a file may have been edited.

Only what no screening of ours can say is looked for; what is found is said without repeating what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from alsfhir.eligibility.record import CriterionRecord, ScreeningRecord

LONGEST_DAYS = 99_999
LONGEST_LINE = 2000

_TRIAL = re.compile(r"NCT[0-9]{8}")
_CRITERION = re.compile(r"-(?:I[0-9]{2,6}|E[0-9]{2,6}|H-[a-z-]{1,40})")
_READINGS = re.compile(r"sha256:[0-9a-f]{1,64}(-[0-9a-f]{16})?")
_KINDS = {"-I": "inclusion", "-E": "exclusion"}
_DECIDED = {
    ("inclusion", "met"): "pass",
    ("inclusion", "not-met"): "fail",
    ("exclusion", "met"): "fail",
    ("exclusion", "not-met"): "pass",
}


def contradiction(record: ScreeningRecord) -> str | None:
    """The first thing that no screening of ours can say, in words; ``None`` if there is nothing."""
    rules: tuple[tuple[str, Callable[[ScreeningRecord], bool]], ...] = (
        ("its trial is no NCT id", lambda one: _TRIAL.fullmatch(one.trial) is not None),
        ("its patient is no reference", lambda one: _is_line(one.patient)),
        ("its software has no name", lambda one: _is_line(one.software)),
        ("its readings are no hash", lambda one: _READINGS.fullmatch(one.readings) is not None),
        ("a date in it is no day of the calendar", _has_real_days),
        (
            "status is null exactly if not screened",
            lambda one: (one.status is None) == (one.not_screened == "deceased"),
        ),
        ("a criterion in it is not of its trial, or stands twice", _has_own_criteria),
        ("an outcome in it does not follow from the verdict", lambda one: all(map(_follows, one.criteria))),
        ("evidence in it has no reference, or a need no concept or an impossible number of days", _has_whole_parts),
        ("its lists do not hold the criteria that block, are missing, or are to be confirmed", _has_right_lists),
        ("its status does not follow from its criteria", _has_right_status),
    )
    return next((what for what, holds in rules if not holds(record)), None)


def _is_line(text: str) -> bool:
    return 0 < len(text) <= LONGEST_LINE and text.isprintable() and not text.isspace()


def _has_real_days(record: ScreeningRecord) -> bool:
    days = [record.as_of, *(day for one in record.criteria for day in (one.opens, one.closes) if day is not None)]
    return all(map(_is_day, days))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _has_own_criteria(record: ScreeningRecord) -> bool:
    ids = [one.id for one in record.criteria]
    return len(set(ids)) == len(ids) and all(_is_of(one, record.trial) for one in record.criteria)


def _is_of(criterion: CriterionRecord, trial: str) -> bool:
    number = criterion.id.removeprefix(trial)
    kind = _KINDS.get(number[:2], criterion.kind)
    return number != criterion.id and _CRITERION.fullmatch(number) is not None and kind == criterion.kind


def _follows(criterion: CriterionRecord) -> bool:
    decided = _DECIDED.get((criterion.kind, criterion.verdict))
    return criterion.outcome == decided if decided else criterion.outcome in ("missing", "confirm")


def _has_whole_parts(record: ScreeningRecord) -> bool:
    parts = [(one.evidence, one.needs) for one in record.criteria]
    parts += [((), (record.unconfirmed,))] if record.unconfirmed else []
    cited = (_is_line(each.reference) for evidence, _ in parts for each in evidence)
    concepts = (_is_line(each.concept) for _, needs in parts for each in needs)
    ages = (0 <= (each.max_age_days or 0) <= LONGEST_DAYS for _, needs in parts for each in needs)
    return all(cited) and all(concepts) and all(ages)


def _has_right_lists(record: ScreeningRecord) -> bool:
    lists = {"fail": record.blocking, "missing": record.missing, "confirm": record.confirm}
    return all(
        list(ids) == [one.id for one in record.criteria if one.outcome == outcome] for outcome, ids in lists.items()
    )


def _has_right_status(record: ScreeningRecord) -> bool:
    """A potential candidate may be one for a reason that is not in the record: nobody says what the trial is for."""
    if record.unconfirmed and record.status != "potential-candidate":
        return False
    if record.status is None:
        return not record.criteria
    if record.blocking or record.status == "ineligible":
        return bool(record.blocking) and record.status == "ineligible"
    drafted = any(one.reading == "draft" for one in record.criteria)
    return record.status == "potential-candidate" or not (record.missing or drafted or not record.criteria)
