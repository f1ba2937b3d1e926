"""One trial document to its Trial: what kind of text it is, and which reader reads it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from alsfhir.errors import UnknownDocument, UnreadableInput
from alsfhir.trial import matching_page, news_page, record, registry_page
from alsfhir.trial.assembly import trial
from alsfhir.trial.found import Found
from alsfhir.trial.model import Document, Source, Trial
from alsfhir.trial.words import nct_ids

LIMIT = 10_000_000

_KNOWN = (
    "give the ClinicalTrials.gov record in JSON (version 2), or the text of a registry page, "
    "a patient-matching page or a news page with the trial's NCT id"
)
_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF; save its text, in UTF-8, as a .txt file"),
    (b"PK\x03\x04", "a zip archive or an office document; save its text, in UTF-8, as a .txt file"),
    (b"\xd0\xcf\x11\xe0", "an office document; save its text, in UTF-8, as a .txt file"),
    (b"{\\rtf", "an RTF document; save its text, in UTF-8, as a .txt file"),
    (b"\x1f\x8b", "compressed (gzip); unpack it first"),
    (b"BZh", "compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ", "compressed (xz); unpack it first"),
    (b"\x89PNG", "a picture; give the text of the page"),
    (b"\xff\xd8\xff", "a picture; give the text of the page"),
    (b"GIF8", "a picture; give the text of the page"),
    (b"\xff\xfe", "text in UTF-16; save it in UTF-8"),
    (b"\xfe\xff", "text in UTF-16; save it in UTF-8"),
)
_HTML = re.compile(r"\s{0,1000}<(?:!doctype\s+html|html|head|body|div|!--)", re.IGNORECASE)
_XML = re.compile(r"\s{0,1000}<\?xml|\s{0,1000}<clinical_study", re.IGNORECASE)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class _Layout:
    name: str
    source: Source
    recognised: Callable[[str], int]
    found: Callable[[str], tuple[Found, ...]]


_PAGES = (
    _Layout(registry_page.NAME, Source.REGISTRY_PAGE, registry_page.recognised, registry_page.found),
    _Layout(matching_page.NAME, Source.REGISTRY_PAGE, matching_page.recognised, matching_page.found),
    _Layout(news_page.NAME, Source.NEWS_PAGE, news_page.recognised, news_page.found),
)


def read_trial(name: str, data: bytes) -> Trial:
    """The trial that the document describes, with the document's complete partition into passages.

    ``name`` is what messages and results call the document. Raises ``UnreadableInput`` for what is not UTF-8 text of
    at most 10 MB, or broken JSON; ``UnknownDocument`` for text in which no known kind of trial document, or no NCT id,
    is found.
    """
    text = _text(name, data)
    digest = hashlib.sha256(data).hexdigest()
    if text.lstrip()[:1] in ("{", "["):
        _check_record(name, text)
        document = Document(name, Source.RECORD, record.NAME, digest, text)
        return _trial(document, record.found(text), record.BETWEEN)
    layout = max(_PAGES, key=lambda each: each.recognised(text))
    if not layout.recognised(text):
        raise UnknownDocument(name, f"no known kind of trial document; {_KNOWN}")
    document = Document(name, layout.source, layout.name, digest, text)
    return _trial(document, layout.found(text))


def _text(name: str, data: bytes) -> str:
    if problem := next((what for magic, what in _BINARY if data.startswith(magic)), None):
        raise UnreadableInput(name, f"is {problem}")
    if len(data) > LIMIT:
        raise UnreadableInput(
            name, f"has {len(data) / 1e6:.0f} MB; a trial document is text of at most {LIMIT // 10**6} MB"
        )
    if b"\0" in data:
        raise UnreadableInput(name, f"is not text; {_KNOWN}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(name, f"is not UTF-8 text (at byte {error.start}); save it in UTF-8") from error
    if not text.strip():
        raise UnreadableInput(name, f"is empty; {_KNOWN}")
    if _HTML.match(text):
        raise UnreadableInput(name, "is HTML; save the page as text, or give the record in JSON")
    if _XML.match(text):
        raise UnreadableInput(name, "is XML; download the ClinicalTrials.gov record in JSON (version 2)")
    return text


def _check_record(name: str, text: str) -> None:
    try:
        data = json.loads(text, parse_constant=_no_number)
        if _SURROGATE.search(text):
            json.dumps(data, ensure_ascii=False).encode()
    except RecursionError as error:
        raise UnreadableInput(name, "is JSON nested too deeply") from error
    except UnicodeEncodeError as error:
        raise UnreadableInput(name, "is JSON with half a character (a lone surrogate)") from error
    except json.JSONDecodeError as error:
        raise UnreadableInput(name, f"is not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from error
    except ValueError as error:
        raise UnreadableInput(name, "is not JSON: a number that JSON does not have, or that is too long") from error
    if problem := _no_record(data):
        raise UnknownDocument(name, problem)


def _no_number(constant: str) -> None:
    raise ValueError(constant)


def _no_record(data: object) -> str | None:
    """Why the JSON is not one ClinicalTrials.gov record, or ``None`` if it is."""
    if isinstance(data, dict) and "resourceType" in data:
        return "FHIR JSON, not a trial document; patient records are for `alsfhir evaluate`"
    if isinstance(data, dict) and isinstance(data.get("studies"), list):
        data = data["studies"]
    if isinstance(data, list) and len(data) != 1:
        return f"JSON with {len(data)} records; give each trial's record as a document of its own"
    study = data[0] if isinstance(data, list) else data
    if not isinstance(study, dict) or not isinstance(study.get("protocolSection"), dict):
        return f"JSON, but not a ClinicalTrials.gov record (version 2), which has a protocolSection; {_KNOWN}"
    return None


def _trial(document: Document, found: tuple[Found, ...], between: str | None = None) -> Trial:
    stated = [str(f.value) for f in found if f.field == "nct_id"]
    ids = stated or ([] if document.source is Source.RECORD else nct_ids(document.text))
    if not ids:
        raise UnknownDocument(document.name, "a trial document without an NCT id; add the line with the trial's NCT id")
    if len(set(ids)) > 1:
        raise UnknownDocument(
            document.name, f"names several trials ({', '.join(sorted(set(ids))[:5])}); give one trial per document"
        )
    return trial(ids[0], document, found, between)
