"""The names of the resource types are FHIR's."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

from alsfhir.patient.readers import READERS
from alsfhir.patient.resource_types import COUNTED, KNOWN

_RESOURCE = re.compile(r"^class (\w+)\((?:domain|canonical|metadata)?resource\.\w+\)", re.MULTILINE)
ABSTRACT = {"CanonicalResource", "DomainResource", "MetadataResource"}


def types_of(package: str) -> set[str]:
    """The resource types for which fhir.resources has a model, as its source files name them."""
    (folder,) = import_module(package).__path__
    sources = (Path(folder, f"{module.name}.py") for module in pkgutil.iter_modules([folder]) if not module.ispkg)
    return {name for source in sources for name in _RESOURCE.findall(source.read_text("utf-8"))} - ABSTRACT


@pytest.mark.parametrize("package", ["fhir.resources", "fhir.resources.R4B"])
def test_every_type_of_r4b_and_r5_is_known(package: str) -> None:
    """A type that fhir.resources models is never taken for one that FHIR does not have."""
    found = types_of(package)
    assert len(found) > 130
    assert found - KNOWN == set()


def test_what_is_known_besides_is_of_r4_alone() -> None:
    """R4 had some types that R4B took away."""
    extra = KNOWN - types_of("fhir.resources") - types_of("fhir.resources.R4B")
    assert {name for name in extra if not name.startswith("MedicinalProduct")} == {
        "EffectEvidenceSynthesis",
        "RiskEvidenceSynthesis",
        "SubstanceSpecification",
    }


def test_what_is_read_or_counted_is_known() -> None:
    """Each type is read, counted, or neither."""
    assert READERS.keys() | COUNTED <= KNOWN
    assert not READERS.keys() & COUNTED
