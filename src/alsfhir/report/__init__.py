"""Screenings for people: text and JSON."""
