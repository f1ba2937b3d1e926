"""Which drug it is, wherever it is written."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.terminology import Coding
from patient_samples import PATIENT, RILUZOLE, RXNORM, bundle, drug, facts, one_drug, read, texts

URN = "urn:uuid:6f1c2a54-0b1e-4f0a-9a37-2d4f7f0b1001"
TABLET = {"resourceType": "Medication", "id": "t1", "code": RILUZOLE}


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"medicationCodeableConcept": None}, "no medication is named"),
        ({"medicationCodeableConcept": {}}, "no medication is named"),
        (
            {"medicationCodeableConcept": None, "medicationReference": {"reference": "Medication/t2"}},
            "its medication is not in the file",
        ),
        (
            {"medicationCodeableConcept": None, "medicationReference": {"reference": "#t1"}},
            "its medication is not in the file",
        ),
        (
            {
                "medicationCodeableConcept": None,
                "medicationReference": {"reference": "#t1"},
                "contained": [TABLET | {"code": 5}],
            },
            "its medication is not in the file",
        ),
        (
            {"medicationCodeableConcept": None, "medicationReference": {"identifier": {"value": "4711"}}},
            "its medication is not in the file",
        ),
    ],
)
def test_a_drug_that_is_not_named_is_unusable(elements: dict[str, Any], unusable: str) -> None:
    """A request for no known medication may be for any, so it is kept, unusable, and listed."""
    found = facts(drug(**elements), TABLET)
    assert [fact.unusable for fact in found.drugs] == [unusable]
    assert texts(found) == [f"warning MedicationRequest/m1: {unusable}: not used"]


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"status": "entered-in-error"}, "its medication was entered in error"),
        ({"modifierExtension": [{"url": "x"}]}, "a modifierExtension of its medication is not known"),
    ],
)
def test_a_medication_that_may_be_none_makes_what_refers_to_it_unusable(
    elements: dict[str, Any], unusable: str
) -> None:
    """Whether it stands in the file or is contained; it keeps its codes, so that it is known what is in doubt."""
    by_reference: dict[str, Any] = {
        "medicationCodeableConcept": None,
        "medicationReference": {"reference": "Medication/t1"},
    }
    contained = by_reference | {"medicationReference": {"reference": "#t1"}, "contained": [TABLET | elements]}
    for resources in ([drug(**by_reference), TABLET | elements], [drug(**contained)]):
        (found,) = facts(*resources).drugs
        assert (found.concepts, found.unusable) == (frozenset({"riluzole"}), unusable)


def test_the_medication_may_be_contained() -> None:
    """A medication inside the resource is found, whatever else is contained."""
    other = {"resourceType": "Organization", "id": "x", "code": 5}
    found = one_drug(
        medicationCodeableConcept=None, medicationReference={"reference": "#t1"}, contained=[other, TABLET]
    )
    assert (found.concepts, found.unusable) == (frozenset({"riluzole"}), None)


@pytest.mark.parametrize("reference", ["Medication/t1", "Medication/t1/_history/2", URN])
def test_the_medication_may_be_another_resource_of_the_file(reference: str) -> None:
    """A medication is found by type and id, with a version, and by the urn of its entry."""
    order = drug(medicationCodeableConcept=None, medicationReference={"reference": reference})
    given = bundle(PATIENT, order)
    given["entry"].append({"fullUrl": URN, "resource": TABLET})
    (found,) = read(given).patients[0].drugs
    assert (found.concepts, found.codings) == (frozenset({"riluzole"}), (Coding(RXNORM, "35623"),))


@pytest.mark.parametrize("medication", [{"concept": RILUZOLE}, {"reference": {"reference": "Medication/t1"}}])
def test_r5_names_it_in_one_element(medication: dict[str, Any]) -> None:
    """R5's medication holds a concept or a reference."""
    (found,) = facts(drug(medicationCodeableConcept=None, medication=medication), TABLET).drugs
    assert found.concepts == {"riluzole"}


@pytest.mark.parametrize(
    "ingredient", [{"itemCodeableConcept": RILUZOLE}, {"item": {"concept": RILUZOLE}}, {"itemReference": {}}]
)
def test_a_drug_is_what_is_in_it(ingredient: dict[str, Any]) -> None:
    """The active ingredients are codings of the drug, by R4's name and by R5's."""
    mixture = {"resourceType": "Medication", "id": "t1", "code": {"text": "mixture"}, "ingredient": [ingredient]}
    order = drug(medicationCodeableConcept=None, medicationReference={"reference": "Medication/t1"})
    (found,) = facts(order, mixture).drugs
    assert found.text == "mixture"
    assert found.concepts == (frozenset() if "itemReference" in ingredient else {"riluzole"})


def test_what_is_not_active_in_it_does_not_count() -> None:
    """An excipient is not the drug."""
    filler = {"itemCodeableConcept": RILUZOLE, "isActive": False}
    (found,) = facts(
        drug(medicationCodeableConcept=None, medicationReference={"reference": "Medication/t1"}),
        {"resourceType": "Medication", "id": "t1", "code": {"text": "mixture"}, "ingredient": [filler, None]},
    ).drugs
    assert found.concepts == frozenset()


def test_words_are_kept_where_there_is_no_code() -> None:
    """The text of the concept, or how the reference is displayed, is the drug's name for a person to read."""
    assert one_drug(medicationCodeableConcept={"text": "riluzole"}).text == "riluzole"
    found = one_drug(
        medicationCodeableConcept=None, medicationReference={"reference": "Medication/t2", "display": "Rilutek"}
    )
    assert (found.text, found.codings, found.unusable) == ("Rilutek", (), None)


def test_a_medication_that_cannot_be_read_is_listed() -> None:
    """A broken Medication is an issue, and whoever refers to it is unusable."""
    order = drug(medicationCodeableConcept=None, medicationReference={"reference": "Medication/t1"})
    records = read(bundle(PATIENT, order, TABLET | {"code": "riluzole"}))
    assert texts(records) == ["error Medication/t1: Medication.code: Expected `object | null`, got `str`: not read"]
    assert [fact.unusable for fact in records.patients[0].drugs] == ["its medication is not in the file"]
