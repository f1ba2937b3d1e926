"""A characteristic in words, for a person who is to judge it: its own, and all that limits it.

A question that lost a limit (a time, a number of times, a value of *no*) would be answered for another criterion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from alsfhir.fhir.characteristic_atom import Characteristic
from alsfhir.fhir.primitives import string

LIMITS_NOTHING = frozenset({"description", "exclude", "extension", "id", "linkId", "note"})

_CONCEPT = frozenset({"coding", "extension", "id", "text"})
_QUANTITY = frozenset({"code", "comparator", "extension", "id", "system", "unit", "value"})
_RANGE = frozenset({"extension", "high", "id", "low"})
_NAMES = ("description", "display", "text", "name", "expression", "reference")
_NAMED = frozenset({*_NAMES, "extension", "id", "identifier", "language", "type"})
_ENDS = (("low", "at least"), ("high", "at most"))


def question(text: str) -> str:
    """What a person is asked about a text that is not read."""
    return f"Is this true of the patient: {text.rstrip('.;,? ')}?"


def asked(characteristic: Characteristic, *show: str) -> dict[str, Any]:
    """The table of the judgement that a characteristic is, with these concepts shown."""
    return {"is": "judgement", "question": question(text_of(characteristic)), "show": show}


def text_of(characteristic: Characteristic) -> str:
    """A characteristic in its own words; ``a characteristic without words`` if it has none."""
    text = string("; ".join(dict.fromkeys(_texts(characteristic)))) or "a characteristic without words"
    return f"not ({text})" if characteristic.get("exclude") is True else text


def _texts(characteristic: Characteristic) -> Iterator[str]:
    described = string(characteristic.get("description"))
    if described:
        yield described
    for name, element in characteristic.items():
        if name == "definitionByCombination":
            yield from () if described else _combined(element)
        elif name.startswith("definition"):
            yield from () if described else _defined(name, element)
        elif name not in LIMITS_NOTHING:
            yield f"{name}: {_words(element)}"


def _defined(name: str, element: Any) -> Iterator[str]:
    if name == "definitionId":
        yield f"{name}: {_words(element)}"  # which is no word of anybody's
        return
    if name != "definitionByTypeAndValue":
        yield from filter(None, [_words(element)])
        return
    values = "; ".join(_words(held) for key, held in element.items() if key.startswith("value"))
    yield ": ".join(filter(None, (_words(element.get("type", {})), values)))
    for key, held in element.items():
        if not key.startswith("value") and key not in ("type", "extension", "id"):
            yield f"{key}: {_words(held)}"


def _combined(combination: Mapping[str, Any]) -> Iterator[str]:
    members = "; ".join(map(text_of, combination.get("characteristic", ())))
    code = str(combination.get("code", "")).replace("-", " ")
    threshold = f" {combination['threshold']}" if "threshold" in combination else ""
    yield f"{code}{threshold} of ({members})".replace(" of of ", " of ").strip()


def _words(element: Any) -> str:
    """Any element in words."""
    match element:
        case bool():
            return "yes" if element else "no"
        case list():
            return "; ".join(map(_words, element))
        case dict():
            return _called(element)
        case _:
            return str(element)


def _called(element: dict[str, Any]) -> str:
    """What an element is called if it is called something, else all that is in it."""
    keys = set(element)
    if keys <= _CONCEPT:
        return element.get("text") or _codings(element.get("coding", ()))
    if "value" in keys and keys <= _QUANTITY:
        unit = element.get("unit") or element.get("code")
        return " ".join(str(part) for part in (element.get("comparator"), element["value"], unit) if part is not None)
    if keys <= _RANGE:
        return " ".join(f"{end} {_words(element[name])}" for name, end in _ENDS if name in element)
    named = next((element[name] for name in _NAMES if element.get(name)), None)
    return _words(named) if named is not None and keys <= _NAMED else _all(element)


def _codings(codings: list[dict[str, Any]]) -> str:
    return next((str(shown) for one in codings if (shown := one.get("display") or one.get("code"))), "")


def _all(element: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_words(held)}" for name, held in element.items() if name != "id")
