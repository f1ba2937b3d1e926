"""Tests of criteria read back from FHIR, ours and another's."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from alsfhir.criteria import model
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.errors import InvalidCriteria
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.criteria_reading import (
    CHANGED,
    DAMAGED,
    NOT_OURS,
    OTHERWISE,
    criteria_file,
    criteria_of,
)
from alsfhir.fhir.criteria_resources import DEEPEST
from alsfhir.fhir.evidence_variable import evidence_variable
from alsfhir.fhir.foreign import MOST
from alsfhir.fhir.group import group
from alsfhir.fhir.versions import FhirVersion
from alsfhir.terminology import terminology
from alsfhir.trial.model import Kind, Trial
from trial_samples import bare_criteria, bare_trial, hostile_criteria, hostile_trial, trial

ENCODER = msgspec.json.Encoder(decimal_format="number")
CARRIERS: list[tuple[Callable[[Trial, Criteria, Names], Resource], FhirVersion]] = [
    *((evidence_variable, version) for version in FhirVersion),
    (group, FhirVersion.R5),
]
NCT = {"system": "https://clinicaltrials.gov", "value": "NCT09999999"}
BMI = {"coding": [{"system": "http://loinc.org", "code": "39156-5"}], "text": "BMI"}
UCUM = "http://unitsofmeasure.org"
SAID = {"definitionCodeableConcept": {"text": "Walks"}}


def variable(*characteristics: Any, **more: Any) -> Resource:
    """Another's EvidenceVariable."""
    held = {"resourceType": "EvidenceVariable", "status": "active", "identifier": [NCT]}
    return {**held, "characteristic": list(characteristics), **more}


def read(*characteristics: Any, **more: Any) -> Criteria:
    (found,) = criteria_of("file.json", variable(*characteristics, **more), terminology())
    return found


def problem(content: bytes | Resource) -> str:
    """The one sentence by which it is refused."""
    written = content if isinstance(content, bytes) else ENCODER.encode(content)
    with pytest.raises(InvalidCriteria) as caught:
        criteria_file("file.json", written, terminology())
    sentence = str(caught.value)
    assert sentence.startswith("file.json: ")
    assert "\n" not in sentence
    return sentence.removeprefix("file.json: ")


def _all_of(*members: dict[str, Any]) -> dict[str, Any]:
    return {"definitionByCombination": {"code": "all-of", "characteristic": list(members)}}


def _deep(levels: int) -> dict[str, Any]:
    found: dict[str, Any] = SAID
    for _ in range(levels):
        found = _all_of(found)
    return found


REFUSED: dict[str, tuple[bytes | Resource, str]] = {
    "no JSON": (b"<xml/>", "it is no JSON object"),
    "a list": (b"[]", "it is no JSON object"),
    "no resource": (b"{}", "it is no FHIR resource"),
    "a Bundle of nothing": ({"resourceType": "Bundle"}, "it has neither an EvidenceVariable nor a Group"),
    "a Bundle of a text": ({"resourceType": "Bundle", "entry": [7]}, "it is no FHIR resource"),
    "a Patient": ({"resourceType": "Patient"}, "it has neither an EvidenceVariable nor a Group"),
    "a Group of R4": ({"resourceType": "Group", "actual": False}, "a Group of R4 or R4B has no logic"),
    "a list of members": ({"resourceType": "Group", "membership": "enumerated"}, "the Group lists its members"),
    "a text for a list": (variable(characteristic="x"), "is not as FHIR has it"),
    "a text for a characteristic": (variable("x"), "is not as FHIR has it"),
    "a number for a text": (variable({"definitionByTypeAndValue": 7}), "is not as FHIR has it"),
    "too many": (variable(*[SAID] * (MOST + 1)), f"more than {MOST} characteristics"),
    "too deep": (variable(_deep(DEEPEST)), f"more than {DEEPEST} levels"),
    "too deep for JSON": (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "it is nested too deeply"),
    "definitions that unfold without end": (
        variable(
            *[
                {"linkId": str(n), **_all_of({"definitionId": str(n + 1)}, {"definitionId": str(n + 1)})}
                for n in range(40)
            ],
            {"linkId": "40", **SAID},
        ),
        "unfold into more than",
    ),
    "nothing": (variable(id="ev1"), "EvidenceVariable/ev1 has no characteristic"),
    "two sets of one trial": (
        {"resourceType": "Bundle", "entry": [{"resource": variable(SAID, id=name)} for name in ("a", "b")]},
        "it has several of 'NCT09999999' (EvidenceVariable/a, EvidenceVariable/b)",
    ),
    "a text for a truth": (
        variable(SAID, {**SAID, "exclude": "true"}, id="ev1"),
        "EvidenceVariable/ev1: EvidenceVariable.characteristic[1].exclude is not as FHIR has it",
    ),
    "what was entered in error": (variable(SAID, status="entered-in-error"), "was entered in error"),
    "a circle of two": (
        variable({"linkId": "a", "definitionId": "b"}, {"linkId": "b", "definitionId": "a"}),
        "is defined by itself",
    ),
}


