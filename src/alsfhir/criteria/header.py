"""The rule that stands in a page's header alone."""

from __future__ import annotations

from alsfhir.criteria.criterion import Criterion, Place
from alsfhir.criteria.mapping import TrialMapping, header_text
from alsfhir.criteria.model import Age
from alsfhir.criteria.tree import nodes
from alsfhir.trial.ages import age_limits
from alsfhir.trial.model import Kind, Trial
from alsfhir.trial.statements import text_sha256


def carries_age_rule(criterion: Criterion) -> bool:
    """Whether a statement limits the age: its reading does or, while it is a draft, its text says so."""
    if criterion.reading == "draft":
        return age_limits(criterion.text) is not None
    return any(isinstance(node, Age) for node in nodes(criterion.tree))


def header_criterion(trial: Trial, known: TrialMapping | None) -> Criterion | None:
    """The age limits of the trial's header as a criterion ``<NCT id>-H-age``; ``None`` if the header has none.

    Registries define both limits as inclusive.
    """
    low, high = trial.minimum_age, trial.maximum_age
    if low is None and high is None:
        return None
    limits = header_text(low, high)
    text, place = _verbatim(trial)
    reading = known.reading(f"{trial.nct_id}-H-age") if known else None
    if reading is None or reading.sha256 != text_sha256(limits):
        return _draft(trial, limits, text, place)
    return reading.criterion(text or reading.label, place)


def _draft(trial: Trial, limits: str, text: str | None, place: Place | None) -> Criterion:
    return Criterion(
        id=f"{trial.nct_id}-H-age",
        kind=Kind.INCLUSION,
        text=text or limits,
        label=f"Age {limits}, from the header",
        tree=Age(at_least=trial.minimum_age, at_most=trial.maximum_age),
        computability="computable",
        reading="draft",
        assumptions=("age limits of a registry include both ends",),
        warnings=("no reviewed reading of the age limits in the header: they are read as inclusive",),
        place=place,
    )


def _verbatim(trial: Trial) -> tuple[str | None, Place | None]:
    """Both limits as one passage of a document says them, and where; nothing if they stand apart."""
    for document in trial.documents:
        stated = [passage for passage in document.passages if passage.field in ("minimum_age", "maximum_age")]
        if len(stated) == 1:
            span = stated[0].span
            return document.text[span.start : span.end], Place(document.name, span)
    return None, None
