"""Whether what a server gave is shaped as FHIR has it, in the elements that are read of what others may have written.

A server is not the judge of what it holds: a list for an object must become one sentence, not a crash elsewhere.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgspec

_Id: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^(?!\.{1,2}$)[A-Za-z0-9.-]{1,64}\Z")]


class _Element(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Elements are named in FHIR's camel case; what is not named here is not looked at."""


class _Code(_Element, frozen=True):
    """An Identifier or a Coding."""

    system: str | msgspec.UnsetType = msgspec.UNSET
    value: str | msgspec.UnsetType = msgspec.UNSET
    code: str | msgspec.UnsetType = msgspec.UNSET


class _Meta(_Element, frozen=True):
    version_id: str | msgspec.UnsetType = msgspec.UNSET
    tag: tuple[_Code, ...] = ()


class _Reference(_Element, frozen=True):
    reference: str | msgspec.UnsetType = msgspec.UNSET


class _Extension(_Element, frozen=True):
    url: str
    value_code: str | msgspec.UnsetType = msgspec.UNSET
    value_reference: _Reference | msgspec.UnsetType = msgspec.UNSET


class _Concept(_Element, frozen=True):
    coding: tuple[_Code, ...] = ()
    text: str | msgspec.UnsetType = msgspec.UNSET


class _ListEntry(_Element, frozen=True):
    item: _Reference | msgspec.UnsetType = msgspec.UNSET
    flag: _Concept | msgspec.UnsetType = msgspec.UNSET


class _Parameter(_Element, frozen=True):
    name: str
    value_code: str | msgspec.UnsetType = msgspec.UNSET
    part: tuple[_Parameter, ...] | msgspec.UnsetType = msgspec.UNSET


class _Contained(_Element, frozen=True):
    id: str
    parameter: tuple[_Parameter, ...] = ()


class _Resource(_Element, frozen=True):
    id: _Id
    meta: _Meta | msgspec.UnsetType = msgspec.UNSET
    extension: tuple[_Extension, ...] = ()
    contained: tuple[_Contained, ...] = ()
    subject: _Reference | tuple[_Reference, ...] | msgspec.UnsetType = msgspec.UNSET
    patient: _Reference | msgspec.UnsetType = msgspec.UNSET
    output_parameters: _Reference | msgspec.UnsetType = msgspec.UNSET
    url: str | msgspec.UnsetType = msgspec.UNSET
    status: str | msgspec.UnsetType = msgspec.UNSET
    title: str | msgspec.UnsetType = msgspec.UNSET


class _Identified(_Resource, frozen=True):
    identifier: tuple[_Code, ...] = ()


class _List(_Identified, frozen=True):
    entry: tuple[_ListEntry, ...] = ()


# Those of R4 that have one identifier and no list of them.
_ONE_IDENTIFIER = frozenset({"Bundle", "Composition", "QuestionnaireResponse", "TestReport"})


def malformed_at(resource: dict[str, Any]) -> str | None:
    """The path of the first element that is not as FHIR has it, ``None`` if all that is read is in order."""
    kind = resource["resourceType"]
    shape = _List if kind == "List" else _Resource if kind in _ONE_IDENTIFIER else _Identified
    try:
        msgspec.convert(resource, shape)
    except msgspec.ValidationError as error:
        return f"{kind}{str(error).partition(' - at ')[2].strip('`').removeprefix('$')}"
    return None
