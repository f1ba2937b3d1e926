"""Criteria → CQL libraries that reach the same verdicts in any engine, https://cql.hl7.org."""
