"""A screening as text that a trial nurse can read: can anyone join, may this patient, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alsfhir.eligibility.phrases import (
    CONFIRM,
    CONFIRM_ANY,
    has_entries,
    recruitment_phrase,
    remarks,
    status_phrase,
    verdict_phrase,
)
from alsfhir.eligibility.record import CriterionRecord, EvidenceRecord, ScreeningRecord
from alsfhir.report.layout import plain, rule, wrapped

_SECTIONS = (
    ("fail", "What blocks"),
    ("missing", "What is missing, and what to do about it"),
    ("confirm", "What to ask a person"),
    ("pass", "What is fine"),
)
_INDENT = 4


def text(record: ScreeningRecord) -> str:
    """One screening in lines of at most 92 columns: recruitment and status first, then what there is to do."""
    return "".join(f"{line}\n" for line in _lines(record))


def texts(records: Iterable[ScreeningRecord]) -> str:
    """All screenings, one below the other, each under its own heading."""
    return "\n\n".join(map(text, records))


def _lines(record: ScreeningRecord) -> Iterator[str]:
    yield rule("=")
    yield from wrapped(f"{record.trial} · {record.patient} · as of {record.as_of}")
    yield rule("=")
    yield from wrapped(recruitment_phrase(record.recruitment), label="Trial    ")
    yield from wrapped(status_phrase(record), label="Patient  ")
    for remark in remarks(record):
        yield from wrapped(remark, label="Note     ")
    for outcome, heading in _SECTIONS:
        found = [criterion for criterion in record.criteria if criterion.outcome == outcome]
        if outcome == "confirm":
            found.sort(key=lambda criterion: not has_entries(criterion, record))
        yield from _section(heading, found, brief=outcome == "pass")
    yield from _issues(record)
    yield from ("", *wrapped(record.software), *wrapped(f"readings {record.readings}"))


def _section(heading: str, criteria: list[CriterionRecord], *, brief: bool) -> Iterator[str]:
    if criteria:
        yield from ("", f"{heading} ({len(criteria)})", rule("-"))
    for criterion in criteria:
        yield from wrapped(f"{criterion.kind}: {criterion.text}{_draft(criterion)}", label=f"{criterion.id}  ")
        yield from wrapped(_verdict(criterion), indent=_INDENT, label="Verdict   ")
        yield from () if brief else _to_do_and_seen(criterion)
        yield from _assumed(criterion)
        yield from _time(criterion)


def _to_do_and_seen(criterion: CriterionRecord) -> Iterator[str]:
    for text in _to_do(criterion):
        yield from wrapped(text, indent=_INDENT, label="To do     ")
    for evidence in criterion.evidence:
        if evidence.reference in criterion.reason:  # said there already
            continue
        yield from wrapped(_seen(evidence), indent=_INDENT, label="Seen      ")


def _to_do(criterion: CriterionRecord) -> Iterator[str]:
    """What is needed, without the question that is the reason; what is only to be confirmed, in one sentence."""
    needs = [need.text for need in criterion.needs if need.text.casefold() not in criterion.reason.casefold()]
    confirmed = [text for text in needs if text.startswith(CONFIRM)]
    yield from (text for text in needs if text not in confirmed)
    if len(confirmed) > 1:
        yield f"{CONFIRM_ANY}{'; '.join(text.removeprefix(CONFIRM) for text in confirmed)}"
    else:
        yield from confirmed


def _verdict(criterion: CriterionRecord) -> str:
    return f"{verdict_phrase(criterion).capitalize()}. {criterion.reason}"


def _draft(criterion: CriterionRecord) -> str:
    return " [draft: nobody has checked how this is read]" if criterion.reading == "draft" else ""


def _assumed(criterion: CriterionRecord) -> Iterator[str]:
    for assumption in criterion.assumptions:
        yield from wrapped(assumption, indent=_INDENT, label="Assumed   ")


def _seen(evidence: EvidenceRecord) -> str:
    day = (evidence.date or "").partition("T")[0]
    said = (evidence.reference, None if day in (evidence.value or "") else evidence.date, evidence.value)
    return ", ".join(part for part in said if part)


def _time(criterion: CriterionRecord) -> Iterator[str]:
    if criterion.opens:
        opens = f"this criterion passes from {criterion.opens} on, if no data change"
        yield from wrapped(opens, indent=_INDENT, label="In time   ")
    if criterion.closes:
        closes = f"this criterion stops passing on {criterion.closes}, if no data change"
        yield from wrapped(closes, indent=_INDENT, label="In time   ")


def _issues(record: ScreeningRecord) -> Iterator[str]:
    if record.issues:
        yield from ("", f"What could not be used of the record ({len(record.issues)})", rule("-"))
    for issue in record.issues:
        yield from wrapped(f"{plain(issue.location)}: {issue.text}", label=f"{issue.severity}  ")
