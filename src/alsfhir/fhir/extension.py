"""Our extensions as they stand in a resource; ``extension_definitions`` says what each may hold.

https://hl7.org/fhir/R4/extensibility.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.primitives import fhir_date, filled, string
from alsfhir.trial.model import Contact, Recruitment

Extension = dict[str, Any]


def part(url: str, **value: Any) -> Extension | None:
    """An extension, or a part of one, with one value such as ``valueCode=…``; ``None`` if it has none."""
    return {"url": url, **value} if any(held is not None for held in value.values()) else None


def parts(url: str, of: Iterable[Extension | None]) -> Extension | None:
    """An extension of several parts; ``None`` if all of them are."""
    held = [one for one in of if one]
    return {"url": url, "extension": held} if held else None


def source(names: Names, *, from_document: bool) -> Extension:
    """Whether a resource was built from a document or from the mapping alone, which never overwrites the former."""
    return {"url": names.extension("source"), "valueCode": "document" if from_document else "mapping"}


def registry_status(names: Names, recruitment: Recruitment) -> Extension | None:
    """The registry's own word for the recruitment, and the date of the page it was read on."""
    status = (part("status", valueString=string(recruitment.status)), dated("as-of", recruitment.as_of))
    return parts(names.extension("registry-status"), status)


def registry_item(names: Names, name: str, text: str | None) -> Extension | None:
    """A statement of the registry for which R4 has no element: what it is, and its words."""
    clean = string(text)
    held = (part("name", valueCode=name), part("text", valueString=clean))
    return parts(names.extension("registry-item"), held) if clean else None


def dated(url: str, text: str | None) -> Extension | None:
    """A part that holds a date, or the words where a date should be."""
    date = fhir_date(text)
    return part(url, valueDate=date) if date else part(url, valueString=string(text))


def contact_detail(names: Names, contact: Contact) -> dict[str, Any] | None:
    """The ContactDetail of a person or office, with the role in an extension; ``None`` if nothing is known."""
    ways = (("phone", contact.phone), ("email", contact.email))
    detail: dict[str, Any] = filled(
        {
            "extension": [part(names.extension("contact-role"), valueString=string(contact.role))],
            "name": string(contact.name),
            "telecom": [{"system": system, "value": string(value)} for system, value in ways if string(value)],
        }
    )
    return detail or None
