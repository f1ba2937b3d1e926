"""The ClinicalTrials.gov record in JSON, version 2."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.errors import InputError
from alsfhir.trial.document import read_trial
from alsfhir.trial.model import Contact, Identifier, Organization, Outcome, Recruitment, Trial
from alsfhir.trial.record_fields import FIELDS

MODULES = {
    "identificationModule": {"nctId": "NCT99000009", "briefTitle": "A trial"},
    "statusModule": {"overallStatus": "RECRUITING", "statusVerifiedDate": "2026-05"},
}


def read(modules: dict[str, Any], **more: Any) -> Trial:
    """The trial of a record with these modules beside its id."""
    return read_trial("record.json", json.dumps({"protocolSection": {**MODULES, **modules}, **more}).encode())


def left_out(trial: Trial) -> dict[str, str | None]:
    """The places that carry nothing, with their reasons."""
    (document,) = trial.documents
    return {document.text[p.span.start : p.span.end]: p.left_out for p in document.passages if p.left_out}


def test_statements_stand_in_the_escaped_text() -> None:
    """Statement texts have no JSON escapes, and their places are those of the escaped text."""
    criteria = 'Inclusion Criteria:\n\n* FVC \\>= 50 % "seated"\n* 5 \u00b5g \U0001f600\n\nExclusion Criteria:\n\n* ALS'
    trial = read({"eligibilityModule": {"eligibilityCriteria": criteria}})
    assert [s.text for s in trial.statements] == ['FVC \\>= 50 % "seated"', "5 \u00b5g \U0001f600", "ALS"]
    raw = [trial.documents[0].text[s.span.start : s.span.end] for s in trial.statements]
    assert [json.loads(f'"{text}"') for text in raw] == [s.text for s in trial.statements]
    fields = [p.field for p in trial.documents[0].passages if p.field and p.field.startswith("statement:")]
    assert fields == [f"statement:NCT99000009-{n}" for n in ("I01", "I02", "E01")]


def test_lists_of_the_record_that_make_one_list_of_the_trial() -> None:
    """Sponsor and collaborators, and the ranks of outcomes, follow each other with their roles and ranks."""
    sponsors = {
        "leadSponsor": {"name": "A", "class": "INDUSTRY"},
        "collaborators": [{"name": "B"}, {}, {"name": "C", "class": "NIH"}],
    }
    outcomes = {"primaryOutcomes": [{"measure": "X", "timeFrame": "1 y"}], "secondaryOutcomes": [{"measure": "Y"}]}
    trial = read({"sponsorCollaboratorsModule": sponsors, "outcomesModule": outcomes})
    assert trial.organizations == (
        Organization("A", "lead-sponsor", "Industry"),
        Organization("B", "collaborator"),
        Organization("C", "collaborator", "NIH"),
    )
    assert trial.outcomes == (Outcome("primary", "X", "1 y"), Outcome("secondary", "Y"))


def test_identifiers_keep_their_kind() -> None:
    """The organization's number and secondary ids, with the registry's type where it has one."""
    ids = {"orgStudyIdInfo": {"id": "O"}, "secondaryIdInfos": [{"id": "E", "type": "EUDRACT_NUMBER"}, {"id": "S"}]}
    trial = read({"identificationModule": {**MODULES["identificationModule"], **ids}})
    assert trial.other_ids == (
        Identifier("organization", "O"),
        Identifier("eudract-number", "E"),
        Identifier("other", "S"),
    )


def test_the_page_date_is_the_last_update_or_else_the_verification() -> None:
    """The status is as of the day the registry last posted it, or the month in which it was last verified."""
    assert read({}).recruitment == Recruitment("RECRUITING", "2026-05")
    status = {**MODULES["statusModule"], "lastUpdatePostDateStruct": {"date": "2026-05-20"}}
    trial = read({"statusModule": status})
    assert (trial.recruitment.as_of, trial.dates) == ("2026-05-20", (("last-updated", "2026-05-20"),))


def test_a_telephone_extension_belongs_to_its_number() -> None:
    """The record holds both apart."""
    contact = {"name": "Jo", "role": "CONTACT", "phone": "555-0100", "phoneExt": "7"}
    trial = read({"contactsLocationsModule": {"centralContacts": [contact]}})
    assert trial.contacts == (Contact("Jo", "Contact", "555-0100 ext. 7"),)


@pytest.mark.parametrize(
    ("module", "element", "value"),
    [
        ("eligibilityModule", "minimumAge", "6 Months"),
        ("eligibilityModule", "sex", "OTHER"),
        ("eligibilityModule", "healthyVolunteers", "perhaps"),
        ("designModule", "enrollmentInfo", {"count": -1}),
        ("designModule", "enrollmentInfo", {"count": "many"}),
        ("designModule", "phases", ["PHASE9"]),
        ("conditionsModule", "conditions", [7]),
    ],
)
def test_a_value_in_an_unknown_form_is_reported(module: str, element: str, value: Any) -> None:
    """It is left out with a warning that quotes it; nothing is guessed."""
    trial = read({module: {element: value}})
    (warning,) = trial.warnings
    assert "is not read" in warning
    assert "in a form that is not read" in left_out(trial).values()


@pytest.mark.parametrize(
    ("record", "text", "reason"),
    [
        ({"hasResults": True}, "true", "derived by the registry"),
        ({"derivedSection": {"x": ["derived words"]}}, "derived words", "derived by the registry"),
        ({"resultsSection": {"x": {"y": "result words"}}}, "result words", "results, not used"),
        ({"annotationSection": {"x": "note words"}}, "note words", "notes of the registry on the record, not used"),
        ({"other": "other words"}, "other words", "not used in this version: other"),
    ],
)
def test_what_is_not_used_is_left_out_by_name(record: dict[str, Any], text: str, reason: str) -> None:
    """Every value of the record is in the partition, with the reason why it carries nothing."""
    assert left_out(read({}, **record))[text] == reason


def test_values_that_say_nothing_are_no_values() -> None:
    """Null, “N/A” and white space are not fields."""
    modules = {"designModule": {"phases": ["NA"]}, "conditionsModule": {"keywords": [None, " ", "ALS"]}}
    trial = read(modules)
    assert (trial.phases, trial.keywords, trial.warnings) == ((), ("ALS",), ())


def test_a_key_that_stands_twice_counts_once() -> None:
    """As every JSON reader has it, the last one counts."""
    text = (
        '{"protocolSection": {"identificationModule": {"nctId": "NCT99000009", "briefTitle": "A", "briefTitle": "B"}}}'
    )
    assert read_trial("record.json", text.encode()).title == "B"


@pytest.mark.parametrize("wrap", [lambda r: {"studies": [r]}, lambda r: [r]])
def test_a_record_in_an_envelope_of_one_is_read(wrap: Any) -> None:
    """The registry's search answers with a list of studies."""
    record = {"protocolSection": {**MODULES, "conditionsModule": {"conditions": ["A", "B"]}}}
    assert read_trial("record.json", json.dumps(wrap(record)).encode()).conditions == ("A", "B")


