"""Several documents of one trial: which governs, and what is kept of the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.document import read_trial
from alsfhir.trial.merge import merged
from alsfhir.trial.model import (
    Conflict,
    Contact,
    Document,
    Identifier,
    Intervention,
    Kind,
    Recruitment,
    Site,
    Source,
    Span,
    Statement,
    Trial,
)


def document(name: str, source: Source = Source.REGISTRY_PAGE, page_date: str | None = None) -> Document:
    """A document that is known by its name."""
    return Document(name, source, "test", name.ljust(64, "0"), "", page_date=page_date)


def trial(title: str, status: str, source: Source, page_date: str) -> Trial:
    """A trial with one document, called by its title's first letter."""
    recruitment = Recruitment(status, page_date if status else None)
    return Trial("NCT99000001", title, recruitment, documents=(document(title[0].lower(), source, page_date),))


RECORD = trial("Record", "COMPLETED", Source.RECORD, "2025")
NEW_PAGE = trial("New", "Active", Source.REGISTRY_PAGE, "2026")
OLD_PAGE = trial("Old", "", Source.REGISTRY_PAGE, "2024")
NEWS = replace(trial("World news", "Active", Source.NEWS_PAGE, "2027"), summary="Prose")
MAPPING = replace(RECORD, title="Mapping", recruitment=Recruitment("", None), keywords=("als",), documents=())
ALL = (RECORD, NEW_PAGE, OLD_PAGE, NEWS, MAPPING)


def one(*trials: Trial) -> Trial:
    """The one trial that they make."""
    (trial,) = merged(trials)
    return trial


def stated(trial: Trial, *texts: str) -> Trial:
    """The trial with these inclusion statements."""
    name = trial.documents[0].name
    made = (
        Statement(f"NCT99000001-I{n:02}", Kind.INCLUSION, text, name, Span(0, 1)) for n, text in enumerate(texts, 1)
    )
    return replace(trial, statements=tuple(made))


def test_nothing_merges_to_nothing() -> None:
    """No documents, no trials."""
    assert merged([]) == ()


def test_a_record_governs_a_page_and_a_later_page_an_earlier_one() -> None:
    """Record, then registry page, then news page, then the mapping; among pages the later date."""
    assert [document.name for document in one(*ALL).documents] == ["r", "n", "o", "w"]
    assert one(*ALL).title == "Record"
    assert one(NEWS, OLD_PAGE, NEW_PAGE).title == "New"
    assert one(OLD_PAGE, NEWS).title == "Old"
    assert one(MAPPING, NEWS).title == "World news"


def test_what_another_document_says_differently_is_kept() -> None:
    """The loser's value, and both documents' names, are in the conflicts."""
    assert one(NEWS, NEW_PAGE).conflicts == (Conflict("title", "New", "n", "World news", "w"),)
    assert Conflict("recruitment.status", "COMPLETED", "r", "Active", "n") in one(NEW_PAGE, RECORD).conflicts


@pytest.mark.parametrize("title", ["record", " Record ", "RECORD"])
def test_case_and_white_space_are_no_conflict(title: str) -> None:
    """Only words that differ are reported."""
    same = replace(NEW_PAGE, title=title, recruitment=RECORD.recruitment)
    assert one(RECORD, same).conflicts == ()


@pytest.mark.parametrize(
    ("kept", "other", "same"),
    [
        (("Disease Of Ours (DOO)",), ("disease of ours",), True),
        (("disease of ours",), ("Disease of Ours (DOO)",), True),
        (("B", "Disease of Ours (DOO)"), ("Disease of Ours", "b (Bb2)"), True),
        (("Disease of Ours (DOO)",), ("Disease of Yours",), False),
        (("Disease of Ours (DOO)",), ("Disease of Ours", "Another"), False),
        (("Disease (familial form)",), ("Disease",), False),
        (("Disease",), ("(DOO) Disease",), False),
    ],
)
def test_an_abbreviation_in_brackets_makes_no_other_condition(
    kept: tuple[str, ...], other: tuple[str, ...], same: bool
) -> None:
    """A condition is named by its words; the first document's stay."""
    trial = one(replace(RECORD, conditions=kept), replace(RECORD, documents=NEW_PAGE.documents, conditions=other))
    assert trial.conditions == kept
    assert [conflict.field for conflict in trial.conflicts] == ([] if same else ["conditions"])


def test_silence_is_no_conflict() -> None:
    """What one document does not say is taken from the other."""
    trial = one(RECORD, replace(NEWS, title="Record", recruitment=Recruitment("", None)), MAPPING)
    assert (trial.summary, trial.keywords) == ("Prose", ("als",))
    assert [conflict.field for conflict in trial.conflicts] == ["title"]


def test_details_of_a_less_trusted_document_complete_what_agrees() -> None:
    """A site's contact that only the page shows, an intervention's type that only the record has: both are kept."""
    jo = Contact("Jo", email="jo@example.org")
    record = replace(
        RECORD, sites=(Site("B"), Site("A", "Ulm", status="RECRUITING")), interventions=(Intervention("Drug", "x"),)
    )
    page = replace(
        NEW_PAGE,
        title="Record",
        recruitment=RECORD.recruitment,
        sites=(Site("A", "Ulm", contacts=(jo,)), Site("B")),
        interventions=(Intervention(None, "X", "A drug"),),
    )
    trial = one(page, record)
    assert trial.sites == (Site("B"), Site("A", "Ulm", status="RECRUITING", contacts=(jo,)))
    assert trial.interventions == (Intervention("Drug", "x", "A drug"),)
    assert trial.conflicts == ()


