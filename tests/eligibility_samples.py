"""Facts, criteria and screenings in few words, as of 30 June 2026 and with the shipped terminology."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import Duration, Measurement, Node
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.eligibility.evaluate import screening
from alsfhir.eligibility.explain import record
from alsfhir.eligibility.model import Decision, Finding, Screening, Verdict
from alsfhir.eligibility.record import CriterionRecord, ScreeningRecord
from alsfhir.patient.model import (
    Allergy,
    Answer,
    Condition,
    Consent,
    Device,
    Drug,
    Fact,
    Facts,
    Nutrition,
    Observation,
    Participation,
    Procedure,
)
from alsfhir.patient.values import Quantity, ReferenceRange, When
from alsfhir.terminology import LOCAL_SYSTEM, Coding, terminology
from alsfhir.trial.model import Kind, Recruitment

AS_OF = date(2026, 6, 30)
FVC, BMI = "fvc-percent-predicted", "bmi"


def when(written: str) -> When:
    """``2025``, ``2025-03``, ``2025-03-02``, a time with its zone, or a period ``2025-03-02/2025-04``."""
    if "/" in written:
        start, end = written.split("/")
        return When(when(start).first, when(end).last if end else date.max, written)
    day, _, time = written.partition("T")
    year, month, number = (*(int(part) for part in day.split("-")), 0, 0)[:3]
    first = date(year, month or 1, number or 1)
    last = date(year, month or 12, number or monthrange(year, month or 12)[1])
    instant = datetime.fromisoformat(written).astimezone(UTC) if time else None
    return When(first, last, written, instant)


def observation(concept: str, value: str | None, on: str | None = "2026-06-20", **more: Any) -> Observation:
    """A final observation of a concept; ``value`` as ``<70 %``, ``3.1 L`` or ``82`` (without a unit)."""
    given: dict[str, Any] = {
        "reference": f"Observation/{concept}",
        "path": "Observation",
        "concepts": frozenset({concept}),
        "codings": (),
        "text": None,
        "when": when(on) if on else None,
        "status": "final",
        "quantity": quantity(value) if value else None,
    }
    return Observation(**(given | more))


def quantity(written: str) -> Quantity:
    """``<70 %`` or ``3.1 L`` or ``82``."""
    number, _, unit = written.partition(" ")
    digits = number.lstrip("<>=")
    return Quantity(Decimal(digits), unit or None, number.removesuffix(digits) or None)


def up_to(written: str) -> tuple[ReferenceRange, ...]:
    """One reference range, for everybody, with this upper limit."""
    return (ReferenceRange(high=quantity(written)),)


def category(
    code: str | None, on: str | None = "2026-06-20", concept: str = "el-escorial-category", **more: Any
) -> Any:
    """An observation of a category with one of the project's own codes."""
    coded = (Coding(LOCAL_SYSTEM, code, code),) if code else ()
    return observation(concept, None, on, **({"coded": coded} | more))


def condition(*concepts: str, **more: Any) -> Condition:
    """An entry of these concepts, with no status and no dates unless given."""
    return Condition(**(_entry("Condition", concepts) | more))


_MEMBERS: dict[type[Fact], str] = {
    Observation: "observations",
    Condition: "conditions",
    Procedure: "procedures",
    Drug: "drugs",
    Allergy: "allergies",
    Device: "devices",
    Nutrition: "nutrition",
    Participation: "participations",
    Consent: "consents",
    Answer: "answers",
}


def facts(*found: Fact, **more: Any) -> Facts:
    """The facts about one patient, Patient/p1."""
    given: dict[str, Any] = {"patient": "Patient/p1"}
    for kind, member in _MEMBERS.items():
        given[member] = tuple(fact for fact in found if isinstance(fact, kind))
    return Facts(**(given | more))


def procedure(*concepts: str, **more: Any) -> Procedure:
    """A completed procedure of these concepts, undated unless given."""
    return Procedure(**(_entry("Procedure", concepts, status="completed") | more))


def drug(*concepts: str, **more: Any) -> Drug:
    """An active order of a drug of these concepts, with no dates unless given."""
    return Drug(**(_entry("MedicationRequest", concepts, status="active", intent="order") | more))


def device(*concepts: str, **more: Any) -> Device:
    """An active device of these concepts, undated unless given."""
    return Device(**(_entry("Device", concepts, status="active") | more))


def allergy(*concepts: str, **more: Any) -> Allergy:
    """An allergy to these concepts, without a reaction unless given."""
    return Allergy(**(_entry("AllergyIntolerance", concepts) | more))


def nutrition(*concepts: str, **more: Any) -> Nutrition:
    """An active order of nutrition of these concepts."""
    return Nutrition(**(_entry("NutritionOrder", concepts, status="active", intent="order") | more))


