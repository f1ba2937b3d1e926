"""What makes a text doubtful: signs and exponents that were lost on the way. Each is reported, none repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alsfhir.trial.model import Kind

_NUMBER = r"\d{1,6}(?:[.,]\d{1,4})?"
_UNIT = (
    r"(?:%|percent\b|kg\b|mg\b|g/|mm\s?hg\b|mmol|[uµμ]mol|iu\b|u/l\b|ml\b|l\b|litres?\b|points?\b|years?\b|months?\b)"
)
_QUANTITY = (
    r"\b(?:fvc|svc|vc|vital\scapacity|fev1|bmi|body\smass\sindex|age|aged|alsfrs(?:-r)?|saturation|spo2|creatinine"
    r"|bilirubin|alt|ast|ha?emoglobin|platelets?|inr|egfr|clearance|blood\spressure|ejection\sfraction|lvef|weight)\b"
)
_EXPONENT = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{1,3})?\s?[\u00d7xX*]\s?10[1-9]\d?\b(?![.,^]\d)")
# The sign of the Symbol typeface for "at least" is a superscript three in Latin-1, "at most" a pound sign.
_REPLACED_SIGN = re.compile(rf"(?<!\w)[\u00b3\u00a3\u25a1\ufffd?]\s?{_NUMBER}")
_TWO_NUMBERS = re.compile(rf"(?<![\w.,/-])({_NUMBER})\s{{1,2}}({_NUMBER})\s?({_UNIT})", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{3}")
_MEASURED = re.compile(rf"{_QUANTITY}[^.;\d]{{0,80}}?{_NUMBER}\s?{_UNIT}", re.IGNORECASE)
_COMPARISON = re.compile(
    r"[<>\u2264\u2265=±~]|\d\s?[-\u2013]\s?\d|\b(?:than|least|most|over|under|above|below|between|exceed\w{0,5}|minimum"
    r"|maximum|within|older|younger|or\s(?:more|less|higher|lower|older|above|below)|up\sto|superior|inferior|equal\w{0,3}"
    r"|from|to|until|inclusive|range|ranging|times)\b",
    re.IGNORECASE,
)
_ORGAN_FUNCTION = re.compile(
    r"\b(?:liver|hepatic|kidney|renal|cardiac|heart|lung|pulmonary|thyroid)\sfunctions?\b", re.IGNORECASE
)
_ABNORMAL = re.compile(
    r"abnormal|impair|insuffic|inadequ|dysfunction|elevat|poor|reduc|decreas|low|fail|disturb|worse", re.IGNORECASE
)
_INNER_HEADING = re.compile(r"\b(?:in|ex)clusion\scriteria\s?:", re.IGNORECASE)


def doubts(text: str, kind: Kind) -> Iterator[str]:
    """One sentence for each thing in the statement that cannot be taken at its word."""
    yield from lost_superscripts(text)
    signs = list(_lost_signs(text))
    yield from signs
    if not signs and (match := _MEASURED.search(text)) and not _COMPARISON.search(text):
        yield f"“{' '.join(match[0].split())}”: a number without a comparison sign"
    if kind is Kind.EXCLUSION and (match := _ORGAN_FUNCTION.search(text)) and not _ABNORMAL.search(text):
        yield f"“{match[0]}”: nothing says what of it excludes; a word seems to be lost"
    if match := _INNER_HEADING.search(text):
        yield f"“{match[0]}”: another list seems to begin within the statement"


def lost_superscripts(text: str) -> Iterator[str]:
    """One sentence for each power of ten whose exponent may stand on the line (“5x107”)."""
    for match in _EXPONENT.finditer(text):
        yield f"“{match[0]}”: the exponent seems to have lost its superscript"


def _lost_signs(text: str) -> Iterator[str]:
    for match in _REPLACED_SIGN.finditer(text):
        yield f"“{match[0]}”: the comparison sign is destroyed"
    for match in _TWO_NUMBERS.finditer(text):
        if not (_THOUSANDS.fullmatch(match[2]) and match[3] != "%"):
            yield f"“{match[0]}”: two numbers side by side; a comparison sign seems to be destroyed"
