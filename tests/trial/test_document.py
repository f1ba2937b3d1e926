"""Any bytes: a trial with a complete partition, or one sentence that says what is wrong and what would work."""

from __future__ import annotations

import gzip
import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.errors import InputError, UnknownDocument, UnreadableInput
from alsfhir.trial.document import LIMIT, read_trial
from alsfhir.trial.model import Document, Kind, Recruitment, Source, Trial
from registry_pages import SECTIONS, registry_page

RECORD = {"protocolSection": {"identificationModule": {"nctId": "NCT99000009"}}}


def refusal(data: bytes, kind: type[InputError] = UnreadableInput) -> str:
    """What is said about a document that cannot be used."""
    with pytest.raises(kind) as caught:
        read_trial("given.txt", data)
    message = str(caught.value)
    assert message.startswith("given.txt: ")
    assert "\n" not in message
    return message


def joined(document: Document) -> str:
    """The passages of a document, joined."""
    return "".join(document.text[p.span.start : p.span.end] for p in document.passages)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04rest", "office document"),
        (b"\xd0\xcf\x11\xe0rest", "office document"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (gzip.compress(b"text"), "unpack it"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        ("Identifiers".encode("utf-16"), "UTF-16"),
        (b"text\0text", "is not text"),
        ("Universit\u00e9".encode("latin-1"), "is not UTF-8 text (at byte 9)"),
        (b"<!DOCTYPE html><html></html>", "is HTML"),
        (b"\n <html lang=en>", "is HTML"),
        (b"<?xml version='1.0'?><clinical_study/>", "is XML"),
        (b'{"a": }', "is not JSON: Expecting value in line 1, column 7"),
        (b'{"a": 1}\n{"a": 2}\n', "is not JSON: Extra data in line 2"),
        (b'{"a": NaN}', "a number that JSON does not have"),
        (b'{"a": ' + b"1" * 5000 + b"}", "a number that JSON does not have, or that is too long"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"protocolSection": {"x": "\\ud800"}}', "half a character"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(data: bytes, words: str) -> None:
    """Empty files, pictures, archives, other encodings, markup and broken JSON are refused by name."""
    assert words in refusal(data)


def test_what_is_too_large_is_refused_unread() -> None:
    """Fifty megabytes of anything are no trial document."""
    assert "has 50 MB" in refusal(b"a " * 25_000_000)
    assert "10 MB" in refusal(b"x" * (LIMIT + 1))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Dear colleague, please find attached nothing.", "no known kind of trial document; give"),
        (b"Status\n\nRecruiting\n\nSex\n\nAll\n", "no known kind of trial document"),
        (b"[]", "JSON with 0 records"),
        (json.dumps([RECORD, RECORD]).encode(), "JSON with 2 records"),
        (b"[1]", "not a ClinicalTrials.gov record"),
        (b'{"FullStudiesResponse": {}}', "version 2"),
        (b'{"protocolSection": []}', "not a ClinicalTrials.gov record"),
        (b'{"protocolSection": {}}', "without an NCT id"),
        (b'{"protocolSection": {"identificationModule": {"nctId": "NCT1"}}}', "without an NCT id"),
        (b'{"resourceType": "Bundle"}', "alsfhir evaluate"),
    ],
)
def test_text_that_is_no_trial_document_is_said_in_one_sentence(data: bytes, words: str) -> None:
    """Unknown text, other JSON and FHIR are refused with what would work."""
    assert words in refusal(data, UnknownDocument)


def test_a_page_without_an_nct_id_is_refused() -> None:
    """A trial without its id cannot be merged, published or found again."""
    page = registry_page({**SECTIONS, "Identifiers": "INV-9"})
    assert "without an NCT id" in refusal(page.encode(), UnknownDocument)


def test_a_page_with_several_nct_ids_is_refused() -> None:
    """Nobody can tell which of two trials a page is about, unless its identifiers do."""
    page = registry_page({**SECTIONS, "Identifiers": "NCT99000009\nNCT99000008"})
    assert "NCT99000008, NCT99000009" in refusal(page.encode(), UnknownDocument)
    mentioned = registry_page({**SECTIONS, "About": "It follows NCT99000008."})
    assert read_trial("page.txt", mentioned.encode()).nct_id == "NCT99000009"


def test_a_byte_order_mark_is_no_text() -> None:
    """Editors of some systems put one in front."""
    page = registry_page().encode()
    marked = read_trial("page.txt", b"\xef\xbb\xbf" + page)
    assert marked.documents[0].text == page.decode()
    assert marked.documents[0].sha256 == hashlib.sha256(b"\xef\xbb\xbf" + page).hexdigest()


def test_the_layout_is_chosen_by_what_the_page_contains() -> None:
    """The name says nothing: a page called .json is still a page."""
    assert read_trial("record.json", registry_page().encode()).documents[0].layout == "registry-page"


