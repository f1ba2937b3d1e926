"""The files ``mappings/trials/<NCT id>.toml``: what is known of a trial, and how its statements are read."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Literal

import msgspec

from alsfhir.criteria.criterion import Computability, Criterion, Place
from alsfhir.criteria.model import Node
from alsfhir.criteria.schedule import Schedule
from alsfhir.criteria.schedule_problems import schedule_problems
from alsfhir.criteria.signed import Date, Label, Signed
from alsfhir.criteria.tree import problems
from alsfhir.errors import MappingError
from alsfhir.terminology import mapping, mappings_folder, terminology
from alsfhir.trial.model import Kind

_INDEX = re.compile(r"\$\.criterion\[(\d+)\]")

NctId = Annotated[str, msgspec.Meta(pattern="^NCT[0-9]{8}$")]
CriterionId = Annotated[str, msgspec.Meta(pattern="^NCT[0-9]{8}-([IE][0-9]{2}|H-age)$")]


class Reading(Signed, frozen=True, kw_only=True):
    """How one statement is read.

    ``source`` is ``header`` for a rule that stands in the page's header alone; its hash is then that of the age limits
    as `header_text` says them. ``show`` names concepts to be shown beside the verdict.
    """

    id: CriterionId
    kind: Kind
    label: Label
    computability: Computability = msgspec.field(name="class")
    tree: Node
    source: Literal["statement", "header"] = "statement"
    show: tuple[str, ...] = ()

    def criterion(self, text: str, place: Place | None, warnings: tuple[str, ...] = ()) -> Criterion:
        """The criterion of this reading, with the text that stands for it and where that was found."""
        return Criterion(
            id=self.id,
            kind=self.kind,
            text=text,
            label=self.label,
            tree=self.tree,
            computability=self.computability,
            reading=self.status,
            assumptions=self.assumptions,
            warnings=warnings,
            show=self.show,
            place=place,
            reviewed_by=self.by,
            reviewed_on=self.on,
        )


class TrialMapping(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, rename="kebab"
):
    """What a mapping file says of a trial; ``status`` is the registry's word on the page of the date ``status_as_of``.

    ``condition`` names the concept that a patient must have for the trial to be meant for them.
    """

    nct_id: NctId
    title: str
    status: str
    condition: str
    criterion: tuple[Reading, ...]
    schedule: Schedule | None = None
    status_as_of: Date | None = None
    phases: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    study_type: str | None = None
    sponsor: str | None = None
    enrollment: int | None = None
    enrollment_type: Literal["actual", "estimated"] | None = None
    sex: Literal["all", "female", "male"] | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    healthy_volunteers: bool | None = None

    def reading(self, criterion_id: str) -> Reading | None:
        """The reading of the statement with that id, or ``None``."""
        return next((reading for reading in self.criterion if reading.id == criterion_id), None)


def header_text(minimum_age: int | None, maximum_age: int | None) -> str:
    """The age limits of a header in one form, whatever the page: ``18 to 65 years old``, ``18 years and older``."""
    if maximum_age is None:
        return f"{minimum_age} years and older"
    return f"{minimum_age} to {maximum_age} years old" if minimum_age is not None else f"up to {maximum_age} years old"


@cache
def known_trials() -> tuple[str, ...]:
    """The ids of all trials that have a mapping file, sorted."""
    return tuple(sorted(path.stem for path in (mappings_folder() / "trials").glob("NCT*.toml")))


@cache
def trial_mapping(nct_id: str) -> TrialMapping | None:
    """The mapping of that trial, or ``None`` if there is none. Raises MappingError."""
    if nct_id not in known_trials():
        return None
    file = f"trials/{nct_id}"
    return checked_mapping(f"{file}.toml", mapping(file))


def checked_mapping(file: str, table: dict[str, object]) -> TrialMapping:
    """The mapping in a parsed TOML file, held against its schema, the terminology and itself. Raises MappingError."""
    try:
        read = msgspec.convert(table, TrialMapping)
    except msgspec.ValidationError as error:
        raise MappingError(file, _named(str(error), table)) from None
    found = [f"{reading.id}: {problem}" for reading in read.criterion for problem in _problems(reading, read)]
    if read.condition not in terminology().concepts:
        found.append(f"condition: no concept is named {read.condition!r}")
    if read.schedule:
        found += [f"schedule: {problem}" for problem in schedule_problems(read.schedule, terminology())]
    if found:
        raise MappingError(file, "; ".join(found))
    return read


def _problems(reading: Reading, trial: TrialMapping) -> tuple[str, ...]:
    found = list(problems(reading.tree, terminology()))
    found += [f"no concept is named {name!r}" for name in reading.show if name not in terminology().concepts]
    if not reading.id.startswith(f"{trial.nct_id}-"):
        found.append(f"is not an id of {trial.nct_id}")
    if sum(other.id == reading.id for other in trial.criterion) > 1:
        found.append("stands there twice")
    if (reading.id[12] == "E") != (reading.kind == Kind.EXCLUSION):
        found.append(f"the id does not say {reading.kind.value}")
    if (reading.source == "header") != reading.id.endswith("-H-age"):
        found.append("only the header rule, -H-age, has the source header")
    return tuple(found)


def _named(message: str, table: dict[str, object]) -> str:
    """The message with the id of a criterion in place of its number in the file, where it has one."""

    def name(match: re.Match[str]) -> str:
        criteria = table.get("criterion")
        entry = criteria[int(match[1])] if isinstance(criteria, list) else None
        return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else match[0]

    return _INDEX.sub(name, message)
