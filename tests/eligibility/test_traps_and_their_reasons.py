"""Every verdict that one entry brings about names it: what was found, where, and what that means for the trial."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ALS,
    ATC,
    ICD10,
    ICD10CM,
    RXNORM,
    SNOMED,
    Resource,
    category,
    concept,
    criterion,
    device,
    done,
    entry,
    in_trial,
    order,
    result,
)

POSITIVE = concept(SNOMED, "10828004")
LUMBAR = [concept(SNOMED, "122496007")]


@pytest.mark.parametrize(
    ("number", "found", "outcome", "words"),
    [
        ("NCT07118319-I03", result("19872-1", "70 %"), "pass", ("70 % of predicted", "2026-06-20", "at least 70 %")),
        ("NCT07118319-E02", result("39156-5", "18.4 kg/m2"), "fail", ("18.4 kg/m²", "less than 18.5 kg/m²")),
        ("NCT07118319-E03", entry(ICD10CM, "G12.23"), "fail", ("Primary lateral sclerosis", "G12.23")),
        ("NCT07118319-E04", entry(ICD10, "F20.0"), "confirm", ("psychiatric", "F20.0")),
        ("NCT07118319-E05", entry(ICD10, "G70.0"), "fail", ("Myasthenia gravis", "G70.0")),
        ("NCT07118319-E05", entry(ICD10, "G61.0"), "confirm", ("nerves or muscles", "G61.0")),
        ("NCT07118319-E06", entry(ICD10, "M32.1"), "confirm", ("autoimmune", "M32.1")),
        ("NCT07118319-E07", entry(ICD10, "J18.9"), "confirm", ("2 weeks", "J18.9")),
        ("NCT07118319-E08", order(ATC, "J04AB02"), "fail", ("at any time", "J04AB02", "2026-01-10")),
        ("NCT07118319-E09", entry(ICD10, "J44.9"), "confirm", ("lung disease", "J44.9")),
        ("NCT07118319-E10", entry(ICD10, "I10"), "confirm", ("hypertension", "I10")),
        ("NCT07118319-E11", entry(ICD10, "I48.0"), "confirm", ("heart", "I48.0")),
        ("NCT07118319-E12", entry(ICD10, "K74.6"), "fail", ("Cirrhosis", "K74.6")),
        ("NCT07118319-E13", entry(ICD10, "N18.3"), "fail", ("kidney", "N18.3")),
        ("NCT07118319-E14", order(RXNORM, "11289"), "fail", ("anticoagulant", "11289", "2026-01-10")),
        ("NCT07118319-E15", result("7917-8", None, valueCodeableConcept=POSITIVE), "fail", ("HIV", "2026-06-20")),
        ("NCT07118319-E16", done("80146002", "2020-01-01"), "confirm", ("surgery", "2020-01-01")),
        ("NCT07118319-E17", entry(ICD10, "L03.3", bodySite=LUMBAR), "fail", ("Skin infection", "L03.3")),
        ("NCT07118319-E18", entry(ICD10, "C50.9", onsetDateTime="2025-01-01"), "fail", ("C50.9", "2025-01-01")),
        ("NCT07118319-E19", in_trial("NCT01494480", "2026-01-01/"), "fail", ("another trial", "2026-01-01")),
        ("NCT07118319-E20", entry(SNOMED, "77386006", clinical="active"), "fail", ("Pregnancy", "active")),
        ("NCT01494480-I01", ALS, "pass", ("Amyotrophic lateral sclerosis", "confirmed")),
        ("NCT01494480-I02", ALS | {"onsetDateTime": "2025-01-01"}, "pass", ("17 months", "less than 36 months")),
        ("NCT01494480-I03", category("onset-site", "bulbar"), "fail", ("onset", "bulbar", "spinal")),
        ("NCT01494480-I05", result("19872-1", "49.9 %"), "fail", ("49.9 %", "below 50 %")),
        ("NCT01494480-I06", result("t90", "2 %"), "fail", ("2 %", "not less than 2 %")),
        ("NCT01494480-E01", entry(ICD10, "G35"), "confirm", ("another one than ALS", "G35")),
        ("NCT01494480-E02", device("17102003"), "fail", ("Nasogastric tube", "active")),
        ("NCT01494480-E03", entry(ICD10, "E11.9"), "confirm", ("systemic", "E11.9")),
        ("NCT01494480-E04", order(RXNORM, "8640"), "fail", ("corticosteroid", "12 months", "8640")),
        ("NCT01494480-E05", in_trial("NCT07118319", "2026-01-01/"), "fail", ("another trial", "2026-01-01")),
    ],
)
def test_a_verdict_names_what_it_rests_on(number: str, found: Resource, outcome: str, words: tuple[str, ...]) -> None:
    """The outcome, the one resource among the evidence, and in the reason what was found and what it was held to."""
    said = criterion(number, found)
    assert said.outcome == outcome
    assert [one.reference for one in said.evidence] == [f"{found['resourceType']}/{found['id']}"]
    assert [word for word in words if word not in said.reason] == []


@pytest.mark.parametrize(
    ("number", "outcome"),
    [(f"NCT07118319-{n}", "missing") for n in ("I02", "I03", "E01", "E02", "E15")]
    + [(f"NCT07118319-E{n:02}", "confirm") for n in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21)]
    + [(f"NCT01494480-{n}", "missing") for n in ("I02", "I03", "I05", "I06")]
    + [(f"NCT01494480-{n}", "confirm") for n in ("I01", "I07", "E01", "E02", "E03", "E04", "E05", "E06")],
)
def test_nothing_on_file_is_a_datum_to_get_or_a_person_to_ask(number: str, outcome: str) -> None:
    """What is measured is missing, all else is to be confirmed, and each says what would settle it, citing nothing."""
    said: Any = criterion(number)
    assert said.outcome == outcome
    assert said.verdict in ("unknown", "review")
    assert said.needs
    assert not said.evidence
