"""Tests of a trial as ResearchStudy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from alsfhir.criteria.ledger import elements
from alsfhir.fhir.canonical import Names, Resource, full_url
from alsfhir.fhir.research_study import SITES_SHOWN, research_study
from alsfhir.fhir.trial_resources import trial_resources
from alsfhir.fhir.versions import FhirVersion
from alsfhir.trial.model import Arm, Contact, Identifier, Organization, Outcome, Recruitment, Site, Trial
from trial_samples import bare_criteria, bare_trial, criteria, hostile_criteria, hostile_trial, trial

NAMES = Names()


def _study(of: Trial) -> Resource:
    return research_study(of, criteria(), NAMES)


def _values(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Each text of a Trial with its field, written as the ledger writes it."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _values(getattr(value, field.name), f"{path}.{field.name}".strip("."))
    elif path == "dates":
        yield from ((f"dates.{name}", text) for name, text in value)
    elif isinstance(value, tuple):
        for member in value:
            yield from _values(member, f"{path}[]")
    elif value is not None:
        yield path, {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _texts(element: Any) -> Iterator[str]:
    if isinstance(element, dict):
        for name, value in element.items():
            yield from _texts(value) if name != "display" else ()
    elif isinstance(element, list):
        for member in element:
            yield from _texts(member)
    else:
        yield str(element)


def _at(resource: Resource, path: str) -> list[Any]:
    """What stands at a path of the ledger such as ``focus.extension[registry-item type]``."""
    found: list[Any] = [resource]
    for step in re.findall(r"[^.\[]+(?:\[[^\]]*\])?", path):
        name, _, of = step.rstrip("]").partition("[")
        found = [one for each in found for one in _list(each.get(name))]
        if of:
            url, _, item = of.partition(" ")
            found = [one for one in found if one["url"] == NAMES.extension(url)]
            found = [one for one in found if not item or one["extension"][0]["valueCode"] == item]
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@pytest.mark.parametrize("version", FhirVersion)
@pytest.mark.parametrize(
    ("field", "text"),
    [
        (field, text)
        for field, text in _values(trial(), "")
        if not field.startswith(
            ("statements", "documents", "conflicts", "warnings", "outcomes[].rank", "organizations[].role")
        )
    ],
)
def test_every_field_of_a_trial_is_where_the_ledger_says(field: str, text: str, version: FhirVersion) -> None:
    """What the ledger promises for a sentence of a document can be found there."""
    element = elements(version)[field]
    resource_type, _, path = element.partition(".")
    names = Names(NAMES.base, version)
    resources = [r for r in trial_resources(trial(), criteria(), names) if r["resourceType"] == resource_type]
    texts = [found for resource in resources for found in _texts(_at(resource, path))]
    implied = version is FhirVersion.R5 and field == "enrollment_type"  # by which number it is
    assert implied or any(text in found for found in texts), (element, texts)


def test_a_trial_of_which_nothing_is_known_is_a_study_all_the_same() -> None:
    """Nothing is made up, and no element is empty."""
    study = research_study(bare_trial(), bare_criteria(), NAMES)
    assert set(study) == {
        "resourceType",
        "text",
        "extension",
        "identifier",
        "title",
        "protocol",
        "status",
        "relatedArtifact",
        "enrollment",
    }


def test_hostile_text_leaves_no_empty_and_no_forbidden_strings() -> None:
    """What a document says cannot make the study invalid."""
    study = research_study(hostile_trial(), hostile_criteria(), NAMES)
    texts = list(_texts(study))
    assert all(text.strip() for text in texts)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "".join(texts))


def test_a_study_has_our_identity_and_the_registrys() -> None:
    """Ours first; an id whose system is a word keeps the word as its type, if it says anything."""
    other = (*trial().other_ids, Identifier("other", "O-3"))
    assert _study(replace(trial(), other_ids=other))["identifier"] == [
        {"system": "http://alsfhir.org/fhir/identifier/ResearchStudy", "value": "NCT00000001"},
        {"system": "https://clinicaltrials.gov", "value": "NCT00000001"},
        {"type": {"text": "org study id"}, "value": "XS-1"},
        {"system": "http://registry.test/ids", "value": "R-2"},
        {"value": "O-3"},
    ]


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        ((("start", "2020-05"), ("completion", "2020")), {"start": "2020-05"}),
        ((("start", "2020-05"), ("completion", "2019-12-31")), {"start": "2020-05"}),
        ((("start", "May 2020"), ("completion", "2021")), {"end": "2021"}),
        ((("start", "2020-05"), ("completion", "2020-06-30")), {"start": "2020-05", "end": "2020-06-30"}),
        ((("start", "2020-05"), ("completion", "2020-05")), {"start": "2020-05", "end": "2020-05"}),
    ],
)
def test_a_period_never_ends_before_it_starts(dates: tuple[tuple[str, str], ...], period: dict[str, str]) -> None:
    """FHIR's rule per-1; every date stands in a registry item as well, so that none is lost."""
    study = _study(replace(trial(), dates=dates))
    assert study["period"] == period
    items = _at(study, "extension[registry-item]")
    kept = {item["extension"][0]["valueCode"]: item["extension"][1]["valueString"] for item in items}
    assert all(kept[f"date-{name}"] == text for name, text in dates)


