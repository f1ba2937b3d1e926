from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest

from alsfhir.criteria.mapping import (
    Reading,
    TrialMapping,
    checked_mapping,
    header_text,
    known_trials,
    trial_mapping,
)
from alsfhir.criteria.model import (
    Age,
    AllOf,
    Attestation,
    Category,
    Duration,
    Judgement,
    Measurement,
    Node,
    TimeSince,
)
from alsfhir.criteria.tree import nodes
from alsfhir.errors import MappingError
from alsfhir.terminology import mappings_folder
from alsfhir.trial.document import read_trial
from alsfhir.trial.model import Kind
from alsfhir.trial.statements import text_sha256

COUNTS = {"NCT01494480": (7, 6), "NCT03828123": (4, 12), "NCT06765564": (9, 22), "NCT07118319": (5, 21)}

TABLE: dict[str, Any] = {
    "nct-id": "NCT00000001",
    "title": "An invented trial",
    "status": "Recruiting",
    "condition": "als",
    "criterion": [
        {
            "id": "NCT00000001-I01",
            "kind": "inclusion",
            "label": "Of age",
            "class": "computable",
            "sha256": "0" * 64,
            "status": "proposed",
            "tree": {"is": "age", "at-least": 18},
        }
    ],
}


def _mappings() -> Iterator[TrialMapping]:
    for trial in known_trials():
        mapping = trial_mapping(trial)
        assert mapping is not None
        yield mapping


def _readings() -> dict[str, Reading]:
    return {reading.id: reading for mapping in _mappings() for reading in mapping.criterion}


READINGS = _readings()


def _changed(**fields: Any) -> dict[str, Any]:
    table = deepcopy(TABLE)
    table["criterion"][0] |= {name.rstrip("_"): value for name, value in fields.items()}
    return table


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({}, "nct-id"),
        ({**TABLE, "nct-id": "NCT1"}, "nct-id"),
        ({**TABLE, "colour": "red"}, "colour"),
        ({**TABLE, "condition": "alz"}, "condition: no concept is named 'alz'"),
        (_changed(status="reviewed"), r"a reviewed reading.*at `NCT00000001-I01`"),
        (_changed(status="proposed", by="N. N.", on="2026-07-01"), r"a reviewed reading.*at `NCT00000001-I01`"),
        (_changed(sha256="0"), "NCT00000001-I01.sha256"),
        (_changed(label="Of age."), "NCT00000001-I01.label"),
        (_changed(class_="maybe"), "NCT00000001-I01.class"),
        (_changed(text="verbatim"), "NCT00000001-I01.*text|text.*NCT00000001-I01"),
        (_changed(tree={"is": "age"}), "NCT00000001-I01: no bound"),
        (_changed(tree={"is": "age", "at-least": "18"}), "NCT00000001-I01.tree.at-least"),
        (_changed(tree={"is": "wish"}), "NCT00000001-I01.tree"),
        (_changed(id="NCT00000002-I01"), "not an id of NCT00000001"),
        (_changed(id="I01"), "at `I01.id`"),
        (_changed(kind="exclusion"), "does not say exclusion"),
        (_changed(source="header"), "header"),
        (_changed(id="NCT00000001-H-age"), "header"),
        ({**TABLE, "criterion": TABLE["criterion"] * 2}, "NCT00000001-I01: stands there twice"),
    ],
)
def test_a_mapping_that_contradicts_its_schema_or_itself_is_refused(table: dict[str, Any], says: str) -> None:
    """The error names the file, the criterion and what is wrong."""
    with pytest.raises(MappingError, match=says) as raised:
        checked_mapping("trials/x.toml", table)
    assert str(raised.value).startswith("mappings/trials/x.toml: ")


def test_a_criterion_without_an_id_is_named_by_its_number() -> None:
    """Where there is no id to name, the place in the file is named."""
    table = deepcopy(TABLE)
    del table["criterion"][0]["id"]
    with pytest.raises(MappingError, match=r"criterion\[0\]"):
        checked_mapping("trials/x.toml", table)


@pytest.mark.parametrize("trial", ["NCT00000000", "", "../units", "nct07118319"])
def test_an_unknown_trial_has_no_mapping(trial: str) -> None:
    """An id without a mapping file is no error here; and no id reaches another file."""
    assert trial_mapping(trial) is None


