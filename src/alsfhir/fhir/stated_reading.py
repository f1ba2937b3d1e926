"""What our extensions say of the reading of a criterion, read back: the inverse of ``reading``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alsfhir.criteria.criterion import Computability, Place, ReadingStatus
from alsfhir.fhir.extension import Extension
from alsfhir.trial.model import Span


@dataclass(frozen=True, slots=True)
class StatedReading:
    """Who stands for the reading of a criterion; without a word of it, nobody: a draft."""

    label: str
    status: ReadingStatus = "draft"
    computability: Computability = "partial"
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    place: Place | None = None
    by: str | None = None
    on: str | None = None


def stated_reading(characteristic: Mapping[str, Any]) -> StatedReading | None:
    """The reading that stands with a characteristic; ``None`` if none does. Raises what malformed elements raise."""
    held = extension(characteristic, "reading")
    if not held:
        return None
    assumed = (one for one in characteristic["extension"] if _is(one, "assumption"))
    return StatedReading(
        label=value(held, "label") or "",
        status=_among(value(held, "status"), ("proposed", "reviewed"), "draft"),
        computability=_among(value(held, "computability"), ("computable", "person"), "partial"),
        assumptions=tuple(one["valueString"] for one in assumed),
        warnings=values(held, "warning"),
        show=values(held, "show"),
        place=_place(held),
        by=value(held, "by"),
        on=value(held, "on"),
    )


def statement(characteristic: Mapping[str, Any]) -> str | None:
    """The verbatim text of a criterion of ours."""
    text = value(extension(characteristic, "criterion"), "text") or characteristic.get("description")
    return None if text is None else str(text)


def extension(element: Mapping[str, Any], name: str) -> Extension:
    """Our extension of that name, under whatever base it was published; empty if there is none."""
    return next((one for one in element.get("extension", ()) if _is(one, name)), {})


def value(held: Extension, name: str) -> Any:
    """The value of the first part of that name, or ``None``."""
    return next(iter(values(held, name)), None)


def values(held: Extension, name: str) -> tuple[Any, ...]:
    """The values of all parts of that name; a part without a value says nothing."""
    parts = (part for part in held.get("extension", ()) if part["url"] == name)
    return tuple(held for part in parts for key, held in part.items() if key.startswith("value"))


def _is(one: Extension, name: str) -> bool:
    return str(one.get("url")).endswith(f"/StructureDefinition/{name}")


def _place(held: Extension) -> Place | None:
    document, start, end = (value(held, name) for name in ("document", "start", "end"))
    return Place(document, Span(int(start), int(end))) if document is not None else None


def _among(code: Any, known: tuple[Any, ...], otherwise: Any) -> Any:
    return code if code in known else otherwise
