"""The ledger accounts for every character of the documents."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alsfhir
from alsfhir.criteria.ledger import ELEMENTS, SCHEMA, LedgerLine, complete, ledger, ledger_tsv
from alsfhir.criteria.mapping import trial_mapping
from alsfhir.criteria.reader import criteria
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.trial_resources import trial_resources
from alsfhir.trial.document import read_trial
from alsfhir.trial.merge import merged
from alsfhir.trial.model import Document, Passage, Source, Span, Trial
from alsfhir.trial.record_fields import FIELDS
from alsfhir.trial.statements import text_sha256
from registry_pages import SECTIONS, registry_page
from schedule_samples import SCHEDULE

SCHEMA_FILE = Path(alsfhir.__file__).parent / "schemas" / "ledger-1.json"
PAGE = read_trial("page.txt", registry_page().encode())
NEWS = read_trial(
    "news.txt",
    b"Cells\n\nNCT ID NCT99000009\n\nLast updated Jul 3, 2026\n\nSummary\n\nFirst paragraph.\n\nActive substance\n\n"
    b"Cells\n\nConditions\n\nALS\n\nLocations\n\n  * A\n\n    Ulm, Germany\n",
)


def lines_of(trial: Trial) -> tuple[LedgerLine, ...]:
    """The ledger of a trial, with its criteria as they are read."""
    return ledger(trial, criteria(trial))


def carried(trial: Trial) -> dict[str, str | None]:
    """What carries each passage, by its text."""
    return {line.text: line.carried_by for line in lines_of(trial) if line.carried_by}


def unescaped(cell: str) -> str:
    """The text of a cell of the table."""
    plain = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r"}
    return re.sub(r"\\(?:u(....)|(.))", lambda m: chr(int(m[1], 16)) if m[1] else plain[m[2]], cell)


@pytest.mark.parametrize(
    "passages",
    [
        (),
        (Passage(Span(0, 2), "title"),),
        (Passage(Span(1, 3), "title"),),
        (Passage(Span(0, 2), "title"), Passage(Span(1, 3), "summary")),
        (Passage(Span(0, 1), "title"), Passage(Span(2, 3), "summary")),
        (Passage(Span(0, 0), "title"), Passage(Span(0, 3), "summary")),
        (Passage(Span(0, 3), None, None),),
        (Passage(Span(0, 3), "title", "heading"),),
        (Passage(Span(0, 4), "title"),),
    ],
)
def test_a_document_with_a_gap_an_overlap_or_an_open_question_is_not_complete(passages: tuple[Passage, ...]) -> None:
    """Every character is in exactly one passage, and every passage is either carried or left out."""
    document = Document("d", Source.REGISTRY_PAGE, "test", "0" * 64, "abc", passages)
    assert not complete(replace(PAGE, documents=(PAGE.documents[0], document)))


def test_the_ledger_of_a_page_is_complete() -> None:
    """Its lines, joined, are the document; line numbers are those of an editor."""
    assert complete(PAGE)
    lines = lines_of(PAGE)
    assert "".join(line.text for line in lines) == registry_page()
    (about,) = (line for line in lines if line.text == "First paragraph.")
    assert registry_page().splitlines()[about.line - 1] == "First paragraph."


def test_what_carries_the_passages_of_a_page() -> None:
    """Statements are characteristics of the EvidenceVariable, fields elements of the ResearchStudy and its parts."""
    by = carried(PAGE)
    assert by["ALS"] == "EvidenceVariable.characteristic[NCT99000009-I01]"
    assert by["An Invented Trial"] == "ResearchStudy.title"
    assert by["Example Institute"] == "Organization.name"
    assert by["22 to 66 years old"] == (
        "ResearchStudy.extension[registry-item minimum-age]; ResearchStudy.extension[registry-item maximum-age]"
    )
    assert by["2026"] == "ResearchStudy.extension[registry-status]"
    assert by["40"] == "ResearchStudy.extension[registry-item enrollment]"
    assert by["1 patient group"] == "ResearchStudy.extension[registry-item patient-groups]"
    assert by["1"] == "ResearchStudy.extension[registry-item site-count]"


def test_the_age_limits_of_a_header_are_a_criterion_where_no_statement_has_them() -> None:
    """The passage is then carried by the two registry items and by the characteristic made of them."""
    page = read_trial("page.txt", registry_page().replace("Over 22 and below 66 years old", "Able to walk").encode())
    carriers = (carried(page)["22 to 66 years old"] or "").split("; ")
    assert len(carriers) == 3
    assert carriers[2] == "EvidenceVariable.characteristic[NCT99000009-H-age]"


def _followed(path: str) -> str:
    """The title of the action to which a path through the plan of the page leads, by the ids in brackets."""
    built = trial_resources(PAGE, criteria(PAGE), Names())
    (plan,) = (each for each in built if path.startswith(f"{each['resourceType']}."))
    for name in re.findall(r"\.action\[(.*?)\]", path):
        (plan,) = (action for action in plan["action"] if action.get("id") == name)
    return str(plan["title"])


@pytest.mark.parametrize("source", ["description", "arm"])
def test_the_text_of_a_schedule_is_carried_by_the_plan_too(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the reading holds, and only there: of another text the study alone has the words."""
    some = trial_mapping("NCT07118319")
    assert some is not None
    field = {"description": "description", "arm": "arms[0].description"}[source]
    for of, is_said in (("its own text", True), ("another text", False)):
        text = (PAGE.description if source == "description" else PAGE.arms[0].description) if is_said else of
        schedule = msgspec.structs.replace(SCHEDULE, source=source, sha256=text_sha256(text or ""))
        known = msgspec.structs.replace(some, nct_id=PAGE.nct_id, schedule=schedule)
        monkeypatch.setattr("alsfhir.criteria.reader.trial_mapping", {PAGE.nct_id: known}.get)
        passages = zip(PAGE.documents[0].passages, lines_of(PAGE), strict=True)
        by_the_plan = [passage.field for passage, line in passages if "PlanDefinition" in (line.carried_by or "")]
        assert set(by_the_plan) == ({field} if is_said else set())
        paths = {path for line in lines_of(PAGE) for path in (line.carried_by or "").split("; ") if "Plan" in path}
        assert [_followed(path) for path in paths] == (["Schedule"] if is_said else [])
    assert carried(PAGE)[(PAGE.description or "").partition("\n")[0]] == "ResearchStudy.description"


