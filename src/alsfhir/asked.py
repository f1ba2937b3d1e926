"""What a command was given, by the words on its command line: trials, criteria, screenings, names, a server.

What is needed for that is imported when it is asked for: ``--help`` answers at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from alsfhir.files import content, each, looks_like_path
from alsfhir.terminal import tell

if TYPE_CHECKING:
    from alsfhir.criteria.criterion import Criteria
    from alsfhir.eligibility.record import ScreeningRecord
    from alsfhir.fhir.canonical import Names
    from alsfhir.pipeline import Destination
    from alsfhir.trial.model import Trial

T = TypeVar("T")
TRIAL_ID = re.compile(r"NCT[0-9]{8}", re.IGNORECASE)


def asked_criteria(
    asked: Sequence[str], files: Sequence[str], server: str | None, fhir_version: str
) -> tuple[tuple[Criteria, ...], int]:
    """The criteria of the trials asked for (by a server, if one is named) and of the files; how many were refused."""
    from alsfhir.pipeline import criteria_in, criteria_of, criteria_on

    found: tuple[Criteria, ...] = ()
    refused = 0
    if server is not None:
        if not asked or not all(map(TRIAL_ID.fullmatch, asked)):
            raise click.UsageError("--server takes criteria by trial: name each with --trial, by its NCT id")
        found = criteria_on(destination(server), [name.upper() for name in asked], names(fhir_version))
    elif asked or not files:
        trials, refused = asked_trials(asked)
        found = criteria_of(trials)
    read, unread = each_of(files, criteria_in) if files else ([], 0)
    return (*found, *(one for each in read for one in each)), refused + unread


def asked_trials(asked: Sequence[str]) -> tuple[tuple[Trial, ...], int]:
    """The trials named by id or by document, all known ones if none is named; and how many documents were refused."""
    from alsfhir.pipeline import known

    distinct = dict.fromkeys(name.upper() if TRIAL_ID.fullmatch(name) else name for name in asked)
    documents = [name for name in distinct if not TRIAL_ID.fullmatch(name) and (name == "-" or looks_like_path(name))]
    ids = [name for name in distinct if name not in documents]
    named = known(ids) if ids or not documents else ()
    described, refused = documented_trials(documents) if documents else ((), 0)
    return (*named, *described), refused


def documented_trials(documents: Sequence[str]) -> tuple[tuple[Trial, ...], int]:
    """The trials of these documents, those of one trial merged, and how many documents were refused."""
    from alsfhir.trial.document import read_trial
    from alsfhir.trial.merge import merged

    read, refused = each_of(documents, read_trial)
    return merged(read), refused


def screenings_in(path: str | None) -> tuple[ScreeningRecord, ...]:
    """The screenings in a file; none without one. Raises InputError."""
    from alsfhir.eligibility.record_file import screening_records

    return () if path is None else screening_records(content(path), path)


def destination(server: str) -> Destination:
    """The server at that address, as the environment says to talk to it. Raises InvalidSetting."""
    from alsfhir.pipeline import Destination
    from alsfhir.settings import settings

    own = settings()
    return Destination(server, own.token.get_secret_value() if own.token else None, own.timeout)


def each_of(paths: Sequence[str], read: Callable[[str, bytes], T]) -> tuple[list[T], int]:
    """What each file gives, and how many gave nothing; those are listed. If all did, that is the error."""
    results, errors = each(paths, read)
    for listed in errors if results else errors[:-1]:
        tell(f"error: {listed}")
    if not results:
        raise errors[-1]
    return results, len(errors)


def names(fhir_version: str) -> Names:
    """Under which names, and in which FHIR version, is published. Raises InvalidSetting."""
    from alsfhir.fhir.canonical import Names
    from alsfhir.fhir.versions import FhirVersion
    from alsfhir.settings import settings

    return Names(settings().base, FhirVersion(fhir_version))
