# One command each. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
OPERATIONS ?= 100000
SETUP := .venv/.ready node_modules/.ready

.PHONY: help setup browser run test check bundle template bench bench-matching screenshots lock simulate simulate-short

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: $(SETUP)  ## start the whole service here, with a sample campaign (PORT=8000)
	@$(BIN)/python -m infra.local --port $(PORT)

test: $(SETUP) browser  ## run every test, those in a real browser too
	$(BIN)/python -m pytest

check: $(SETUP)  ## formatting, lint, types, structure, CloudFormation and permissions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/python -m pytest tests/test_architecture.py
	$(BIN)/python -m infra.template

bundle: $(SETUP)  ## build dist/web.zip and dist/solver.zip, and run them as Lambda would
	$(BIN)/python -m infra.bundle

template: $(SETUP)  ## make dist/template.json, the stack of the functions, and check it
	$(BIN)/python -m infra.template

bench: $(SETUP)  ## print the tables of what lookups, pages and matching take
	$(BIN)/python -m bench.lookup
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.matching --short

bench-matching: $(SETUP)  ## print all tables of matching, rivals and large days too (hours)
	$(BIN)/python -m bench.matching

simulate: $(SETUP)  ## let worlds of people, faults and crashes live for hours (OPERATIONS=100000)
	$(BIN)/python -m simulation levels --operations $(OPERATIONS)
	$(BIN)/python -m simulation canaries
	$(BIN)/python -m simulation kill-points
	$(BIN)/python -m simulation cancellations
	$(BIN)/python -m simulation overlapped

simulate-short: $(SETUP)  ## the same for some minutes, as `make test` does
	$(BIN)/python -m simulation short

screenshots: $(SETUP) browser  ## take the pictures in docs/screenshots anew
	$(BIN)/python -m tests.browser.screenshots

setup: $(SETUP)  ## install what the project needs, without starting anything

browser:  ## install Chromium and its driver where they are missing (Debian, Ubuntu)
	@infra/browser.sh

lock: $(SETUP)  ## pin the newest versions of all that is needed, with hashes
	$(BIN)/pip install --quiet uv
	for name in requirements requirements-solver requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --no-annotate -o $$name.txt $$name.in; \
	done

.venv/.ready: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Say which: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@echo "Setting up Python in .venv (a minute or two, once)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.ready: package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 20 or newer with npm is needed."; exit 1; }
	@echo "Fetching the local database (once)"
	@npm ci --silent --no-fund --no-audit
	@touch $@
