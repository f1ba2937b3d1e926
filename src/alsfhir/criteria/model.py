"""The criterion model: one tree for the reader, the evaluator, FHIR and CQL.

A tree asks whether a statement of the trial is *true of this patient*. Its shape is that of
https://hl7.org/fhir/R5/evidencevariable.html characteristics: combinations over atoms, each atom one question to the
facts. In TOML and JSON a node is a table whose ``is`` names its type; the JSON Schema ships with the package.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

Event: TypeAlias = Literal["onset", "diagnosis"]
When: TypeAlias = Literal["current", "ever"]
Done: TypeAlias = Literal["current", "ever", "planned"]


class _Node(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename="kebab",
    tag_field="is",
):
    """What all nodes share: how they are written."""


class Duration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A calendar length. Months and years are calendar months and years, never 30 or 365 days."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0


class AllOf(_Node, frozen=True, kw_only=True, tag="all-of"):
    """True if every member is."""

    of: tuple[Node, ...]


class AnyOf(_Node, frozen=True, kw_only=True, tag="any-of"):
    """True if some member is."""

    of: tuple[Node, ...]


class Not(_Node, frozen=True, kw_only=True, tag="not"):
    """True if its member is false."""

    of: Node


class Age(_Node, frozen=True, kw_only=True, tag="age"):
    """Age in completed years on the as-of date, between closed (at …) or open (… than) bounds."""

    at_least: int | None = None
    more_than: int | None = None
    at_most: int | None = None
    less_than: int | None = None


class Sex(_Node, frozen=True, kw_only=True, tag="sex"):
    """Administrative gender is one of these."""

    among: tuple[Literal["female", "male", "other", "unknown"], ...]


class Measurement(_Node, frozen=True, kw_only=True, tag="measurement"):
    """A measured value against a bound.

    ``which``: the latest valid value, or every value of the staleness window. With ``times_upper_limit`` the bound is
    a multiple of the upper limit of normal that the observation itself states, and there is no ``unit``.
    """

    concept: str
    unit: str | None = None
    at_least: Decimal | None = None
    more_than: Decimal | None = None
    at_most: Decimal | None = None
    less_than: Decimal | None = None
    times_upper_limit: bool = False
    which: Literal["latest", "every"] = "latest"


class Qualitative(_Node, frozen=True, kw_only=True, tag="qualitative"):
    """The latest qualitative result is the one named."""

    concept: str
    result: Literal["positive", "negative"] = "positive"


class Category(_Node, frozen=True, kw_only=True, tag="category"):
    """The latest coded value of a category is among these local codes; one of ``review`` is for a person."""

    concept: str
    among: tuple[str, ...]
    review: tuple[str, ...] = ()


class Condition(_Node, frozen=True, kw_only=True, tag="condition"):
    """A condition counts: current, ever, or at some time ``within`` the period that ends on the as-of date.

    ``until``: that period ends so long before the as-of date. ``began``: an entry counts by when it began, not for as
    long as it lasts (an injury). ``minus``: concepts whose codes are taken out. ``at_least``: so many distinct ones.
    ``severity``: at least that. ``site``: at a body site of that concept. ``overlapping``: while a drug of that concept
    was taken.
    """

    concept: str
    when: When = "current"
    within: Duration | None = None
    until: Duration | None = None
    began: bool = False
    minus: tuple[str, ...] = ()
    severity: Literal["mild", "moderate", "severe"] | None = None
    site: str | None = None
    at_least: int = 1
    overlapping: str | None = None


class Procedure(_Node, frozen=True, kw_only=True, tag="procedure"):
    """A procedure was done: ever, or ``within`` the period that ends on the as-of date; is going on; or is planned.

    ``undone_by``: a later procedure of that concept undoes it, as a closure does a gastrostomy.
    """

    concept: str
    when: Done = "ever"
    within: Duration | None = None
    minus: tuple[str, ...] = ()
    undone_by: str | None = None


class Device(_Node, frozen=True, kw_only=True, tag="device"):
    """A device is in use, or ever was."""

    concept: str
    when: When = "current"


class Drug(_Node, frozen=True, kw_only=True, tag="drug"):
    """A drug is taken now, was ever, was ``within`` a period, or has been taken ``unchanged_for`` one.

    ``until``: the period ends so long before the as-of date. ``minus``: concepts whose codes are taken out.
    ``systemic``: given by a local route (inhaled, on the skin, into a joint) it is for a person to judge.
    """

    concept: str
    when: When = "current"
    within: Duration | None = None
    until: Duration | None = None
    minus: tuple[str, ...] = ()
    systemic: bool = False
    unchanged_for: Duration | None = None


class Nutrition(_Node, frozen=True, kw_only=True, tag="nutrition"):
    """Nutrition of this kind, or by this route, is ordered now."""

    concept: str


class Allergy(_Node, frozen=True, kw_only=True, tag="allergy"):
    """An allergic reaction of that severity is on record; to a ``concept``, or to anything.

    ``conditions``: concepts of Conditions that are records of such a reaction (anaphylaxis).
    """

    concept: str | None = None
    severity: Literal["mild", "moderate", "severe"] = "severe"
    conditions: tuple[str, ...] = ()


class OtherTrial(_Node, frozen=True, kw_only=True, tag="other-trial"):
    """Takes part in another trial than this one now, or did ``within`` the period that ends on the as-of date."""

    within: Duration | None = None


class TimeSince(_Node, frozen=True, kw_only=True, tag="time-since"):
    """Calendar time from the onset or the diagnosis of a condition to the as-of date, between bounds."""

    event: Event
    concept: str
    at_least: Duration | None = None
    more_than: Duration | None = None
    at_most: Duration | None = None
    less_than: Duration | None = None


class Pregnancy(_Node, frozen=True, kw_only=True, tag="pregnancy"):
    """Is pregnant on the as-of date."""


class Breastfeeding(_Node, frozen=True, kw_only=True, tag="breastfeeding"):
    """Is breastfeeding on the as-of date."""


class Recorded(_Node, frozen=True, kw_only=True, tag="recorded"):
    """The one two-valued test: a counting condition, a procedure done, or a positive result is on record, or is not."""

    concept: str


class Judgement(_Node, frozen=True, kw_only=True, tag="judgement"):
    """A person judges, with these concepts shown as evidence.

    With ``when``: if that is false the statement is false, if unknown unknown, if true a person judges.
    """

    question: str
    when: Node | None = None
    show: tuple[str, ...] = ()


class Attestation(_Node, frozen=True, kw_only=True, tag="attestation"):
    """Only the patient, or enrolment itself, answers this.

    ``consent``: an active research consent to this very trial, on record, is the answer yes.
    """

    question: str
    consent: bool = False


Atom: TypeAlias = (
    Age
    | Sex
    | Measurement
    | Qualitative
    | Category
    | Condition
    | Procedure
    | Device
    | Drug
    | Nutrition
    | Allergy
    | OtherTrial
    | TimeSince
    | Pregnancy
    | Breastfeeding
    | Recorded
    | Judgement
    | Attestation
)
Node: TypeAlias = AllOf | AnyOf | Not | Atom
