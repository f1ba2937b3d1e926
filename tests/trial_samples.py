"""Trials and criteria made by hand: a plain one, one full of hostile text, one that says nothing."""

from __future__ import annotations

from decimal import Decimal

from alsfhir.criteria import model
from alsfhir.criteria.criterion import Criteria, Criterion, Place
from alsfhir.criteria.model import Duration, Node
from alsfhir.criteria.schedule import ReadSchedule
from alsfhir.criteria.version import criteria_version
from alsfhir.trial.model import (
    Arm,
    Conflict,
    Contact,
    Document,
    Identifier,
    Intervention,
    Kind,
    Organization,
    Outcome,
    Recruitment,
    Site,
    Source,
    Span,
    Statement,
    Trial,
)
from schedule_samples import SCHEDULE

HOSTILE = "  a\x00b\x07 <script>&amp; \"q\" 'x'\r\nline two\t\u00a0é 漢字 😀\ufffe\ud800 end\u2028z\x85 "

RECRUITING = Recruitment("Recruiting", "2026-06-27")


def nested(levels: int) -> Node:
    """A tree of so many levels above its only question."""
    node: Node = model.Recorded(concept="als")
    for level in range(levels):
        node = model.Not(of=node) if level % 2 else model.AllOf(of=(node,))
    return node


TREES: tuple[Node, ...] = (
    model.Age(at_least=18, at_most=75),
    model.Measurement(concept="fvc-percent-predicted", unit="%", at_least=Decimal("70.00")),
    model.Measurement(concept="bmi", unit="kg/m2", less_than=Decimal("18.50")),
    model.AllOf(
        of=(
            model.AnyOf(of=(model.Sex(among=("female",)), model.Not(of=model.Pregnancy()))),
            model.TimeSince(
                event="onset", concept="als", more_than=Duration(months=6), less_than=Duration(years=1, months=6)
            ),
        )
    ),
    model.Judgement(
        question="Is it stable?",
        when=model.Condition(
            concept="als",
            within=Duration(),
            minus=("primary-lateral-sclerosis", "progressive-bulbar-palsy"),
            at_least=2,
            severity="severe",
        ),
        show=("als", "bmi"),
    ),
    model.Attestation(question="Has the patient signed?"),
    model.Measurement(concept="alt", more_than=Decimal("2.5"), times_upper_limit=True, which="every"),
    model.Category(concept="el-escorial-category", among=("definite", "probable"), review=("possible",)),
    model.Drug(concept="riluzole", unchanged_for=Duration(days=30)),
    nested(12),
)


def criterion(number: int, tree: Node, text: str = "What the statement says", *, bare: bool = False) -> Criterion:
    """A criterion with this tree: an inclusion if the number is odd; ``bare`` without anything that is optional."""
    kind, letter = (Kind.INCLUSION, "I") if number % 2 else (Kind.EXCLUSION, "E")
    identified = Criterion(
        id=f"NCT00000001-{letter}{number:02}",
        kind=kind,
        text=text,
        label=f"Label of {number}",
        tree=tree,
        computability="partial",
        reading="proposed",
    )
    if bare:
        return identified
    return Criterion(
        **{name: getattr(identified, name) for name in ("id", "kind", "text", "label", "tree", "computability")},
        reading="reviewed",
        assumptions=("The last value counts",),
        warnings=("The unit is not stated",),
        place=Place("folder/page.txt", Span(10, 40)),
        reviewed_by="Dr. Example",
        reviewed_on="2026-01-31",
    )


def criteria(*listed: Criterion, condition: str | None = "als", from_document: bool = True) -> Criteria:
    """The criteria of the sample trial, with its schedule; by default one per tree of ``TREES``."""
    held = listed or tuple(criterion(number, tree) for number, tree in enumerate(TREES, 1))
    scheduled = ReadSchedule(SCHEDULE, from_document)
    return Criteria("NCT00000001", "A study", RECRUITING, condition, held, "ab" * 32, from_document, scheduled)