def test_a_study_refers_to_its_group_protocol_sponsor_and_sites() -> None:
    """By the names under which one transaction knows them."""
    study = _study(trial())
    assert study["enrollment"][0]["reference"] == full_url("Group", "NCT00000001")
    assert study["protocol"][0]["reference"] == full_url(
        "PlanDefinition", "http://alsfhir.org/fhir/PlanDefinition/NCT00000001"
    )
    assert study["sponsor"]["display"] == "Sponsor Institute"
    assert [site["display"] for site in study["site"]] == ["City Hospital", "Far Hospital"]
    assert "extension" not in study["site"][1]


def test_only_a_lead_sponsor_is_the_sponsor_and_only_a_principal_investigator_leads() -> None:
    """A collaborator or a study chair is a party, and no more."""
    study = _study(
        replace(trial(), organizations=(Organization("X", "collaborator"),), officials=(Contact("Y", "STUDY_CHAIR"),))
    )
    assert "sponsor" not in study
    assert "principalInvestigator" not in study
    assert _study(trial())["principalInvestigator"] == {"display": "A. Leader"}


def test_a_trial_for_als_has_its_code_even_if_the_documents_name_no_condition() -> None:
    """The mapping says what the trial is for; nothing is coded where nobody says so."""
    silent = replace(trial(), conditions=("Fatigue",))
    assert [c.get("coding", [{}])[0].get("code") for c in _study(silent)["condition"]] == [None, "86044005"]
    assert "coding" not in research_study(silent, criteria(condition=None), NAMES)["condition"][0]
    assert len(_study(trial())["condition"]) == 2


def test_contradictions_and_warnings_are_notes() -> None:
    """A reader of the study sees what its documents disagree on."""
    conflict, warning = _study(trial())["note"]
    assert conflict["text"] == ("the documents disagree on sex: all (page one) is used, female (page two) is not")
    assert warning["text"] == "Warning text"


def test_an_arm_without_a_label_is_numbered() -> None:
    """FHIR demands a name."""
    assert [arm["name"] for arm in _study(replace(trial(), arms=(Arm("A"), Arm(" "))))["arm"]] == ["A", "Arm 2"]


def test_an_outcome_is_an_objective() -> None:
    """Primary and secondary are FHIR's, other ones are exploratory."""
    ranked = replace(trial(), outcomes=tuple(Outcome(rank, "m") for rank in ("primary", "secondary", "other")))
    found = [objective["type"]["coding"][0]["code"] for objective in _study(ranked)["objective"]]
    assert found == ["primary", "secondary", "exploratory"]


def test_the_narrative_says_first_whether_the_trial_recruits() -> None:
    """A completed trial cannot be joined."""
    div = _study(replace(trial(), recruitment=Recruitment("Completed", "2026-06-27")))["text"]["div"]
    assert div.index("Completed, as of 2026-06-27") < div.index("NCT00000001")


def test_the_narrative_shows_the_first_sites_and_counts_the_rest() -> None:
    """A study with hundreds of sites can still be read; all are in its elements."""
    sites = tuple(Site(f"Hospital {number}") for number in range(SITES_SHOWN + 3))
    study = _study(replace(trial(), sites=sites))
    assert "<br/>and 3 more" in study["text"]["div"]
    assert len(study["site"]) == SITES_SHOWN + 3
