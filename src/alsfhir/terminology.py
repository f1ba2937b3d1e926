"""Codings, the concepts that group them, and exact unit conversion; all read from ``mappings/``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from alsfhir.errors import MappingError
from alsfhir.units import Analyte, Units

LOCAL_SYSTEM = "http://alsfhir.org/fhir/CodeSystem/als"
UCUM = "http://unitsofmeasure.org"
CONCEPT_FILES = ("conditions", "observations", "medications", "procedures", "values")
HIERARCHICAL = ("icd-10", "icd-10-cm", "icd-10-gm", "icd-9-cm", "atc")  # where a longer code lies below a shorter one


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


class LocalValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value that a category can take: its code in the project's own CodeSystem, and how it is called."""

    code: str
    display: str


class Concept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """A clinical idea and the codes that mean it.

    ``unit`` is the one unit (UCUM) in which values of a measurement are compared, ``unit_label`` how it is said;
    ``plausible`` the least and the greatest value in it that can be true of a patient, both included; ``max_age_days``
    how old a value may be (``None``: no limit); ``measured`` whether a missing datum can be measured or documented.
    ``suggests`` names narrower concepts of which this one proves none (motor neuron disease for ALS and its kin).
    ``values`` are those of a category. ``file`` is where it stands, and so the kind of resource that records it.
    ``includes`` names concepts all of whose codes are this one's as well. ``words`` are texts that mean it exactly,
    in whatever case. ``past``: an entry says that it was, not when, nor that it is. ``wide``: so many things that one
    of them, ruled out or over, says nothing of others. ``never_stale``: a result that counts however old it is.
    ``ignored_units``: a value in one of these is of another kind than is compared.
    """

    label: str
    name: str = ""
    file: Literal["conditions", "observations", "medications", "procedures", "values"] = "observations"
    codes: tuple[Code, ...] = ()
    includes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    past: bool = False
    wide: bool = False
    never_stale: Literal["positive"] | None = None
    ignored_units: tuple[str, ...] = ()
    unit: str | None = None
    unit_label: str | None = None
    plausible: tuple[Decimal, Decimal] | None = None
    max_age_days: int | None = None
    measured: bool = False
    suggests: tuple[str, ...] = ()
    values: tuple[LocalValue, ...] = ()

    def value(self, code: str) -> LocalValue | None:
        """The value of this category with that code, or ``None``."""
        return next((value for value in self.values if value.code == code), None)


