"""Puts the example patients on a FHIR server, as a hospital's own system would have done; alsfhir itself never does.

Usage: load_patients.py FHIR-BASE BUNDLE.json …
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import httpx


def batch(bundle: dict[str, Any]) -> dict[str, Any]:
    """A batch that writes each resource under its own id, patients first; one bad resource costs only itself."""
    resources = sorted(
        (entry["resource"] for entry in bundle["entry"] if "id" in entry.get("resource", {})),
        key=lambda resource: resource["resourceType"] != "Patient",
    )
    return {
        "resourceType": "Bundle",
        "type": "batch",
        "entry": [
            {"resource": resource, "request": {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"}}
            for resource in resources
        ],
    }


def main(base: str, *files: str) -> None:
    """Load every file and say, per file, how many resources the server took."""
    for file in files:
        sent = batch(json.loads(Path(file).read_text("utf-8")))
        answer = httpx.post(base, json=sent, headers={"Content-Type": "application/fhir+json"}, timeout=120)
        answer.raise_for_status()
        taken = [entry["response"]["status"].startswith("2") for entry in answer.json()["entry"]]
        refused = f", {taken.count(False)} refused as invalid" if False in taken else ""
        print(f"{Path(file).name}: {taken.count(True)} resources{refused}")


if __name__ == "__main__":
    main(*sys.argv[1:])
