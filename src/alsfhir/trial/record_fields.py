"""Which field of the Trial each element of a ClinicalTrials.gov record carries, and how its value is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from alsfhir.trial.words import SEXES, display, iso_date, nct_id, phases, years

Value: TypeAlias = str | int | float | bool
Reading: TypeAlias = str | int | bool | None
Conversion: TypeAlias = Callable[[Value], Reading]


def _text(value: Value) -> Reading:
    return value if isinstance(value, str) and value.strip() else None


def _word(value: Value) -> Reading:
    return display(value) if isinstance(value, str) and value.strip() else None


def _lower(value: Value) -> Reading:
    return value.lower().replace("_", "-") if isinstance(value, str) and value.strip() else None


def _date(value: Value) -> Reading:
    return iso_date(value) if isinstance(value, str) else None


def _years(value: Value) -> Reading:
    return years(value) if isinstance(value, str) else None


def _phase(value: Value) -> Reading:
    return next(iter(phases(value)), None) if isinstance(value, str) else None


def _sex(value: Value) -> Reading:
    return SEXES.get(value.lower()) if isinstance(value, str) else None


def _nct_id(value: Value) -> Reading:
    return nct_id(value) if isinstance(value, str) else None


def _count(value: Value) -> Reading:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _flag(value: Value) -> Reading:
    return value if isinstance(value, bool) else None


FIELDS: dict[str, tuple[str, Conversion]] = {
    "identificationModule.nctId": ("nct_id", _nct_id),
    "identificationModule.briefTitle": ("title", _text),
    "identificationModule.officialTitle": ("official_title", _text),
    "identificationModule.acronym": ("acronym", _text),
    "identificationModule.orgStudyIdInfo.id": ("other_ids[].value", _text),
    "identificationModule.secondaryIdInfos[].id": ("other_ids[].value", _text),
    "identificationModule.secondaryIdInfos[].type": ("other_ids[].system", _lower),
    "statusModule.overallStatus": ("recruitment.status", _text),
    "statusModule.whyStopped": ("why_stopped", _text),
    "statusModule.startDateStruct.date": ("dates.start", _date),
    "statusModule.primaryCompletionDateStruct.date": ("dates.primary-completion", _date),
    "statusModule.completionDateStruct.date": ("dates.completion", _date),
    "statusModule.studyFirstPostDateStruct.date": ("dates.first-posted", _date),
    "statusModule.lastUpdatePostDateStruct.date": ("dates.last-updated", _date),
    "sponsorCollaboratorsModule.leadSponsor.name": ("organizations[].name", _text),
    "sponsorCollaboratorsModule.leadSponsor.class": ("organizations[].type", _word),
    "sponsorCollaboratorsModule.collaborators[].name": ("organizations[].name", _text),
    "sponsorCollaboratorsModule.collaborators[].class": ("organizations[].type", _word),
    "descriptionModule.briefSummary": ("summary", _text),
    "descriptionModule.detailedDescription": ("description", _text),
    "conditionsModule.conditions[]": ("conditions[]", _text),
    "conditionsModule.keywords[]": ("keywords[]", _text),
    "designModule.studyType": ("study_type", _word),
    "designModule.phases[]": ("phases[]", _phase),
    "designModule.designInfo.allocation": ("allocation", _word),
    "designModule.designInfo.interventionModel": ("intervention_model", _word),
    "designModule.designInfo.primaryPurpose": ("primary_purpose", _word),
    "designModule.designInfo.maskingInfo.masking": ("masking", _word),
    "designModule.enrollmentInfo.count": ("enrollment", _count),
    "designModule.enrollmentInfo.type": ("enrollment_type", _lower),
    "armsInterventionsModule.armGroups[].label": ("arms[].label", _text),
    "armsInterventionsModule.armGroups[].type": ("arms[].type", _word),
    "armsInterventionsModule.armGroups[].description": ("arms[].description", _text),
    "armsInterventionsModule.armGroups[].interventionNames[]": ("arms[].interventions[]", _text),
    "armsInterventionsModule.interventions[].type": ("interventions[].type", _word),
    "armsInterventionsModule.interventions[].name": ("interventions[].name", _text),
    "armsInterventionsModule.interventions[].description": ("interventions[].description", _text),
    "armsInterventionsModule.interventions[].otherNames[]": ("interventions[].other_names[]", _text),
    "outcomesModule.primaryOutcomes[].measure": ("outcomes[].measure", _text),
    "outcomesModule.primaryOutcomes[].timeFrame": ("outcomes[].time_frame", _text),
    "outcomesModule.primaryOutcomes[].description": ("outcomes[].description", _text),
    "outcomesModule.secondaryOutcomes[].measure": ("outcomes[].measure", _text),
    "outcomesModule.secondaryOutcomes[].timeFrame": ("outcomes[].time_frame", _text),
    "outcomesModule.secondaryOutcomes[].description": ("outcomes[].description", _text),
    "outcomesModule.otherOutcomes[].measure": ("outcomes[].measure", _text),
    "outcomesModule.otherOutcomes[].timeFrame": ("outcomes[].time_frame", _text),
    "outcomesModule.otherOutcomes[].description": ("outcomes[].description", _text),
    "eligibilityModule.healthyVolunteers": ("healthy_volunteers", _flag),
    "eligibilityModule.sex": ("sex", _sex),
    "eligibilityModule.minimumAge": ("minimum_age", _years),
    "eligibilityModule.maximumAge": ("maximum_age", _years),
    "contactsLocationsModule.centralContacts[].name": ("contacts[].name", _text),
    "contactsLocationsModule.centralContacts[].role": ("contacts[].role", _word),
    "contactsLocationsModule.centralContacts[].phone": ("contacts[].phone", _text),
    "contactsLocationsModule.centralContacts[].phoneExt": ("contacts[].phone", _text),
    "contactsLocationsModule.centralContacts[].email": ("contacts[].email", _text),
    "contactsLocationsModule.overallOfficials[].name": ("officials[].name", _text),
    "contactsLocationsModule.overallOfficials[].role": ("officials[].role", _word),
    "contactsLocationsModule.locations[].facility": ("sites[].facility", _text),
    "contactsLocationsModule.locations[].status": ("sites[].status", _text),
    "contactsLocationsModule.locations[].city": ("sites[].city", _text),
    "contactsLocationsModule.locations[].state": ("sites[].state", _text),
    "contactsLocationsModule.locations[].zip": ("sites[].postal_code", _text),
    "contactsLocationsModule.locations[].country": ("sites[].country", _text),
    "contactsLocationsModule.locations[].contacts[].name": ("sites[].contacts[].name", _text),
    "contactsLocationsModule.locations[].contacts[].role": ("sites[].contacts[].role", _word),
    "contactsLocationsModule.locations[].contacts[].phone": ("sites[].contacts[].phone", _text),
    "contactsLocationsModule.locations[].contacts[].phoneExt": ("sites[].contacts[].phone", _text),
    "contactsLocationsModule.locations[].contacts[].email": ("sites[].contacts[].email", _text),
}

# What follows from the list in which something stands.
IMPLIED: dict[str, tuple[str, str]] = {
    "identificationModule.orgStudyIdInfo": ("system", "organization"),
    "sponsorCollaboratorsModule.leadSponsor": ("role", "lead-sponsor"),
    "sponsorCollaboratorsModule.collaborators[]": ("role", "collaborator"),
    "outcomesModule.primaryOutcomes[]": ("rank", "primary"),
    "outcomesModule.secondaryOutcomes[]": ("rank", "secondary"),
    "outcomesModule.otherOutcomes[]": ("rank", "other"),
}

# Why what stands in these parts is left out; the first that the element's path contains.
LEFT_OUT: tuple[tuple[str, str], ...] = (
    ("derivedSection.", "derived by the registry"),
    ("resultsSection.", "results, not used"),
    ("documentSection.", "documents attached to the record, not used"),
    ("annotationSection.", "notes of the registry on the record, not used"),
    ("hasResults", "derived by the registry"),
    (".geoPoint.", "derived by the registry"),
    (".stdAges[]", "derived by the registry"),
    (".locations_nested[]", "repeats the sites"),
    (".armGroupLabels[]", "repeats the arms"),
)
