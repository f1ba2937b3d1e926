"""Trials, Criteria and Screenings become FHIR resources, as plain dicts."""
