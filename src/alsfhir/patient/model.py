"""What a record says of one patient, as plain frozen types: no FHIR classes, no trial, no as-of date.

Every fact keeps the reference of the resource it came from. A fact that exists but cannot be compared keeps the
reason in ``unusable``; a fact is never dropped for being odd. What does not exist (``entered-in-error``) makes no fact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from alsfhir.patient.values import Identifier, Quantity, ReferenceRange, When
from alsfhir.terminology import Coding

Sex: TypeAlias = Literal["female", "male", "other", "unknown"]
Verification: TypeAlias = Literal["confirmed", "unconfirmed", "provisional", "differential", "refuted"]
ClinicalStatus: TypeAlias = Literal["active", "recurrence", "relapse", "inactive", "remission", "resolved", "unknown"]
DrugKind: TypeAlias = Literal["request", "statement", "administration", "dispense"]
Severity: TypeAlias = Literal["error", "warning", "information"]


@dataclass(frozen=True, slots=True)
class Observation:
    """An Observation, or one component of it (``path`` says which).

    ``concepts`` are those of its code, and those of its interpretation. Exactly one of the values is given, unless
    ``unusable`` says why there is none that could be compared; a coded value with a text of its own has it as a last
    coding of nothing but a display. ``ranges`` are its own reference ranges of what is normal. ``circumstances`` are
    the codings of how it was measured: its method and the position of the body.
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
    ranges: tuple[ReferenceRange, ...] = ()
    interpretation: tuple[str, ...] = ()
    circumstances: tuple[Coding, ...] = ()
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
    """A Procedure and its status; ``when`` is ``performed[x]`` (R5 ``occurrence[x]``).

    ``concepts`` are those of its code and of its category.
    """

    reference: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    status: str
    when: When | None = None
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Drug:
    """A MedicationRequest, -Statement, -Administration or -Dispense (``kind``). ``dosage`` is in words.

    The same dosage has the same words. ``period`` is when it is, or was, taken, and ``authored`` when that was written
    down. ``status`` is R4's, also in R5. ``routes`` are the codings of the routes of its dosages.
    """

    reference: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    status: str
    kind: DrugKind = "request"
    intent: str | None = None
    period: When | None = None
    authored: When | None = None
    dosage: str | None = None
    routes: tuple[Coding, ...] = ()
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """One reaction of an AllergyIntolerance: its manifestations' concepts, and ``severity`` if that is given."""

    concepts: frozenset[str] = frozenset()
    severity: Literal["mild", "moderate", "severe"] | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Allergy:
    """An AllergyIntolerance. ``concepts`` are those of its code and of the substances of its reactions.

    ``when`` is its onset, ``recorded`` the date of entry. ``verification`` is FHIR's code, R5's ``presumed`` included.
    """

    reference: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    verification: str | None = None
    clinical: str | None = None
    criticality: str | None = None
    reactions: tuple[Reaction, ...] = ()
    when: When | None = None
    recorded: When | None = None
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A Device of the patient, or the use of one (DeviceUseStatement, R5 DeviceUsage or DeviceAssociation).

    ``status`` is FHIR's of whichever it is; ``when`` is when it is, or was, used.
    """

    reference: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    status: str
    when: When | None = None
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Nutrition:
    """A NutritionOrder. ``concepts`` are those of its diets, supplements, formulas and their routes.

    ``forms`` are the kinds of nutrition it orders; ``when`` is when it was ordered.
    """

    reference: str
    concepts: frozenset[str]
    codings: tuple[Coding, ...]
    text: str | None
    status: str
    intent: str | None = None
    forms: frozenset[Literal["oral", "supplement", "enteral"]] = frozenset()
    when: When | None = None
    unusable: str | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """A ResearchSubject: that the patient is, was, or might be in a trial.

    ``trials`` are the NCT ids of its study, as far as the record tells; ``named`` says that the record tells anything
    of the study at all, so that without an NCT id of this trial it is another one. ``text`` is the study's title.
    ``status`` is R4's ResearchSubject.status, also of R5 (``progress.subjectState``).
    """

    reference: str
    trials: frozenset[str]
    named: bool
    text: str | None
    status: str
    when: When | None = None
    unusable: str | None = None
    concepts: frozenset[str] = frozenset()
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """A Consent. ``trials`` are the NCT ids of the studies it is to, as far as the record tells.

    ``permits`` is whether its decision (R5), or its outermost provision, permits; ``None`` if neither says.
    """

    reference: str
    trials: frozenset[str]
    research: bool
    status: str
    when: When | None = None
    permits: bool | None = None
    text: str | None = None
    unusable: str | None = None
    concepts: frozenset[str] = frozenset()
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered item of a QuestionnaireResponse: the item's ``link_id``, its text, and the answers in words."""

    reference: str
    link_id: str
    text: str | None
    answers: tuple[str, ...]
    status: str
    when: When | None = None
    unusable: str | None = None
    concepts: frozenset[str] = frozenset()
    codings: tuple[Coding, ...] = ()


Fact: TypeAlias = (
    Observation | Condition | Procedure | Drug | Allergy | Device | Nutrition | Participation | Consent | Answer
)


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
    allergies: tuple[Allergy, ...] = ()
    devices: tuple[Device, ...] = ()
    nutrition: tuple[Nutrition, ...] = ()
    participations: tuple[Participation, ...] = ()
    consents: tuple[Consent, ...] = ()
    answers: tuple[Answer, ...] = ()
    issues: tuple[Issue, ...] = ()
    unreadable: frozenset[str] = field(default=frozenset())
