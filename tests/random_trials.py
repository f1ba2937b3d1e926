"""Participation in trials and consent to it, made by chance."""

from __future__ import annotations

from typing import Any

from random_elements import SUBJECT, Chance
from random_histories import HL7

CLINICAL_TRIALS = "https://clinicaltrials.gov"
_STATES = ("on-study", "on-study", "on-study-intervention", "off-study", "withdrawn", "follow-up")
_OTHERS = ("screening", "candidate", "pending-on-study")


def participation(of: Chance, trial: str) -> dict[str, Any]:
    """A ResearchSubject of this trial, of another one, or of one that is not named."""
    made = {
        "resourceType": "ResearchSubject",
        "status": of.one(*_STATES, *_STATES, *_OTHERS),
        "study": _study(of, trial),
        "individual": SUBJECT,
        **of.some(0.7, period=of.period()),
        **of.doubtful(),
    }
    if of.seldom(0.02):
        del made["status"]
    if of.beyond and of.seldom(0.5):
        inside = {"resourceType": "ResearchStudy", "id": "s", "status": "active", "title": of.one("A study", trial)}
        made |= {"contained": [inside], "study": {"reference": "#s"}}
    if of.seldom(0.1):
        known = f"c{len(of.beside)}"
        of.beside.append(consent(of, trial) | {"id": known})
        made["consent"] = {"reference": f"Consent/{known}"}
    return made


def _study(of: Chance, trial: str) -> dict[str, Any]:
    """A reference to a study, which names it or not, and which is on record or not."""
    named = of.one(trial, trial, "NCT00000001", trial.lower(), f"{trial}0", f"X{trial}")
    known = f"s{len(of.beside)}"
    if of.seldom(0.4):
        study = {"resourceType": "ResearchStudy", "id": of.mostly(known, named), "status": "active"}
        study |= of.some(
            0.5, identifier=[{"value": of.one("4711", named)}, {"system": CLINICAL_TRIALS, "value": named}]
        )
        study |= of.some(0.3, title=of.one("A study", f"A study ({named})"))
        of.beside.append(study)
        return {"reference": f"ResearchStudy/{study['id']}"} | of.some(0.2, display=of.one("A study", named))
    return dict(
        of.one(
            {"display": f"A study ({named})"},
            {"display": named},
            {"display": "A study"},
            {"identifier": {"system": CLINICAL_TRIALS, "value": named}},
            {"identifier": {"value": "4711"}},
            {"reference": "ResearchStudy/nowhere"},
            {"reference": f"ResearchStudy/{named}"},
        )
    )


def consent(of: Chance, trial: str) -> dict[str, Any]:
    """A research consent, perhaps to this trial."""
    kinds = {"system": f"{HL7}/consentcategorycodes", "code": "research"}
    made = {
        "resourceType": "Consent",
        "status": of.one("active", "active", "active", "active", "draft", "rejected", "inactive", "entered-in-error"),
        "scope": {"coding": [{"system": f"{HL7}/consentscope", "code": of.one("research", "research", "treatment")}]},
        "category": [of.mostly({"text": "research"}, {"coding": [kinds]})],
        "patient": SUBJECT,
        "policyRule": {"text": "ours"},
        **_named(of, trial),
        **of.some(0.6, dateTime=of.time()),
        **of.doubtful(),
    }
    if of.seldom(0.02):
        del made["status"]
    return made | of.some(0.4, provision=_provision(of, trial))


def _named(of: Chance, trial: str) -> dict[str, Any]:
    named = of.one(trial, trial, trial, "NCT00000001")
    identified = {"identifier": [{"value": named}]}
    return dict(
        of.one(
            identified,
            identified,
            {"policy": [{"authority": "https://example.org", "uri": f"https://clinicaltrials.gov/study/{named}"}]},
            {"sourceReference": {"reference": "DocumentReference/form", "display": f"Consent to {named}"}},
            {},
        )
    )


def _provision(of: Chance, trial: str) -> dict[str, Any]:
    made = of.one({"type": "permit"}, {"type": "permit"}, {"type": "deny"}, {}) | of.some(0.3, period=of.period())
    made |= of.some(0.2, data=[{"meaning": "related", "reference": _study(of, trial)}])
    return dict(made or {"type": "permit"}) | of.doubt()