def trial() -> Trial:
    """A trial in which every field is filled, each with words of its own."""
    return Trial(
        nct_id="NCT00000001",
        title="Title of the study",
        recruitment=RECRUITING,
        official_title="Official title",
        acronym="ACRO",
        other_ids=(Identifier("org study id", "XS-1"), Identifier("http://registry.test/ids", "R-2")),
        study_type="Interventional",
        phases=("phase 1", "phase 2"),
        conditions=("Amyotrophic Lateral Sclerosis", "Fatigue"),
        keywords=("stem cells",),
        organizations=(
            Organization("Sponsor Institute", "lead-sponsor", "Industry"),
            Organization("Partner Clinic", "collaborator", "Other"),
        ),
        funder_types=("Funder type",),
        interventions=(Intervention("Drug", "Compound A", "Given twice", ("Other name A",)),),
        arms=(Arm("Arm one", "Experimental", "Arm description", ("Drug: Compound A",)),),
        enrollment=30,
        enrollment_type="estimated",
        contacts=(Contact("Office", "Contact role", "+1 555", "office@study.test"),),
        officials=(Contact("A. Leader", "PRINCIPAL_INVESTIGATOR"), Contact("B. Chair", "STUDY_CHAIR")),
        sites=(
            Site("City Hospital", "City", "State", "12345", "Country", "Site status", (Contact("Site nurse"),)),
            Site("Far Hospital", "Far City"),
        ),
        dates=(("start", "2026-01"), ("completion", "2027-12-31"), ("first-posted", "2025-11-30")),
        sex="all",
        minimum_age=18,
        maximum_age=75,
        healthy_volunteers=False,
        outcomes=(Outcome("primary", "Measure", "Six months", "Outcome description"),),
        primary_purpose="TREATMENT",
        allocation="Allocation word",
        intervention_model="Model word",
        masking="Masking word",
        why_stopped="Reason to stop",
        summary="Summary text",
        description="Description text",
        statements=(Statement("NCT00000001-I01", Kind.INCLUSION, "Adults", "page.txt", Span(10, 40)),),
        documents=(
            Document("folder/page.txt", Source.REGISTRY_PAGE, "veeva", "0" * 64, "text", page_date="2026-06-27"),
        ),
        conflicts=(Conflict("sex", "all", "page one", "female", "page two"),),
        warnings=("Warning text",),
    )


def hostile_trial() -> Trial:
    """A trial whose every text is hostile, and whose dates are none."""
    contact, nobody = Contact(HOSTILE, HOSTILE, HOSTILE, HOSTILE), Contact(None)
    return Trial(
        nct_id="NCT00000001",
        title=HOSTILE,
        recruitment=Recruitment(HOSTILE, "2026-13-45"),
        official_title=HOSTILE,
        acronym="\x01",
        other_ids=(Identifier("a <b>", HOSTILE), Identifier("", " "), Identifier("http://a b", "3")),
        study_type=HOSTILE,
        phases=("phase 1", "phase 4", HOSTILE),
        conditions=(HOSTILE, "", "als"),
        keywords=(HOSTILE, " "),
        organizations=(
            Organization(HOSTILE, "lead-sponsor", HOSTILE),
            Organization(" ", ""),
            Organization("漢字", "funder"),
        ),
        funder_types=(HOSTILE,),
        interventions=(Intervention(HOSTILE, HOSTILE, HOSTILE, (HOSTILE, "")), Intervention(None, "")),
        arms=(Arm(HOSTILE, HOSTILE, HOSTILE, (HOSTILE, "Drug: plain", "")), Arm("")),
        enrollment=0,
        contacts=(contact, nobody),
        officials=(contact, nobody),
        sites=(
            Site(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (contact, nobody)),
            Site(None),
            Site(None, "City"),
        ),
        dates=(("start", "2020-05"), ("completion", "2020"), ("first-posted", HOSTILE)),
        outcomes=(Outcome(HOSTILE, HOSTILE, HOSTILE, HOSTILE), Outcome("", " ")),
        primary_purpose=HOSTILE,
        allocation=HOSTILE,
        why_stopped=HOSTILE,
        summary=HOSTILE,
        description=HOSTILE * 2000,
        documents=(Document(HOSTILE, Source.NEWS_PAGE, "news", "0" * 64, "text", page_date=HOSTILE),),
        conflicts=(Conflict(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        warnings=(HOSTILE, ""),
    )


def hostile_criteria() -> Criteria:
    """Criteria whose every text is hostile or blank, and whose review has no date."""
    blank = Criterion(
        "NCT00000001-I90", Kind.INCLUSION, " ", "\x00", model.Attestation(question=" "), "person", "draft"
    )
    hostile = Criterion(
        id="NCT00000001-E91",
        kind=Kind.EXCLUSION,
        text=HOSTILE,
        label=HOSTILE,
        tree=model.Judgement(question=HOSTILE),
        computability="person",
        reading="draft",
        assumptions=(HOSTILE, ""),
        warnings=(HOSTILE, ""),
        place=Place(HOSTILE, Span(0, 0)),
        reviewed_by=HOSTILE,
        reviewed_on="2026-02-30",
    )
    listed = (blank, hostile)
    return Criteria("NCT00000001", HOSTILE, Recruitment(HOSTILE, "2026-13-45"), None, listed, "cd" * 32, True)


def bare_trial() -> Trial:
    """A trial of which nothing is known but its id."""
    return Trial("NCT00000002", "", Recruitment("", None))


def bare_criteria() -> Criteria:
    """No criteria at all."""
    return Criteria("NCT00000002", "", Recruitment("", None), None, (), criteria_version(None, ()), from_document=False)
