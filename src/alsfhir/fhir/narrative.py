"""The ``text`` of a resource: what a person reads who does not read FHIR."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from alsfhir.fhir.primitives import string


def narrative(title: str, *rows: tuple[str | None, ...], header: tuple[str, ...] = ()) -> dict[str, str]:
    """A generated Narrative: the title, and a table with one line per row; everything is escaped.

    A row that has nothing beside its first cell is left out. The source is
    https://hl7.org/fhir/R4/narrative.html; only ``div``, ``p``, ``b``, ``table``, ``tr``, ``th``, ``td``, ``br`` occur.
    """
    filled = [row for row in rows if any(string(cell) for cell in row[1:]) or len(row) == 1]
    lines = [_line("th", header)] if header and filled else []
    lines += [_line("td", row) for row in filled]
    table = f"<table>{''.join(lines)}</table>" if lines else ""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><p><b>{_text(title) or "-"}</b></p>{table}</div>'
    return {"status": "generated", "div": div}


def _line(tag: str, cells: Iterable[str | None]) -> str:
    texts = map(_text, cells)
    return f"<tr>{''.join(f'<{tag}>{text}</{tag}>' if text else f'<{tag}/>' for text in texts)}</tr>"


def _text(text: str | None) -> str:
    lines = (" ".join(line.split()) for line in (string(text) or "").splitlines())
    return "<br/>".join(_escaped(line) for line in lines if line)


def _escaped(line: str) -> str:
    # As HAPI writes it, so that what a server returns equals what we sent: `"` and what is beyond U+FFFF escaped too.
    plain = escape(line, quote=False).replace('"', "&quot;")
    return "".join(f"&#x{ord(char):X};" if char > "\uffff" else char for char in plain)
