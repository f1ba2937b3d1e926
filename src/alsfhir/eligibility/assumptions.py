"""What was assumed in deciding, beyond what was assumed in reading the trial."""

from __future__ import annotations

from collections.abc import Iterator

from alsfhir.criteria.model import Breastfeeding, Measurement, OtherTrial, Pregnancy, TimeSince
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.clearance import CLEARANCE, CREATININE
from alsfhir.eligibility.days import birthday
from alsfhir.eligibility.derive import HEIGHT, VOLUME, WEIGHT
from alsfhir.eligibility.meanings import meanings
from alsfhir.eligibility.measurement import LARGEST_OF_DAY
from alsfhir.eligibility.model import Finding, Verdict
from alsfhir.eligibility.reasons_of_clearance import FORMULA
from alsfhir.eligibility.wording import dated_onset, day_words, quantity_words
from alsfhir.patient.model import Condition, Observation, Participation

_FIXED = {
    Cause.RECORDED_DATE: "the date on which the diagnosis was recorded is taken as the date of diagnosis",
    Cause.DIAGNOSED_BEFORE: "the onset is not on file; it was not after the diagnosis was made or recorded",
    Cause.BEFORE_DIAGNOSIS: "the onset was not after the diagnosis",
    Cause.CLOSED_WORLD: "nothing on file is taken as never having been (closed world)",
}
_OF_SEVERAL = (Cause.COMPARED, Cause.RECORDED_DATE, Cause.PARTIAL_DATE)
_ALONE = {
    VOLUME: "forced vital capacity in litres only",
    WEIGHT: "body weight without any height",
    CREATININE: "serum creatinine without all that a clearance is computed from",
}
SUPINE = "supine-position"


def assumptions(verdict: Verdict, chart: Chart) -> tuple[str, ...]:
    """The assumptions, each once, in the order of the findings."""
    findings = (*verdict.findings, *verdict.settled)
    return tuple(dict.fromkeys(text for finding in findings for text in _assumed(finding, chart)))


def volumes_in_percent(finding: Finding) -> tuple[Observation, ...]:
    """The observations coded as a volume whose value in percent was read as percent of predicted."""
    if finding.cause != Cause.VOLUME_IN_PERCENT:
        return ()
    return tuple(fact for fact in finding.facts if isinstance(fact, Observation))


def _assumed(finding: Finding, chart: Chart) -> Iterator[str]:
    if (fixed := _FIXED.get(Cause(finding.cause))) is not None:
        yield fixed
    if finding.cause == Cause.NOT_CURRENT and isinstance(finding.atom, Pregnancy | Breastfeeding):
        yield "what was over has not begun again since"
    if isinstance(finding.atom, OtherTrial):
        yield from _unnumbered(finding)
    for fact in volumes_in_percent(finding):
        yield f"{fact.reference} is coded as a volume but valued in %: read as percent of predicted"
    if finding.cause == Cause.DERIVED:
        yield from _far_apart(finding)
        if isinstance(finding.atom, Measurement) and finding.atom.concept == CLEARANCE:
            yield FORMULA
    yield from (f"{fact.reference} was measured lying down" for fact in _lying(finding, chart))
    yield from _set_aside(finding)
    if isinstance(finding.atom, TimeSince) and len(finding.facts) > 1 and finding.cause in _OF_SEVERAL:
        yield f"of several entries with a date of {finding.atom.event}, the earliest counts"


def _lying(finding: Finding, chart: Chart) -> Iterator[Observation]:
    """The vital capacities that were measured lying down, where they are smaller than sitting or standing."""
    if isinstance(finding.atom, Measurement) and finding.atom.concept in LARGEST_OF_DAY:
        for fact in finding.facts:
            if isinstance(fact, Observation) and any(
                SUPINE in meanings(coding, chart.terminology) for coding in fact.circumstances
            ):
                yield fact


def _unnumbered(finding: Finding) -> Iterator[str]:
    for fact in finding.facts:
        if isinstance(fact, Participation) and fact.named and not fact.trials:
            yield f"{fact.reference} is of a study without an NCT number: taken for another trial than this one"


def _set_aside(finding: Finding) -> Iterator[str]:
    for entry in finding.aside:
        if isinstance(entry, Condition):
            yield f"the onset on file ({dated_onset(entry)}) is after this date: one of the two is wrong"
    for concept, label in _ALONE.items():
        for fact in finding.aside:
            if isinstance(fact, Observation) and concept in fact.concepts:
                newer = "newer" if fact.when else "possibly newer"
                value = quantity_words(fact.quantity) if fact.quantity else "no number"
                day = f"on {day_words(fact.when)}" if fact.when else "without a date"
                yield f"a {newer} {label}, {value} {day} ({fact.reference}), could not be compared"


def _far_apart(finding: Finding) -> Iterator[str]:
    weight, height = (_of(concept, finding) for concept in (WEIGHT, HEIGHT))
    if weight and height and weight.when and height.when and birthday(height.when.last, 1) < weight.when.first:
        yield (
            f"the body height of {day_words(height.when)} still holds, "
            f"more than a year before the weight of {day_words(weight.when)}"
        )


def _of(concept: str, finding: Finding) -> Observation | None:
    observations = (fact for fact in finding.facts if isinstance(fact, Observation))
    return next((fact for fact in observations if concept in fact.concepts), None)
