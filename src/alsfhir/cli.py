"""The command line: the only place that prints, reads the clock and the environment, and sets exit codes.

What a command needs is imported when it runs: ``--help`` answers at once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from alsfhir import __version__
from alsfhir.errors import AlsfhirError, UnwritableOutput
from alsfhir.exit_codes import BAD_INPUT, DONE, HELP, SKIPPED, exit_code
from alsfhir.files import content, each, looks_like_path, save
from alsfhir.options import AsOf, MaxAge, fhir_version, to_directory

if TYPE_CHECKING:
    from alsfhir.eligibility.record import ScreeningRecord
    from alsfhir.fhir.canonical import Names
    from alsfhir.patient.model import Issue
    from alsfhir.trial.model import Trial

T = TypeVar("T")
TRIAL_ID = re.compile(r"NCT[0-9]{8}", re.IGNORECASE)


class Commands(click.Group):
    """A click group that turns our errors into one sentence and an exit code."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program. Where what it prints, the help too, cannot be written, that is one sentence as well."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            _tell(f"error: {UnwritableOutput('standard output', error.strerror or 'unknown reason')}")
            sys.exit(BAD_INPUT)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an AlsfhirError becomes a sentence on standard error and its exit code."""
        try:
            return super().invoke(ctx)
        except AlsfhirError as error:
            _tell(f"error: {error}")
            ctx.exit(exit_code(error))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=HELP)
@click.version_option(__version__, message="alsfhir %(version)s")
def main() -> None:
    """Find out which ALS patients could join a stem-cell trial.

    Trial documents become FHIR; patient records are screened against each criterion of each trial, and every verdict
    says what it rests on. A verdict is `met`, `not-met`, `unknown` (the record does not say) or `review` (a person
    must judge). Nobody is ever called eligible: consent and judgement are people's. Not a medical device.
    """


@main.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@fhir_version
@to_directory
@click.pass_context
def convert(ctx: click.Context, documents: tuple[str, ...], fhir_version: str, directory: Path | None) -> None:
    """Convert trial documents to FHIR, with every sentence accounted for.

    DOCUMENT is a registry page saved as text, or a ClinicalTrials.gov record (JSON, API version 2); `-` is standard
    input. Documents of one trial are merged by its NCT id. Each trial becomes one transaction Bundle, and a ledger
    that says, for every piece of its documents, which element carries it or why it is left out.

    \b
    alsfhir convert page.txt record.json -o out     out/NCT*.R4.json and out/NCT*.ledger.tsv
    alsfhir convert page.txt                        one Bundle a line, on standard output
    """
    trials, refused = _trials(documents)
    for trial in trials:
        _write_trial(trial, fhir_version, directory)
    ctx.exit(SKIPPED if refused else DONE)


@main.command()
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--trial", "ids", multiple=True, metavar="ID", help="A known trial, built from its mapping. Repeatable.")
@click.option("--screenings", metavar="FILE", help="Screenings to publish: what evaluate wrote as json or ndjson.")
@click.option("--server", metavar="URL", help="The FHIR base of the server to publish to.")
@to_directory
@click.option("-v", "--verbose", is_flag=True, help="List every resource, not only the studies and worklists.")
@fhir_version
@click.pass_context
def export(
    ctx: click.Context,
    documents: tuple[str, ...],
    ids: tuple[str, ...],
    screenings: str | None,
    server: str | None,
    directory: Path | None,
    verbose: bool,
    fhir_version: str,
) -> None:
    """Publish trials and screenings to a FHIR server; or write into files what would be published.

    Without documents, trials or screenings, all known trials. What is published has our own identity: other people's
    resources are never written, and a second run changes nothing. Patients are looked up by their identifier on the
    server and never written.

    \b
    alsfhir export --server http://127.0.0.1:8080/fhir
    alsfhir export page.txt --screenings screenings.ndjson --server http://127.0.0.1:8080/fhir
    alsfhir export -o out
    """
    if (server is None) == (directory is None):
        raise click.UsageError("say where to: either --server URL or -o DIR")
    records = _screenings(screenings)
    trials, refused = _asked_trials((*ids, *documents)) if ids or documents or screenings is None else ((), 0)
    lost = False
    if server is not None:
        lost = _publish(server, trials, records, verbose=verbose)
    elif directory is not None:
        _write_export(directory, trials, records, fhir_version)
    ctx.exit(SKIPPED if refused or lost else DONE)


@main.command()
@click.argument("bundles", nargs=-1, required=True, metavar="BUNDLE...")
@click.option("--trial", "asked", multiple=True, metavar="ID|DOCUMENT", help="A trial to screen for. Default: all.")
@click.option("--as-of", type=AsOf(), help="Screen as of this date; later data do not exist. Default: today.")
@click.option("--closed-world", is_flag=True, help="Take history that is not on record as absent; the result says so.")
@click.option("--max-age", type=MaxAge(), multiple=True, help="How old a value may be, as in fvc=120. Repeatable.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "ndjson", "fhir"]), default="text", show_default=True
)
@fhir_version
@click.pass_context
def evaluate(
    ctx: click.Context,
    bundles: tuple[str, ...],
    asked: tuple[str, ...],
    as_of: date | None,
    closed_world: bool,
    max_age: tuple[tuple[str, int], ...],
    form: str,
    fhir_version: str,  # noqa: ARG001 - R4 is the only choice yet
) -> None:
    """Screen patient records against each criterion of each trial.

    BUNDLE is a FHIR Bundle of any type, a list of resources, or one resource (JSON; R4, R4B or R5); `-` is standard
    input. Each file stands alone; results come in the order of input, patient, trial.

    \b
    alsfhir evaluate patient.json --as-of 2026-06-30
    alsfhir evaluate *.json --trial NCT06765564 --max-age fvc=120 --format ndjson > screenings.ndjson
    """
    from alsfhir.pipeline import Question, answer, criteria_of, written

    if as_of is None:
        as_of = datetime.now().astimezone().date()
        _tell(f"as of {as_of.isoformat()}, today")
    trials, unread = _asked_trials(asked)
    question = Question(criteria_of(trials), as_of, closed_world, dict(max_age))
    answers, refused = _each(bundles, lambda name, read: answer(name, read, question))
    records = [record for one in answers for record in one.records]
    for piece in written(records, form, _names() if form == "fhir" else None):
        _put(piece)
    for one in answers:
        _tell_issues(one.issues, f"{one.name}: ")
    ctx.exit(SKIPPED if refused or unread or any(one.lost_something for one in answers) else DONE)


@main.command()
@click.argument("asked", nargs=-1, metavar="[ID|DOCUMENT]...")
@click.pass_context
def trials(ctx: click.Context, asked: tuple[str, ...]) -> None:
    """Show what is known of the trials, and how each criterion is read.

    Without ID or DOCUMENT, all known trials.
    """
    from alsfhir.pipeline import criteria_of
    from alsfhir.report.trials import overview, trial_text

    asked_for, refused = _asked_trials(asked)
    shown = criteria_of(asked_for)
    _put("\n".join([overview(shown), *map(trial_text, shown)]).encode())
    ctx.exit(SKIPPED if refused else DONE)


def _asked_trials(asked: Sequence[str]) -> tuple[tuple[Trial, ...], int]:
    """The trials named by id or by document, all known ones if none is named; and how many documents were refused."""
    from alsfhir.pipeline import known

    distinct = dict.fromkeys(name.upper() if TRIAL_ID.fullmatch(name) else name for name in asked)
    documents = [name for name in distinct if not TRIAL_ID.fullmatch(name) and (name == "-" or looks_like_path(name))]
    ids = [name for name in distinct if name not in documents]
    named = known(ids) if ids or not documents else ()
    described, refused = _trials(documents) if documents else ((), 0)
    return (*named, *described), refused


def _trials(documents: Sequence[str]) -> tuple[tuple[Trial, ...], int]:
    from alsfhir.trial.document import read_trial
    from alsfhir.trial.merge import merged

    read, refused = _each(documents, read_trial)
    return merged(read), refused


def _screenings(path: str | None) -> tuple[ScreeningRecord, ...]:
    from alsfhir.eligibility.record_file import screening_records

    return () if path is None else screening_records(content(path), path)


def _publish(server: str, trials: Sequence[Trial], records: Sequence[ScreeningRecord], *, verbose: bool) -> bool:
    """Publish and list what became of it; whether something was not published."""
    from alsfhir.pipeline import Destination, publication
    from alsfhir.report.table import table
    from alsfhir.settings import settings

    own = settings()
    token = own.token.get_secret_value() if own.token else None
    destination = Destination(server, token, own.timeout)
    published = publication(destination, trials, records, _names(), datetime.now().astimezone())
    shown = [record for record in records if not published.withheld(record.patient, record.trial)]
    _put(f"{table(shown) if shown else ''}{published.text(server, every=verbose)}".encode())
    _tell_issues(published.issues)
    return any(issue.severity == "error" for issue in published.issues)


def _write_export(
    directory: Path, trials: Sequence[Trial], records: Sequence[ScreeningRecord], fhir_version: str
) -> None:
    from alsfhir.pipeline import written
    from alsfhir.report.table import table

    for trial in trials:
        _write_trial(trial, fhir_version, directory)
    for trial_id in dict.fromkeys(record.trial for record in records):
        of_trial = [record for record in records if record.trial == trial_id]
        _save(directory, f"{trial_id}.screenings.{fhir_version}.json", b"".join(written(of_trial, "fhir", _names())))
    if records:
        _put(table(records).encode())


def _write_trial(trial: Trial, fhir_version: str, directory: Path | None) -> None:
    from alsfhir.criteria.ledger import ledger_tsv
    from alsfhir.pipeline import conversion, json_line

    converted = conversion(trial, _names())
    for doubt in (*trial.warnings, *(conflict.sentence for conflict in trial.conflicts)):
        _tell(f"warning: {trial.nct_id}: {doubt}")
    if directory is None:
        _put(json_line(converted.bundle))
        return
    _save(directory, f"{trial.nct_id}.{fhir_version}.json", json_line(converted.bundle))
    if converted.ledger:
        _save(directory, f"{trial.nct_id}.ledger.tsv", ledger_tsv(converted.ledger).encode())


def _each(paths: Sequence[str], read: Callable[[str, bytes], T]) -> tuple[list[T], int]:
    """What each file gives, and how many gave nothing; those are listed. If all did, that is the error."""
    results, errors = each(paths, read)
    for listed in errors if results else errors[:-1]:
        _tell(f"error: {listed}")
    if not results:
        raise errors[-1]
    return results, len(errors)


def _names() -> Names:
    from alsfhir.fhir.canonical import Names
    from alsfhir.settings import settings

    return Names(settings().base)


def _put(content: bytes) -> None:
    click.echo(content, nl=False)


def _save(directory: Path, name: str, written: bytes) -> None:
    _tell(f"wrote {save(directory, name, written)}")


def _tell_issues(issues: Iterable[Issue], file: str = "") -> None:
    for issue in issues:
        _tell(f"{issue.severity}: {file}{issue.location}: {issue.text}")


def _tell(line: str) -> None:
    # Names of files and ids in records may hold what a terminal obeys, or a line that looks like one of ours.
    click.echo("".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line), err=True)