def test_lists_that_differ_are_taken_whole() -> None:
    """Nobody can tell a site that closed from one that is missing: the governing list stays, the other is kept."""
    trial = one(
        replace(RECORD, sites=(Site("A", "Ulm"),)),
        replace(RECORD, sites=(Site("B"), Site("C")), documents=NEWS.documents),
    )
    assert trial.sites == (Site("A", "Ulm"),)
    assert trial.conflicts == (Conflict("sites", "A, Ulm", "r", "B; C", "w"),)


def test_dates_are_merged_one_by_one() -> None:
    """A start from the page joins a completion from the record."""
    record = replace(RECORD, dates=(("completion", "2027"),))
    page = replace(
        NEW_PAGE, title="Record", recruitment=RECORD.recruitment, dates=(("start", "2025"), ("completion", "2028"))
    )
    trial = one(page, record)
    assert dict(trial.dates) == {"completion": "2027", "start": "2025"}
    assert trial.conflicts == (Conflict("dates.completion", "2027", "r", "2028", "n"),)


def test_identifiers_are_collected() -> None:
    """A number of the trial is kept once, whoever names it."""
    record = replace(RECORD, other_ids=(Identifier("organization", "X-1"),))
    page = replace(NEW_PAGE, other_ids=(Identifier("other", "x-1"), Identifier("other", "Y")))
    assert one(page, record).other_ids == (Identifier("organization", "X-1"), Identifier("other", "Y"))


def test_statements_are_taken_whole_from_the_governing_document() -> None:
    """A page's other wording, and a statement that only it has, are conflicts, not statements."""
    trial = one(stated(NEW_PAGE, "ALS", "FVC  \\< 60%", "Consent"), stated(RECORD, "als", "FVC < 50%"))
    assert [statement.text for statement in trial.statements] == ["als", "FVC < 50%"]
    assert [(c.field, c.kept, c.lost) for c in trial.conflicts if c.field.startswith("statement")] == [
        ("statement:NCT99000001-I02", "FVC < 50%", "FVC  \\< 60%"),
        ("statement:NCT99000001-I03", "", "Consent"),
    ]
    assert one(RECORD, stated(NEW_PAGE, "ALS")).statements[0].document == "n"


def test_a_document_that_is_given_twice_counts_once() -> None:
    """The same bytes under two names are one document, called by the first name in the alphabet."""
    copy = replace(RECORD, documents=(replace(RECORD.documents[0], name="copy"),))
    trial = one(RECORD, copy, RECORD)
    assert [document.name for document in trial.documents] == ["copy"]
    assert trial.conflicts == ()


def test_trials_are_in_the_order_of_their_ids() -> None:
    """Documents of different trials stay apart."""
    other = replace(RECORD, nct_id="NCT00000001")
    assert [trial.nct_id for trial in merged([RECORD, other, NEWS])] == ["NCT00000001", "NCT99000001"]


@given(st.lists(st.sampled_from(ALL), min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_the_documents_does_not_matter(trials: list[Trial], random: object) -> None:
    """Any order, and any repetition, gives the same Trial; merging again changes nothing."""
    shuffled = list(trials)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merged(shuffled) == merged(trials) == merged([*trials, *shuffled]) == merged(merged(trials))


@given(st.lists(st.sampled_from(ALL), min_size=1))
def test_warnings_and_documents_of_all_are_kept(trials: list[Trial]) -> None:
    """Nothing that one document says of itself is lost."""
    warned = [replace(t, warnings=(f"about {t.title}",)) for t in trials]
    trial = one(*warned)
    assert set(trial.warnings) == {warning for t in warned for warning in t.warnings}
    assert {document for t in warned for document in t.documents} == set(trial.documents)


def test_doubts_about_a_status_that_is_not_used_are_dropped() -> None:
    """How the news page came by its status matters only while nobody else states one."""
    news = replace(NEWS, warnings=("recruitment.status: taken from a site",))
    assert one(news, NEW_PAGE).warnings == ()
    assert one(news, OLD_PAGE).warnings == news.warnings


def test_the_five_documents_are_four_trials(shared: Path) -> None:
    """The patient-matching page governs the news page of its trial, from which the site and the summary come."""
    read = [read_trial(path.name[:3], path.read_bytes()) for path in sorted((shared / "seeds").glob("*.txt"))]
    trials = {trial.nct_id: trial for trial in merged(read)}
    assert {nct_id: len(trial.statements) for nct_id, trial in trials.items()} == {
        "NCT01494480": 13,
        "NCT03828123": 16,
        "NCT06765564": 31,
        "NCT07118319": 26,
    }
    both = trials["NCT07118319"]
    assert [document.name for document in both.documents] == ["000", "002"]
    assert both.recruitment == Recruitment("Recruiting", "2026-02-01")
    assert (len(both.sites), both.summary is None) == (1, False)
    assert [(c.field, c.kept_from, c.lost_from) for c in both.conflicts] == [("title", "000", "002")]
