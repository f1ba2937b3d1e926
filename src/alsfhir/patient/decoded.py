"""A resource as a structure, without the elements in it that have the wrong JSON type.

A value that is a string where FHIR has an object must not cost the code, the date and the patient it belongs to: then
an older value would decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

import msgspec

T = TypeVar("T")

MAX_BROKEN = 20
"""More elements than these are not put aside one by one: the resource is given up."""

_AT = re.compile(r"(?P<problem>.*) - at `\$\.(?P<path>.+)`", re.DOTALL)
_ANYWHERE = re.compile(r"(.*) - at `\$(.*)`", re.DOTALL)
_STEP = re.compile(r"([A-Za-z_]\w*)|\[(\d+)\]", re.ASCII)
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])


@dataclass(frozen=True, slots=True)
class Broken:
    """An element that was left out: where it stands in the resource (``component[0].valueQuantity``), and why."""

    path: str
    problem: str

    def element(self, inside: str = "") -> str:
        """The name of the outermost element that is broken, in the part ``inside`` (``component[0].``)."""
        return re.split(r"[.\[]", self.path.removeprefix(inside), maxsplit=1)[0]


def decoded(
    decoder: msgspec.json.Decoder[T], data: bytes, essential: frozenset[str] = frozenset()
) -> tuple[T, tuple[Broken, ...]]:
    """The structure, and the elements that were taken for missing since they do not fit into it.

    Raises msgspec.DecodeError if the whole does not fit, or too many of its elements, or one that is ``essential``.
    """
    broken: list[Broken] = []
    while True:
        try:
            return decoder.decode(data), tuple(broken)
        except msgspec.ValidationError as error:
            match = _AT.fullmatch(str(error))
            if match is None or len(broken) == MAX_BROKEN:
                raise
            broken.append(Broken(match["path"], match["problem"]))
            if broken[-1].element() in essential:
                raise
            data = _without(data, [key or int(index) for key, index in _STEP.findall(match["path"])])


def decoding_problem(kind: str, error: msgspec.DecodeError) -> str:
    """What is wrong with the shape of a resource of that type, and at which element; never what stands there."""
    match = _ANYWHERE.fullmatch(str(error))
    return f"{kind}{match[2]}: {match[1]}: not read" if match else f"{error}: not read"


def left_out(kind: str, broken: Broken) -> str:
    """What is wrong with an element that was left out; never what stands there."""
    return f"{kind}.{broken.path}: {broken.problem}: not read"


def _without(data: bytes | msgspec.Raw, steps: list[str | int]) -> bytes:
    """The JSON with null at the end of the steps."""
    if not steps:
        return b"null"
    step, *rest = steps
    if isinstance(step, int):
        items = _LIST.decode(data)
        items[step] = msgspec.Raw(_without(items[step], rest))
        return msgspec.json.encode(items)
    members = _OBJECT.decode(data)
    members[step] = msgspec.Raw(_without(members[step], rest))
    return msgspec.json.encode(members)
