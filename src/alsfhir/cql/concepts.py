"""The concepts, code systems and units of the mappings → one CQL library.

Codes stand in the library itself, not in value sets: a record may name a code system by any of its URIs, codes of ICD
and ATC count with all below them, and engines that lack a value set, or hold one that is not expanded, answer without
an error as if nothing were on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from alsfhir.cql.literals import boolean, decimal, indented, integer, many, quoted, string, strings
from alsfhir.cql.model import CqlLibrary, head, versioned
from alsfhir.cql.phrases import phrases
from alsfhir.terminology import Code, Terminology

NAME = "AlsfhirConcepts"
_CODES = "Tuple { system String, codes List<String> }"
_RANGE = "Tuple { system String, first String, last String }"
_ABOUT = """// The concepts that criteria ask for and the codes that mean them; names of code systems; units.
// Made from the mappings of alsfhir.
//   below       codes that count with all that begin so
//   ranges      codes from first to last, with all below
//   words       texts that mean it exactly
//   phrases     words that may mean it where there is no code
//   unit        in which values are compared; least and most: what can be true of a patient
//   otherKinds  units of another kind of measurement
//   moles       so many of the unit `substance` are as many as `masses` says of the unit `mass`
//   maxAge      how old a value may be, in days
//   lasting     a positive result may be of any age
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
    return tuple(code for each in _included(name, terminology) for code in terminology.concept(each).codes)


def _included(name: str, terminology: Terminology) -> list[str]:
    seen, waiting = [name], [name]
    while waiting:
        more = [other for other in terminology.concept(waiting.pop()).includes if other not in seen]
        seen += more
        waiting += more
    return seen


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
            "// A unit as written: what it measures, and how many of the unit of that it is; null if not known.",
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
        f"codes: {_listed(one for one in codes if not one.below)}",
        f"below: {_listed(one for one in codes if one.below)}",
        f"ranges: {many(_RANGE, _ranges(codes))}",
        f"words: {strings(_folded(name, terminology))}",
        f"phrases: {strings(phrases(concept))}",
        f"unit: {string(concept.unit)}, least: {decimal(least)}, most: {decimal(most)}",
        f"otherKinds: {strings(concept.ignored_units)}",
        _analyte(name, terminology),
        f"maxAge: {integer(concept.max_age_days)}, lasting: {boolean(concept.never_stale == 'positive')}",
    ]
    body = indented(",\n".join(elements), 4)
    return f"// {_line(concept.label)}\ndefine {quoted(name)}:\n  Tuple {{\n{body}\n  }}\n"


def _analyte(name: str, terminology: Terminology) -> str:
    mass, substance, factor = terminology.units.analyte(name) or (None, None, None)
    numbers = (factor.numerator, factor.denominator) if factor else (None, None)
    numerator, denominator = map(decimal, numbers)
    return f"mass: {string(mass)}, substance: {string(substance)}, moles: {numerator}, masses: {denominator}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _folded(name: str, terminology: Terminology) -> list[str]:
    texts = (text for each in _included(name, terminology) for text in terminology.concept(each).words)
    return sorted({" ".join(text.casefold().split()) for text in texts})


def _listed(codes: Iterable[Code], *, displayed: bool = True) -> str:
    """The codes of each system, each on a line with what it means."""
    systems: dict[str, dict[str, str]] = {}
    for one in codes:
        if one.code:
            systems.setdefault(one.system, {}).setdefault(one.code, one.display or "")
    return many(_CODES, [_of_system(system, found, displayed=displayed) for system, found in systems.items()])


def _of_system(system: str, codes: dict[str, str], *, displayed: bool) -> str:
    if not displayed:
        return f"Tuple {{ system: {string(system)}, codes: {strings(sorted(codes))} }}"
    last = next(reversed(codes))
    lines = [
        f"{string(code)}{'' if code == last else ','}" + (f" // {_line(display)}" if display else "")
        for code, display in codes.items()
    ]
    listed = "\n".join(lines)
    return f"Tuple {{ system: {string(system)}, codes: {{\n{indented(listed)}\n}} }}"


def _ranges(codes: Iterable[Code]) -> Iterator[str]:
    for one in codes:
        if one.code is None:
            yield f"Tuple {{ system: {string(one.system)}, first: {string(one.first)}, last: {string(one.last)} }}"


def _known(terminology: Terminology) -> str:
    codes = [code for concept in terminology.concepts.values() for code in concept.codes]
    exact = _listed((one for one in codes if not one.below), displayed=False)
    below = _listed((one for one in codes if one.below), displayed=False)
    return "\n".join(
        [
            "// All codes of all concepts: an entry with none of them is not recognised.",
            "define Known:",
            "  Tuple {",
            indented(f"codes: {exact},\nbelow: {below},\nranges: {many(_RANGE, dict.fromkeys(_ranges(codes)))}", 4),
            "  }",
            "",
        ]
    )
