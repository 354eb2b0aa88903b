# make run    set everything up, load the Boxing scenario on SQLite, serve the site
# make test   set up what tests need and run all of them, on SQLite and on PostgreSQL
# make check  lint, types, import rules, documentation tests
# make bench  accuracy and speed
# make setup  only set up
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench lock messages reference clean

help:
	@sed -n '1,5s/^# //p' Makefile

setup: $(VENV)/.installed

run: setup
	@$(BIN)/lianfang prepare
	@$(BIN)/lianfang load boxing
	@$(BIN)/lianfang serve

test: $(VENV)/.installed-dev
	@$(BIN)/python tools/tests.py

check: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy lianfang bench tools
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/documentation -p no:cacheprovider

bench: $(VENV)/.installed-dev
	@$(BIN)/python tools/benchmarks.py

# Anew from pyproject.toml, newest versions that its lines allow.
lock: $(VENV)/.installed-dev
	@$(BIN)/python tools/lock.py

messages: $(VENV)/.installed-dev
	@$(BIN)/python tools/messages.py

# The lists of the reference pages, out of the code.
reference: $(VENV)/.installed-dev
	@$(BIN)/python tools/reference.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv $(VENV)

PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/.installed: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	@$(PIP) --require-hashes -r requirements/run.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements/dev.lock $(VENV)/.installed
	@$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
