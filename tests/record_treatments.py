"""Strategies of drugs, procedures, devices, nutrition, participations and consents about what is asked."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from record_elements import IDS, Times, coded, coded_among, made, maybe, one, periods, timed
from records import HL7, SNOMED, SUBJECT, UCUM, Resource, concept
from whole_records import without_nothing

_NCT_ID = "https://clinicaltrials.gov"


_SUPPLIES = maybe(one(14, 30, 90).map(lambda days: {"value": days, "unit": "d", "system": UCUM, "code": "d"}))


@cache
@st.composite
def drugs(draw: st.DrawFn, about: str, dates: Times) -> Resource:
    """An order, a statement, a dose or a supply."""
    kind = draw(one("Request", "Request", "Statement", "Administration", "Dispense"))
    dosage = draw(maybe(dosages()))
    request, statement = kind == "Request", kind == "Statement"
    statuses = ("active", "active", "active", "on-hold", "stopped", "completed", "draft", "unknown")
    doses = ("completed", "completed", "in-progress", "stopped", "not-done", "on-hold", "unknown")
    elements: Resource = {
        "status": draw(one(*(statuses if request or statement else doses))),
        "medicationCodeableConcept": draw(coded_among(about, "medications")),
        "subject": SUBJECT,
    }
    if request:
        span = draw(maybe(periods(dates)))
        parts = [dosage or {}, *([{"timing": {"repeat": {"boundsPeriod": span}}}] if span else [])]
        joined: Resource = {key: value for each in parts for key, value in each.items()}
        elements |= {
            "intent": draw(one("order", "order", "order", "plan")),
            "authoredOn": draw(maybe(dates)),
            "dosageInstruction": [joined] if joined else None,
        }
    elif statement:
        elements |= {
            **draw(timed("effective", dates)),
            "dateAsserted": draw(maybe(dates)),
            "dosage": dosage and [dosage],
        }
    elif kind == "Administration":
        elements |= draw(timed("effective", dates))
    else:
        elements |= {"whenHandedOver": draw(maybe(dates)), "daysSupply": draw(_SUPPLIES)}
        elements |= {"dosageInstruction": dosage and [dosage]}
    return made(f"Medication{kind}", draw(IDS), elements)


@cache
def dosages() -> st.SearchStrategy[Resource]:
    """A dosage in words, with a route now and then."""
    words = one("50 mg twice a day", "50 mg twice a day", "100 mg daily")
    route = st.one_of(st.none(), st.none(), coded("local-route"), one(concept(SNOMED, "26643006")))
    return st.builds(lambda text, by: without_nothing({"text": text, "route": by}), words, route)


@cache
@st.composite
def procedures(draw: st.DrawFn, about: str, dates: Times) -> Resource:
    """An operation or another procedure."""
    elements = {
        "status": draw(one("completed", "completed", "in-progress", "on-hold", "stopped", "preparation", "not-done")),
        "code": draw(coded_among(about, "procedures")),
        "subject": SUBJECT,
        **draw(timed("performed", dates)),
    }
    return made("Procedure", draw(IDS), elements)


@cache
@st.composite
def devices(draw: st.DrawFn, about: str, dates: Times) -> Resource:
    """A device of the patient."""
    status = draw(one("active", "active", "inactive", "unknown"))
    elements = {"status": status, "type": draw(coded_among(about, "procedures")), "patient": SUBJECT}
    return made("Device", draw(IDS), elements | {"manufactureDate": draw(maybe(dates))})


_FEEDING_ROUTES = st.one_of(st.none(), coded("feeding-tube-route"), coded("other-feeding-route"))


@cache
@st.composite
def orders(draw: st.DrawFn, about: str, dates: Times) -> Resource:
    """An order of nutrition by tube, of which kind or route ever."""
    route = draw(_FEEDING_ROUTES)
    formula = {"baseFormulaType": draw(coded_among(about, "procedures")), "routeofAdministration": route}
    elements = {
        "status": draw(one("active", "active", "on-hold", "completed", "revoked", "draft")),
        "intent": draw(one("order", "order", "plan")),
        "patient": SUBJECT,
        "dateTime": draw(dates),
        "enteralFormula": without_nothing(formula),
    }
    return made("NutritionOrder", draw(IDS), elements)


@cache
def _study(trial: str) -> st.SearchStrategy[Resource]:
    identifiers = one(trial, "NCT00000001").map(lambda nct: [{"system": _NCT_ID, "value": nct}])
    return identifiers.map(lambda each: {"resourceType": "ResearchStudy", "id": "s", "identifier": each})


@cache
@st.composite
def participations(draw: st.DrawFn, about: str, dates: Times) -> Resource:
    """An entry of this trial, of another one, or of who knows which."""
    study = draw(maybe(_study(about[:11])))
    elements = {
        "status": draw(one("on-study", "on-study", "follow-up", "off-study", "withdrawn", "screening", "candidate")),
        "individual": SUBJECT,
        "contained": [study] if study else None,
        "study": {"reference": "#s" if study else "ResearchStudy/unheard-of"},
        "period": draw(maybe(periods(dates))),
    }
    return made("ResearchSubject", draw(IDS), elements)


_PROVISIONS = one(None, None, {"type": "permit"}, {"type": "deny"})


@cache
@st.composite
def consents(draw: st.DrawFn, about: str, dates: Times) -> Resource:
    """A consent, or a refusal, to this trial or another one."""
    elements = {
        "status": draw(one("active", "active", "rejected", "inactive")),
        "scope": concept(f"{HL7}/consentscope", "research"),
        "patient": SUBJECT,
        "dateTime": draw(maybe(dates)),
        "policy": [{"uri": f"https://clinicaltrials.gov/study/{draw(one(about[:11], about[:11], 'NCT00000001'))}"}],
        "provision": draw(_PROVISIONS),
    }
    return made("Consent", draw(IDS), elements)
