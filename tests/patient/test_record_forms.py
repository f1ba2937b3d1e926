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
from alsfhir.patient.model import Fact
from alsfhir.patient.readers import READERS
from alsfhir.patient.record import Records, read_records
from patient_samples import (
    ENTERAL,
    HIVES,
    HL7,
    NCT,
    PATIENT,
    PENICILLIN,
    TERMS,
    TUBE,
    allergy,
    bundle,
    consent,
    device,
    device_use,
    nutrition,
    observation,
    participation,
    percent,
    procedure,
    read,
    response,
    study,
)

EXAMPLES = Path(__file__).parents[2] / "examples" / "patients"
NAMES = sorted(path.name for path in EXAMPLES.glob("*.json"))
HEALTHY = [name for name in NAMES if name != "broken-resources.json"]


ALL_KINDS = bundle(
    PATIENT,
    allergy(
        verificationStatus={"coding": [{"system": HL7 + "allergyintolerance-verification", "code": "confirmed"}]},
        reaction=[{"substance": PENICILLIN, "manifestation": [HIVES], "severity": "severe", "onset": "2026"}],
    ),
    allergy(id="a2", reaction=[{"manifestation": [{"concept": HIVES}]}]),
    device(),
    device(id="d2", patient=None, type=[TUBE], name=[{"value": "tube"}]),
    device(id="d3"),
    device_use(timingPeriod={"start": "2026-05-04"}),
    device_use("DeviceUsage", id="u2", device={"reference": {"reference": "Device/d2"}}),
    nutrition(supplement=[{"type": ENTERAL, "productName": "x"}], oralDiet={"type": [TUBE]}),
    nutrition(id="n2", enteralFormula={"baseFormulaType": {"concept": ENTERAL}, "routeOfAdministration": [TUBE]}),
    participation(consent={"reference": "Consent/k1"}, period={"start": "2026", "end": "2026-06"}),
    participation(id="r2", status="active", progress=[{"subjectState": {"text": "x"}, "startDate": "2026"}]),
    study(),
    consent(provision={"type": "permit", "data": [{"reference": {"reference": f"ResearchStudy/{NCT}"}}]}),
    consent(id="k2", decision="deny", provision=[{"data": []}], sourceReference=[{"display": NCT}]),
    response({"linkId": "1", "answer": [{"valueBoolean": True, "item": [{"linkId": "2", "answer": []}]}]}),
    procedure(category=[TUBE]),
    observation(
        referenceRange=[
            {"low": percent(80), "high": percent(120), "appliesTo": [{"text": "men"}], "age": {"low": {"value": 18}}},
            {"text": "<120 %"},
        ],
        method={"text": "spirometry"},
        interpretation=[{"coding": [{"code": "H"}]}],
    ),
)


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text("utf-8"))


KINDS = [
    "observations",
    "conditions",
    "procedures",
    "drugs",
    "allergies",
    "devices",
    "nutrition",
    "participations",
    "consents",
    "answers",
]


def in_any_order(found: Records) -> dict[str, tuple[Any, ...]]:
    """The facts by patient, in an order that does not depend on the file's."""
    return {
        each.patient: (
            *(each.identifiers, each.birth, each.sex, each.deceased, each.unreadable),
            *(sorted(getattr(each, kind), key=repr) for kind in KINDS),
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


@given(st.permutations(range(len(ALL_KINDS["entry"]))))
def test_the_order_of_resources_that_refer_to_each_other_does_not_matter(order: list[int]) -> None:
    """A use before its device, a consent before the participation that refers to it: the facts are the same."""
    shuffled = ALL_KINDS | {"entry": [ALL_KINDS["entry"][number] for number in order]}
    assert in_any_order(read(shuffled)) == in_any_order(read(ALL_KINDS))


def test_every_kind_of_fact_is_in_the_record_of_all_kinds() -> None:
    """What the properties of this file are tried on has facts of each new kind."""
    (found,) = read(ALL_KINDS).patients
    assert {kind for kind in KINDS if not getattr(found, kind)} == {"conditions", "drugs"}


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


def by_themselves(found: Records, without: str) -> set[Any]:
    """The facts that no other resource says more of, but those of one resource."""
    facts = next(each for each in found.patients if each.patient == "Patient/p1")
    alone: list[Fact] = [*facts.allergies, *facts.nutrition, *facts.answers, *facts.observations, *facts.procedures]
    return {fact for fact in alone if fact.reference != without}


@pytest.mark.parametrize("by", ODD)
def test_no_leaf_of_any_kind_of_resource_can_break_the_reading(by: Any) -> None:
    """Whatever stands in place of a leaf of one resource, it costs that resource at most."""
    whole = read(ALL_KINDS)
    for path in leaves(ALL_KINDS):
        if path[0] == "entry" and path[1] > 0:
            resource = ALL_KINDS["entry"][path[1]]["resource"]
            kept = by_themselves(whole, f"{resource['resourceType']}/{resource['id']}")
            assert kept
            assert kept <= by_themselves(read(replaced(ALL_KINDS, path, by)), "")


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


def test_no_issue_quotes_any_kind_of_resource() -> None:
    """The same for the kinds of resources that the examples do not have."""
    for path in leaves(ALL_KINDS):
        if path[-1] not in NAMED:
            found = read(replaced(ALL_KINDS, path, SECRET))
            issues = [*found.issues, *(issue for facts in found.patients for issue in facts.issues)]
            assert not [issue for issue in issues if SECRET in issue.text + issue.location], path


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
TYPES = ["Patient", "Medication", "ResearchStudy", "FamilyMemberHistory", *READERS]
ELEMENTS = [
    *("id", "meta", "status", "code", "subject", "component", "valueQuantity", "valueCodeableConcept", "contained"),
    *("referenceRange", "interpretation", "effectivePeriod", "onsetAge", "stage", "extension", "modifierExtension"),
    *("identifier", "link", "birthDate", "medication", "medicationReference", "dosage", "dosageInstruction", "focus"),
    *("verificationStatus", "clinicalStatus", "criticality", "reaction", "onsetPeriod", "patient", "individual"),
    *("type", "deviceName", "device", "timingPeriod", "period", "dateTime", "oralDiet", "supplement", "enteralFormula"),
    *("study", "progress", "consent", "scope", "category", "decision", "provision", "policy", "policyBasis", "title"),
    *("sourceReference", "authored", "item", "method", "text", "category"),
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
