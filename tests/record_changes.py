"""The same record written in another way, or with something blanked inside one of its resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from alsfhir.criteria.model import Node
from alsfhir.criteria.tree import concepts, nodes
from record_elements import concept_names
from records import HL7, UCUM, Resource, concept, done, entry, order, result
from records import device as device_in_use
from whole_records import PARTS, STATES_OF_PREGNANCY, TERMS, asked, codes_of, in_unit, units_of

Path = tuple[str | int, ...]

_DATES = frozenset(
    {
        *("effectiveDateTime", "performedDateTime", "onsetDateTime", "abatementDateTime", "valueDateTime", "dateTime"),
        *("recordedDate", "authoredOn", "dateAsserted", "whenHandedOver", "onset", "start", "end", "birthDate"),
    }
)
_VALUES = ("valueQuantity", "valueCodeableConcept", "valueBoolean", "valueString", "valueDateTime")
# What may be left out of a resource without saying more by its absence. These may not, and are not among them:
# Condition.verificationStatus, without which an entry counts as confirmed; its clinicalStatus and its abatement,
# without which it lasts (a status is blanked to `unknown` instead); the end of a Period, without which it goes on; the
# onset and all other dates but those of values, without which a thing of tomorrow exists today; the route, without
# which a drug counts as given to the whole body; a comparator, without which a value is exact; a stage, a provision or
# a criticality, which are statements of their own that may contradict others; the sender's `issued`, which orders
# values of one day.
_LEFT_OUT: dict[str, tuple[Path, ...]] = {
    "Observation": (("status",), ("effectiveDateTime",), ("effectivePeriod",)),
    "Condition": (("severity",), ("bodySite",)),
    "MedicationRequest": (("status",), ("intent",), ("dosageInstruction", 0, "text")),
    "MedicationStatement": (("status",), ("dosage", 0, "text")),
    "MedicationAdministration": (("status",),),
    "MedicationDispense": (("status",), ("dosageInstruction", 0, "text")),
    "Procedure": (("status",),),
    "Device": (("status",),),
    "NutritionOrder": (("status",), ("intent",)),
    "AllergyIntolerance": (("reaction", 0, "severity"),),
    "ResearchSubject": (("status",), ("contained",)),
    "Consent": (("status",),),
    "Patient": (("birthDate",), ("gender",)),
}
_MAY_BE_UNKNOWN = ("MedicationRequest", "MedicationStatement", "Procedure", "Device", "NutritionOrder")


def blanked(resource: Resource) -> Iterator[Resource]:
    """The resource with one value, unit, range, status, dosage, severity or part of a date blanked."""
    kind = resource["resourceType"]
    for path in _LEFT_OUT[kind]:
        if _at(resource, path) is not None:
            yield _changed(resource, path, None)
    for path, text in _strings(resource):
        if path[-1] in _DATES:
            yield from (_changed(resource, path, less) for less in _coarser(text))
    if kind in _MAY_BE_UNKNOWN:
        yield resource | {"status": "unknown"}
    if kind == "Condition" and "clinicalStatus" in resource:
        yield resource | {"clinicalStatus": concept(f"{HL7}/condition-clinical", "unknown")}
    if kind == "Observation":
        places = [(), *(("component", number) for number in range(len(resource.get("component", ()))))]
        yield from (_changed(resource, path, None) for place in places for path in _of_value(resource, place))


def _of_value(resource: Resource, place: Path) -> Iterator[Path]:
    """The places of a value, its unit, its ranges, and of the limits and units of those."""
    part = _at(resource, place)
    yield from ((*place, name) for name in _VALUES if name in part)
    if part.get("valueQuantity", {}).get("unit"):
        yield (*place, "valueQuantity", "unit")
    for number, one in enumerate(part.get("referenceRange", ())):
        yield (*place, "referenceRange")
        if "high" in one:
            yield from ((*place, "referenceRange", number, "high"), (*place, "referenceRange", number, "high", "unit"))


def _strings(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(part, (*path, name))


def _coarser(written: str) -> list[str]:
    return [less for less in dict.fromkeys((written[:10], written[:7], written[:4])) if less != written]


def _at(value: Any, path: Path) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError):
            return None
    return value


def _changed(resource: Resource, path: Path, value: Any) -> Resource:
    made = deepcopy(resource)
    inside = _at(made, path[:-1])
    if value is not None:
        inside[path[-1]] = value
        return made
    del inside[path[-1]]
    if path[-1] == "unit":
        inside.pop("code", None)
    return made


def in_other_units(resources: list[Resource], random: Random) -> list[Resource]:
    """The record with every value and limit in any unit in which it can be written exactly."""
    return [_each_quantity(one, lambda value, name: _rewritten(value, name, random)) for one in resources]


def _each_quantity(resource: Resource, change: Callable[[Resource, str], Resource]) -> Resource:
    made = deepcopy(resource)
    if made["resourceType"] == "Observation":
        for part in (made, *made.get("component", ())):
            name = next((each for each in ("creatinine", "total-bilirubin") if each in concept_names(part["code"])), "")
            if "valueQuantity" in part:
                part["valueQuantity"] = change(part["valueQuantity"], name)
            for one in part.get("referenceRange", ()):
                if "high" in one:
                    one["high"] = change(one["high"], name)
    return made


def _rewritten(quantity: Resource, name: str, random: Random) -> Resource:
    unit = quantity.get("unit")
    others = units_of(unit, name)
    if not others:
        return quantity
    to = random.choice(others)
    value = in_unit(Decimal(quantity["value"]), unit, to, name)
    return quantity if value is None else quantity | {"value": value, "unit": to, "code": to, "system": UCUM}


def renamed(resources: list[Resource], random: Random) -> list[Resource]:
    """The record with other ids, in another order of the alphabet."""
    numbers = random.sample(range(100_000), len(resources))
    return [
        one if one["resourceType"] == "Patient" else one | {"id": f"x{number}"}
        for one, number in zip(resources, numbers, strict=True)
    ]


@cache
def irrelevant(trial: str) -> tuple[Resource, ...]:
    """Resources under codes that some concept has, but none that has anything to do with what the trial asks."""
    related = _related(asked(trial).nodes)
    found: list[Resource] = []
    for name in sorted(TERMS.concepts):
        codes = [code for code in codes_of(name) if TERMS.concepts_of(TERMS.coding(*code)).isdisjoint(related)]
        made = (_unasked(TERMS.concept(name).file, *code) for code in codes[:2])
        found += [resource | {"id": f"unasked-{name}-{n}"} for n, several in enumerate(made) for resource in several]
    return tuple(found)


def _unasked(file: str, system: str, code: str) -> tuple[Resource, ...]:
    match file:
        case "conditions":
            return (entry(system, code, clinical="active", onsetDateTime="2026-06-01"),)
        case "medications":
            return (order(system, code),)
        case "procedures":
            return (done(code, "2026-06-01") | {"code": concept(system, code)},)
        case "observations":
            return (result(code, "12 %") | {"code": concept(system, code)},)
    return ()


def _related(asked_for: tuple[Node, ...]) -> set[str]:
    names = {name for tree in asked_for for node in nodes(tree) for name in concepts(node)}
    names |= {part for name in names for part in PARTS.get(name, ())} | {*STATES_OF_PREGNANCY, "als"}
    names |= {"no-known-allergy", "abnormal-result"}
    names |= {name for name, known in TERMS.concepts.items() if set(known.suggests) & names}
    return names | {other for name in names for other in TERMS.concept(name).suggests}


UNKNOWN: tuple[Resource, ...] = (
    entry("http://example.org/own", "u-1", onsetDateTime="2026-06-01"),
    done("u-2", "2026-06-01") | {"code": concept("http://example.org/own", "u-2")},
    result("u-3", "12 %") | {"code": concept("http://example.org/own", "u-3")},
    device_in_use("u-4"),
)
