"""Headings and introductions of an eligibility text: what is no statement, but says how statements are to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from alsfhir.trial.lines import Line, marked
from alsfhir.trial.model import Kind

_HEADING = re.compile(
    r"[#*=_\s]{0,6}(?:(?:key|main|major|general|primary|additional|other|specific|principal|basic|core|study|trial"
    r"|subject|patient|participant|clinical|summary\ of)\s+){0,3}"
    r"(?P<kind>inclusion|exclusion|non[-\s]?inclusion|ineligibility)(?:s|ary)?(?P<word>\s+criteri(?:a|on|um)\b)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_REVERSED = re.compile(r"(?:criteria|reasons)\s+for\s+(?P<kind>inclusion|exclusion)s?\W{0,3}", re.IGNORECASE)
_NEUTRAL = re.compile(
    r"(?:(?:study|trial|subject|patient|participant)\s+)?eligibility(?:\s+criteria)?\W{0,3}|criteria:", re.IGNORECASE
)
_WITHIN_A_LINE = re.compile(
    r"(?<!the)(?<!see)(?<!all)\s(?=(?:Key |Main )?(?:Inclusion|Exclusion|INCLUSION|EXCLUSION) "
    r"(?:Criteria|criteria|CRITERIA)\s{0,3}:)"
)
_WORD = re.compile(r"[a-z]+")
_LABEL = re.compile(r"\d|(?<=[\s(])[A-Z]\b(?![a-z])")
_NOT_ELIGIBLE = re.compile(r"\bnot\s(?:be\s)?(?:eligible|included|enrolled|allowed|permitted)\b")
_OPPOSITE = frozenset(
    {"not", "no", "none", "never", "without", "neither", "unless", "except", "absence", "lack", "free"}
)
_ANY = frozenset({"any", "one", "either", "two", "three", "or"})
_ALL = frozenset({"all", "both", "two", "three", "each"})
_STEMS_OF_EXCLUSION = ("exclu", "ineligib")
_STEMS_OF_WITHDRAWAL = ("withdraw", "discontinu")
_SOME_OF = re.compile(r"\d\s(?:or\smore\s)?of\b")
_ORNAMENT = " \t:.()-\u2013\u2014*#=_"
_INTRODUCTORY_WORDS = """
    a additionally all also an and any are as at be been below both by case clinical conditions criteria
    criterion determined each either eligibility eligible enrolled enrollment enrolment entry excluded exclusion
    following for from fulfil fulfill fulfilled had has have having he if in include included includes including
    inclusion individual individuals into is it list listed meet meeting meets met must of on one or order part
    participant participants participate participation patient patients potential presence present related
    satisfied satisfy screening she should study subject subjects that the their these they this those time to
    trial visit volunteer volunteers was were when who will with
"""
_INTRODUCTORY = frozenset(_INTRODUCTORY_WORDS.split())


@dataclass(frozen=True, slots=True)
class ListHeading:
    """A heading over a list: its kind (``None`` if it does not say), its length, and to whom it limits the list."""

    kind: Kind | None
    length: int
    scope: str | None = None


def list_heading(line: Line) -> ListHeading | None:
    """The heading with which the line begins, or ``None``; statements may follow it on the same line."""
    if _NEUTRAL.fullmatch(line.text):
        return ListHeading(None, len(line.text))
    if reversed_words := _REVERSED.fullmatch(line.text):
        return ListHeading(_kind(reversed_words["kind"]), len(line.text))
    match = _HEADING.match(line.text)
    return _heading(line, match, match["rest"]) if match else None


def _heading(line: Line, match: re.Match[str], rest: str) -> ListHeading | None:
    kind = _kind(match["kind"])
    if not rest.strip(_ORNAMENT):
        named = match["word"] or (not line.mark and (":" in rest or not rest))
        return ListHeading(kind, len(line.text)) if named else None
    if line.mark:
        return None
    if rest.lstrip("* \t").startswith(":"):
        return ListHeading(kind, match.start("rest") + rest.index(":") + 1)
    limited = len(rest) <= 100 and (rest.rstrip(" *").endswith(":") or not rest.endswith((".", ";")))
    if match["word"] and limited:
        scope = rest.strip(_ORNAMENT)
        return ListHeading(kind, len(line.text), None if is_introductory(scope) else scope)
    return None


def _kind(word: str) -> Kind:
    return Kind.INCLUSION if word.casefold() == Kind.INCLUSION else Kind.EXCLUSION


def separated(line: Line) -> Iterator[Line]:
    """The line, cut before every list heading that stands within it."""
    heading = list_heading(line)
    at = 0
    for match in _WITHIN_A_LINE.finditer(line.text, heading.length if heading else 0):
        yield part(line, at, match.start())
        at = match.end()
    yield part(line, at, len(line.text))


def part(line: Line, start: int, end: int) -> Line:
    """A part of the line's text as a line; only the first keeps the line's own list mark and the blank line before."""
    text = line.text[start:end]
    body = text.strip()
    if start == 0:
        return replace(line, text=body)
    at = line.start + start + len(text) - len(text.lstrip())
    return marked(at, body, line.indent, after_blank=False)


def is_introductory(text: str) -> bool:
    """Whether the text says no more than that statements follow: “Participants must fulfil all of these:”."""
    words = _words(text)
    return len(text) <= 300 and words <= _INTRODUCTORY and not _LABEL.search(text)


def introduces(text: str) -> bool:
    """Whether statements must follow this text for it to say anything."""
    return text.rstrip(" *").endswith(":") or (is_introductory(text) and "following" in text.casefold())


def distributes(text: str, kind: Kind) -> bool:
    """Whether each statement under this introduction can stand alone.

    Inclusion statements are joined by *and*, exclusion statements by *or*: “one of” over inclusions and “all of” over
    exclusions make one statement of the list. So does an introduction that turns what follows into its opposite.
    """
    words = _words(text)
    if _SOME_OF.search(text[:1000]) or words & _OPPOSITE:
        return False
    if kind is Kind.EXCLUSION:
        return not (words & _ALL or any(word.startswith(_STEMS_OF_WITHDRAWAL) for word in words))
    stems = (*_STEMS_OF_EXCLUSION, *_STEMS_OF_WITHDRAWAL)
    return not (words & _ANY or any(word.startswith(stems) for word in words))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_NOT_ELIGIBLE.sub("excluded", text[:1000].casefold())))
