"""The worklist of a trial goes to a FHIR server; what others have written in it stays."""

from __future__ import annotations

from collections.abc import Sequence

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.check import checked
from alsfhir.fhir.worklist import WorklistEntry, worklist
from alsfhir.publish.held import held, reference, write
from alsfhir.publish.identity import identity
from alsfhir.publish.placement import Placed
from alsfhir.publish.report import Change, Published, Written
from alsfhir.publish.transaction import change
from alsfhir.server.client import FhirServer


def publish_worklist(server: FhirServer, newest: Placed, entries: Sequence[WorklistEntry], names: Names) -> Published:
    """What became of the List of a trial with these entries merged into it. Raises ServerError.

    ``newest`` is the screening that knows best whether the trial recruits.
    """
    trial, recruitment = newest.record.trial, newest.record.recruitment
    title = str(newest.study.get("title", trial))
    built = checked(worklist(trial, title, recruitment, entries, names), names.version)
    own = identity(built, names)
    standing = held(server, [own], names).get(own)
    if standing is None:
        return Published(write(server, [change(built, None, names)]))
    merged = worklist(trial, title, recruitment, entries, names, existing=standing)
    if merged == standing:
        return Published((Written(reference(standing), Change.UNCHANGED),))
    return Published(write(server, [change(merged, standing, names)]))
