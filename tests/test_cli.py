"""The command line as a user meets it: what it prints, where, and the exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alsfhir.cli import main
from alsfhir.errors import UnreadableInput
from alsfhir.files import content
from memory_server import BASE, MemoryServer
from registry_pages import registry_page

EXAMPLES = Path(__file__).parents[1] / "examples"
PATIENTS = EXAMPLES / "patients"
AS_OF = ("--as-of", "2026-06-30")


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def sentence(result: Result) -> str:
    """The one error sentence; anything more, or a traceback, fails the test."""
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.output
    return lines[0]


# What cannot be used


@pytest.mark.parametrize("command", ["convert", "evaluate"])
def test_a_missing_file_is_named_in_one_sentence_with_exit_code_3(command: str, tmp_path: Path) -> None:
    """A file that is not there is bad input."""
    result = run(command, tmp_path / "nowhere.json")
    assert (result.exit_code, "there is no such file" in sentence(result)) == (3, True)


@pytest.mark.parametrize("command", ["convert", "evaluate"])
def test_a_folder_is_refused_with_what_to_write_instead(command: str, tmp_path: Path) -> None:
    """A folder is bad input, and the sentence shows how its files are named."""
    result = run(command, tmp_path)
    assert (result.exit_code, f"{tmp_path}/*.json" in sentence(result)) == (3, True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"%PDF-1.7\n\x00\x01",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n",
        b"\xff\xfe\x00",
        b"A recipe for apple cake. Take six apples.",
        b"<!doctype html><html><body>trial</body></html>",
        b"{",
        b"[]",
        b"{}",
        b'{"resourceType": "CapabilityStatement"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
@pytest.mark.parametrize("command", ["convert", "evaluate"])
def test_what_is_neither_document_nor_record_is_refused_in_one_sentence(
    command: str, content: bytes, tmp_path: Path
) -> None:
    """Whatever the content, it is one sentence and exit code 3, never a traceback."""
    path = tmp_path / "input"
    path.write_bytes(content)
    result = run(command, path, *(AS_OF if command == "evaluate" else ()))
    assert result.exit_code == 3, result.output
    assert str(path) in sentence(result)


@pytest.mark.parametrize("command", ["convert", "evaluate"])
def test_fifty_megabytes_of_noise_are_refused_in_one_sentence(command: str, tmp_path: Path) -> None:
    """Noise of any size is refused, and quickly: nothing looks for patterns in all of it."""
    path = tmp_path / "noise"
    path.write_bytes(b"Inclusion 1. \xc3\xa4 aaaa aaaa <90% NCT\n" * 1_400_000)
    result = run(command, path, *(AS_OF if command == "evaluate" else ()))
    assert result.exit_code == 3
    assert sentence(result)


@pytest.mark.parametrize("word", ["tomorrow", "2026-6-30", "30.06.2026", "2026-02-30", ""])
def test_an_as_of_date_in_any_other_form_is_wrong_usage(word: str) -> None:
    """A date is written as in FHIR, or it is refused with the form to use."""
    result = run("evaluate", PATIENTS / "candidate.json", "--as-of", word)
    assert result.exit_code == 2
    assert "write it like 2026-06-30" in result.stderr


@pytest.mark.parametrize("word", ["0001-01-01", "1799-12-31", "9999-12-31"])
def test_an_as_of_date_of_no_record_is_wrong_usage(word: str) -> None:
    """The placeholders of databases are refused as the days that they are not, as they are in records."""
    result = run("evaluate", PATIENTS / "candidate.json", "--as-of", word)
    assert result.exit_code == 2
    assert "from 1800 to 9998" in result.stderr


@pytest.mark.parametrize("word", ["1800-01-01", "9998-12-31"])
def test_the_first_and_the_last_as_of_date_are_answered(word: str) -> None:
    """No window reaches out of the calendar."""
    result = run("evaluate", PATIENTS / "candidate.json", "--as-of", word, "--closed-world")
    assert (result.exit_code, bool(result.stdout)) == (0, True)


@pytest.mark.parametrize("word", ["fvc", "fvc=", "fvc=old", "nothing=3", "fvc=-1", "=3"])
def test_a_greatest_age_that_does_not_parse_is_wrong_usage(word: str) -> None:
    """A greatest age names a concept that ages and a number of days."""
    assert run("evaluate", PATIENTS / "candidate.json", *AS_OF, "--max-age", word).exit_code == 2


def test_an_unknown_value_is_answered_with_those_that_age_the_short_name_too() -> None:
    """The name in the example of the help is one of those listed."""
    stderr = run("evaluate", PATIENTS / "candidate.json", *AS_OF, "--max-age", "nothing=3").stderr
    assert "fvc, fvc-percent-change, fvc-percent-predicted" in stderr


def test_an_unknown_trial_is_answered_with_the_known_ones() -> None:
    """An id without a mapping is bad input."""
    result = run("evaluate", PATIENTS / "candidate.json", *AS_OF, "--trial", "NCT00000000")
    assert result.exit_code == 3
    assert "NCT06765564" in sentence(result)


@pytest.mark.parametrize("command", [("evaluate", PATIENTS / "candidate.json", "--trial"), ("trials",)])
def test_a_word_that_is_neither_trial_nor_file_is_said_to_be_neither(command: tuple[str | Path, ...]) -> None:
    """A slip in a trial's id is not answered with a missing file."""
    result = run(*command, "NCT0676556")
    assert result.exit_code == 3
    assert "neither a known trial nor a file" in sentence(result)


