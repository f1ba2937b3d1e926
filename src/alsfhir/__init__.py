"""alsfhir: from ALS trial documents and patient records to eligibility screenings in FHIR."""

__version__ = "0.1.0"
