"""Puts the example patients on a FHIR server, as a hospital's own system would have done; alsfhir itself never does.

Usage: load_patients.py FHIR-BASE BUNDLE.json …
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import httpx

# What the others refer to goes first.
FIRST = ("Patient", "Medication")


def resources(text: str) -> list[dict[str, Any]]:
    """The resources of a Bundle that have a type and an id; references by ``urn:uuid:`` become ``Type/id``."""
    for entry in json.loads(text)["entry"]:
        full_url, resource = entry.get("fullUrl", ""), entry.get("resource", {})
        if full_url.startswith("urn:uuid:"):
            text = text.replace(f'"{full_url}"', f'"{resource["resourceType"]}/{resource["id"]}"')
    entries = json.loads(text)["entry"]
    found = [entry["resource"] for entry in entries if {"resourceType", "id"} <= set(entry.get("resource", {}))]
    return sorted(found, key=lambda resource: resource["resourceType"] not in FIRST)


def main(base: str, *files: str) -> None:
    """Load every file, resource by resource, and say how many the server took."""
    with httpx.Client(base_url=base, headers={"Content-Type": "application/fhir+json"}, timeout=120) as server:
        for file in files:
            answers = [
                server.put(f"{resource['resourceType']}/{resource['id']}", json=resource)
                for resource in resources(Path(file).read_text("utf-8"))
            ]
            refused = sum(answer.is_error for answer in answers)
            said = f", {refused} refused as broken" if refused else ""
            print(f"{Path(file).name}: {len(answers) - refused} resources{said}")


if __name__ == "__main__":
    main(*sys.argv[1:])
