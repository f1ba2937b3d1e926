"""The CQL library that reads a patient's record as the deciding code does; its parts are the files in ``facts/``."""

from __future__ import annotations

import re
from pathlib import Path

from alsfhir.cql.model import CqlLibrary, head, versioned

NAME = "AlsfhirFacts"
_TYPES = {
    "$CODES": "List<Tuple { system String, codes List<String> }>",
    "$RANGES": "List<Tuple { system String, first String, last String }>",
    "$CONCEPT": "Tuple { codes $CODES, below $CODES, ranges $RANGES, words List<String>, phrases List<String>, "
    "unit String, least Decimal, most Decimal, otherKinds List<String>, "
    "mass String, substance String, moles Decimal, masses Decimal, maxAge Integer, lasting Boolean }",
    "$WHEN": "Tuple { dated Interval<Date>, isPeriod Boolean, begun Interval<Date>, done Interval<Date>, at DateTime }",
    "$COURSE": "Tuple { state String, began Interval<Date>, ended Interval<Date>, finish Interval<Date> }",
    "$TIME": "Tuple { dated Interval<Date>, starts Interval<Date>, at DateTime, issued DateTime, updated DateTime }",
    "$VALUE": "Tuple { broken Boolean, none Boolean, amount Decimal, unit String, score Boolean, comparator String, "
    "limit Decimal, limitUnit String }",
    "$OBSERVED": "Tuple { status String, codes List<Code>, flags List<String>, time $TIME, value $VALUE, "
    "coded List<Code>, words String, truth Boolean, expected Interval<Date> }",
    "$RESULT": "Tuple { time $TIME, says String }",
    "$READING": "Tuple { time $TIME, low Decimal, high Decimal, lowOpen Boolean, highOpen Boolean, problem String }",
    "$CONDITION": "Tuple { id String, codes List<Code>, recognised Boolean, texts List<String>, verification String, "
    "broken Boolean, clinical String, grade Integer, sites List<Code>, onset Interval<Date>, "
    "abatement Interval<Date>, abated Boolean, diagnosed Interval<Date>, recorded Interval<Date>, "
    "stages List<Code>, stageTexts List<String> }",
    "$PROCEDURE": "Tuple { id String, codes List<Code>, recognised Boolean, texts List<String>, status String, "
    "broken Boolean, when_ $WHEN }",
    "$DRUG": "Tuple { id String, codes List<Code>, recognised Boolean, texts List<String>, hidden Boolean, "
    "kind String, status String, intent String, broken Boolean, when_ $WHEN, authored $WHEN, dosage String, "
    "ownWords Boolean, routes List<Code> }",
    "$TAKING": "Tuple { drug $DRUG, course $COURSE, says String }",
    "$STATEMENT": "Tuple { says String, sure Boolean, span Interval<Date>, stale Boolean }",
    "$SAID": "Tuple { statement $STATEMENT, over Boolean, pregnant Boolean, dates List<Interval<Date>> }",
}
"""CQL has no names for tuples: these stand for them in the parts."""

_TYPE = re.compile(r"\$[A-Z]{2,}")

_ABOUT = """// What a patient's record says, read as alsfhir reads it. Every function takes the day that is asked about;
// nothing in it reads a clock. A date that is not whole is the interval of the days that it may mean.

context Patient
"""


def facts_library(concepts: CqlLibrary) -> CqlLibrary:
    """The library ``AlsfhirFacts``, which includes that of the concepts."""
    parts = sorted((Path(__file__).parent / "facts").glob("*.cql"))
    text = "\n".join([head(NAME, (concepts, "Concepts")), _ABOUT, *(part.read_text("utf-8") for part in parts)])
    while (expanded := _TYPE.sub(lambda found: _TYPES[found[0]], text)) != text:  # a type may name others
        text = expanded
    return versioned(NAME, text, concepts)
