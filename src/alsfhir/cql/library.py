"""The criteria of a trial → its CQL library, and the two that it stands on."""

from __future__ import annotations

import re
from functools import lru_cache

from alsfhir.cql.concepts import concepts_library
from alsfhir.cql.expression import Writer
from alsfhir.cql.facts import facts_library
from alsfhir.cql.literals import boolean, comment, indented, many, string
from alsfhir.cql.model import CqlLibrary, head, versioned
from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import Condition
from alsfhir.criteria.tree import concepts as concepts_of
from alsfhir.criteria.tree import nodes
from alsfhir.terminology import Terminology

_VERDICT = "Tuple { id String, exclusion Boolean, verdict String }"
_ABOUT = """// Who could join the trial {trial}, statement by statement. There are five definitions of each:
//   I01           whether it is true of the patient: true, false, or null where that is undecided
//   I01Verdict    'met', 'not-met', 'unknown' (the record does not say) or 'review' (a person must judge)
//   I01Review     whether a person must judge
//   I01Passes     whether the patient passes: as I01, but of an exclusion statement the opposite; null of the dead
//   I01Undecided  whether that is undecided of somebody alive
// At the end, what follows from all of them: Ineligible, Passes, Undecided, of which one is true of everybody alive.
// Without ConditionOnRecord, or by a draft, nobody passes.
// Never is anybody found eligible: consent and judgement are people's.

// The day that is asked about: what lies after it does not exist.
parameter AsOf Date default Today()
// Whether history with nothing on file counts as absent.
parameter ClosedWorld Boolean default false

context Patient

// Whether the patient is dead on that day, or may be; then no statement says anything.
define Deceased:
  Facts.IsDeceased(AsOf)
"""

INELIGIBLE, ALL_PASS, ALL_UNDECIDED = "Ineligible", "Passes", "Undecided"
"""The names of the definitions that follow from all statements: one of them is true of everybody alive."""
_OF_ALL = f"""// Whether an inclusion statement is not true of the patient, or an exclusion statement is.
define {INELIGIBLE}:
  not Deceased and exists (Verdicts V where V.verdict = (if V.exclusion then 'met' else 'not-met'))

// Whether the patient passes all statements: false if one speaks against it; null where none does, but one is open,
// or the condition is not on record, or there are drafts, or no statements.
define {ALL_PASS}:
  if {INELIGIBLE} then false
  else if Deceased or HasDrafts or not ConditionOnRecord or not exists Verdicts
    or exists (Verdicts V where V.verdict is null or V.verdict != (if V.exclusion then 'not-met' else 'met')) then null
  else true

// Whether nothing speaks against a living patient, who does not pass for certain.
define {ALL_UNDECIDED}:
  not Deceased and {ALL_PASS} is null
"""


@lru_cache(maxsize=1)  # they are large, and every trial stands on the same
def shared_libraries(terminology: Terminology) -> tuple[CqlLibrary, CqlLibrary]:
    """The libraries of the concepts and of the facts, on which those of all trials stand."""
    concepts = concepts_library(terminology)
    return concepts, facts_library(concepts)


def trial_library(criteria: Criteria, terminology: Terminology) -> CqlLibrary:
    """The library of a trial, with one definition per statement. Raises MappingError if a concept is not known."""
    concepts, facts = shared_libraries(terminology)
    writer = Writer(terminology, criteria.trial)
    asked = (name for one in criteria.criteria for node in nodes(one.tree) for name in concepts_of(node))
    for name in (*asked, *filter(None, (criteria.condition,))):
        terminology.concept(name)
    parts = [
        head(library_name(criteria.trial), (concepts, "Concepts"), (facts, "Facts")),
        _ABOUT.format(trial=criteria.trial),
        *(_definitions(criterion, writer) for criterion in criteria.criteria),
        _candidacy(criteria, writer),
        _summary(criteria),
    ]
    return versioned(library_name(criteria.trial), "\n".join(parts), concepts, facts)


def library_name(trial: str) -> str:
    """The name of a trial's library, which is that of the Library resource and the end of its url."""
    return f"Eligibility{trial}"


def definition_name(criterion: Criterion) -> str:
    """The name of a statement's definition, which CQL reads without quotes: ``I01`` of NCT06765564-I01, ``HAge``."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W+", criterion.id)[1:])


def passing_name(criterion: Criterion) -> str:
    """The name of the definition that says whether a patient passes a statement: ``I01Passes``."""
    return f"{definition_name(criterion)}Passes"


def undecided_name(criterion: Criterion) -> str:
    """The name of the definition that says whether a statement is undecided of a living patient: ``I01Undecided``."""
    return f"{definition_name(criterion)}Undecided"


def _definitions(criterion: Criterion, writer: Writer) -> str:
    name = definition_name(criterion)
    passed = f"not {name}" if _excludes(criterion) else name
    said = comment(f"{criterion.id} ({criterion.kind.value}): {criterion.text}")
    label = comment(criterion.label) if criterion.label and criterion.label != criterion.text else ""
    assumed = "\n".join(comment(f"Assumed: {assumption}") for assumption in criterion.assumptions)
    lines = [
        *(line for line in (said, label, assumed) if line),
        f"define {name}Verdict:\n{indented(writer.verdict(criterion.tree))}",
        f"define {name}: Facts.Truth({name}Verdict)",
        f"define {name}Review: {name}Verdict = 'review'",
        f"define {passing_name(criterion)}: if Deceased then null else {passed}",
        f"define {undecided_name(criterion)}: not Deceased and {name} is null",
        "",
    ]
    return "\n".join(lines)


def _summary(criteria: Criteria) -> str:
    members = [
        f"Tuple {{ id: {string(one.id)}, exclusion: {boolean(_excludes(one))}, "
        f"verdict: {definition_name(one)}Verdict }}"
        for one in criteria.criteria
    ]
    return f"define Verdicts:\n{indented(many(_VERDICT, members))}\n\n{_OF_ALL}"


def _candidacy(criteria: Criteria, writer: Writer) -> str:
    """Beyond the statements, what a candidate needs: as in a screening's status."""
    disease = writer.verdict(Condition(concept=criteria.condition)) if criteria.condition else "'unknown'"
    drafts = any(one.reading == "draft" for one in criteria.criteria)
    return (
        "// Whether the condition that the trial is for is confirmed on record.\n"
        f"define ConditionVerdict:\n{indented(disease)}\n"
        "define ConditionOnRecord: ConditionVerdict = 'met'\n\n"
        "// Whether a statement was read afresh, and nobody has looked at how.\n"
        f"define HasDrafts: {boolean(drafts)}\n"
    )


def _excludes(criterion: Criterion) -> bool:
    return criterion.kind == "exclusion"
