"""Whether a device is in use, or ever was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alsfhir.criteria.model import Device as DeviceAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import Said, State, course, now
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.resemblance import resembling
from alsfhir.eligibility.weighing import Kind, Standing, weighed
from alsfhir.patient.model import Device
from alsfhir.terminology import Terminology

DEVICES = Kind(("Device", "DeviceUseStatement", "DeviceUsage", "DeviceAssociation"), (Device,))
# https://hl7.org/fhir/R4/valueset-device-status.html, https://hl7.org/fhir/R4/valueset-device-statement-status.html,
# https://hl7.org/fhir/R5/valueset-deviceassociation-status.html
_STATES = {
    "active": State.GOING,
    "implanted": State.GOING,
    "attached": State.GOING,
    "on-hold": State.HELD,
    "completed": State.OVER,
    "inactive": State.OVER,
    "stopped": State.OVER,
    "explanted": State.OVER,
}
_NEVER = ("intended", "not-done", "entered-in-error")


def device(atom: DeviceAtom, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of a device; what only looks like it in text is for a person to judge."""
    looks_like = resembling(terminology.concept(atom.concept))

    def found(chart: Chart, _day: date) -> Finding:
        standings = [
            Standing(entry, *told)
            for entry in chart.devices.get(atom.concept, ())
            if (told := _said(entry, atom, chart.as_of)) is not None
        ]
        standings += [
            Standing(entry, Value.REVIEW, Cause.TEXT_ONLY)
            for entry in chart.unrecognised.get(Device, ())
            if isinstance(entry, Device) and entry.status not in _NEVER and looks_like(entry)
        ]
        return weighed(atom, standings, DEVICES, chart)

    return found


def _said(entry: Device, atom: DeviceAtom, as_of: date) -> Said | None:
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    if entry.status in _NEVER:
        return None
    state = _STATES.get(entry.status, State.UNCLEAR)
    using = course(entry.when, state, as_of, whole=state is State.OVER)
    if atom.when == "current" or state is State.UNCLEAR:
        return now(using, as_of)
    return (Value.UNKNOWN, Cause.PARTIAL_DATE) if using.began[1] > as_of else (Value.MET, Cause.ON_RECORD)
