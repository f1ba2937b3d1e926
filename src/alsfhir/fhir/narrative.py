"""The ``text`` of a resource: what a person reads who does not read FHIR."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from alsfhir.fhir.primitives import string

_BREAK = "<br/>"


def narrative(title: str, *rows: tuple[str | None, ...], header: tuple[str, ...] = ()) -> dict[str, str]:
    """A generated Narrative: the title, its first line in bold, and a table with one line per row; all of it escaped.

    A row that has nothing beside its first cell is left out. The source is
    https://hl7.org/fhir/R4/narrative.html; only ``div``, ``p``, ``b``, ``table``, ``tr``, ``th``, ``td``, ``br`` occur.
    """
    shown = [row for row in rows if any(string(cell) for cell in row[1:]) or len(row) == 1]
    lines = [_line("th", header)] if header and shown else []
    lines += [_line("td", row) for row in shown]
    table = f"<table>{''.join(lines)}</table>" if lines else ""
    first, _, rest = _text(title).partition(_BREAK)
    heading = f"<p><b>{first or '-'}</b>{_BREAK + rest if rest else ''}</p>"
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{heading}{table}</div>'}


def _line(tag: str, cells: Iterable[str | None]) -> str:
    texts = map(_text, cells)
    return f"<tr>{''.join(f'<{tag}>{text}</{tag}>' if text else f'<{tag}/>' for text in texts)}</tr>"


def _text(text: str | None) -> str:
    lines = (" ".join(line.split()) for line in (string(text) or "").splitlines())
    return _BREAK.join(_escaped(line) for line in lines if line)


def _escaped(line: str) -> str:
    # As HAPI writes it, so that what a server returns equals what we sent: `"` and what is beyond U+FFFF escaped too.
    plain = escape(line, quote=False).replace('"', "&quot;")
    return "".join(f"&#x{ord(char):X};" if char > "\uffff" else char for char in plain)