def test_a_review_is_carried() -> None:
    """A reviewed reading says by whom and on which day."""
    table = _changed(status="reviewed", by="N. N.", on="2026-07-01")
    assert checked_mapping("x", table).criterion[0].by == "N. N."


def test_there_are_four_trials_and_eighty_seven_criteria() -> None:
    """The 86 statements and the one header rule are there, inclusion and exclusion counted apart."""
    assert known_trials() == tuple(sorted(COUNTS))
    for mapping in _mappings():
        numbered = [reading for reading in mapping.criterion if reading.source == "statement"]
        counts = tuple(sum(reading.kind == kind for reading in numbered) for kind in Kind)
        assert counts == COUNTS[mapping.nct_id]
        ids = [f"{mapping.nct_id}-{letter}{n + 1:02}" for letter, c in zip("IE", counts, strict=True) for n in range(c)]
        assert [reading.id for reading in numbered] == ids
    assert len(READINGS) == 87
    assert [reading.id for reading in READINGS.values() if reading.source == "header"] == ["NCT03828123-H-age"]


def test_every_reading_is_proposed() -> None:
    """No clinician has signed yet, and no reading says otherwise."""
    assert {reading.status for reading in READINGS.values()} == {"proposed"}
    assert {mapping.schedule.status for mapping in _mappings() if mapping.schedule} == {"proposed"}


def test_every_trial_is_for_people_with_als() -> None:
    """All four trials are meant for patients with amyotrophic lateral sclerosis."""
    assert {mapping.condition for mapping in _mappings()} == {"als"}


def test_labels_are_short_and_different_within_a_trial() -> None:
    """A label fits a table, and names one statement of its trial."""
    for mapping in _mappings():
        labels = [reading.label for reading in mapping.criterion]
        assert max(map(len, labels)) <= 110
        assert len(set(labels)) == len(labels)


def test_what_only_a_person_can_answer_asks_one_question() -> None:
    """Each statement of class person is a judgement or an attestation, alone or beside what a record can decide."""
    for reading in READINGS.values():
        asked = [node for node in nodes(reading.tree) if isinstance(node, Judgement | Attestation)]
        if reading.computability == "person":
            assert len(asked) == 1, reading.id


FVC, BMI, T90 = "fvc-percent-predicted", "bmi", "t90"


BOUNDS: list[tuple[str, Node]] = [
    ("NCT07118319-I01", Age(at_least=18, at_most=75)),
    ("NCT07118319-I03", Measurement(concept=FVC, unit="%", at_least=Decimal(70))),
    ("NCT07118319-E02", Measurement(concept=BMI, unit="kg/m2", less_than=Decimal("18.5"))),
    (
        "NCT07118319-I02",
        Category(
            concept="el-escorial-category",
            among=("definite", "probable"),
            review=("probable-laboratory-supported",),
        ),
    ),
    ("NCT06765564-I02", Age(at_least=18, at_most=60)),
    (
        "NCT06765564-I03",
        TimeSince(event="diagnosis", concept="als", at_least=Duration(months=6), at_most=Duration(months=24)),
    ),
    ("NCT06765564-I05", Measurement(concept=FVC, unit="%", at_least=Decimal(50))),
    ("NCT06765564-I06", Measurement(concept=T90, unit="%", at_most=Decimal(2), which="every")),
    ("NCT06765564-I07", Measurement(concept=BMI, unit="kg/m2", at_least=Decimal("18.5"))),
    ("NCT03828123-H-age", Age(at_least=18, at_most=65)),
    ("NCT03828123-I01", Category(concept="el-escorial-category", among=("definite",))),
    ("NCT03828123-E01", Measurement(concept=FVC, unit="%", less_than=Decimal(70))),
    ("NCT03828123-E02", Measurement(concept="norris-bulbar", unit="{score}", less_than=Decimal(15))),
    ("NCT03828123-E03", Measurement(concept="norris-spinal", unit="{score}", less_than=Decimal(15))),
    (
        "NCT01494480-I02",
        TimeSince(event="onset", concept="als", more_than=Duration(months=6), less_than=Duration(months=36)),
    ),
    ("NCT01494480-I03", Category(concept="onset-site", among=("spinal",))),
    ("NCT01494480-I04", Age(more_than=20, less_than=65)),
    ("NCT01494480-I05", Measurement(concept=FVC, unit="%", at_least=Decimal(50))),
    ("NCT01494480-I06", Measurement(concept=T90, unit="%", less_than=Decimal(2))),
]


