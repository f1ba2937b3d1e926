"""The concepts, code systems and units of the mappings → one CQL library.

Codes stand in the library itself, not in value sets: a record may name a code system by any of its URIs, codes of ICD
and ATC count with all below them, and engines that lack a value set, or hold one that is not expanded, answer without
an error as if nothing were on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from alsfhir.cql.literals import decimal, indented, integer, many, quoted, string, strings
from alsfhir.cql.model import CqlLibrary, head, versioned
from alsfhir.cql.phrases import phrases
from alsfhir.terminology import Code, Concept, Terminology

NAME = "AlsfhirConcepts"
_RANGE = "Tuple { system String, first String, last String }"
_ABOUT = """// The concepts that criteria ask for, and the codes that mean them; the code systems and their other names; the units.
// Made from the mappings of alsfhir. `below`: with all codes that begin so; `ranges`: from first to last, with all below;
// `phrases`: words that may mean it where there is no code; `unit`, `least`, `most`: in which values are compared, and
// what can be true of a patient; `maxAge`: how old in days a value may be.
"""


def concepts_library(terminology: Terminology) -> CqlLibrary:
    """The library ``AlsfhirConcepts``."""
    parts = [
        head(NAME),
        _ABOUT,
        _systems(terminology),
        _units(terminology),
        *(_concept(name, terminology) for name in terminology.concepts),
        _known(terminology),
    ]
    return versioned(NAME, "\n".join(parts))


def codes_of(name: str, terminology: Terminology) -> tuple[Code, ...]:
    """The codes of a concept, and of all that it includes."""
    seen, waiting = [name], [name]
    while waiting:
        more = [other for other in terminology.concept(waiting.pop()).includes if other not in seen]
        seen += more
        waiting += more
    return tuple(code for each in seen for code in terminology.concept(each).codes)


def _systems(terminology: Terminology) -> str:
    cases = [
        f"    when {string(variant)} then {string(canonical)}"
        for variant, canonical in sorted(terminology.systems.items())
    ]
    return "\n".join(
        [
            "// The one URI of a code system, whichever of its URIs is written.",
            "define function System(uri String):",
            "  case Plain(uri)",
            *cases,
            "    else uri",
            "  end",
            "",
            "// What variants of one URI differ in: case, http or https, a slash at the end.",
            "define function Plain(uri String):",
            "  ReplaceMatches(ReplaceMatches(Lower(uri), '/+$', ''), '^https://', 'http://')",
            "",
        ]
    )


def _units(terminology: Terminology) -> str:
    cases = []
    for written, code, dimension, factor in terminology.units.table():
        cases.append(f"    when {string(written)} then {_unit(code, dimension, factor)}")
    return "\n".join(
        [
            "// A unit as written: what it measures, and how many of the dimension's own unit it is; null if not known.",
            "define function Unit(written String):",
            "  case written",
            *cases,
            f"    else null as {_UNIT}",
            "  end",
            "",
        ]
    )


_UNIT = "Tuple { code String, dimension String, numerator Decimal, denominator Decimal }"


def _unit(code: str, dimension: str, factor: Fraction) -> str:
    return (
        f"Tuple {{ code: {string(code)}, dimension: {string(dimension)}, "
        f"numerator: {decimal(factor.numerator)}, denominator: {decimal(factor.denominator)} }}"
    )


def _concept(name: str, terminology: Terminology) -> str:
    concept, codes = terminology.concept(name), codes_of(name, terminology)
    least, most = concept.plausible or (None, None)
    elements = [
        f"codes: {many('Code', _exact(codes))}",
        f"below: {many('Code', _below(codes))}",
        f"ranges: {many(_RANGE, _ranges(codes))}",
        f"words: {strings(_folded(name, terminology))}",
        f"phrases: {many('List<String>', map(strings, phrases(concept)))}",
        f"unit: {string(concept.unit)}, least: {decimal(least)}, most: {decimal(most)}",
        f"maxAge: {integer(concept.max_age_days)}",
    ]
    body = indented(",\n".join(elements), 4)
    return f"// {_label(concept)}\ndefine {quoted(name)}:\n  Tuple {{\n{body}\n  }}\n"


def _label(concept: Concept) -> str:
    return " ".join(concept.label.split())


def _folded(name: str, terminology: Terminology) -> list[str]:
    return sorted(" ".join(text.casefold().split()) for text in terminology.concept(name).words)


def _exact(codes: Iterable[Code]) -> Iterator[str]:
    yield from dict.fromkeys(_code(one) for one in codes if one.code and not one.below)


def _below(codes: Iterable[Code]) -> Iterator[str]:
    yield from dict.fromkeys(_code(one) for one in codes if one.code and one.below)


def _code(code: Code) -> str:
    display = f", display: {string(code.display)}" if code.display else ""
    return f"Code {{ system: {string(code.system)}, code: {string(code.code)}{display} }}"


def _ranges(codes: Iterable[Code]) -> Iterator[str]:
    for one in codes:
        if one.code is None:
            yield (
                f"Tuple {{ system: {string(one.system)}, first: {string(one.first)}, last: {string(one.last)} }}"
            )


def _known(terminology: Terminology) -> str:
    codes = [code for concept in terminology.concepts.values() for code in concept.codes]
    exact = sorted({f"{one.system}|{one.code}" for one in codes if one.code and not one.below})
    return "\n".join(
        [
            "// All codes of all concepts: an entry with none of them is not recognised.",
            f"define KnownCodes:\n{indented(strings(exact))}\n",
            f"define KnownBelow:\n{indented(many('Code', _below(codes)))}\n",
            f"define KnownRanges:\n{indented(many(_RANGE, dict.fromkeys(_ranges(codes))))}\n",
        ]
    )