@pytest.mark.parametrize(
    ("name", "nct_id", "counts"),
    [
        ("NCT00973089", "NCT00973089", (5, 3, 1)),
        ("NCT02278341", "NCT02552212", (6, 11, 105)),
        ("NCT02576665.biomcp", "NCT02576665", (13, 12, 3)),
        ("NCT03418623", "NCT03418623", (1, 0, 1)),
        ("NCT03475563", "NCT03475563", (5, 7, 3)),
        ("NCT05594173", "NCT05594173", (1, 7, 1)),
    ],
)
def test_real_records(shared: Path, name: str, nct_id: str, counts: tuple[int, int, int]) -> None:
    """Every real record gives its statements and sites, under the id that stands inside it."""
    path = shared / "data" / "ctgov_v2" / f"{name}.json"
    trial = read_trial(path.name, path.read_bytes())
    kinds = [statement.kind.value for statement in trial.statements]
    assert trial.nct_id == nct_id
    assert (kinds.count("inclusion"), kinds.count("exclusion"), len(trial.sites)) == counts
    assert all((trial.title, trial.recruitment.status, trial.conditions, trial.organization("lead-sponsor")))


def test_the_fields_that_are_read_are_those_of_real_records(shared: Path) -> None:
    """Every path in our table was seen in a real record, but for other outcomes, which none of them has."""
    rows = (shared / "data" / "ctgov_v2" / "FIELD_PATHS.tsv").read_text().splitlines()[1:]
    seen = {row.split("\t")[0].removeprefix("protocolSection.") for row in rows}
    assert {path for path in FIELDS if path not in seen} == {
        f"outcomesModule.otherOutcomes[].{part}" for part in ("measure", "timeFrame", "description")
    }


LEAF = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
KEYS = st.sampled_from(
    ["nctId", "briefTitle", "phases", "conditions", "eligibilityCriteria", "locations", "x", "count"]
)
INNER = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
NAMES = st.sampled_from(
    ["identificationModule", "eligibilityModule", "designModule", "conditionsModule", "contactsLocationsModule"]
)


@given(st.dictionaries(NAMES, INNER, max_size=5))
def test_a_record_of_any_shape_is_read_or_refused(modules: dict[str, Any]) -> None:
    """Whatever stands where, the record is refused in a sentence or read with a complete partition."""
    with suppress(InputError):
        (document,) = read(modules).documents
        assert "".join(document.text[p.span.start : p.span.end] for p in document.passages) == document.text
