"""Exact conversion between UCUM units, and between the mass and the amount of what a concept measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import msgspec

Factors = Mapping[str, Mapping[str, str]]  # of each dimension: how many of its unit one of each other unit is


class Analyte(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a concept measures, if its amount has one mass: one of unit ``mass`` is ``factor`` of unit ``substance``."""

    concept: str
    mass: str
    substance: str
    factor: str
    source: str


class Units:
    """Exact factors between UCUM units, and between mass and amount of an analyte; ``mappings/units.toml``."""

    def __init__(self, dimensions: Factors, aliases: Mapping[str, str], analytes: Iterable[Analyte] = ()) -> None:
        self._factors = {
            unit: (canonical, Fraction(factor))
            for canonical, units in dimensions.items()
            for unit, factor in {canonical: "1", **units}.items()
        }
        self._aliases = dict(aliases)
        self._amounts: dict[tuple[str | None, str, str], Fraction] = {}
        self._analytes: dict[str, tuple[str, str, Fraction]] = {}
        for each in analytes:
            self._analytes[each.concept] = (each.mass, each.substance, Fraction(each.factor))
            self._amounts[each.concept, each.mass, each.substance] = Fraction(each.factor)
            self._amounts[each.concept, each.substance, each.mass] = 1 / Fraction(each.factor)

    def table(self) -> Iterator[tuple[str, str, str, Fraction]]:
        """Every way to write a unit: as written, its UCUM code, its dimension, and the factor within that."""
        for written, code in ({unit: unit for unit in self._factors} | self._aliases).items():
            yield written, code, *self._factors[code]

    def analyte(self, concept: str) -> tuple[str, str, Fraction] | None:
        """The units of mass and of amount between which values of a concept convert, and the factor from the first."""
        return self._analytes.get(concept)

    def unit(self, written: str | None) -> str | None:
        """The UCUM code for a unit as written, or ``None`` if it is not known."""
        if written is None:
            return None
        plain = written.strip()
        unit = self._aliases.get(plain, plain)
        return unit if unit in self._factors else None

    def converted(self, value: Decimal, unit: str | None, to: str, concept: str | None = None) -> Fraction | None:
        """``value`` in unit ``to``, exactly; ``None`` if the two do not measure the same thing of ``concept``."""
        source, target = self._factors.get(self.unit(unit) or ""), self._factors.get(self.unit(to) or "")
        if source is None or target is None:
            return None
        same = 1 if source[0] == target[0] else self._amounts.get((concept, source[0], target[0]))
        return None if same is None else Fraction(value) * source[1] * same / target[1]
