"""Criteria and Facts become Screenings."""