def test_age_limits_that_stand_apart_are_the_same_criterion() -> None:
    """Each of two passages names the characteristic that is made of both, if and only if there is that criterion."""
    ages = {"minimumAge": "22 Years", "maximumAge": "66 Years"}
    for text, has_header in (("Able to walk", True), ("Over 22 and below 66 years old", False)):
        record = {
            "protocolSection": {
                "identificationModule": {"nctId": "NCT99000009", "briefTitle": "Cells"},
                "eligibilityModule": ages | {"eligibilityCriteria": f"Inclusion Criteria:\n\n* {text}"},
            }
        }
        trial = read_trial("record.json", json.dumps(record).encode())
        named = [line for line in lines_of(trial) if "H-age" in (line.carried_by or "")]
        assert [line.text.strip('"') for line in named] == (["22 Years", "66 Years"] if has_header else [])
        assert any(each.id.endswith("-H-age") for each in criteria(trial).criteria) is has_header


def test_what_another_document_says_differently_is_carried_by_a_note() -> None:
    """A title that lost is in the note, a site that no other document has a Location, a page date the document's."""
    (trial,) = merged([PAGE, NEWS])
    by = {line.text: line.carried_by for line in lines_of(trial) if line.document == "news.txt" and line.carried_by}
    assert by == {
        "Cells": "ResearchStudy.note",
        "NCT99000009": "ResearchStudy.identifier",
        "Last updated Jul 3, 2026": "ResearchStudy.relatedArtifact",
        "First paragraph.": "ResearchStudy.note",
        "ALS": "ResearchStudy.note",
        "A": "Location.name",
        "Ulm": "Location.address.city",
        "Germany": "Location.address.country",
    }


