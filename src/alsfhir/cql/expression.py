"""A criterion tree → the CQL expression of its verdict, which is one of four codes.

Each atom is a call of AlsfhirFacts; what it asks for is in the arguments, as in the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from alsfhir.cql.conditions import condition, recorded, time_since
from alsfhir.cql.literals import indented
from alsfhir.cql.measurements import age, measurement, sex
from alsfhir.criteria.model import (
    Age,
    AllOf,
    AnyOf,
    Attestation,
    Condition,
    Judgement,
    Measurement,
    Node,
    Not,
    Recorded,
    Sex,
    TimeSince,
)
from alsfhir.terminology import Terminology


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the tree of one criterion: of which trial it is, matters to some atoms."""

    terminology: Terminology
    trial: str

    def verdict(self, node: Node) -> str:
        """The expression of a tree's verdict."""
        match node:
            case AllOf():
                return self._combined("AllOf", node.of)
            case AnyOf():
                return self._combined("AnyOf", node.of)
            case Not():
                return f"Facts.Negated({self.verdict(node.of)})"
            case Judgement(when=None):
                return "'review'"
            case Judgement(when=when) if when is not None:
                return f"Facts.Asked({self.verdict(when)})"
            case _:
                return _ATOMS[type(node)](node, self)

    def _combined(self, name: str, members: Sequence[Node]) -> str:
        listed = ",\n".join(map(self.verdict, members))
        return f"Facts.{name}({{\n{indented(listed)}\n}})"


_ATOMS: dict[type[Node], Callable[[Any, Writer], str]] = {
    Age: lambda atom, _: age(atom),
    Sex: lambda atom, _: sex(atom),
    Measurement: lambda atom, by: measurement(atom, by.terminology),
    Condition: lambda atom, by: condition(atom, by.terminology),
    Recorded: lambda atom, _: recorded(atom),
    TimeSince: lambda atom, _: time_since(atom),
    Attestation: lambda _atom, _by: "'review'",
}
