"""The lines of a page and its sections: the one notion of structure that all page readers share."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from alsfhir.trial.found import BULLET, Found

_LINE = re.compile(r"[^\r\n]+|\r\n|\r|\n")
_MARK = re.compile(
    rf"(?P<bullet>{BULLET}|o)\s+"
    r"|(?P<number>\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)])\s+"
    r"|(?P<letter>\(?(?:[a-z]|[ivx]{2,4})\))\s+"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text without white space at both ends and list mark, and where that stands.

    ``mark`` is the bullet itself, ``number``, ``letter`` or empty; ``indent`` counts the columns before the mark.
    """

    start: int
    text: str
    mark: str
    label: str
    indent: int
    after_blank: bool

    @property
    def end(self) -> int:
        """Where the text ends."""
        return self.start + len(self.text)

    @property
    def key(self) -> str:
        """The text as headings are compared: lower case, single blanks."""
        return " ".join(self.text.casefold().split())


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines up to the next one; what stands before the first heading has none."""

    heading: Line | None
    body: tuple[Line, ...]

    @property
    def key(self) -> str:
        """The heading as headings are compared, or an empty text."""
        return self.heading.key if self.heading else ""


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of ``text[start:end]`` that are not blank, with places counted in the whole text."""
    blank, fresh = True, True
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        if match[0] in ("\n", "\r", "\r\n"):
            blank, fresh = blank or fresh, True
        elif body := match[0].strip():
            yield _line(match, body, after_blank=blank)
            blank = fresh = False


def _line(match: re.Match[str], body: str, *, after_blank: bool) -> Line:
    lead = match[0][: len(match[0]) - len(match[0].lstrip())]
    return marked(match.start() + len(lead), body, len(lead.expandtabs()), after_blank=after_blank)


def marked(start: int, body: str, indent: int, *, after_blank: bool) -> Line:
    """The line with this text, which begins at this place, its list mark taken apart."""
    mark = _MARK.match(body)
    kind = (mark["bullet"] or mark.lastgroup or "") if mark else ""
    skip = mark.end() if mark else 0
    label = mark[0].strip() if mark else ""
    return Line(start + skip, body[skip:], kind, label, indent, after_blank)


def sections(text: str, headings: Collection[str], pattern: re.Pattern[str] | None = None) -> tuple[Section, ...]:
    """The page cut at lines that are one of these headings, or match the pattern; a heading counts once.

    A second line with the words of a heading belongs to the section that it stands in.
    """
    result: list[Section] = []
    heading: Line | None = None
    body: list[Line] = []
    seen: set[str] = set()
    for line in lines(text):
        if (
            not line.mark
            and line.key not in seen
            and (line.key in headings or (pattern and pattern.fullmatch(line.key)))
        ):
            result.append(Section(heading, tuple(body)))
            heading, body = line, []
            seen.add(line.key)
        else:
            body.append(line)
    return (*result, Section(heading, tuple(body)))


def present(text: str, headings: Collection[str]) -> int:
    """How many of these headings stand on a line of their own."""
    return len({line.key for line in lines(text) if not line.mark} & set(headings))


def carried(line: Line, field: str, value: str | int | bool | None = None) -> Found:
    """The line as the verbatim value of a field, or as the place of the given one."""
    return Found(line.start, line.end, field, line.text if value is None else value)


def omitted(line: Line, reason: str) -> Found:
    """The line as one that says nothing of the trial."""
    return Found(line.start, line.end, left_out=reason)
