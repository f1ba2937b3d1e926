"""How much is taken and how often, in words that are the same where the dosage is."""

from __future__ import annotations

from typing import Any

import pytest

from patient_samples import dosage, one_drug


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ({}, None),
        ({"text": "one a day"}, "one a day"),
        (dosage() | {"doseAndRate": None}, "as always"),
        ({"doseAndRate": dosage()["doseAndRate"]}, "50 mg"),
        ({"timing": {"code": {"coding": [{"code": "BID"}]}}}, "2 x per 1 d"),
        ({"timing": {"code": {"coding": [{"code": "AM"}]}}}, "AM"),
        ({"timing": {"code": {"text": "at night"}}}, "at night"),
        (dosage(frequency="two"), "as always"),
        (dosage(period="one"), "as always"),
    ],
)
def test_dosage_is_in_coded_words_or_as_written(instruction: dict[str, Any], words: str | None) -> None:
    """Dose and rhythm if both are coded, else the text, else whichever is there."""
    assert one_drug(dosageInstruction=[instruction, None]).dosage == words


@pytest.mark.parametrize(
    ("amount", "unit", "repeat"),
    [
        (50.0, "mg", {}),
        (0.05, "g", {}),
        (50000, "ug", {}),
        (50, "mg", {"frequency": 1, "period": 12, "periodUnit": "h"}),
        (50, "mg", {"frequency": 14, "period": 7}),
    ],
)
def test_the_same_dosage_has_the_same_words(amount: float, unit: str, repeat: dict[str, Any]) -> None:
    """Whatever the digits and the unit, and whether by the hour or by the day."""
    written = dosage(**repeat) | {"text": None, "doseAndRate": [{"doseQuantity": {"value": amount, "unit": unit}}]}
    found = one_drug(dosageInstruction=[written])
    assert (found.dosage, found.in_own_words) == ("50 mg 2 x per 1 d", False)


@pytest.mark.parametrize(
    "instruction",
    [
        {"text": "one a day"},
        dosage() | {"doseAndRate": None},
        dosage() | {"timing": {"code": {"coding": [{"code": "AM"}]}}},
        {"doseAndRate": dosage()["doseAndRate"]},
    ],
)
def test_a_dosage_that_is_not_all_coded_is_in_own_words(instruction: dict[str, Any]) -> None:
    """As is one of which a part is not; none at all is not in any words."""
    assert one_drug(dosageInstruction=[instruction]).in_own_words
    assert one_drug(dosageInstruction=[dosage(), instruction]).in_own_words
    assert not one_drug(dosageInstruction=[dosage(), dosage(start=None)]).in_own_words
    assert not one_drug(dosageInstruction=[{}]).in_own_words


def test_a_dosage_every_other_day_keeps_its_days() -> None:
    """It is no whole number of times a day."""
    assert one_drug(dosageInstruction=[dosage(frequency=1, period=2)]).dosage == "50 mg 1 x per 2 d"
    assert one_drug(dosageInstruction=[dosage(frequency=1, period=3, periodUnit="wk")]).dosage == "50 mg 1 x per 3 wk"


NO_DOSE = [{"value": value, "unit": "mg"} for value in (0, -50, "fifty", None)]


@pytest.mark.parametrize(
    "instruction",
    [
        dosage(frequency=0),
        dosage(frequency=-2),
        dosage(frequency="two"),
        dosage(period=0),
        dosage(period=-1),
        dosage(periodUnit="fortnight"),
        dosage(periodUnit=None),
        *(dosage() | {"doseAndRate": [{"doseQuantity": dose}]} for dose in NO_DOSE),
        dosage() | {"doseAndRate": [{"doseQuantity": {"value": 50, "unit": "mg", "comparator": "<"}}]},
        dosage() | {"doseAndRate": [*dosage()["doseAndRate"], {"doseQuantity": NO_DOSE[0]}]},
        dosage() | {"doseAndRate": [{"doseRange": {"high": NO_DOSE[1]}}]},
    ],
)
def test_a_dose_or_a_rhythm_that_is_none_is_no_dosage(instruction: dict[str, Any]) -> None:
    """Nothing, less than nothing, and what is no number: then the text says it, and without one nothing does."""
    assert one_drug(dosageInstruction=[instruction]).dosage == "as always"
    wordless = instruction | {"text": None}
    assert one_drug(dosageInstruction=[wordless]).dosage is None
    assert one_drug(dosageInstruction=[dosage(), wordless]).dosage is None


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        (dosage(frequencyMax=4), "50 mg 2 x per 1 d up to 4 times"),
        (dosage(periodMax=3), "50 mg 2 x per 1 d up to 3 long"),
        (dosage(dayOfWeek=["mon", "fri"]), "50 mg 2 x per 1 d on mon, fri"),
        (dosage(timeOfDay=["08:00:00"]), "50 mg 2 x per 1 d on 08:00:00"),
        (dosage(when=["MORN"]), "50 mg 2 x per 1 d on MORN"),
        (dosage() | {"asNeededBoolean": True}, "50 mg 2 x per 1 d as needed"),
        (dosage() | {"asNeededCodeableConcept": {"text": "pain"}}, "50 mg 2 x per 1 d as needed"),
        (dosage() | {"asNeeded": True}, "50 mg 2 x per 1 d as needed"),
        (dosage() | {"asNeededFor": [{"text": "pain"}]}, "50 mg 2 x per 1 d as needed"),
        (
            dosage()
            | {
                "doseAndRate": [
                    {"doseRange": {"low": {"value": 50, "unit": "mg"}, "high": {"value": 0.1, "unit": "g"}}}
                ]
            },
            "50 mg to 100 mg 2 x per 1 d",
        ),
        (dosage() | {"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}, "1 tablet 2 x per 1 d"),
    ],
)
def test_what_else_a_dosage_depends_on_stands_in_its_words(instruction: dict[str, Any], words: str) -> None:
    """Twice a day, and twice a day as needed, are not the same; and no comparison of words shows that they differ."""
    found = one_drug(dosageInstruction=[instruction])
    assert (found.dosage, found.in_own_words) == (words, True)


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement", "MedicationAdministration"])
def test_a_dosage_that_may_mean_something_else_makes_it_unusable(kind: str) -> None:
    """What a modifierExtension in it changes is not known."""
    part = {"modifierExtension": [{"url": "http://example.org/negated", "valueBoolean": True}]}
    element = {"MedicationRequest": "dosageInstruction"}.get(kind, "dosage")
    found = one_drug(kind, **{element: part if kind == "MedicationAdministration" else [part]})
    assert found.unusable == "a modifierExtension that is not known may change its meaning"
