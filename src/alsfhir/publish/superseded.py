"""What a trial orders no more: it stays on the server, and says that it is retired.

A document with another text, or another reading of it, gives the plan no schedule or another one. The dose of before
would else stand there as active, with nobody naming it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.narrative import narrative
from alsfhir.publish.held import held, reference
from alsfhir.publish.identity import Identity
from alsfhir.publish.transaction import Step, change
from alsfhir.server.client import FhirServer

RETIRED = "Retired: it is no longer part of the trial's schedule."


def superseded(
    server: FhirServer, plan: Resource | None, resources: Iterable[Resource], nct_id: str, names: Names
) -> tuple[Resource, ...]:
    """Our ActivityDefinitions that the trial's standing plan names and the build has no more, unless they are retired.

    Only a plan that names such is a reason to ask the server: the search modifier that would find them without it,
    ``url:below``, is optional. Raises ServerError.
    """
    ours = names.canonical("ActivityDefinition", f"{nct_id}-")
    named = {canonical.partition("|")[0] for canonical in _ordered(plan.get("action", []) if plan else [])}
    gone = {url for url in named if url.startswith(ours)} - {resource.get("url") for resource in resources}
    found = held(server, (Identity("ActivityDefinition", "url", url) for url in gone), names)
    standing = (each for each in found.values() if each.get("status") != "retired")
    return tuple(sorted(standing, key=reference))


def retirement(standing: Resource, names: Names) -> Step:
    """Says of a resource that it is retired, to whoever reads it; its version stays, since what it says does."""
    said = "\n".join(filter(None, (standing.get("title"), RETIRED, standing.get("description"))))
    retired = {name: value for name, value in standing.items() if name != "id"}
    return change({**retired, "status": "retired", "text": narrative(said)}, standing, names)


def _ordered(actions: Iterable[dict[str, Any]]) -> Iterator[str]:
    for action in actions:
        if "definitionCanonical" in action:
            yield action["definitionCanonical"]
        yield from _ordered(action.get("action", []))
