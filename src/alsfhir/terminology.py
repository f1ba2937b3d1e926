"""Codings, the concepts that group them, and exact unit conversion; all read from ``mappings/``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from alsfhir.errors import MappingError

LOCAL_SYSTEM = "http://alsfhir.org/fhir/CodeSystem/als"
UCUM = "http://unitsofmeasure.org"
CONCEPT_FILES = ("conditions", "observations", "medications", "procedures")


@dataclass(frozen=True, slots=True)
class Coding:
    """A code in a code system, as https://hl7.org/fhir/R4/datatypes.html#Coding; ``system`` in its canonical form."""

    system: str | None
    code: str | None
    display: str | None = None


class Code(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a concept: a code, a code with all ``below`` it (ICD), or a range from ``first`` to ``last``."""

    system: str
    seen: str
    code: str | None = None
    display: str | None = None
    below: bool = False
    first: str | None = None
    last: str | None = None

    def __post_init__(self) -> None:
        if (self.code is None) == (self.first is None or self.last is None):
            raise ValueError("a code entry has either `code`, or both `first` and `last`")


class Concept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """A clinical idea and the codes that mean it.

    ``unit`` is the one unit (UCUM) in which values of a measurement are compared; ``max_age_days`` how old a value
    may be (``None``: no limit); ``measured`` whether a missing datum can be fetched by measuring or documenting it.
    ``suggests`` names a narrower concept that this one does not prove (motor neuron disease for ALS).
    """

    label: str
    name: str = ""
    codes: tuple[Code, ...] = ()
    unit: str | None = None
    max_age_days: int | None = None
    measured: bool = False
    suggests: str | None = None


class Units:
    """Exact factors between UCUM units; ``mappings/units.toml``."""

    def __init__(self, dimensions: Mapping[str, Mapping[str, str]], aliases: Mapping[str, str]) -> None:
        self._factors = {
            unit: (canonical, Fraction(factor))
            for canonical, units in dimensions.items()
            for unit, factor in {canonical: "1", **units}.items()
        }
        self._aliases = dict(aliases)

    def unit(self, written: str | None) -> str | None:
        """The UCUM code for a unit as written, or ``None`` if it is not known."""
        if written is None:
            return None
        unit = self._aliases.get(written, written)
        return unit if unit in self._factors else None

    def converted(self, value: Decimal, unit: str | None, to: str) -> Fraction | None:
        """``value`` in unit ``to``, exactly; ``None`` if the two do not measure the same thing."""
        source, target = self._factors.get(self.unit(unit) or ""), self._factors.get(self.unit(to) or "")
        if source is None or target is None or source[0] != target[0]:
            return None
        return Fraction(value) * source[1] / target[1]


class Terminology:
    """The concepts and units of ``mappings/``; which concepts a coding belongs to."""

    def __init__(self, concepts: Mapping[str, Concept], systems: Mapping[str, str], units: Units) -> None:
        self.concepts = dict(concepts)
        self.units = units
        self._systems = dict(systems)
        self._exact: dict[tuple[str, str], set[str]] = {}
        self._below: dict[tuple[str, str], set[str]] = {}
        self._ranges: list[tuple[str, str, str, str]] = []
        for name, concept in concepts.items():
            for code in concept.codes:
                self._index(name, code)

    def _index(self, name: str, code: Code) -> None:
        if code.code is None:
            self._ranges.append((code.system, code.first or "", code.last or "", name))
            return
        table = self._below if code.below else self._exact
        table.setdefault((code.system, code.code), set()).add(name)

    def system(self, uri: str | None) -> str | None:
        """The canonical URI of a code system written in any of its known variants."""
        if uri is None:
            return None
        plain = uri.strip()
        return self._systems.get(plain) or self._systems.get(plain.rstrip("/")) or plain

    def coding(self, system: str | None, code: str | None, display: str | None = None) -> Coding:
        """A Coding with its system in canonical form and blanks around the code removed."""
        return Coding(self.system(system), code.strip() if code else None, display)

    def concepts_of(self, coding: Coding) -> frozenset[str]:
        """The names of all concepts that contain the coding; empty if none does, which proves nothing."""
        system, code = coding.system, coding.code
        if system is None or code is None:
            return frozenset()
        found = set(self._exact.get((system, code), ()))
        for length in range(1, len(code) + 1):
            found |= self._below.get((system, code[:length].rstrip(".")), set())
        for in_system, first, last, name in self._ranges:
            if system == in_system and first <= code[: len(first)] and code[: len(last)] <= last:
                found.add(name)
        return frozenset(found)

    def concept(self, name: str) -> Concept:
        """The concept of that name. Raises MappingError if there is none."""
        try:
            return self.concepts[name]
        except KeyError:
            raise MappingError("*.toml", f"no concept is named {name!r}") from None


def mappings_folder() -> Path:
    """Where the mapping files are: inside the installed package, or at the top of a checkout."""
    installed = Path(__file__).parent / "mappings"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "mappings"


def mapping(name: str) -> dict[str, Any]:
    """The parsed TOML file ``mappings/<name>.toml``. Raises MappingError if it is missing or not TOML."""
    try:
        return tomllib.loads((mappings_folder() / f"{name}.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{name}.toml", str(error)) from None


@cache
def terminology() -> Terminology:
    """The terminology of the shipped mappings, read once. Raises MappingError."""
    concepts: dict[str, Concept] = {}
    for file in CONCEPT_FILES:
        for name, table in mapping(file).items():
            concepts[name] = _concept(file, name, table)
    units = mapping("units")
    return Terminology(concepts, mapping("systems")["variants"], Units(units["factors"], units["aliases"]))


def _concept(file: str, name: str, table: dict[str, Any]) -> Concept:
    try:
        return msgspec.convert({**table, "name": name}, Concept)
    except msgspec.ValidationError as error:
        raise MappingError(f"{file}.toml", f"{name}: {error}") from None
