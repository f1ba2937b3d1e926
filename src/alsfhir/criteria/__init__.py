"""Eligibility text becomes Criteria."""
