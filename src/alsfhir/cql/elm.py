"""ELM, what a translator makes of CQL, https://cql.hl7.org/elm.html: for engines that have no translator.

The translator is no part of this program. ``make elm`` asks it beforehand, of the libraries of the known trials as
they are in the mappings, and writes the files in ``elm/``. Nothing of a comment is in ELM, so that what was made of a
trial's text is also that of its documents, whose own words stand in the comments, if they are read the same way.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

from alsfhir.cql.model import CqlLibrary, version_of

FOLDER = Path(__file__).parent / "elm"
_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)  # a literal of ours is on one line: none begins within it


def elm(library: CqlLibrary) -> str | None:
    """The ELM of a library as JSON, under its name and version; ``None`` if none was made of such a text."""
    own = identifier(library.name, code_version(library))
    found = made(library.name)
    return found.replace(own, identifier(library.name, library.version)) if own in found else None


def code_version(library: CqlLibrary) -> str:
    """A hash of what decides: of the text without its comments and its own version, but with those it includes."""
    code = _COMMENT.sub("", library.text.replace(library.version, ""))
    return version_of(code)


def identifier(name: str, version: str) -> str:
    """How ELM says of which library it is. In a file, the version is that of the code."""
    return f'"identifier":{{"id":"{name}","version":"{version}"}}'


@cache  # every trial stands on the same two, which are large
def made(name: str) -> str:
    """What is in the file of that library; nothing if there is none."""
    path = FOLDER / f"{name}.json.gz"
    return gzip.decompress(path.read_bytes()).decode() if path.is_file() else ""
