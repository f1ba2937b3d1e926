"""Places found in a document become a Trial that says what they say, and no more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from alsfhir.trial.assembly import Values, trial
from alsfhir.trial.document import read_trial
from alsfhir.trial.found import Found
from alsfhir.trial.model import Document, Source, Trial
from registry_pages import registry_page

EXAMPLES = Path(__file__).parents[2] / "examples" / "trials"


def value(subject: Any, path: str) -> Any:
    """What stands at a path such as ``sites[0].city`` in a Trial."""
    if path.startswith("dates."):
        return dict(subject.dates)[path.removeprefix("dates.")]
    if path.startswith("statement:"):
        return next(s.text for s in subject.statements if s.id == path.removeprefix("statement:"))
    for name, index in re.findall(r"(\w+)(?:\[(\d+)\])?", path):
        subject = getattr(subject, name)
        subject = subject[int(index)] if index else subject
    return subject


def documents() -> list[tuple[str, bytes]]:
    """Own documents in two layouts."""
    examples = [(path.name, path.read_bytes()) for path in sorted(EXAMPLES.iterdir())]
    return [("page.txt", registry_page().encode()), *examples]


@pytest.mark.parametrize(("name", "data"), documents())
def test_what_a_passage_carries_is_in_the_trial(name: str, data: bytes) -> None:
    """Every field that a passage names has a value in the Trial."""
    read = read_trial(name, data)
    fields = {p.field for p in read.documents[0].passages if p.field}
    assert len(fields) > 20
    assert [field for field in fields if value(read, field) in (None, "", ())] == []


def assembled(*found: Found, text: str = "some text of a document") -> Trial:
    """The trial of a text with these places."""
    return trial("NCT99000009", Document("page.txt", Source.REGISTRY_PAGE, "test", "0" * 64, text), found)


def test_a_trial_without_a_title_is_called_by_its_official_title_or_its_id() -> None:
    """Whoever lists trials needs a name for each."""
    assert assembled().title == "NCT99000009"
    assert assembled(Found(0, 4, "official_title", "Official")).title == "Official"


def test_what_no_place_says_is_not_in_the_trial() -> None:
    """Nothing found gives a Trial without values, its text left out."""
    read = assembled()
    assert (read.recruitment.status, read.recruitment.as_of, read.phases, read.healthy_volunteers) == (
        "",
        None,
        (),
        None,
    )
    assert read.warnings == ("page.txt: 1 places not recognised, the first in line 1; the ledger lists them",)


def test_a_text_in_several_places_is_joined() -> None:
    """Paragraphs of one field are one text."""
    values = Values([Found(0, 1, "summary", "A"), Found(2, 3, "summary", "B"), Found(4, 5, left_out="x")])
    assert (values.text("summary"), values.text("description")) == ("A\n\nB", None)


def test_numbers_and_flags_are_not_mixed_up() -> None:
    """A text is no number, and a number no flag."""
    values = Values(
        [Found(0, 1, "enrollment", 0), Found(1, 2, "sex", "all"), Found(2, 3, "healthy_volunteers", value=False)]
    )
    assert (values.whole("enrollment"), values.whole("sex"), values.flag("enrollment")) == (0, None, None)
    assert values.flag("healthy_volunteers") is False


def test_warnings_name_their_place() -> None:
    """A warning begins with the statement's id or the field."""
    statement = Found(0, 4, "statement:exclusion", "some", warning="odd")
    field = Found(5, 9, "sex", "all", warning="odd")
    assert assembled(statement, field).warnings[:2] == ("NCT99000009-E01: odd", "sex: odd")