def test_every_field_of_the_model_has_its_element() -> None:
    """The table names an element for each path that a Trial has, but for what no passage states."""
    never_stated = {"organizations[].role", "outcomes[].rank", "officials[].phone", "officials[].email"}
    assert set(_paths(Trial)) - never_stated == {re.sub(r"^dates\..*", "dates", path) for path in ELEMENTS}
    assert {template for template, _ in FIELDS.values()} <= set(ELEMENTS)


def _paths(kind: Any, prefix: str = "") -> list[str]:
    """The paths of the values of a dataclass of the model."""
    hints = get_type_hints(kind)
    outside = ("statements", "documents", "conflicts", "warnings")
    found: list[str] = []
    for name in (f.name for f in fields(kind) if f.name not in outside):
        path, hint = prefix + name, hints[name]
        (inner, *_) = [a for a in get_args(hint) if a is not type(None)] or [hint]
        many = "[]" if str(hint).startswith("tuple") and path != "dates" else ""
        found += _paths(inner, f"{path}{many}.") if is_dataclass(inner) else [path + many]
    return found


def test_lines_are_what_the_schema_says() -> None:
    """The schema that ships with the package describes a line, and refuses one that is both or neither."""
    schema = json.loads(SCHEMA_FILE.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert schema["$id"] == SCHEMA
    lines: list[dict[str, Any]] = msgspec.to_builtins(lines_of(PAGE))
    assert [error.message for line in lines for error in validator.iter_errors(line)] == []
    for wrong in ({"leftOut": "heading", "carriedBy": "X"}, {"leftOut": None, "carriedBy": None}, {"text": ""}):
        assert not validator.is_valid({**lines[0], **wrong})


def test_the_table_has_a_header_and_a_row_per_line() -> None:
    """Columns are those of the schema."""
    schema = json.loads(SCHEMA_FILE.read_bytes())
    header, *rows = ledger_tsv(lines_of(PAGE)).split("\n")[:-1]
    assert header.split("\t") == list(schema["properties"])
    assert len(rows) == len(lines_of(PAGE))
    assert "".join(unescaped(row.split("\t")[-1]) for row in rows) == registry_page()


@given(st.text(min_size=1))
def test_no_text_breaks_the_table(text: str) -> None:
    """Whatever a passage holds, a row stays a row for every reader of lines, and the text comes back."""
    line = LedgerLine(
        document=text,
        sha256="0" * 64,
        start=0,
        end=1,
        line=1,
        carried_by="ResearchStudy.title",
        left_out=None,
        text=text,
    )
    rows = ledger_tsv([line]).splitlines()
    assert len(rows) == 2
    cells = rows[1].split("\t")
    assert (len(cells), unescaped(cells[0]), unescaped(cells[-1])) == (8, text, text)


@given(st.permutations(list(SECTIONS)))
def test_every_page_has_a_complete_ledger(headings: list[str]) -> None:
    """However the page is arranged, nothing of it is without an account, and the same page gives the same table."""
    page = registry_page({heading: SECTIONS[heading] for heading in headings}).encode()
    trial = read_trial("page.txt", page)
    assert complete(trial)
    assert ledger_tsv(lines_of(trial)) == ledger_tsv(lines_of(read_trial("page.txt", page)))


def test_the_ledgers_of_the_five_documents_are_complete(shared: Path) -> None:
    """The 86 statements are 86 characteristics; the lines, joined, are the documents."""
    paths = sorted((shared / "seeds").glob("*.txt"))
    trials = merged(read_trial(path.name, path.read_bytes()) for path in paths)
    lines = [line for trial in trials for line in lines_of(trial)]
    assert all(complete(trial) for trial in trials)
    assert len([line for line in lines if str(line.carried_by).startswith("EvidenceVariable.characteristic[")]) == 86
    for path in paths:
        assert "".join(line.text for line in lines if line.document == path.name) == path.read_text()