class Terminology:
    """The concepts and units of ``mappings/``; which concepts a coding belongs to."""

    def __init__(self, concepts: Mapping[str, Concept], systems: Mapping[str, str], units: Units) -> None:
        self.concepts = dict(concepts)
        self.units = units
        self._systems = {_plain(variant): canonical for variant, canonical in systems.items()}
        self._exact: dict[tuple[str, str], set[str]] = {}
        self._below: dict[tuple[str, str], set[str]] = {}
        self._ranges: dict[str, list[tuple[str, str, str]]] = {}
        self._found: dict[tuple[str, str], frozenset[str]] = {}
        self._words: dict[str, set[str]] = {}
        self._within = {name: frozenset(_including(name, concepts)) for name in concepts}
        for name, concept in concepts.items():
            for code in concept.codes:
                self._index(name, code)
            for text in concept.words:
                self._words.setdefault(_folded(text), set()).add(name)
        self._longest = max((len(code) for _, code in self._below), default=0)

    def _index(self, name: str, code: Code) -> None:
        if code.code is None:
            self._ranges.setdefault(code.system, []).append((code.first or "", code.last or "", name))
            return
        table = self._below if code.below else self._exact
        table.setdefault((code.system, code.code), set()).add(name)

    @property
    def systems(self) -> Mapping[str, str]:
        """The known URIs of code systems, without what variants differ in, and the canonical one of each."""
        return self._systems

    def system(self, uri: str | None) -> str | None:
        """The canonical URI of a code system written in any of its known variants."""
        return None if uri is None else self._systems.get(_plain(uri), uri.strip())

    def coding(self, system: str | None, code: str | None, display: str | None = None) -> Coding:
        """A Coding with its system in canonical form and blanks around the code removed."""
        return Coding(self.system(system), code.strip() if code else None, display)

    def concepts_of(self, coding: Coding) -> frozenset[str]:
        """The names of all concepts that contain the coding; empty if none does, which proves nothing."""
        if coding.system is None or coding.code is None:
            return frozenset()
        key = (coding.system, coding.code)
        if key not in self._found:
            self._found[key] = self._with_including(self._names(*key))
        return self._found[key]

    def concepts_of_words(self, text: str) -> frozenset[str]:
        """The names of all concepts that a text means exactly, whatever its case and blanks."""
        return self._with_including(self._words.get(_folded(text), ()))

    def _with_including(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(including for name in names for including in self._within[name])

    def _names(self, system: str, code: str) -> Iterator[str]:
        yield from self._exact.get((system, code), ())
        for length in range(1, min(len(code), self._longest) + 1):
            yield from self._below.get((system, code[:length]), ())
        for first, last, name in self._ranges.get(system, ()):
            if len(code) >= len(first) and first <= code[: len(first)] and code[: len(last)] <= last:
                yield name

    def concept(self, name: str) -> Concept:
        """The concept of that name. Raises MappingError if there is none."""
        try:
            return self.concepts[name]
        except KeyError:
            raise MappingError("*.toml", f"no concept is named {name!r}") from None


def _including(name: str, concepts: Mapping[str, Concept]) -> Iterator[str]:
    """The concept itself, and those that include it, directly or through others."""
    found, waiting = {name}, [name]
    while waiting:
        narrower = waiting.pop()
        new = {other for other, concept in concepts.items() if narrower in concept.includes} - found
        found |= new
        waiting += new
    yield from found


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def mappings_folder() -> Path:
    """Where the mapping files are: inside the installed package, or at the top of a checkout."""
    installed = Path(__file__).parent / "mappings"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "mappings"


def mapping(name: str) -> dict[str, Any]:
    """The parsed TOML file ``mappings/<name>.toml``, numbers exact. Raises MappingError if missing or not TOML."""
    try:
        return tomllib.loads((mappings_folder() / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{name}.toml", str(error)) from None


@cache
def terminology() -> Terminology:
    """The terminology of the shipped mappings, read once. Raises MappingError."""
    systems = mapping("systems")
    concepts: dict[str, Concept] = {}
    for file in CONCEPT_FILES:
        for name, table in mapping(file).items():
            if name in concepts:
                raise MappingError(f"{file}.toml", f"{name} is also in {concepts[name].file}.toml")
            concepts[name] = _concept(file, name, table, systems["systems"])
    return _checked(Terminology(concepts, _variants(systems), _units(mapping("units"))))


def _plain(uri: str) -> str:
    """A system URI without what variants of one URI differ in: case, http or https, a slash at the end."""
    plain = uri.strip().rstrip("/").lower()
    return f"http://{plain.removeprefix('https://')}" if plain.startswith("https://") else plain


def _variants(systems: dict[str, dict[str, str]]) -> dict[str, str]:
    names, variants = systems["systems"], systems["variants"]
    if unknown := set(variants.values()) - set(names):
        raise MappingError("systems.toml", f"variants of systems that have no name: {sorted(unknown)}")
    return {uri: uri for uri in names.values()} | {uri: names[name] for uri, name in variants.items()}


def _units(table: dict[str, dict[str, Any]]) -> Units:
    units = [unit for canonical, others in table["factors"].items() for unit in (canonical, *others)]
    if twice := {unit for unit in units if units.count(unit) > 1}:
        raise MappingError("units.toml", f"more than one factor for {sorted(twice)}")
    if unknown := set(table["aliases"].values()) - set(units):
        raise MappingError("units.toml", f"aliases of units that have no factor: {sorted(unknown)}")
    try:
        analytes = [msgspec.convert({"concept": c, **a}, Analyte) for c, a in table.get("analytes", {}).items()]
        if unknown := {unit for a in analytes for unit in (a.mass, a.substance)} - set(table["factors"]):
            raise MappingError("units.toml", f"analytes in units that name no dimension: {sorted(unknown)}")
        return Units(table["factors"], table["aliases"], analytes)
    except (ValueError, ZeroDivisionError, msgspec.ValidationError) as error:
        raise MappingError("units.toml", str(error)) from None


def _concept(file: str, name: str, table: dict[str, Any], systems: dict[str, str]) -> Concept:
    try:
        codes = [{**code, "system": _system(code, systems)} for code in table.get("codes", ())]
        return msgspec.convert({**table, "name": name, "file": file, "codes": codes}, Concept)
    except (msgspec.ValidationError, KeyError) as error:
        raise MappingError(f"{file}.toml", f"{name}: {error}") from None


def _system(code: dict[str, Any], systems: dict[str, str]) -> str:
    name = code["system"]
    if (code.get("code") is None or code.get("below")) and name not in HIERARCHICAL:
        raise msgspec.ValidationError(f"{name} has no hierarchy of codes for `below` or a range")
    return systems[name]


def _checked(terms: Terminology) -> Terminology:
    for name, concept in terms.concepts.items():
        if concept.unit is not None and terms.units.unit(concept.unit) != concept.unit:
            raise MappingError(f"{concept.file}.toml", f"{name}: unit {concept.unit!r} is not in units.toml")
        if concept.plausible is not None:
            if concept.unit is None:
                raise MappingError(f"{concept.file}.toml", f"{name}: plausible limits need a unit")
            if concept.plausible[0] >= concept.plausible[1]:
                raise MappingError(f"{concept.file}.toml", f"{name}: the lower plausible limit is not below the upper")
        for verb, others in (("suggests", concept.suggests), ("includes", concept.includes)):
            if unknown := [other for other in others if other not in terms.concepts]:
                raise MappingError(f"{concept.file}.toml", f"{name}: {verb} {unknown[0]!r}, which is no concept")
    return terms
