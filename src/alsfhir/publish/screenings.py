"""Screenings go to a FHIR server, each with its reasons and its sources, and into the worklists of their trials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.errors import AmbiguousIdentity, ServerRefused
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.check import checked
from alsfhir.fhir.device import device
from alsfhir.fhir.worklist import WorklistEntry
from alsfhir.patient.model import Issue
from alsfhir.publish.held import held, write
from alsfhir.publish.identity import identity
from alsfhir.publish.patient_screening import Desk, publish_screening
from alsfhir.publish.placement import Placed, placed
from alsfhir.publish.report import Published
from alsfhir.publish.transaction import conditional_update
from alsfhir.publish.worklists import publish_worklist
from alsfhir.server.client import FhirServer

OF_THIS_ONE = frozenset({400, 409, 412, 422})  # statuses by which a server refuses one transaction, and not all


def publish_screenings(
    server: FhirServer, records: Sequence[ScreeningRecord], names: Names, *, now: datetime
) -> Published:
    """What became of each screening: first the Device, then a transaction per patient and trial, then the Lists.

    What is refused of one patient is an ``error`` among the issues, and the others are published. ``now`` is when it
    is recorded, with its time zone. Raises ServerError where the server refuses everything or cannot be reached.
    """
    if now.tzinfo is None:
        raise ValueError("the instant of recording needs its time zone")
    server.expect_version(names.version.series)
    found, issues = placed(server, records, names)
    devices, report = _devices(server, (one.record.software for one in found), names)
    lines: dict[str, list[tuple[Placed, WorklistEntry]]] = {}
    for one in found:
        desk = Desk(server, names, devices[one.record.software], now.isoformat(timespec="seconds"))
        try:
            done, line = publish_screening(desk, one)
        except (AmbiguousIdentity, ServerRefused) as error:
            done, line = _refused(error, one.record.patient, one.record.trial), None
        report += done
        if line is not None:
            lines.setdefault(one.record.trial, []).append((one, line))
    return Published(issues=issues) + report + _worklists(server, lines, names)


def _devices(server: FhirServer, software: Iterable[str], names: Names) -> tuple[dict[str, str], Published]:
    """The reference to the Device of each version of the software, and what writing them changed."""
    devices = {one: checked(device(one, names), names.version) for one in sorted(set(software))}
    before = held(server, (identity(each, names) for each in devices.values()), names)
    steps = [conditional_update(each, before.get(identity(each, names)), names) for each in devices.values()]
    written = write(server, steps)
    return dict(zip(devices, (each.reference for each in written), strict=True)), Published(written)


def _worklists(server: FhirServer, lines: dict[str, list[tuple[Placed, WorklistEntry]]], names: Names) -> Published:
    report = Published()
    for trial, listed in lines.items():
        try:
            report += publish_worklist(server, listed[-1][0], [line for _, line in listed], names)
        except (AmbiguousIdentity, ServerRefused) as error:
            report += _refused(error, f"worklist of {trial}", trial)
    return report


def _refused(error: AmbiguousIdentity | ServerRefused, location: str, trial: str) -> Published:
    if isinstance(error, ServerRefused) and error.status not in OF_THIS_ONE:
        raise error
    return Published(issues=(Issue("error", location, f"{trial}: not published: {error}"),))
