"""What no change of form may change, and what no content may break."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alsfhir.errors import InputError
from alsfhir.patient.record import Records, read_records
from patient_samples import HL7, PATIENT, TERMS, bundle, observation, read

EXAMPLES = Path(__file__).parents[2] / "examples" / "patients"
NAMES = sorted(path.name for path in EXAMPLES.glob("*.json"))
HEALTHY = [name for name in NAMES if name != "broken-resources.json"]


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text("utf-8"))


def in_any_order(found: Records) -> dict[str, tuple[Any, ...]]:
    """The facts by patient, in an order that does not depend on the file's."""
    return {
        each.patient: (
            *(each.identifiers, each.birth, each.sex, each.deceased, each.unreadable),
            *(sorted(facts, key=repr) for facts in (each.observations, each.conditions, each.procedures, each.drugs)),
            sorted((issue.severity, issue.location, issue.text) for issue in each.issues),
        )
        for each in found.patients
    }


def in_words(found: Records) -> str:
    """All facts and issues as one text."""
    return msgspec.json.encode(found, order="deterministic").decode()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all leaves of a JSON value."""
    if isinstance(value, dict | list) and value:
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*path, key))
    else:
        yield path


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    """A copy of the JSON value with something else at the path."""
    if not path:
        return by
    changed = copy.copy(value)
    changed[path[0]] = replaced(value[path[0]], path[1:], by)
    return changed


@pytest.mark.parametrize("name", HEALTHY)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=10)
def test_the_order_of_a_file_does_not_matter(name: str, seed: int) -> None:
    """Shuffled, or as a list, a record says the same."""
    given_ = example(name)
    before = in_any_order(read(given_))
    random.Random(seed).shuffle(given_["entry"])
    assert in_any_order(read(given_)) == before


@pytest.mark.parametrize("name", [name for name in HEALTHY if name != "two-patients.json"])
def test_a_list_says_what_a_bundle_says(name: str) -> None:
    """Resources in a list, in a nested Bundle, or one a line are the same record."""
    given_ = example(name)
    before = in_any_order(read(given_))
    resources = [entry["resource"] for entry in given_["entry"]]
    assert in_any_order(read(resources)) == before
    assert in_any_order(read(bundle(given_))) == before
    lines = "\n".join(map(json.dumps, resources)).encode()
    assert in_any_order(read_records("x.ndjson", lines, TERMS)) == before


@pytest.mark.parametrize("name", NAMES)
def test_ids_do_not_matter(name: str) -> None:
    """With every id renamed the facts are the same, by their new names."""
    text = (EXAMPLES / name).read_text("utf-8")
    prefixes = {
        entry["resource"]["id"].split("-")[0] for entry in json.loads(text)["entry"] if "id" in entry["resource"]
    }
    before = in_words(read_records(name, text.encode(), TERMS))
    for prefix in prefixes:
        text, before = (each.replace(f"{prefix}-", f"9.{prefix.upper()}-") for each in (text, before))
    assert in_words(read_records(name, text.encode(), TERMS)) == before


@pytest.mark.parametrize("name", HEALTHY)
def test_what_is_irrelevant_changes_nothing(name: str) -> None:
    """Encounters, claims and organizations beside the record add no fact and no issue."""
    given_ = example(name)
    before = read(given_)
    who = given_["entry"][0]["resource"]["id"]
    for kind in ("Encounter", "Claim", "Organization"):
        extra = {"resourceType": kind, "id": "extra", "subject": {"reference": f"Patient/{who}"}, "status": "x"}
        given_["entry"].insert(1, {"resource": extra})
    assert read(given_) == before


ODD: list[Any] = [None, "", " ", 0, [], {}, [None], "x", True]


@pytest.mark.parametrize(
    ("name", "by"), [("too-old.json", by) for by in ODD] + [("broken-resources.json", by) for by in ODD[::5]]
)
def test_no_leaf_can_break_the_reading(name: str, by: Any) -> None:
    """Whatever stands in place of a leaf, the file is read, or refused with an input error."""
    given_ = example(name)
    for path in leaves(given_):
        try:
            found = read(replaced(given_, path, by))
        except InputError:
            continue
        assert found.patients


SECRET = "Geheim 4711"
NAMED = {"id", "reference", "fullUrl", "url", "resourceType"}


@pytest.mark.parametrize("name", ["too-old.json", "candidate.json", "broken-resources.json"])
def test_no_issue_quotes_the_record(name: str) -> None:
    """Whatever is written in a leaf, no issue repeats it: only ids, references and places stand there."""
    given_ = example(name)
    for path in leaves(given_):
        if path[-1] in NAMED:
            continue
        found = read(replaced(given_, path, SECRET))
        issues = [*found.issues, *(issue for facts in found.patients for issue in facts.issues)]
        assert not [issue for issue in issues if SECRET in issue.text + issue.location], path


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
TYPES = ["Patient", "Observation", "Condition", "Procedure", "MedicationRequest", "MedicationStatement", "Medication"]
ELEMENTS = [
    *("id", "meta", "status", "code", "subject", "component", "valueQuantity", "valueCodeableConcept", "contained"),
    *("referenceRange", "interpretation", "effectivePeriod", "onsetAge", "stage", "extension", "modifierExtension"),
    *("identifier", "link", "birthDate", "medication", "medicationReference", "dosage", "dosageInstruction", "focus"),
]


@given(JSON)
def test_no_json_raises_anything_else(value: Any) -> None:
    """Whatever the JSON, it is read or refused with an input error."""
    try:
        read(value)
    except InputError as error:
        assert str(error).startswith("test.json: ")  # noqa: PT017


@given(
    st.lists(
        st.builds(
            lambda kind, rest: {"resourceType": kind} | rest,
            st.sampled_from(TYPES),
            st.dictionaries(st.sampled_from(ELEMENTS), JSON, max_size=6),
        ),
        max_size=4,
    )
)
def test_no_resource_breaks_the_others(resources: list[dict[str, Any]]) -> None:
    """Beside resources of whatever content the patient is read, and so is a good observation."""
    good = observation(id="good", category=[{"coding": [{"system": HL7 + "observation-category"}]}])
    found = {facts.patient: facts for facts in read(bundle(PATIENT, *resources, good)).patients}
    assert good["id"] in [fact.reference.partition("/")[2] for fact in found["Patient/p1"].observations]