def test_an_address_that_is_none_is_wrong_usage() -> None:
    """The address of a server is an option that has to parse."""
    assert run("export", "--server", "foo").exit_code == 2


def test_export_needs_a_server_or_a_folder() -> None:
    """Where to export to is never guessed."""
    assert run("export").exit_code == 2


def test_one_bad_file_costs_only_itself_and_exit_code_1(tmp_path: Path) -> None:
    """The other files are screened, the bad one is listed."""
    (tmp_path / "bad.json").write_bytes(b"{}")
    result = run("evaluate", tmp_path / "bad.json", PATIENTS / "candidate.json", *AS_OF, "--format", "json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)) == 4
    assert "bad.json" in result.stderr


# What works


def test_help_names_every_command_and_the_exit_codes() -> None:
    """A new user finds the commands, and what an exit code means."""
    result = run("--help")
    assert result.exit_code == 0
    for word in ("convert", "export", "evaluate", "trials", "Exit codes", "Not a medical device"):
        assert word in result.stdout


@pytest.mark.parametrize("command", ["convert", "export", "evaluate", "trials"])
def test_each_command_explains_itself(command: str) -> None:
    """The help of each command has a sentence for each of its options."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert all(option.help for option in main.commands[command].params if getattr(option, "help", "") is not None)


def test_help_imports_nothing_slow() -> None:
    """Help answers at once, because it loads neither FHIR models, HTTP, settings nor JSON codecs."""
    code = "import sys\nfrom alsfhir.cli import main\nmain(['--help'], standalone_mode=False)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"fhir", "httpx", "pydantic", "msgspec", "rich", "dateutil"} & {m.split(".")[0] for m in loaded.split()}


def test_every_patient_is_screened_against_every_known_trial_in_order() -> None:
    """Results come in the order of input, patient, trial."""
    result = run("evaluate", PATIENTS / "two-patients.json", PATIENTS / "too-old.json", *AS_OF, "--format", "ndjson")
    seen = [(screening["patient"], screening["trial"]) for screening in map(json.loads, result.stdout.splitlines())]
    patients = list(dict.fromkeys(patient for patient, _ in seen))
    trials = ["NCT01494480", "NCT03828123", "NCT06765564", "NCT07118319"]
    assert len(patients) == 3
    assert seen == [(patient, trial) for patient in patients for trial in trials]


def test_a_trial_that_is_named_twice_is_asked_once() -> None:
    """Ids count once, in either case."""
    result = run("evaluate", PATIENTS / "candidate.json", *AS_OF, *["--trial", "NCT06765564", "--trial", "nct06765564"])
    assert result.stdout.count("NCT06765564 · Patient/") == 1


def test_several_screenings_begin_with_a_table_of_them() -> None:
    """The overview comes before the details; a single screening needs none."""
    several = run("evaluate", PATIENTS / "candidate.json", *AS_OF).stdout
    assert several.splitlines()[0].split() == [
        "patient",
        "trial",
        "recruits",
        "status",
        "blocking",
        "missing",
        "confirm",
    ]
    single = run("evaluate", PATIENTS / "candidate.json", *AS_OF, "--trial", "NCT06765564").stdout
    assert single.startswith("=====")


def test_a_record_on_standard_input_gives_the_same_bytes_as_the_file() -> None:
    """A dash is standard input, and the same input gives the same bytes."""
    file = PATIENTS / "candidate.json"
    piped = run("evaluate", "-", *AS_OF, "--format", "json", stdin=file.read_bytes())
    assert piped.stdout_bytes == run("evaluate", file, *AS_OF, "--format", "json").stdout_bytes != b""


def test_the_default_as_of_date_is_said() -> None:
    """Without an as-of date it is today, and standard error says so."""
    assert "today" in run("evaluate", PATIENTS / "candidate.json").stderr


def test_broken_resources_cost_only_themselves_and_exit_code_1() -> None:
    """The patient is screened, and each broken resource is listed among the issues."""
    result = run("evaluate", PATIENTS / "broken-resources.json", *AS_OF, "--format", "json")
    screenings = json.loads(result.stdout)
    assert result.exit_code == 1
    assert len(screenings) == 4
    assert {"error"} <= {issue["severity"] for issue in screenings[0]["issues"]}


def test_a_document_is_a_trial_to_screen_for() -> None:
    """A document without a mapping gives drafts, which a person reads: the patient is a potential candidate at most."""
    document = next((EXAMPLES / "trials").glob("*.json"))
    result = run("evaluate", PATIENTS / "candidate.json", *AS_OF, "--trial", document, "--format", "json")
    (screening,) = json.loads(result.stdout)
    assert {criterion["reading"] for criterion in screening["criteria"]} == {"draft"}
    assert screening["status"] != "candidate"


def test_converted_documents_are_bundles_and_ledgers(tmp_path: Path) -> None:
    """Each trial becomes a transaction Bundle and a ledger, named by its NCT id."""
    result = run("convert", *sorted((EXAMPLES / "trials").iterdir()), "-o", tmp_path)
    assert result.exit_code == 0, result.output
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == [f"NCT9900000{n}.{kind}" for n in (1, 2) for kind in ("R4.json", "ledger.tsv")]
    assert json.loads((tmp_path / written[0]).read_bytes())["type"] == "transaction"


def test_a_schedule_whose_text_has_changed_is_a_warning(tmp_path: Path) -> None:
    """The bundle has no schedule, and whoever converts the page is told so."""
    page = tmp_path / "page.txt"
    page.write_text(registry_page().replace("NCT99000009", "NCT06765564"), "utf-8")
    result = run("convert", page)
    assert "warning: NCT06765564: schedule: the text is not the one" in result.stderr
    assert "ActivityDefinition" not in {one["resource"]["resourceType"] for one in json.loads(result.stdout)["entry"]}


def test_what_is_doubtful_is_said_to_whoever_publishes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words in which it is said to whoever converts, that of the schedule among them; nothing is lost by it."""
    page, memory = tmp_path / "page.txt", MemoryServer()
    page.write_text(registry_page().replace("NCT99000009", "NCT06765564"), "utf-8")
    monkeypatch.setattr("alsfhir.server.client.FhirServer", lambda *_: memory.client())
    published = run("export", page, "--server", BASE)
    converted = run("convert", page)
    assert published.exit_code == 0
    assert published.stderr == converted.stderr
    assert "schedule: the text is not the one" in published.stderr


def test_the_known_trials_are_shown_with_every_criterion() -> None:
    """All 87 criteria are listed, each with its reading, and the schedules."""
    result = run("trials")
    assert result.exit_code == 0
    assert result.stdout.count("\nSchedule  proposed") == 3
    assert sum(result.stdout.count(f"{trial}-{kind}") > 0 for trial in ("NCT07118319",) for kind in "IE") == 2


def test_export_into_a_folder_writes_the_known_trials(tmp_path: Path) -> None:
    """Without a server, what would be published is written as files."""
    result = run("export", "-o", tmp_path)
    assert result.exit_code == 0, result.output
    assert sum(path.name.endswith(".R4.json") for path in tmp_path.iterdir()) == 4


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    """The output path is a file: exit code 3 and the path."""
    (tmp_path / "file").touch()
    result = run("export", "-o", tmp_path / "file")
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr


# Servers


def test_a_server_that_is_not_there_is_exit_code_4() -> None:
    """No network is one sentence."""
    result = run("export", "--server", "http://127.0.0.1:9/fhir")
    assert result.exit_code == 4
    assert "cannot be reached" in sentence(result)


# What is hostile


def test_a_name_cannot_command_the_terminal_nor_forge_a_line() -> None:
    """Line feeds, escape sequences and reversed writing in a name are shown, and not obeyed."""
    said = sentence(run("evaluate", "a\nerror: b\x1b[31m\u202e\x9b.json"))
    assert said.startswith("error: a\\nerror: b\\x1b[31m\\u202e\\x9b.json: there is no such file")


def test_what_a_record_names_cannot_command_the_terminal(tmp_path: Path) -> None:
    """Nor can an id in a record, on either stream."""
    condition = {"resourceType": "Condition", "id": "c\x1b[2J", "subject": {"reference": "Patient/\x1b[2Jx"}}
    (tmp_path / "record.json").write_text(json.dumps([{"resourceType": "Patient", "id": "p\x1b[2J"}, condition]))
    result = run("evaluate", tmp_path / "record.json", *AS_OF)
    assert result.exit_code == 0
    assert "\x1b" not in result.output


@pytest.mark.parametrize("arguments", [("--help",), ("trials",), ("evaluate", str(PATIENTS / "candidate.json"))])
def test_a_full_disk_is_one_sentence(arguments: tuple[str, ...]) -> None:
    """Where standard output cannot be written: exit code 3 and the reason, and nothing after it."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", "from alsfhir.cli import main; main()", *arguments],
            stdout=full,
            stderr=-1,
            check=False,
        )
    assert ended.returncode == 3, ended.stderr
    assert ended.stderr.splitlines()[-1] == b"error: standard output cannot be written: No space left on device"
    assert b"Traceback" not in ended.stderr


def test_a_closed_standard_input_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be read from it, and nothing else is said."""
    monkeypatch.setattr("alsfhir.files.sys.stdin", None)
    with pytest.raises(UnreadableInput, match="-: is closed"):
        content("-")


def test_an_empty_name_is_no_folder() -> None:
    """An unset variable in a script gives an empty name."""
    assert "names no file" in sentence(run("evaluate", ""))


@pytest.mark.parametrize("trial", ["../../outside", "/tmp/outside", "NCT06765564/../../outside"])
def test_a_trial_in_a_screenings_file_is_never_a_path(trial: str, tmp_path: Path) -> None:
    """An edited file cannot write outside the folder: it is refused, and nothing is written."""
    screenings = run("evaluate", PATIENTS / "too-old.json", *AS_OF, "--format", "json").stdout
    (tmp_path / "s.json").write_text(screenings.replace('"trial": "NCT01494480"', f'"trial": "{trial}"'))
    result = run("export", "--screenings", tmp_path / "s.json", "-o", tmp_path / "out")
    assert (result.exit_code, "screening 1: its trial is no NCT id" in sentence(result)) == (3, True)
    assert not (tmp_path / "out").exists()


def test_a_status_that_was_edited_is_refused(tmp_path: Path) -> None:
    """What blocks a patient cannot be overruled in the file: a person decides on the server, under their own name."""
    screenings = run("evaluate", PATIENTS / "too-old.json", *AS_OF, "--format", "ndjson").stdout
    (tmp_path / "s.ndjson").write_text(screenings.replace('"status":"ineligible"', '"status":"candidate"'))
    result = run("export", "--screenings", tmp_path / "s.ndjson", "-o", tmp_path / "out")
    assert (result.exit_code, "its status does not follow from its criteria" in sentence(result)) == (3, True)


@pytest.mark.parametrize("file", sorted(PATIENTS.glob("*.json")))
def test_every_screening_that_is_written_can_be_published(file: Path, tmp_path: Path) -> None:
    """Nothing that evaluate writes is taken for an edited file."""
    for number, options in enumerate(((), ("--closed-world",), ("--max-age", "fvc=0"))):
        written = run("evaluate", file, *AS_OF, *options, "--format", "ndjson").stdout_bytes
        (tmp_path / "s.ndjson").write_bytes(written)
        assert run("export", "--screenings", tmp_path / "s.ndjson", "-o", tmp_path / str(number)).exit_code == 0
