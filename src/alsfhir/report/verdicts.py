"""The page ``docs/verdicts.md``: what can decide each statement, what a person is asked, and what is assumed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import AllOf, AnyOf, Atom, Attestation, Judgement, Node, Not
from alsfhir.criteria.tree import nodes
from alsfhir.criteria.words import decided_by, words
from alsfhir.report.layout import plain
from alsfhir.terminology import terminology

_CLASSES = {
    "computable": "computable, a record can decide it",
    "partial": "partial, a record can decide part of it",
    "person": "person, only a person can answer it",
}
_DECIDERS = ("the record", "the record and a person", "a person")
_HEAD = """\
# What decides each statement

<!-- Generated from mappings/trials/ by `make verdicts`. Do not edit. -->

This page is generated from the readings in `mappings/trials/`; `make verdicts` writes it anew, and a test holds it
equal to them. For each statement of each trial it says what is looked for in a patient's record, what is asked of a
person, and what was assumed in reading it. Labels are in our own words; the sentences stay in the trials' documents.

A *partial* statement may still be decided by the record alone: one part that decides is enough. What is *asked of a
person* is asked only while nothing else decides, and, where a condition stands before it, only if that is true. What is
*looked for in the record* need not decide the statement: it may only lead to a question.
"""
_MARKUP = re.compile(r"([\\`*_\[\]<|])")


def verdicts_page(trials: Iterable[Criteria]) -> str:
    """The page as Markdown: a table of how many statements who decides, then a section for each statement."""
    every = tuple(trials)
    lines = [_HEAD, *_counts(every)]
    for trial in every:
        lines += ["", f"## {trial.trial}: {_text(trial.title)}"]
        for criterion in trial.criteria:
            lines += ["", *_section(criterion)]
    return "\n".join(lines) + "\n"


def _counts(trials: Sequence[Criteria]) -> Iterator[str]:
    yield f"| trial | statements | {' | '.join([*_CLASSES, *(f'decided by {who}' for who in _DECIDERS)])} |"
    yield "|---" * (2 + len(_CLASSES) + len(_DECIDERS)) + "|"
    for trial in trials:
        yield _row(trial.trial, trial.criteria)
    yield _row("all", [criterion for trial in trials for criterion in trial.criteria])


def _row(name: str, criteria: Sequence[Criterion]) -> str:
    found = Counter(criterion.computability for criterion in criteria)
    deciders = Counter(decided_by(criterion.tree) for criterion in criteria)
    numbers = [len(criteria), *(found[one] for one in ("computable", "partial", "person"))]
    return f"| {name} | {' | '.join(str(n) for n in [*numbers, *(deciders[who] for who in _DECIDERS)])} |"


def _section(criterion: Criterion) -> Iterator[str]:
    atoms = tuple(dict.fromkeys(_atoms(criterion.tree)))
    yield f"### {criterion.id}"
    yield ""
    yield f"{criterion.kind.capitalize()}: **{_text(criterion.label)}**"
    yield ""
    yield f"- Class: {_CLASSES[criterion.computability]}"
    if criterion.tree not in atoms:
        yield f"- Read as: {_text(words(criterion.tree))}"
    of_record = [atom for atom in atoms if not isinstance(atom, Judgement | Attestation)]
    yield from _listed("Looked for in the record", [words(atom) for atom in of_record])
    yield from _listed("Asked of a person", [_asked(atom) for atom in atoms if isinstance(atom, Judgement)])
    yield from _listed("Asked at enrolment", [_attested(atom) for atom in atoms if isinstance(atom, Attestation)])
    shown = [name for atom in atoms if isinstance(atom, Judgement) for name in atom.show]
    labels = [terminology().concept(name).label for name in dict.fromkeys((*shown, *criterion.show))]
    yield from _listed("Shown beside it", ["; ".join(labels)] if labels else [])
    yield from _listed("Assumed", criterion.assumptions)


def _atoms(tree: Node) -> Iterator[Atom]:
    for node in nodes(tree):
        if not isinstance(node, AllOf | AnyOf | Not):
            yield node


def _asked(atom: Judgement) -> str:
    return f"if {words(atom.when)}: {atom.question}" if atom.when is not None else atom.question


def _attested(atom: Attestation) -> str:
    answer = " (answered by a research consent to this trial on record)" if atom.consent else ""
    return f"{atom.question}{answer}"


def _listed(name: str, items: Sequence[str]) -> Iterator[str]:
    if len(items) == 1:
        yield f"- {name}: {_text(items[0])}"
    elif items:
        yield f"- {name}:"
        yield from (f"  - {_text(item)}" for item in items)


def _text(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would take for markup."""
    return _MARKUP.sub(r"\\\1", plain(text))
