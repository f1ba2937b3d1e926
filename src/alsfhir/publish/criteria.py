"""The criteria of a trial that a FHIR server holds, ours or another's."""

from __future__ import annotations

from alsfhir.criteria.criterion import Criteria
from alsfhir.errors import InvalidCriteria
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.criteria_reading import criteria_of
from alsfhir.publish.held import reference
from alsfhir.publish.identity import token
from alsfhir.publish.trials import NCT_SYSTEMS
from alsfhir.server.client import FhirServer
from alsfhir.terminology import Terminology


def held_criteria(server: FhirServer, nct_id: str, terms: Terminology, names: Names) -> Criteria:
    """The criteria of the trial's EvidenceVariable; of several, those that were published under our names.

    Raises ServerError, OtherFhirVersion among them, and InvalidCriteria if there is none, or nothing tells which.
    """
    server.expect_version(names.version.series)
    answered = server.search("EvidenceVariable", identifier=",".join(token(system, nct_id) for system in NCT_SYSTEMS))
    # A server that does not know the search parameter leaves it out, and answers with whatever it has.
    found = [one for one in answered if nct_id in (each.get("value") for each in one.get("identifier", ()))]
    ours = [one for one in found if one.get("url") == names.canonical("EvidenceVariable", nct_id)]
    candidates = ours or found
    if len(candidates) != 1:
        several = f"has several of {nct_id} ({', '.join(map(reference, candidates))}): save one, and give it as a file"
        raise InvalidCriteria(server.base, several if candidates else f"has no EvidenceVariable of {nct_id}")
    (criteria,) = criteria_of(server.base, candidates[0], terms)
    if criteria.trial != nct_id:
        raise InvalidCriteria(server.base, f"{reference(candidates[0])} is of {criteria.trial} as well as of {nct_id}")
    return criteria
