"""Resources inside another one, https://hl7.org/fhir/R4/references.html#contained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

import msgspec


class Identified(Protocol):
    """A structure with the id of its resource."""

    @property
    def id(self) -> object:
        """The id as written."""


T = TypeVar("T", bound=Identified)


def contained(raws: Iterable[msgspec.Raw] | None, reference: str, decoder: msgspec.json.Decoder[T]) -> T | None:
    """The contained resource that a reference (``#id``) means, or ``None`` if there is none that can be read."""
    found = (_decoded(raw, decoder) for raw in raws or ())
    return next((resource for resource in found if resource and resource.id == reference[1:]), None)


def _decoded(raw: msgspec.Raw, decoder: msgspec.json.Decoder[T]) -> T | None:
    try:
        return decoder.decode(raw)
    except msgspec.DecodeError:
        return None
