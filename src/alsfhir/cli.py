"""The command line: the only place that prints, reads the clock and the environment, and sets exit codes.

What a command needs is imported when it runs: ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alsfhir import __version__
from alsfhir.asked import asked_criteria, asked_trials, destination, documented_trials, each_of, names, screenings_in
from alsfhir.errors import AlsfhirError, UnwritableOutput
from alsfhir.exit_codes import BAD_INPUT, DONE, HELP, SKIPPED, exit_code
from alsfhir.options import AsOf, MaxAge, fhir_version, to_directory
from alsfhir.terminal import put, put_file, tell, tell_issues

if TYPE_CHECKING:
    from alsfhir.eligibility.record import ScreeningRecord
    from alsfhir.trial.model import Trial


class Commands(click.Group):
    """A click group that turns our errors into one sentence and an exit code."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program. Where what it prints, the help too, cannot be written, that is one sentence as well."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            tell(f"error: {UnwritableOutput('standard output', error.strerror or 'unknown reason')}")
            sys.exit(BAD_INPUT)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an AlsfhirError becomes a sentence on standard error and its exit code."""
        try:
            return super().invoke(ctx)
        except AlsfhirError as error:
            tell(f"error: {error}")
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
    trials, refused = documented_trials(documents)
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
    records = screenings_in(screenings)
    trials, refused = asked_trials((*ids, *documents)) if ids or documents or screenings is None else ((), 0)
    lost = False
    if server is not None:
        lost = _publish(server, trials, records, fhir_version, verbose=verbose)
    elif directory is not None:
        _write_export(directory, trials, records, fhir_version)
    ctx.exit(SKIPPED if refused or lost else DONE)


@main.command()
@click.argument("bundles", nargs=-1, required=True, metavar="BUNDLE...")
@click.option("--trial", "asked", multiple=True, metavar="ID|DOCUMENT", help="A trial to screen for. Default: all.")
@click.option("--criteria", "files", multiple=True, metavar="FILE", help="Criteria as EvidenceVariable or R5 Group.")
@click.option("--server", metavar="URL", help="Take the criteria of each --trial from this FHIR server.")
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
    files: tuple[str, ...],
    server: str | None,
    as_of: date | None,
    closed_world: bool,
    max_age: tuple[tuple[str, int], ...],
    form: str,
    fhir_version: str,
) -> None:
    """Screen patient records against each criterion of each trial.

    BUNDLE is a FHIR Bundle of any type, a list of resources, or one resource (JSON; R4, R4B or R5); `-` is standard
    input. Each file stands alone; results come in the order of input, patient, trial.

    \b
    alsfhir evaluate patient.json --as-of 2026-06-30
    alsfhir evaluate *.json --trial NCT06765564 --max-age fvc=120 --format ndjson > screenings.ndjson
    alsfhir evaluate patient.json --criteria evidencevariable.json
    """
    from alsfhir.pipeline import Question, answer, written

    if as_of is None:
        as_of = datetime.now().astimezone().date()
        tell(f"as of {as_of.isoformat()}, today")
    criteria, unread = asked_criteria(asked, files, server, fhir_version)
    question = Question(criteria, as_of, closed_world, dict(max_age))
    answers, refused = each_of(bundles, lambda name, read: answer(name, read, question))
    records = [record for one in answers for record in one.records]
    for piece in written(records, form, names(fhir_version) if form == "fhir" else None):
        put(piece)
    for one in answers:
        tell_issues(one.issues, f"{one.name}: ")
    ctx.exit(SKIPPED if refused or unread or any(one.lost_something for one in answers) else DONE)


@main.command()
@click.argument("asked", nargs=-1, metavar="[ID|DOCUMENT]...")
@click.pass_context
def trials(ctx: click.Context, asked: tuple[str, ...]) -> None:
    """Show what is known of the trials, and how each criterion and the schedule are read.

    Without ID or DOCUMENT, all known trials.
    """
    from alsfhir.pipeline import criteria_of
    from alsfhir.report.trials import overview, trial_text

    asked_for, refused = asked_trials(asked)
    shown = criteria_of(asked_for)
    put("\n".join([overview(shown), *map(trial_text, shown)]).encode())
    ctx.exit(SKIPPED if refused else DONE)


@main.command()
@click.option("-o", "path", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Write it here.")
@fhir_version
def package(path: Path, fhir_version: str) -> None:
    """Pack our codes, value sets, extensions and shared CQL as a FHIR package (.tgz), to validate against.

    \b
    alsfhir package -o alsfhir.als.tgz --fhir-version R5
    """
    from alsfhir.pipeline import conformance_package

    put_file(path.parent, path.name, conformance_package(names(fhir_version)))


def _publish(
    server: str, trials: Sequence[Trial], records: Sequence[ScreeningRecord], fhir_version: str, *, verbose: bool
) -> bool:
    """Publish and list what became of it; whether something was not published."""
    from alsfhir.pipeline import publication
    from alsfhir.report.table import table

    published = publication(destination(server), trials, records, names(fhir_version), datetime.now().astimezone())
    shown = [record for record in records if not published.withheld(record.patient, record.trial)]
    put(f"{table(shown) if shown else ''}{published.text(server, every=verbose)}".encode())
    tell_issues(published.issues)
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
        put_file(
            directory,
            f"{trial_id}.screenings.{fhir_version}.json",
            b"".join(written(of_trial, "fhir", names(fhir_version))),
        )
    if records:
        put(table(records).encode())


def _write_trial(trial: Trial, fhir_version: str, directory: Path | None) -> None:
    from alsfhir.criteria.ledger import ledger_tsv
    from alsfhir.pipeline import conversion, json_line

    converted = conversion(trial, names(fhir_version))
    for doubt in converted.doubts:
        tell(f"warning: {trial.nct_id}: {doubt}")
    if directory is None:
        put(json_line(converted.bundle))
        return
    put_file(directory, f"{trial.nct_id}.{fhir_version}.json", json_line(converted.bundle))
    if converted.ledger:
        put_file(directory, f"{trial.nct_id}.ledger.tsv", ledger_tsv(converted.ledger).encode())
