"""The CQL library that reads a patient's record as the deciding code does; its parts are the files in ``facts/``."""

from __future__ import annotations

from pathlib import Path

from alsfhir.cql.model import CqlLibrary, head, versioned

NAME = "AlsfhirFacts"
_TYPES = {
    "$CODES": "List<Tuple { system String, codes List<String> }>",
    "$RANGES": "List<Tuple { system String, first String, last String }>",
    "$CONCEPT": "Tuple { codes $CODES, below $CODES, ranges $RANGES, words List<String>, phrases List<String>, "
    "unit String, least Decimal, most Decimal, maxAge Integer }",
    "$TIME": "Tuple { dated Interval<Date>, starts Interval<Date>, at DateTime, issued DateTime, updated DateTime }",
    "$VALUE": "Tuple { broken Boolean, amount Decimal, unit String, score Boolean, comparator String, "
    "limit Decimal, limitUnit String }",
    "$READING": "Tuple { time $TIME, low Decimal, high Decimal, lowOpen Boolean, highOpen Boolean, problem String }",
    "$CONDITION": "Tuple { codes List<Code>, recognised Boolean, texts List<String>, verification String, broken Boolean, "
    "clinical String, grade Integer, onset Interval<Date>, abatement Interval<Date>, abated Boolean, "
    "diagnosed Interval<Date>, recorded Interval<Date>, stages List<Code>, stageTexts List<String> }",
}
"""CQL has no names for tuples: these stand for them in the parts."""

_ABOUT = """// What a patient's record says, read as alsfhir reads it. Every function takes the day that is asked about; nothing in
// it reads a clock. A date that is not whole is the interval of the days that it may mean.

context Patient
"""


def facts_library(concepts: CqlLibrary) -> CqlLibrary:
    """The library ``AlsfhirFacts``, which includes that of the concepts."""
    parts = sorted((Path(__file__).parent / "facts").glob("*.cql"))
    text = "\n".join([head(NAME, (concepts, "Concepts")), _ABOUT, *(part.read_text("utf-8") for part in parts)])
    for name in ("$READING", "$CONCEPT", *_TYPES):
        text = text.replace(name, _TYPES[name])
    return versioned(NAME, text, concepts)
