"""JSON to and from a FHIR server."""
