"""The criteria of a trial → its CQL library, and the two that it stands on."""

from __future__ import annotations

import re

from alsfhir.cql.concepts import concepts_library
from alsfhir.cql.expression import Writer
from alsfhir.cql.facts import facts_library
from alsfhir.cql.literals import comment, indented, string
from alsfhir.cql.model import CqlLibrary, head, versioned
from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.tree import concepts as concepts_of
from alsfhir.criteria.tree import nodes
from alsfhir.terminology import Terminology
from alsfhir.trial.model import Kind

_ABOUT = """// Who could join the trial {trial}, statement by statement. There are three definitions of each:
//   I01         whether it is true of the patient: true, false, or null where that is undecided
//   I01Verdict  'met', 'not-met', 'unknown' (the record does not say) or 'review' (a person must judge)
//   I01Review   whether a person must judge
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


def trial_library(criteria: Criteria, terminology: Terminology) -> CqlLibrary:
    """The library of a trial, with one definition per statement. Raises MappingError if a concept is not known."""
    concepts = concepts_library(terminology)
    facts = facts_library(concepts)
    writer = Writer(terminology, criteria.trial)
    for name in (name for one in criteria.criteria for node in nodes(one.tree) for name in concepts_of(node)):
        terminology.concept(name)
    parts = [
        head(library_name(criteria.trial), (concepts, "Concepts"), (facts, "Facts")),
        _ABOUT.format(trial=criteria.trial),
        *(_definitions(criterion, writer) for criterion in criteria.criteria),
        _summary(criteria),
    ]
    return versioned(library_name(criteria.trial), "\n".join(parts), concepts, facts)


def library_name(trial: str) -> str:
    """The name of a trial's library, which is that of the Library resource and the end of its url."""
    return f"Eligibility{trial}"


def definition_name(criterion: Criterion) -> str:
    """The name of a statement's definition, which CQL reads without quotes: ``I01`` of NCT06765564-I01, ``HAge``."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W+", criterion.id)[1:])


def _definitions(criterion: Criterion, writer: Writer) -> str:
    name = definition_name(criterion)
    said = comment(f"{criterion.id} ({criterion.kind.value}): {criterion.text}")
    label = comment(criterion.label) if criterion.label and criterion.label != criterion.text else ""
    assumed = "\n".join(comment(f"Assumed: {assumption}") for assumption in criterion.assumptions)
    lines = [
        *(line for line in (said, label, assumed) if line),
        f"define {name}Verdict:\n{indented(writer.verdict(criterion.tree))}",
        f"define {name}: Facts.Truth({name}Verdict)",
        f"define {name}Review: {name}Verdict = 'review'",
        "",
    ]
    return "\n".join(lines)


def _summary(criteria: Criteria) -> str:
    members = [
        f"Tuple {{ id: {string(one.id)}, exclusion: {'true' if one.kind is Kind.EXCLUSION else 'false'}, "
        f"verdict: {definition_name(one)}Verdict }}"
        for one in criteria.criteria
    ]
    listed = ",\n".join(members)
    return (
        f"define Verdicts:\n  {{\n{indented(listed, 4)}\n  }}\n\n"
        "// Whether an inclusion statement is not true of the patient, or an exclusion statement is.\n"
        "define Ineligible:\n  exists (Verdicts V where V.verdict = (if V.exclusion then 'met' else 'not-met'))\n"
    )