@pytest.mark.parametrize(("content", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_one_sentence(content: bytes | Resource, expected: str) -> None:
    """Whatever is wrong with the file, the sentence names the file and the fault."""
    assert expected in problem(content)


@pytest.mark.parametrize("trial_id", known_trials())
@pytest.mark.parametrize(("carrier", "version"), CARRIERS)
def test_ours_give_the_criteria_that_they_were_made_from(
    carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion, trial_id: str
) -> None:
    """All 87: tree, text, reading, assumptions, what is shown, recruitment, and the version of the whole."""
    known = mapped_trial(trial_id)
    decided = read_criteria(known)
    published = ENCODER.encode(carrier(known, decided, Names("http://other.test/fhir", version)))
    assert criteria_file("file.json", published, terminology()) == (decided,)


@pytest.mark.parametrize(("carrier", "version"), CARRIERS)
def test_a_trial_without_statements_has_none_afterwards(
    carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion
) -> None:
    """What stands in the place of statements is not read as one."""
    (found,) = criteria_of("f", carrier(bare_trial(), bare_criteria(), Names(version=version)), terminology())
    assert found.criteria == ()


@pytest.mark.parametrize(("carrier", "version"), CARRIERS)
def test_hostile_text_is_read_as_text(
    carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion
) -> None:
    """Whatever a document says, it comes back as a question or a draft."""
    published = ENCODER.encode(carrier(hostile_trial(), hostile_criteria(), Names(version=version)))
    (found,) = criteria_file("f", published, terminology())
    assert [one.reading for one in found.criteria] == ["draft", "draft"]


def test_a_bundle_gives_all_its_evidence_variables() -> None:
    """What ``convert`` wrote can be given as it is; Groups count only where there is nothing better."""
    names = Names(version=FhirVersion.R5)
    known = [mapped_trial(trial_id) for trial_id in known_trials()]
    resources = [build(one, read_criteria(one), names) for one in known for build in (group, evidence_variable)]
    found = criteria_of("f", {"resourceType": "Bundle", "entry": [{"resource": r} for r in resources]}, terminology())
    assert [one.trial for one in found] == list(known_trials())


def test_a_concept_that_is_not_known_here_makes_a_judgement() -> None:
    """Other mappings may know more: their criterion is put to a person, with the reason."""
    decided = read_criteria(mapped_trial("NCT06765564"))
    published = ENCODER.encode(evidence_variable(trial(), decided, Names())).replace(
        b"fvc-percent-predicted", b"unheard-of"
    )
    (found,) = criteria_file("f", published, terminology())
    changed = [one for one in found.criteria if one.tree not in [known.tree for known in decided.criteria]]
    assert changed
    for one in changed:
        assert isinstance(one.tree, model.Judgement)
        assert one.reading == "draft"
        assert one.warnings[-1] == "not read: no concept is named 'unheard-of'"


def test_anothers_criteria_are_drafts_numbered_by_kind() -> None:
    """Nobody stands for our reading of them; ids are of the trial, recruitment and condition are not known."""
    found = read(SAID, {**SAID, "exclude": True}, {**SAID, "description": "Runs."}, title="A trial")
    assert [one.id for one in found.criteria] == ["NCT09999999-I01", "NCT09999999-I02", "NCT09999999-E01"]
    assert [one.kind for one in found.criteria] == [Kind.INCLUSION, Kind.INCLUSION, Kind.EXCLUSION]
    assert {(one.reading, one.warnings) for one in found.criteria} == {("draft", (NOT_OURS,))}
    assert found.criteria[1].tree == model.Judgement(question="Is this true of the patient: Runs?")
    assert (found.recruitment.status, found.condition, found.from_document) == ("unknown", None, False)
    assert found.version != read(SAID).version


def test_r4bs_union_is_one_criterion() -> None:
    """Any of them is enough: read one by one, each would be demanded."""
    found = read(SAID, {**SAID, "exclude": True}, characteristicCombination="union")
    (only,) = found.criteria
    asked = model.Judgement(question="Is this true of the patient: Walks?")
    assert only.tree == model.AnyOf(of=(asked, model.Not(of=asked)))


def test_a_groups_characteristics_are_read_as_far_as_they_can_be() -> None:
    """A bound on a code that we know is a measurement; one within a period is for a person."""
    least = {"comparator": ">=", "value": Decimal(18), "system": UCUM, "code": "kg/m2"}
    plain = {"code": BMI, "valueQuantity": least, "exclude": False}
    held = {"resourceType": "Group", "membership": "definitional", "identifier": [NCT]}
    limited = {**plain, "period": {"start": "2026"}}
    (found,) = criteria_of("f", {**held, "characteristic": [plain, limited]}, terminology())
    measured, asked = (one.tree for one in found.criteria)
    assert measured == model.Measurement(concept="bmi", unit="kg/m2", at_least=Decimal(18))
    assert isinstance(asked, model.Judgement)


TRIAL = "NCT06765564"


def changed(carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion) -> tuple[Resource, Criteria]:
    """A resource of ours, to be changed, and what it was made from."""
    decided = read_criteria(mapped_trial(TRIAL))
    written = ENCODER.encode(carrier(mapped_trial(TRIAL), decided, Names(version=version)))
    return msgspec.json.decode(written, type=dict[str, Any]), decided


def reread(resource: Resource) -> Criteria:
    (found,) = criteria_file("f", ENCODER.encode(resource), terminology())
    return found


@pytest.mark.parametrize(("carrier", "version"), CARRIERS)
def test_a_statement_taken_out_leaves_drafts(
    carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion
) -> None:
    """Who stood for the whole does not stand for what is left of it; and it is another version."""
    resource, decided = changed(carrier, version)
    del resource["characteristic"][0]
    found = reread(resource)
    assert found.version != decided.version
    assert {one.reading for one in found.criteria} == {"draft"}
    assert all(CHANGED in one.warnings for one in found.criteria)


@pytest.mark.parametrize(("carrier", "version"), CARRIERS)
def test_readings_without_the_version_that_they_were_published_under_are_drafts(
    carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion
) -> None:
    """Nothing shows that they are those."""
    resource, _ = changed(carrier, version)
    del resource["extension"]
    assert {one.reading for one in reread(resource).criteria} == {"draft"}


@pytest.mark.parametrize(("carrier", "version"), CARRIERS)
def test_all_statements_taken_out_is_refused(
    carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion
) -> None:
    """Nobody is screened for no criteria."""
    resource, _ = changed(carrier, version)
    resource["characteristic"] = []
    assert "had some when it was published" in problem(resource)


@pytest.mark.parametrize(("carrier", "version"), CARRIERS)
@pytest.mark.parametrize(
    "more",
    [
        {"modifierExtension": [{"url": "urn:x", "valueBoolean": True}]},
        {"timeFromEvent": [{"description": "at rest"}]},
        {"period": {"start": "2026"}},
        {"instancesQuantity": {"value": 2}},
        {"somethingNew": True},
    ],
    ids=lambda more: next(iter(more)),
)
def test_a_limit_added_to_ours_is_put_to_a_person(
    carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion, more: dict[str, Any]
) -> None:
    """The old verdict would be one on another criterion."""
    resource, decided = changed(carrier, version)
    resource["characteristic"][1].update(more)
    (found,) = (one for one in reread(resource).criteria if one.id == decided.criteria[1].id)
    assert next(iter(more)) in _question(found.tree)
    assert found.reading == "draft"


def _question(tree: model.Node) -> str:
    return tree.question if isinstance(tree, model.Judgement) else msgspec.json.encode(tree).decode()


@pytest.mark.parametrize(
    ("carrier", "version", "words"),
    [
        (evidence_variable, FhirVersion.R4, "definitionCodeableConcept"),
        (evidence_variable, FhirVersion.R4B, "definitionCodeableConcept"),
        (group, FhirVersion.R5, "code"),
    ],
)
def test_words_beside_our_tree_that_say_something_else_are_put_to_a_person(
    carrier: Callable[[Trial, Criteria, Names], Resource], version: FhirVersion, words: str
) -> None:
    """Who changes what can be read does not know that the tree is what counts."""
    resource, decided = changed(carrier, version)
    resource["characteristic"][0][words]["text"] += ", and more"
    (found,) = (one for one in reread(resource).criteria if one.id == decided.criteria[0].id)
    assert isinstance(found.tree, model.Judgement)
    assert OTHERWISE in found.warnings


def test_a_tree_of_ours_that_is_none_is_put_to_a_person() -> None:
    """By the words of the statement; a later version of ours may have written it."""
    broken = {"url": "http://x/StructureDefinition/criterion-tree", "extension": []}
    (only,) = read({"extension": [broken], "description": "Walks.", **SAID}).criteria
    assert only.tree == model.Judgement(question="Is this true of the patient: Walks?")
    assert only.warnings == (NOT_OURS, DAMAGED)


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        ({"status": "retired"}, "is retired"),
        ({"status": "draft"}, "is a draft"),
        ({"experimental": True}, "to try something out"),
    ],
)
def test_what_its_publisher_does_not_stand_for_is_a_draft_with_a_warning(more: dict[str, Any], doubt: str) -> None:
    """It is decided, and says so."""
    resource, _ = changed(evidence_variable, FhirVersion.R5)
    found = reread({**resource, **more})
    assert {one.reading for one in found.criteria} == {"draft"}
    assert all(doubt in one.warnings[-1] for one in found.criteria)


@pytest.mark.parametrize("more", [{"modifierExtension": [{"url": "urn:x"}]}, {"implicitRules": "http://x"}])
def test_what_changes_the_whole_resource_leaves_nothing_to_decide(more: dict[str, Any]) -> None:
    """It may mean the opposite."""
    resource, _ = changed(evidence_variable, FhirVersion.R4)
    assert all(isinstance(one.tree, model.Judgement) for one in reread({**resource, **more}).criteria)


def test_a_name_is_cut_to_what_can_be_shown() -> None:
    """It names the trial where nothing else does."""
    found = read(SAID, identifier=[], name="A\nB" + "x" * 200)
    assert found.trial == "AB" + "x" * 98