def participation(*trials: str, **more: Any) -> Participation:
    """A patient on study in these trials, undated unless given."""
    given: dict[str, Any] = {
        "reference": "ResearchSubject/s1",
        "trials": frozenset(trials),
        "named": bool(trials),
        "text": None,
        "status": "on-study",
    }
    return Participation(**(given | more))


def consent(*trials: str, **more: Any) -> Consent:
    """An active research consent to these trials, of 1 June 2026."""
    given: dict[str, Any] = {
        "reference": "Consent/c1",
        "trials": frozenset(trials),
        "research": True,
        "status": "active",
        "when": when("2026-06-01"),
    }
    return Consent(**(given | more))


def answer(link_id: str, *answers: str, **more: Any) -> Answer:
    """A completed answer of 1 June 2026 to the question with that id."""
    given: dict[str, Any] = {
        "reference": "QuestionnaireResponse/q1",
        "link_id": link_id,
        "text": None,
        "answers": answers,
        "status": "completed",
        "when": when("2026-06-01"),
    }
    return Answer(**(given | more))


def _entry(kind: str, concepts: tuple[str, ...], **more: Any) -> dict[str, Any]:
    named = concepts[0] if concepts else "unknown"
    codings = (Coding("http://example.org", named, named),) if concepts else ()
    reference = f"{kind}/{named}"
    return {"reference": reference, "concepts": frozenset(concepts), "codings": codings, "text": None} | more


def months(number: int) -> Duration:
    """So many calendar months."""
    return Duration(months=number)


def measured(concept: str, unit: str | None = None, **more: Any) -> Measurement:
    """A measurement; its bounds are given as text, or as whole numbers."""
    plain = ("which", "times_upper_limit")
    given: dict[str, Any] = {name: v if name in plain else Decimal(v) for name, v in more.items()}
    return Measurement(concept=concept, unit=unit, **given)


def criterion(tree: Node, number: str = "I01", **more: Any) -> Criterion:
    """A criterion of an invented trial, ``I01`` or ``E02``, read as this tree."""
    given: dict[str, Any] = {
        "id": f"NCT01234567-{number}",
        "kind": Kind.INCLUSION if number.startswith("I") else Kind.EXCLUSION,
        "text": f"Statement {number}",
        "label": f"Statement {number}",
        "tree": tree,
        "computability": "computable",
        "reading": "proposed",
    }
    return Criterion(**(given | more))


def criteria(*statements: Criterion, disease: str | None = "als") -> Criteria:
    """An invented trial of these criteria, meant for people with ``disease``."""
    recruitment = Recruitment("Recruiting", "2026-06-27")
    return Criteria("NCT01234567", "An invented trial", recruitment, disease, statements, "0" * 64, False)


def decided(tree: Node, found: Facts, as_of: date = AS_OF, number: str = "I01", **options: Any) -> Decision:
    """The decision on one criterion."""
    return screened([criterion(tree, number)], found, as_of, **options).decisions[0]


def verdict(tree: Node, found: Facts, as_of: date = AS_OF, **options: Any) -> Verdict:
    """The verdict on a tree."""
    return decided(tree, found, as_of, **options).verdict


def finding(tree: Node, found: Facts, as_of: date = AS_OF, **options: Any) -> Finding:
    """The first finding of the verdict on a tree."""
    return verdict(tree, found, as_of, **options).findings[0]


def said(tree: Node, found: Facts, as_of: date = AS_OF, **options: Any) -> tuple[str, str, str]:
    """Value, basis and cause of the verdict on one atom, as plain words."""
    one = finding(tree, found, as_of, **options)
    return str(one.value), str(one.basis), str(one.cause)


def screened(statements: Iterable[Criterion], found: Facts, as_of: date = AS_OF, **options: Any) -> Screening:
    """One patient against these criteria."""
    return screening(criteria(*statements), found, as_of, terminology(), **options)


def recorded(statements: Iterable[Criterion], found: Facts, as_of: date = AS_OF, **options: Any) -> ScreeningRecord:
    """The screening in words."""
    return record(screened(statements, found, as_of, **options), "alsfhir 0", terminology())


def explained(tree: Node, found: Facts, as_of: date = AS_OF, number: str = "I01", **options: Any) -> CriterionRecord:
    """One criterion of the screening in words."""
    return recorded([criterion(tree, number)], found, as_of, **options).criteria[0]


@cache
def _shipped(nct_id: str) -> Criteria:
    return read_criteria(mapped_trial(nct_id))


def shipped_decision(criterion: str, found: Facts, **options: Any) -> Decision:
    """The decision on one statement of a trial as it is mapped."""
    decisions = screening(_shipped(criterion[: len("NCT00000000")]), found, AS_OF, terminology(), **options).decisions
    return next(decision for decision in decisions if decision.criterion.id == criterion)


def shipped_verdict(criterion: str, found: Facts, **options: Any) -> str:
    """The verdict on one statement of a trial as it is mapped, as a plain word."""
    return str(shipped_decision(criterion, found, **options).verdict.value)
