"""The ELM that is to be shipped: of which libraries, and its files, which ``make elm`` writes."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from alsfhir.cql import elm as shipped
from alsfhir.cql.library import trial_library
from alsfhir.cql.model import CqlLibrary
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.reader import criteria
from alsfhir.terminology import terminology


@cache
def known_libraries() -> tuple[CqlLibrary, ...]:
    """The libraries of the known trials as they are in the mappings, after the two that they stand on."""
    own = [trial_library(criteria(mapped_trial(trial)), terminology()) for trial in known_trials()]
    return (*own[0].includes, *own)


def written(elm: Mapping[str, Any]) -> str:
    """ELM as it is shipped and published: JSON on one line, in the order of the translator."""
    return json.dumps(elm, ensure_ascii=False, separators=(",", ":"))


def regenerated(made: Mapping[str, Mapping[str, Any]]) -> None:
    """Writes the files, if ``ALSFHIR_REGENERATE`` asks for it, and removes those of libraries that there are not."""
    if not os.environ.get("ALSFHIR_REGENERATE"):
        return
    shipped.FOLDER.mkdir(exist_ok=True)
    for path in shipped.FOLDER.iterdir():
        if path.name not in {f"{one.name}.json.gz" for one in known_libraries()}:
            path.unlink()
    for one in known_libraries():
        own, code = (shipped.identifier(one.name, version) for version in (one.version, shipped.code_version(one)))
        text = written(made[one.name]).replace(own, code)
        path = shipped.FOLDER / f"{one.name}.json.gz"
        # Another zlib packs the same in other bytes: what says the same stays as it is.
        if not path.is_file() or gzip.decompress(path.read_bytes()).decode() != text:
            path.write_bytes(gzip.compress(text.encode(), mtime=0))
    shipped.made.cache_clear()
