"""What holds of the words of every screening: the same for the same, nothing of who the patient is, never a fault."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.criterion import Criterion
from alsfhir.eligibility.evaluate import screening
from alsfhir.eligibility.explain import record as in_words
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.patient.model import Facts
from alsfhir.patient.record import read_records
from eligibility_samples import AS_OF
from record_strategies import asked_records
from records import Resource
from whole_records import TERMS, encoded, many, read, screened, shipped, written

Asked = tuple[str, list[Resource]]

_DATES = ("1800", "1800-01-01", "9998-12-31", "0001-01-01", "9999-12-31", "2026-02-30", "", " ", "2026-06-30T", "now")
_VALUES: tuple[Any, ...] = (None, True, -1, 0, 10**400, 1e-300, [], {}, [None], {"value": ""}, "\u0000", "x" * 300)
ODD: tuple[Any, ...] = (*_DATES, *_VALUES)


def _said(trial: str, found: Facts, *, closed: bool = False) -> ScreeningRecord:
    return in_words(screened(trial, found, closed_world=closed), "alsfhir 0", TERMS)


@many(20)
@given(asked_records(), st.randoms(use_true_random=False), st.booleans())
def test_the_same_record_in_another_order_is_said_in_the_same_words(asked: Asked, random: Random, closed: bool) -> None:
    """Byte for byte."""
    trial, record = asked
    other = random.sample(record, len(record))
    one, two = (_said(trial, read(written(each)), closed=closed) for each in (record, other))
    assert msgspec.json.encode(one) == msgspec.json.encode(two)


@many(20)
@given(asked_records(), st.booleans())
def test_identical_verdicts_have_identical_words(asked: Asked, closed: bool) -> None:
    """Under whatever id, label and text a statement stands, its tree is decided and explained alike."""
    trial, record = asked
    found, criteria = read(written(record)), shipped(trial)
    twins = replace(criteria, criteria=tuple(_twin(each) for each in criteria.criteria))
    both = (screening(each, found, AS_OF, TERMS, closed_world=closed) for each in (criteria, twins))
    one, two = (in_words(each, "alsfhir 0", TERMS).criteria for each in both)
    for said, again in zip(one, two, strict=True):
        assert (said.verdict, said.basis, said.reason, said.evidence) == (
            again.verdict,
            again.basis,
            again.reason,
            again.evidence,
        )
        assert said.needs == again.needs


def _twin(statement: Criterion) -> Criterion:
    return replace(statement, id=f"{statement.id}-twin", label="Another label", text="Another text")


PRIVATE = {
    "identifier": [{"system": "http://hospital.example/mrn", "value": "Q7731942"}],
    "name": [{"family": "Zyxenbarg", "given": ["Wulfhilde"]}],
    "birthDate": "1971-09-23",
    "telecom": [{"system": "phone", "value": "555-0199-77"}],
}


@many(40)
@given(asked_records(), st.booleans())
def test_no_words_tell_who_the_patient_is(asked: Asked, closed: bool) -> None:
    """No birth date, no value of an identifier and no name: neither with a criterion nor among the issues."""
    trial, (patient, *others) = asked
    said = _said(trial, read(written([patient | PRIVATE, *others])), closed=closed)
    text = msgspec.json.encode((said.criteria, said.issues)).decode()
    assert not [each for each in ("1971-09", "Q7731942", "Zyxenbarg", "Wulfhilde", "555-0199") if each in text]


@many(60)
@given(asked_records(), st.data(), st.booleans())
def test_nothing_that_a_record_holds_is_a_fault(asked: Asked, data: st.DataObject, closed: bool) -> None:
    """Whatever stands in place of whatever element, the rest is screened and explained."""
    trial, record = asked
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(record) - 1))
        places = [place for place in _places(record[number]) if place not in (("resourceType",), ("id",))]
        if places:
            place, odd = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(ODD))
            record = [*record[:number], _put(record[number], place, odd), *record[number + 1 :]]
    document = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in record]}
    for found in read_records("record.json", encoded(document), TERMS).patients:
        _said(trial, found, closed=closed)


def _places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inside = [(step, part) for step, part in parts]
    return [(*path, step) for step, _ in inside] + [each for s, part in inside for each in _places(part, (*path, s))]


def _put(value: Any, path: tuple[str | int, ...], odd: Any) -> Any:
    if not path:
        return odd
    made: Any = dict(value) if isinstance(value, dict) else list(value)
    made[path[0]] = _put(value[path[0]], path[1:], odd)
    return made