@given(st.one_of(st.binary(max_size=300), st.text().map(str.encode), st.text().map(lambda t: b'{"' + t.encode())))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but an InputError ever leaves, and what is read is partitioned completely."""
    with suppress(InputError):
        (document,) = read_trial("given", data).documents
        assert joined(document) == document.text


LINES = st.lists(
    st.one_of(
        st.sampled_from([*SECTIONS, *SECTIONS.values(), "Menu", "X", "Inclusion Criteria:", "", "Treatment:", "Ages"]),
        st.text(max_size=30),
    ),
    max_size=40,
)


@given(LINES)
def test_any_page_is_partitioned_completely(rows: list[str]) -> None:
    """Whatever lines stand in a page of a known layout, no character is lost, and every word is in some passage."""
    page = registry_page() + "\n".join(rows)
    with suppress(InputError):
        (document,) = read_trial("page.txt", page.encode()).documents
        assert joined(document) == page
        silent = [p for p in document.passages if p.left_out in ("white space", "punctuation")]
        assert not any(c.isalnum() for p in silent for c in page[p.span.start : p.span.end])


@given(LINES)
def test_statements_are_numbered_in_document_order(rows: list[str]) -> None:
    """Inclusion and exclusion are counted apart, without gaps, and each statement is the text in its place."""
    with suppress(InputError):
        trial = read_trial("page.txt", (registry_page() + "\n".join(rows)).encode())
        for kind, letter in ((Kind.INCLUSION, "I"), (Kind.EXCLUSION, "E")):
            ids = [s.id for s in trial.statements if s.kind is kind]
            assert ids == [f"NCT99000009-{letter}{n:02}" for n in range(1, len(ids) + 1)]
        (document,) = trial.documents
        assert all(document.text[s.span.start : s.span.end] == s.text for s in trial.statements)


def seed(shared: Path, number: str) -> Trial:
    """The trial of one of the five documents."""
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return read_trial(path.name, path.read_bytes())


def test_the_86_statements_of_the_five_documents(shared: Path) -> None:
    """Ids, kinds and verbatim texts are those of the reviewed list, statement by statement."""
    gold: dict[str, Any] = {}
    for row in (shared / "criteria_gold.jsonl").read_text().splitlines():
        criterion = json.loads(row)
        gold[criterion["id"]] = (criterion["kind"], criterion["text"])
    trials = [seed(shared, f"00{n}") for n in range(5)]
    assert {s.id: (s.kind.value, s.text) for trial in trials for s in trial.statements} == gold
    assert len(gold) == 86


def test_every_line_of_the_five_documents_is_recognised(shared: Path) -> None:
    """Nothing in them is unknown to the readers, and each is partitioned completely."""
    for n in range(5):
        (document,) = seed(shared, f"00{n}").documents
        assert joined(document) == document.text
        assert not any(p.left_out == "not recognised" for p in document.passages)


def test_the_patient_matching_page(shared: Path) -> None:
    """Its bare date is the page's, not the trial's start; placeholders are furniture; a lost word is reported."""
    trial = seed(shared, "000")
    assert (trial.nct_id, trial.recruitment) == ("NCT07118319", Recruitment("Recruiting", "2026-02-01"))
    assert (trial.dates, trial.phases, trial.minimum_age, trial.maximum_age) == ((), ("phase 1",), 18, 75)
    (document,) = trial.documents
    (form,) = (p for p in document.passages if "{{SITE_NAME}}" in document.text[p.span.start : p.span.end])
    assert form.left_out == "contact form"
    assert [warning[:15] for warning in trial.warnings] == ["NCT07118319-E12"]


def test_the_page_with_a_status_and_no_phase(shared: Path) -> None:
    """An exponent that lost its superscript is reported and stays as it is written."""
    trial = seed(shared, "001")
    assert (trial.nct_id, trial.phases, trial.enrollment, trial.enrollment_type) == ("NCT06765564", (), 3, "estimated")
    assert trial.recruitment == Recruitment("Enrolling", "2025")
    (warning,) = trial.warnings
    assert warning.startswith("description: ")
    assert "5\u00d7107" in str(trial.description)


def test_the_news_page(shared: Path) -> None:
    """It has no statements; contacts hidden behind bullets are none; its date is the last update."""
    trial = seed(shared, "002")
    assert (trial.nct_id, trial.statements, trial.contacts) == ("NCT07118319", (), ())
    assert trial.recruitment == Recruitment("RECRUITING", "2026-06-27")
    assert [(site.city, site.postal_code, site.status, site.contacts) for site in trial.sites] == [
        ("Beijing", "100191", "RECRUITING", ())
    ]
    assert trial.documents[0].source is Source.NEWS_PAGE


def test_the_page_with_age_limits_in_its_header_alone(shared: Path) -> None:
    """Two phases are one set, a condition's name keeps its comma, and the header's ages are there."""
    trial = seed(shared, "003")
    assert trial.phases == ("phase 1", "phase 2")
    assert [condition.count(",") for condition in trial.conditions] == [1]
    assert (trial.minimum_age, trial.maximum_age, trial.warnings) == (18, 65, ())
    assert (trial.enrollment, trial.enrollment_type) == (26, None)


def test_the_page_whose_header_contradicts_its_text(shared: Path) -> None:
    """The header includes both ends, the statement neither: reported on the statement, which governs."""
    trial = seed(shared, "004")
    assert (trial.minimum_age, trial.maximum_age) == (20, 65)
    (warning,) = trial.warnings
    assert warning.startswith("NCT01494480-I04: ")
