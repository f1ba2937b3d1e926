"""Procedures, devices, drugs, nutrition, allergies, other trials, pregnancy and consent in CQL."""

from __future__ import annotations

from alsfhir.cql.conditions import UNRECOGNISED, concept, concepts, condition_entries, suggesting
from alsfhir.cql.literals import boolean, indented, string
from alsfhir.cql.periods import back, window
from alsfhir.criteria.model import (
    Allergy,
    Attestation,
    Breastfeeding,
    Condition,
    Device,
    Drug,
    Nutrition,
    OtherTrial,
    Pregnancy,
    Procedure,
)
from alsfhir.terminology import Terminology

_GRADES = {"mild": 1, "moderate": 2, "severe": 3}


def procedure(atom: Procedure, terminology: Terminology) -> str:
    """The verdict on a procedure."""
    first, last = window(atom.within) if atom.within is not None else ("AsOf", "AsOf")
    asked = "within" if atom.within is not None else atom.when
    verdict = f"Facts.ProcedureVerdict(P, {string(asked)}, {first}, {last}, AsOf)"
    if atom.undone_by is not None:
        verdict = f"Facts.Undone({verdict}, P, {concept(atom.undone_by)}, AsOf)"
    without = " and ".join(f"not Facts.Means(P.codes, {concept(name)})" for name in atom.minus)
    where = f" where {without}" if without else ""
    entries = f"((Facts.ProceduresOf({concept(atom.concept)}, AsOf)) P{where} return all {verdict})"
    in_words = f"Facts.ProceduresInWords({concept(atom.concept)}, {boolean(asked == 'planned')}, AsOf)"
    broader = [
        f"((Facts.ProceduresOf({concept(name)}, AsOf)) P\n"
        f"  where not Facts.Means(P.codes, {concept(atom.concept)}) and Coalesce({verdict}, 'not-met') != 'not-met'\n"
        f"  return all 'unknown')"
        for name in suggesting(terminology, (atom.concept,))
    ]
    return _weighed([entries, *broader, in_words], "exists Facts.UnrecognisedProcedures(AsOf)")


def device(atom: Device) -> str:
    """The verdict on a device."""
    entries = f"Facts.DeviceEntries({concept(atom.concept)}, {boolean(atom.when == 'ever')}, AsOf)"
    return _weighed([entries], "Facts.HasUnrecognisedDevices(AsOf)")


def nutrition(atom: Nutrition, terminology: Terminology) -> str:
    """The verdict on nutrition."""
    included = (atom.concept, *terminology.concept(atom.concept).includes)
    by_route = any(terminology.concept(name).file == "values" for name in included)
    broader = suggesting(terminology, (atom.concept,))
    hints = concepts(broader) if broader else _NO_CONCEPTS
    entries = f"Facts.NutritionEntries({concept(atom.concept)}, {boolean(by_route)}, {hints}, AsOf)"
    return _weighed([entries], "Facts.HasUnrecognisedOrders(AsOf)")


def drug(atom: Drug) -> str:
    """The verdict on a drug."""
    first, last = window(atom.within, atom.until) if atom.within is not None else ("AsOf", "AsOf")
    asked = "within" if atom.within is not None else "unchanged" if atom.unchanged_for is not None else atom.when
    minus = concepts(atom.minus) if atom.minus else _NO_CONCEPTS
    takings = (
        f"Facts.Takings({concept(atom.concept)}, {minus}, {string(asked)}, {boolean(atom.systemic)}, "
        f"{first}, {last}, AsOf)"
    )
    in_words = f"Facts.DrugsInWords({concept(atom.concept)}, AsOf)"
    unrecognised = "exists Facts.UnrecognisedDrugs(AsOf)"
    if atom.unchanged_for is not None:
        return _weighed([f"Facts.UnchangedDrug({takings}, {in_words}, {back(atom.unchanged_for)}, AsOf)"], unrecognised)
    return _weighed([f"Facts.SaidOf(Facts.WithoutSuperseded({takings}))", in_words], unrecognised)


_NO_CONCEPTS = "Facts.NoConcepts"


def allergy(atom: Allergy, terminology: Terminology) -> str:
    """The verdict on an allergic reaction."""
    substances = f"{{ {concept(atom.concept)} }}" if atom.concept else _NO_CONCEPTS
    conditions = concepts(atom.conditions) if atom.conditions else _NO_CONCEPTS
    members = [f"Facts.AllergyEntries({substances}, {_GRADES[atom.severity]}, {conditions}, AsOf)"]
    for name in atom.conditions:
        entries = condition_entries(Condition(concept=name, when="ever"), terminology)
        # One reaction that was ruled out says nothing of others.
        members.append(f"({entries} E where E.says != 'not-met' return all E.says)")
    found = indented(",\n".join(members))
    unrecognised = f"(Facts.HasUnrecognisedAllergies(AsOf) or {UNRECOGNISED})"
    return f"Facts.Weighed(Facts.OrNoneKnown(flatten {{\n{found}\n}}, AsOf), 1, ClosedWorld, {unrecognised})"


def other_trial(atom: OtherTrial, trial: str) -> str:
    """The verdict on taking part in another trial."""
    first, last = window(atom.within) if atom.within is not None else ("AsOf", "AsOf")
    within = boolean(atom.within is not None)
    return _weighed([f"Facts.OtherTrialEntries({string(trial)}, {within}, {first}, {last}, AsOf)"], "false")


def pregnancy(_atom: Pregnancy, terminology: Terminology) -> str:
    """The verdict on a pregnancy."""
    entries = condition_entries(Condition(concept="pregnancy"), terminology)
    return f"Facts.PregnancyVerdict({entries}, ClosedWorld, AsOf)"


def breastfeeding(_atom: Breastfeeding, terminology: Terminology) -> str:
    """The verdict on breastfeeding."""
    entries = condition_entries(Condition(concept="breastfeeding"), terminology)
    return f"Facts.BreastfeedingVerdict({entries}, ClosedWorld, AsOf)"


def attestation(atom: Attestation, trial: str) -> str:
    """For a person, unless a research consent to the trial is what is asked for."""
    return f"Facts.ConsentVerdict({string(trial)}, AsOf)" if atom.consent else "'review'"


def _weighed(members: list[str], unrecognised: str) -> str:
    found = members[0] if len(members) == 1 else "flatten {\n" + indented(",\n".join(members)) + "\n}"
    return f"Facts.Weighed({found}, 1, ClosedWorld, {unrecognised})"
