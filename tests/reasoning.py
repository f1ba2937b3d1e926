"""A HAPI server's own CQL engine: what ``Library/$evaluate`` and ``PlanDefinition/$apply`` answer over HTTP."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from alsfhir.cql.library import definition_name, library_name
from alsfhir.criteria.criterion import Criteria
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.server.answer import FHIR_JSON, encoded

FAILED = "evaluation error"
"""The one parameter of an answer where a definition, any, failed; with HTTP 200."""


@dataclass(frozen=True)
class Reasoning:
    """The operations of a server, by the name of the Library or PlanDefinition."""

    server: httpx.Client

    def values(self, library: str, subject: str, as_of: date, **options: Any) -> dict[str, Any]:
        """The values of all definitions of a Library for a patient; ``record`` is one that the server does not hold."""
        answer = self._answer("Library", library, "evaluate", subject, as_of, **options)
        values = {one["name"]: _value(one) for one in answer["parameter"]}
        assert FAILED not in values, answer
        return values

    def verdicts(self, asked: Criteria, subject: str, as_of: date, **options: Any) -> list[str]:
        """The verdict on each of the criteria."""
        found = self.values(library_name(asked.trial), subject, as_of, **options)
        return [found[f"{definition_name(one)}Verdict"] for one in asked.criteria]

    def actions(self, plan: str, subject: str, as_of: date, **options: Any) -> dict[str, list[Resource]]:
        """The actions that apply to a patient, by their ids in the PlanDefinition, and the actions in each."""
        held = self._answer("PlanDefinition", plan, "apply", subject, as_of, **options)["contained"]
        (group,) = (one for one in held if one["resourceType"] == "RequestGroup")
        assert not [one for one in held if one["resourceType"] == "OperationOutcome"], held
        return {one["id"]: one.get("action", []) for one in group.get("action", [])}

    def put(self, resource: Resource) -> None:
        """Stores a resource under its id."""
        where = f"{resource['resourceType']}/{resource['id']}"
        stored = self.server.put(where, content=encoded(resource), headers={"Content-Type": FHIR_JSON})
        assert stored.is_success, stored.text

    def put_library(self, name: str, expression: str) -> None:
        """Stores a Library with one definition, ``Found``."""
        text = f"library {name} version '1'\nusing FHIR version '4.0.1'\ninclude FHIRHelpers version '4.0.1'\n"
        text += f"parameter AsOf Date\ncontext Patient\ndefine Found: {expression}\n"
        content = {"contentType": "text/cql", "data": b64encode(text.encode()).decode()}
        kind = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/library-type", "code": "logic-library"}]}
        named = {"id": name, "url": Names().canonical("Library", name), "name": name, "version": "1"}
        self.put({"resourceType": "Library", **named, "status": "active", "type": kind, "content": [content]})

    def _answer(
        self,
        kind: str,
        name: str,
        operation: str,
        subject: str,
        as_of: date,
        *,
        closed_world: bool = False,
        record: Resource | None = None,
    ) -> Resource:
        url = Names().canonical(kind, name)
        (entry,) = self.server.get(kind, params={"url": url, "_elements": "url"}).json()["entry"]
        told = [
            {"name": "AsOf", "valueDate": as_of.isoformat()},
            {"name": "ClosedWorld", "valueBoolean": closed_world},
        ]
        alone = [{"name": "useServerData", "valueBoolean": False}, {"name": "data", "resource": record}]
        parameters = [
            {"name": "subject", "valueString": subject},
            {"name": "parameters", "resource": {"resourceType": "Parameters", "parameter": told}},
            *(alone if record else []),
        ]
        asked = {"resourceType": "Parameters", "parameter": parameters}
        answer = self.server.post(f"{kind}/{entry['resource']['id']}/${operation}", json=asked)
        assert answer.status_code == 200, answer.text
        found: Resource = answer.json()
        return found


def _value(parameter: dict[str, Any]) -> Any:
    """Null comes as an extension that says so, a list as many parameters of one name: these are not asked for here."""
    return next((value for key, value in parameter.items() if key.startswith("value")), parameter.get("resource"))
