"""What a record says of one patient, as plain frozen types: no FHIR classes, no trial, no as-of date.

Every fact keeps the reference of the resource it came from. A fact that exists but cannot be compared keeps the
reason in ``unusable``; a fact is never dropped for being odd. What does not exist (``entered-in-error``) makes no fact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from alsfhir.terminology import Coding

Sex: TypeAlias = Literal["female", "male", "other", "unknown"]
Verification: TypeAlias = Literal["confirmed", "unconfirmed", "provisional", "differential", "refuted"]
ClinicalStatus: TypeAlias = Literal["active", "recurrence", "relapse", "inactive", "remission", "resolved", "unknown"]
Severity: TypeAlias = Literal["error", "warning", "information"]


@dataclass(frozen=True, slots=True)
class When:
    """A time as written: the days it may mean, first to last, and the instant (UTC) if it is given to the second.

    ``2025`` is 2025-01-01 to 2025-12-31; ``2025-03-02T23:30:00-05:00`` is the written day, 2025-03-02, and an instant.
    For a Period: the first day of its start to the last day of its end, and no instant; ``date.min`` stands for a
    start and ``date.max`` for an end that is not given.
    """

    first: date
    last: date
    written: str
    instant: datetime | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a unit as written: ``unit`` is the UCUM code if there is one, else the unit's text.

    ``comparator`` is ``<``, ``<=``, ``>=``, ``>`` or ``None``.
    """

    value: Decimal
    unit: str | None
    comparator: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    system: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Observation:
    """An Observation, or one component of it (``path`` says which).

    ``concepts`` are those of its code. Exactly one of the values is given, unless ``unusable`` says why there is none
    that could be compared; a coded value with a text of its own has it as a last coding of nothing but a display.
    ``upper_limit`` and ``lower_limit`` are its own reference range, if that is one range.
    ``status`` is kept as written: what is registered or preliminary does not count yet.
    """

    reference: str
    path: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    when: When | None
    status: str
    quantity: Quantity | None = None
    coded: tuple[Coding, ...] = ()
    string: str | None = None
    boolean: bool | None = None
    upper_limit: Quantity | None = None
    lower_limit: Quantity | None = None
    interpretation: tuple[str, ...] = ()
    issued: datetime | None = None
    last_updated: datetime | None = None
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A Condition. ``verification`` ``None`` counts as confirmed, ``clinical`` ``None`` as not stated.

    ``onset_age`` and ``abatement_age`` (completed years) stand where only an age is written; ``diagnosed`` is an
    asserted date, ``recorded`` the date of entry. ``onset_text`` is an onset in words, or a date that is none.
    ``abated`` says that there is an abatement which is no date. ``stages`` are the codings of ``stage.summary``.
    """

    reference: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    verification: Verification | None = None
    clinical: ClinicalStatus | None = None
    severity: tuple[Coding, ...] = ()
    onset: When | None = None
    onset_age: Decimal | None = None
    onset_text: str | None = None
    abatement: When | None = None
    abatement_age: Decimal | None = None
    abated: bool = False
    diagnosed: When | None = None
    recorded: When | None = None
    stages: tuple[Coding, ...] = ()
    stage_text: tuple[str, ...] = ()
    body_sites: tuple[Coding, ...] = ()
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A Procedure and its status; ``when`` is ``performed[x]`` (R5 ``occurrence[x]``)."""

    reference: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    status: str
    when: When | None = None
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Drug:
    """A MedicationRequest, -Statement, -Administration or -Dispense. ``dosage`` is in words, the same for the same.

    ``period`` is when it is, or was, taken, and ``authored`` when that was written down. ``status`` is R4's, also for
    a statement in R5.
    """

    reference: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    status: str
    intent: str | None = None
    period: When | None = None
    authored: When | None = None
    dosage: str | None = None
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in the record that was skipped or not used: where, why. ``error`` costs a resource or an element."""

    severity: Severity
    location: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts about one patient. ``died`` is the day of death, if it is known of a ``deceased`` patient.

    ``unreadable`` are the types of resources that could not be read at all, and of a Patient that could be read
    ``Patient.birthDate`` and ``Patient.gender`` if what is written there cannot be used.
    """

    patient: str
    identifiers: tuple[Identifier, ...] = ()
    birth: When | None = None
    sex: Sex | None = None
    deceased: bool = False
    died: When | None = None
    observations: tuple[Observation, ...] = ()
    conditions: tuple[Condition, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    drugs: tuple[Drug, ...] = ()
    issues: tuple[Issue, ...] = ()
    unreadable: frozenset[str] = field(default=frozenset())
