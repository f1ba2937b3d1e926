"""The command line in three FHIR versions: what it writes, what it reads back, and what it refuses."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alsfhir import pipeline
from alsfhir.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples"
PATIENTS = sorted((EXAMPLES / "patients").glob("[!b]*.json"))  # without the broken ones
AS_OF = ("--as-of", "2026-06-30")
VERSIONS = ("R4", "R4B", "R5")


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.mark.parametrize("version", ["STU3", "r5", "4.0.1"])
def test_another_version_is_wrong_usage(version: str) -> None:
    """Those that can be written are named."""
    result = run("trials" if version == "" else "export", "-o", "x", "--fhir-version", version)
    assert (result.exit_code, "'R4', 'R4B', 'R5'" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "is empty: give FHIR in JSON"),
        (b"<EvidenceVariable/>", "is XML or HTML"),
        (b"\x1f\x8b", "is compressed with gzip"),
        (
            b'{"resourceType": "EvidenceVariable", "status": "draft", "status": "active"}',
            "an object has the same key twice",
        ),
        (
            b'{"resourceType": "EvidenceVariable", "characteristic": [{"exclude": NaN}]}',
            "has a number that is not finite",
        ),
        (
            b'{"resourceType": "EvidenceVariable", "characteristic": ' + b"[" * 10_000,
            "is nested more than 250 levels deep",
        ),
        (
            b'{"resourceType": "EvidenceVariable", "id": "ev1", "characteristic": [{"exclude": "true"}]}',
            "EvidenceVariable/ev1: EvidenceVariable.characteristic[0].exclude is not as FHIR has it",
        ),
        (b'{"resourceType": "Patient"}', "neither an EvidenceVariable nor a Group"),
        (b'{"resourceType": "Group", "actual": false}', "a Group of R4 or R4B has no logic"),
    ],
)
def test_criteria_that_cannot_be_read_are_one_sentence(content: bytes, expected: str, tmp_path: Path) -> None:
    """Bad input: nothing is screened."""
    (tmp_path / "criteria.json").write_bytes(content)
    result = run("evaluate", PATIENTS[0], *AS_OF, "--criteria", tmp_path / "criteria.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"criteria.json: {expected}" in result.stderr.replace("it has ", "")
    assert "Traceback" not in result.output


def test_criteria_larger_than_any_are_refused_unread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A million characteristics cost nobody a minute and four gigabytes."""
    monkeypatch.setattr(pipeline, "LARGEST_CRITERIA", 10)
    (tmp_path / "criteria.json").write_bytes(b"{" * 11)
    result = run("evaluate", PATIENTS[0], *AS_OF, "--criteria", tmp_path / "criteria.json")
    assert (result.exit_code, "too large for criteria" in result.stderr) == (3, True)


def test_a_byte_order_mark_and_ndjson_are_read(tmp_path: Path) -> None:
    """As they are in patient records."""
    held = b'{"resourceType": "EvidenceVariable", "name": "%s", "characteristic": [{"description": "Walks"}]}\n'
    (tmp_path / "criteria.ndjson").write_bytes(b"\xef\xbb\xbf" + held % b"One" + held % b"Two")
    result = run("evaluate", PATIENTS[0], *AS_OF, "--criteria", tmp_path / "criteria.ndjson", "--format", "json")
    assert [one["trial"] for one in json.loads(result.stdout)] == ["One", "Two"]


@pytest.mark.parametrize("arguments", [(), ("--trial", "page.txt")])
def test_a_server_is_asked_for_trials_by_id(arguments: tuple[str, ...]) -> None:
    """Which criteria are meant has to be said."""
    result = run("evaluate", PATIENTS[0], "--server", "http://127.0.0.1:9/fhir", *arguments)
    assert (result.exit_code, "by its NCT id" in result.stderr) == (2, True)


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    """Exit code 4, as with every server."""
    result = run("evaluate", PATIENTS[0], "--server", "http://127.0.0.1:9/fhir", "--trial", "NCT06765564")
    assert (result.exit_code, "cannot be reached" in result.stderr) == (4, True)


@pytest.mark.parametrize("version", VERSIONS)
def test_criteria_out_of_fhir_decide_as_the_mapping_does(version: str, tmp_path: Path) -> None:
    """The whole way: published as files, read back, and the same screenings byte for byte."""
    assert run("export", "-o", tmp_path, "--fhir-version", version).exit_code == 0
    files = sorted(tmp_path.glob(f"NCT*.{version}.json"))
    assert len(files) == 4
    options = [word for file in files for word in ("--criteria", str(file))]
    published = run("evaluate", *PATIENTS, *AS_OF, *options, "--format", "json")
    known = run("evaluate", *PATIENTS, *AS_OF, "--format", "json")
    assert published.stdout_bytes == known.stdout_bytes


def test_criteria_and_trials_can_be_asked_together(tmp_path: Path) -> None:
    """Those of the trials come first."""
    run("export", "--trial", "NCT01494480", "-o", tmp_path, "--fhir-version", "R5")
    asked = ("--trial", "NCT06765564", "--criteria", tmp_path / "NCT01494480.R5.json")
    screenings = json.loads(run("evaluate", PATIENTS[0], *AS_OF, *asked, "--format", "json").stdout)
    assert [one["trial"] for one in screenings] == ["NCT06765564", "NCT01494480"]


@pytest.mark.parametrize("version", VERSIONS)
def test_screenings_are_written_in_the_version_asked_for(version: str) -> None:
    """R5 has progress where the others have a status."""
    asked = ("--trial", "NCT06765564", "--format", "fhir", "--fhir-version", version)
    bundle = json.loads(run("evaluate", PATIENTS[0], *AS_OF, *asked).stdout)
    subject = bundle["entry"][0]["resource"]
    assert ("progress" in subject) == (version == "R5")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_package_is_the_same_bytes_each_time(version: str, tmp_path: Path) -> None:
    """One command; it can be compared by its checksum. The CQL of all trials, and what plans order, are in it."""
    for name in ("a.tgz", "b.tgz"):
        assert run("package", "-o", tmp_path / name, "--fhir-version", version).exit_code == 0
    assert (tmp_path / "a.tgz").read_bytes() == (tmp_path / "b.tgz").read_bytes()
    with tarfile.open(tmp_path / "a.tgz") as archive:
        packed = set(archive.getnames())
    assert {f"package/Library-Alsfhir{name}.json" for name in ("Concepts", "Facts")} <= packed
    assert "package/ActivityDefinition-NCT06765564-cells.json" in packed
