"""What the exit codes mean, and which error gives which."""

from __future__ import annotations

from alsfhir.errors import (
    AlsfhirError,
    InputError,
    InvalidAddress,
    InvalidSetting,
    MappingError,
    ServerError,
    UnwritableOutput,
)

DONE, SKIPPED, USAGE, BAD_INPUT, SERVER = 0, 1, 2, 3, 4

HELP = """\b
Exit codes:
  0  done
  1  done, but something was skipped or refused, and is listed
  2  wrong usage: an option that does not parse
  3  bad input: missing, unreadable, not what it should be; nothing done
  4  the FHIR server refused, or could not be reached
"""

_OF: tuple[tuple[type[AlsfhirError], int], ...] = (
    (InvalidAddress, USAGE),
    (InputError, BAD_INPUT),
    (MappingError, BAD_INPUT),
    (UnwritableOutput, BAD_INPUT),
    (InvalidSetting, USAGE),
    (ServerError, SERVER),
)


def exit_code(error: AlsfhirError) -> int:
    """The exit code of a command that ended with this error."""
    return next((code for kind, code in _OF if isinstance(error, kind)), SKIPPED)
