# The two commands of the README are `make demo` and `make test`; each does all its own set-up.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8080
FHIR ?= R4
export PORT
BIN := .venv/bin
ENVIRONMENT := .venv/installed
ENGINE := tests/cql/engine/node_modules/.package-lock.json
PATIENTS ?= 1000

.PHONY: help install demo stop test check differential hapi lock wheel elm verdicts mutants clean
help:
	@echo "make install  the command alone, as .venv/bin/alsfhir"
	@echo "make demo    trials and screenings on a FHIR server of your own; leaves it running"
	@echo "make stop    ends that server"
	@echo "make test    lint, types, and every test, the real FHIR server included"
	@echo "make check   lint and types only"
	@echo "make differential   thousands of patients through ours and through a CQL engine"
	@echo "make hapi    a FHIR server to play with, on http://127.0.0.1:$(PORT)/fhir; FHIR=R4B or R5 for those"
	@echo "make wheel   the installable package, in dist/"
	@echo "make elm     translate the CQL of the known trials anew, into src/alsfhir/cql/elm (needs Node 18)"
	@echo "make verdicts  write docs/verdicts.md anew from the readings"
	@echo "make mutants   change one thing of a reading at a time, and see whether a test fails"
	@echo "make lock    resolve the dependencies anew"

$(ENVIRONMENT): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "alsfhir needs Python 3.11 or newer; set PYTHON=..."; exit 69; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: $(ENVIRONMENT)

demo: $(ENVIRONMENT)
	@deploy/demo

hapi:
	@deploy/hapi/server start --port $(PORT) --fhir-version $(FHIR)

stop:
	@deploy/hapi/server stop --port $(PORT)

check: $(ENVIRONMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check $(ENGINE)
	$(BIN)/pytest

# The CQL engine of the tests is JavaScript. Without Node 18 its tests are skipped, and say so.
$(ENGINE): tests/cql/engine/package-lock.json
	@if command -v npm >/dev/null; then cd tests/cql/engine && npm ci --silent --ignore-scripts && touch node_modules/.package-lock.json; fi

differential: $(ENVIRONMENT) $(ENGINE)
	ALSFHIR_DIFFERENTIAL=$(PATIENTS) $(BIN)/pytest -q tests/cql/test_differential.py

wheel: $(ENVIRONMENT)
	$(BIN)/python -m hatchling build -t wheel

# A skipped test would leave the old files: without Node there is nothing to do but say so.
elm: $(ENVIRONMENT) $(ENGINE)
	@command -v node >/dev/null || { echo "make elm needs Node 18 or newer, with npm"; exit 69; }
	@ALSFHIR_REGENERATE=1 $(BIN)/pytest -q tests/cql/test_elm.py::test_translating_anew_gives_what_is_shipped

verdicts: $(ENVIRONMENT)
	@ALSFHIR_REGENERATE=1 $(BIN)/pytest -q tests/report/test_verdicts.py

mutants: $(ENVIRONMENT)
	@$(BIN)/python benchmarks/mutants.py

# The lock names versions and hashes only, so it serves whichever index the machine is set up with.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11  dev --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate -o requirements.lock pyproject.toml

clean: stop
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
