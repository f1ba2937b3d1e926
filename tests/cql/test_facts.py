from __future__ import annotations

import re

from alsfhir.cql.concepts import concepts_library
from alsfhir.cql.facts import facts_library
from alsfhir.terminology import terminology


def test_no_stand_in_for_a_type_is_left() -> None:
    """What stands for a tuple's type in the parts is written out in the library."""
    assert not re.search(r"\$[A-Z]", facts_library(concepts_library(terminology())).text)


def test_nothing_reads_a_clock() -> None:
    """The library takes the day as an argument, and never asks what day it is."""
    assert not re.search(r"\b(Today|Now|TimeOfDay)\(", facts_library(concepts_library(terminology())).text)


def test_values_of_primitives_are_converted_by_fhirhelpers() -> None:
    """No element of a primitive type is read by its ``value``, which some engines answer with null or false."""
    text = facts_library(concepts_library(terminology())).text
    assert not re.search(r"\.(status|gender|code|system|display|text|birthDate|id|url)\.value\b", text)