@pytest.mark.parametrize(("criterion", "node"), BOUNDS)
def test_bounds_are_open_or_closed_as_the_statement_says(criterion: str, node: Node) -> None:
    """Each number stands in its tree once, with its unit, on the right side and with or without its end."""
    tree = READINGS[criterion].tree
    assert [n for n in nodes(tree) if isinstance(n, type(node))] == [node]
    assert tree == node or isinstance(tree, AllOf)


def test_what_the_text_leaves_open_is_said() -> None:
    """Where no basis of the percentage is named, percent of predicted is an assumption that comes out."""
    for criterion in ("NCT06765564-I05", "NCT03828123-E01", "NCT01494480-I05"):
        assert any("percent of predicted assumed" in said for said in READINGS[criterion].assumptions)
    assert READINGS["NCT07118319-I03"].assumptions != ()


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(18, 65, "18 to 65 years old"), (18, None, "18 years and older"), (None, 65, "up to 65 years old")],
)
def test_age_limits_of_a_header_have_one_form(low: int | None, high: int | None, said: str) -> None:
    """Whatever the page, its age limits are hashed in the same words."""
    assert header_text(low, high) == said


def _gold(shared: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (shared / "criteria_gold.jsonl").read_text("utf-8").splitlines()]


def test_ids_kinds_classes_and_hashes_are_those_of_the_expert_table(shared: Path) -> None:
    """Each of the 86 statements is there, of the same kind and class, bound to the same text."""
    classes = {"investigator_or_attestation": "person"}
    assert {
        row["id"]: (row["kind"], classes.get(row["computability"], row["computability"]), text_sha256(row["text"]))
        for row in _gold(shared)
    } == {
        reading.id: (reading.kind.value, reading.computability, reading.sha256)
        for reading in READINGS.values()
        if reading.source == "statement"
    }


def test_numbers_are_those_of_the_expert_table(shared: Path) -> None:
    """Operator, bound and unit of every age, vital capacity, body mass index, oximetry and scale agree with it."""
    concepts = {
        "fvc_pct_pred": FVC,
        "bmi": BMI,
        "t90_pct": T90,
        "t90_pct_sleep": T90,
        "norris_bulbar": "norris-bulbar",
        "norris_spinal": "norris-spinal",
    }
    checked = 0
    for row in _gold(shared):
        for atom in _atoms(row["atoms"]):
            if atom["concept"] == "age_years":
                low, high = atom["value"]
                closed = atom["op"] == "between_incl"
                expected: Any = Age(at_least=low, at_most=high) if closed else Age(more_than=low, less_than=high)
            elif atom["concept"] in concepts:
                side = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than"}[atom["op"]]
                which: Literal["every", "latest"] = "every" if atom.get("quantifier") else "latest"
                bound: Any = {side: Decimal(str(atom["value"]))}
                expected = Measurement(concept=concepts[atom["concept"]], unit=atom["unit"], which=which, **bound)
            else:
                continue
            checked += 1
            assert expected in list(nodes(READINGS[row["id"]].tree)), row["id"]
    assert checked == 13


def _atoms(atoms: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for atom in atoms:
        if atom["type"] == "quantity":
            yield atom
        elif atom["type"] == "implies":
            yield atom["then"]


def test_no_sentence_of_a_document_stands_in_a_mapping_file(shared: Path) -> None:
    """The documents' sentences stay in the documents: of a text of more than a few words none is repeated."""
    files = [path.read_text("utf-8") for path in (mappings_folder() / "trials").glob("*.toml")]
    texts = [row["text"].strip(" .;,") for row in _gold(shared)]
    pages = [read_trial(page.name, page.read_bytes()) for page in (shared / "seeds").iterdir()]
    described = [text or "" for page in pages for text in (page.description, *(arm.description for arm in page.arms))]
    texts += [clause.strip() for text in described for clause in re.split(r"[.;(){}\[\]]", text)]
    assert [text for text in texts if len(text) > 40 and any(text in file for file in files)] == []
