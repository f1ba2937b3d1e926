"""The verdicts in a GuidanceResponse that was written earlier, to tell whether a new one says anything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alsfhir.fhir.canonical import Resource


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What one GuidanceResponse decided: verdict, outcome and basis by criterion id, and the status they make.

    ``module`` is the canonical of the PlanDefinition with the version of its readings.
    """

    module: str | None
    status: str | None
    closed_world: bool | None
    by_criterion: Mapping[str, tuple[str | None, ...]]


def verdicts(guidance_response: Resource) -> Verdicts:
    """The verdicts of one of our GuidanceResponses, as built or as a server returned it.

    Two are equal if and only if they decided the same with the same readings. One that is not ours has none.
    """
    parts = _output(guidance_response).get("parameter", [])
    top = {part.get("name"): part for part in parts if "part" not in part}
    groups = {part.get("name", ""): _codes(part["part"]) for part in parts if "part" in part}
    return Verdicts(
        module=guidance_response.get("moduleCanonical"),
        status=top.get("status", {}).get("valueCode"),
        closed_world=top.get("closedWorld", {}).get("valueBoolean"),
        by_criterion={
            name: (codes["verdict"], codes.get("outcome"), codes.get("basis"))
            for name, codes in groups.items()
            if "verdict" in codes
        },
    )


def _output(guidance_response: Resource) -> Resource:
    reference = guidance_response.get("outputParameters", {}).get("reference")
    contained: list[Resource] = guidance_response.get("contained", [])
    return next((one for one in contained if f"#{one.get('id')}" == reference), {})


def _codes(parts: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {part.get("name", ""): part["valueCode"] for part in parts if "valueCode" in part}
