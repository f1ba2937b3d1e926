"""Measurements, ages, sexes and categories in CQL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alsfhir.cql.literals import decimal, indented, many, quoted, string, strings
from alsfhir.cql.periods import both
from alsfhir.criteria.model import Age, Category, Measurement, Qualitative, Sex
from alsfhir.terminology import Terminology

LARGEST_OF_DAY = ("fvc-percent-predicted", "fvc-volume", "slow-vital-capacity-percent", "slow-vital-capacity-volume")
_OWN_READINGS = {
    "bmi": "Facts.BodyMassIndex(AsOf)",
    "fvc-percent-predicted": "Facts.PercentOfPredicted(AsOf)",
    "creatinine-clearance": "Facts.CreatinineClearance(AsOf)",
}
"""Concepts whose values may be derived from others."""


def age(atom: Age) -> str:
    """The verdict on an age."""
    reached = [(atom.at_least, "", 0), (atom.more_than, "", 1), (atom.at_most, "not ", 1), (atom.less_than, "not ", 0)]
    truths = [f"{no}Facts.AgeReached({years + more}, AsOf)" for years, no, more in reached if years is not None]
    return f"Facts.VerdictOf({both(truths)})"


def sex(atom: Sex) -> str:
    """The verdict on an administrative gender."""
    return f"Facts.SexIsAmong({strings(atom.among)})"


def measurement(atom: Measurement, terminology: Terminology) -> str:
    """The verdict on the latest value, or on every value that is not too old."""
    concept = f"Concepts.{quoted(atom.concept)}"
    found, old = _readings(atom, concept, terminology), f"{concept}.maxAge"
    if atom.which == "latest":
        return f"Facts.VerdictOf({both(_bounds(atom, f'Facts.Latest({found}, {old}, AsOf)'))})"
    fresh = f"Facts.IsFresh(R, {old}, AsOf)"
    kept = both(_bounds(atom, "R"))
    return f"Facts.Every((Facts.Live({found}, {old}, AsOf)) R\n  return Tuple {{ fresh: {fresh}, kept: {kept} }})"


def qualitative(atom: Qualitative) -> str:
    """The verdict on a qualitative result."""
    return f"Facts.ResultIs({string(atom.result)}, Concepts.{quoted(atom.concept)}, AsOf)"


def category(atom: Category, terminology: Terminology) -> str:
    """The verdict on a category, with all its values and the words that name them."""
    concept = terminology.concept(atom.concept)
    values = [
        f"Tuple {{ code: {string(value.code)}, words: {strings(sorted(_words(value.display)))} }}"
        for value in concept.values
    ]
    texts = (concept.label, *(value.display for value in concept.values))
    words = {word for text in texts for word in _words(text)} - {"als", "of", "the"}
    arguments = [
        strings(atom.among),
        strings(atom.review),
        many("Tuple { code String, words List<String> }", values),
        strings(sorted(words)),
        f'Concepts.{quoted(atom.concept)}, Concepts."als", AsOf',
    ]
    return "Facts.CategoryIsAmong(\n" + indented(",\n".join(arguments)) + "\n)"


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _readings(atom: Measurement, concept: str, terminology: Terminology) -> str:
    if atom.times_upper_limit:
        found = f"Facts.MultiplesOfLimit({concept}, AsOf)"
    elif atom.concept in _OWN_READINGS:
        found = _OWN_READINGS[atom.concept]
    else:
        unit = atom.unit or terminology.concept(atom.concept).unit
        found = f"Facts.Readings({concept}, {string(unit)}, AsOf)"
    largest = atom.concept in LARGEST_OF_DAY and atom.which == "latest"
    return f"Facts.LargestOfDay({found})" if largest else found


def _bounds(atom: Measurement, reading: str) -> Iterator[str]:
    bounds = (
        ("AtLeast", atom.at_least),
        ("MoreThan", atom.more_than),
        ("AtMost", atom.at_most),
        ("LessThan", atom.less_than),
    )
    for name, bound in bounds:
        if bound is not None:
            yield f"Facts.Is{name}({reading}, {decimal(bound)})"
