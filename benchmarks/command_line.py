"""How long the command line takes, as ratios within one run: machines differ, ratios hardly do.

    .venv/bin/python benchmarks/command_line.py

The yardstick is a Python that starts and does nothing. The record is an example patient padded to 200 kB with
observations that no criterion asks for.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 7
RECORD_BYTES = 200_000
AS_OF = ("--as-of", "2026-06-30")


def padded_record(folder: Path) -> Path:
    """The example candidate as a Bundle of 200 kB."""
    bundle = json.loads((ROOT / "examples/patients/candidate.json").read_text("utf-8"))
    filler = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Observation")
    size = len(json.dumps(bundle))
    number = 0
    while size < RECORD_BYTES:
        number += 1
        entry = {"resource": {**filler, "id": f"filler-{number}", "code": {"text": "something else"}}}
        bundle["entry"].append(entry)
        size += len(json.dumps(entry))
    path = folder / "record.json"
    path.write_text(json.dumps(bundle), "utf-8")
    return path


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of one run as a process of its own."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Run all commands in turn, several rounds, and print medians and ratios to the yardstick."""
    python, alsfhir = sys.executable, str(Path(sys.executable).parent / "alsfhir")
    with tempfile.TemporaryDirectory() as folder:
        record = str(padded_record(Path(folder)))
        commands = {
            "python that does nothing (yardstick)": [python, "-c", "pass"],
            "alsfhir --help": [alsfhir, "--help"],
            "alsfhir trials": [alsfhir, "trials"],
            "200 kB patient, four trials, text": [alsfhir, "evaluate", record, *AS_OF],
            "200 kB patient, four trials, json": [alsfhir, "evaluate", record, *AS_OF, "--format", "json"],
            "python that imports fhir.resources": [python, "-c", "from fhir.resources.bundle import Bundle"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds(command))
    yardstick = statistics.median(times["python that does nothing (yardstick)"])
    for name, each in times.items():
        median = statistics.median(each)
        print(f"{name:40} {median:6.3f} s  [{min(each):.3f} to {max(each):.3f}]  {median / yardstick:5.1f} x")


if __name__ == "__main__":
    main()
