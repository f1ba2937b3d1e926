"""What it costs to build and to check resources, in CPU time of one process, medians: other programs do not count.

.venv/bin/python benchmarks/resources.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.check import checked
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.fhir.trial_resources import trial_resources
from alsfhir.fhir.versions import FhirVersion
from alsfhir.pipeline import Question, answer, criteria_of, known

ROOT = Path(__file__).parents[1]
PATIENT = ROOT / "examples" / "patients" / "stale-fvc.json"
ROUNDS = 51


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of so many runs, in milliseconds, after one that imports what is needed."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print a line for each version."""
    trials = known()
    read = criteria_of(trials)
    asked = Question(criteria_of(known(["NCT06765564"])), date(2026, 6, 30))
    record = answer(PATIENT.name, PATIENT.read_bytes(), asked).records[0]
    print("version  GuidanceResponse  checked  four trials, all resources, checked")
    for version in FhirVersion:
        names = Names(version=version)

        def built(names: Names = names) -> dict[str, object]:
            return guidance_response(record, "Patient/p", names, patient_key="p")

        def valid(version: FhirVersion = version, built: Callable[[], dict[str, object]] = built) -> object:
            return checked(built(), version)

        def published(names: Names = names) -> object:
            return [trial_resources(trial, one, names) for trial, one in zip(trials, read, strict=True)]

        row = median(built), median(valid), median(published, 5)
        print(f"{version:<7}  {row[0]:13.2f} ms  {row[1]:4.1f} ms  {row[2]:.0f} ms")


if __name__ == "__main__":
    main()
