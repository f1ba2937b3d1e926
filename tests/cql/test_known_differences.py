"""Where the CQL does not reach our verdict, and what the engine of the tests gets wrong; each with an example.

Without an example: resources of the wrong shape, which leave open for us what they may have said and for an engine are
not there; references by ``fullUrl`` alone, which CQL cannot see; numbers that differ after the eighth decimal; ages of
values that a caller sets (``--max-age``).
"""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.cql.model import CqlLibrary, head, versioned
from alsfhir.criteria import model
from alsfhir.criteria.model import Node
from alsfhir.terminology import UCUM
from cql_engine import Engine
from cql_samples import asking, bundle, ours, theirs
from eligibility_samples import AS_OF, measured

LOINC, RXNORM = "http://loinc.org", "http://www.nlm.nih.gov/research/umls/rxnorm"
RILUZOLE = {"coding": [{"system": RXNORM, "code": "35623"}]}
CONTAINED = {
    "resourceType": "MedicationRequest",
    "status": "active",
    "intent": "order",
    "authoredOn": "2026-06-01",
    "contained": [{"resourceType": "Medication", "id": "inside", "code": RILUZOLE}],
    "medicationReference": {"reference": "#inside"},
}
INSIDE = {
    "resourceType": "DeviceUseStatement",
    "status": "active",
    "contained": [
        {
            "resourceType": "Device",
            "id": "inside",
            "type": {"coding": [{"system": "http://snomed.info/sct", "code": "706172005"}]},
        }
    ],
    "device": {"reference": "#inside"},
}
IN_WORDS = {
    "resourceType": "Observation",
    "status": "final",
    "effectiveDateTime": "2026-06-20",
    "code": {"coding": [{"system": LOINC, "code": "1742-6"}]},
    "valueQuantity": {"value": 200, "unit": "U/L", "system": UCUM, "code": "U/L"},
    "referenceRange": [{"text": "< 40"}],
}


@pytest.mark.parametrize(
    ("tree", "resource", "verdicts"),
    [
        # cql-exec-fhir takes contained resources for plain Resources; the Java engine reads them.
        (model.Drug(concept="riluzole"), CONTAINED, ("met", "unknown")),
        (model.Device(concept="ventilator"), INSIDE, ("met", "unknown")),
        # CQL has no part of a text by a pattern: limits in words are none.
        (measured("alt", times_upper_limit=True, more_than=3), IN_WORDS, ("met", "unknown")),
    ],
)
def test_what_differs_is_left_open(
    cql_engine: Engine, tree: Node, resource: dict[str, Any], verdicts: tuple[str, str]
) -> None:
    """Where the CQL does not reach our verdict it leaves the statement undecided, and never decides otherwise."""
    asked, record = asking((tree,)), bundle(resource, gender="female", birthDate="1990-01-01")
    assert (*ours(asked, record), *theirs(cql_engine, asked, [record])[0]) == verdicts


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("Count(({ 'a', 'a' }) X where true)", 1),  # 2: a query without `return` drops what is equal
        ("exists ((flatten { { 1 }, null as List<Integer> }) X where X = 1)", False),  # true: a null keeps lists whole
    ],
)
def test_the_engine_still_answers_wrongly(cql_engine: Engine, expression: str, found: int | bool) -> None:
    """What the library goes round is still as it is in cql-execution: else the library can be simpler."""
    (values,) = cql_engine.results(_library(expression), ["Found"], [bundle()], AS_OF)
    assert values["Found"] == found


@pytest.mark.parametrize(
    "expression",
    [
        "Length(First(List<String>{}))",  # null
        "(System.Quantity { value: null as Decimal, unit: 'day' }) is null",  # false
    ],
)
def test_the_engine_still_fails(cql_engine: Engine, expression: str) -> None:
    """What CQL answers, and cql-execution fails at, the library does not ask."""
    with pytest.raises(AssertionError, match="unexpected error"):
        cql_engine.results(_library(expression), ["Found"], [bundle()], AS_OF)


def _library(expression: str) -> CqlLibrary:
    return versioned("Defect", f"{head('Defect')}\ncontext Patient\ndefine Found: {expression}\n")
