"""A criterion tree → the CQL expression of its verdict, which is one of four codes.

Each atom is a call of AlsfhirFacts; what it asks for is in the arguments, as in the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from alsfhir.cql.conditions import condition, recorded, time_since
from alsfhir.cql.histories import (
    allergy,
    attestation,
    breastfeeding,
    device,
    drug,
    nutrition,
    other_trial,
    pregnancy,
    procedure,
)
from alsfhir.cql.literals import indented
from alsfhir.cql.measurements import age, category, measurement, qualitative, sex
from alsfhir.criteria.model import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Attestation,
    Breastfeeding,
    Category,
    Condition,
    Device,
    Drug,
    Judgement,
    Measurement,
    Node,
    Not,
    Nutrition,
    OtherTrial,
    Pregnancy,
    Procedure,
    Qualitative,
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
    Allergy: lambda atom, by: allergy(atom, by.terminology),
    Attestation: lambda atom, by: attestation(atom, by.trial),
    Breastfeeding: lambda atom, by: breastfeeding(atom, by.terminology),
    Category: lambda atom, by: category(atom, by.terminology),
    Condition: lambda atom, by: condition(atom, by.terminology),
    Device: lambda atom, _: device(atom),
    Drug: lambda atom, _: drug(atom),
    Measurement: lambda atom, by: measurement(atom, by.terminology),
    Nutrition: lambda atom, by: nutrition(atom, by.terminology),
    OtherTrial: lambda atom, by: other_trial(atom, by.trial),
    Pregnancy: lambda atom, by: pregnancy(atom, by.terminology),
    Procedure: lambda atom, by: procedure(atom, by.terminology),
    Qualitative: lambda atom, _: qualitative(atom),
    Recorded: lambda atom, _: recorded(atom),
    Sex: lambda atom, _: sex(atom),
    TimeSince: lambda atom, _: time_since(atom),
}
