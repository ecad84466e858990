# Every command a newcomer needs. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
EXAMPLES ?= 1
# One process a core, between two and four: each holds a home, a server and a browser of its own.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -lt 2 ] && n=2; [ $$n -gt 4 ] && n=4; echo $$n)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test faults check bench contract lock licenses sbom listings translations clean forget-everything

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1  /p' Makefile

$(BIN)/python:
	@echo "Step 1 of 4: virtual environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Stepwise needs Python 3.11 or newer; found $$($(PYTHON) --version). Set PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments: its venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "Step 2 of 4: installing what the product needs (about half a minute)"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what tests and checks need (about a minute)"
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run ## set up and serve: make run [PORT=8000] [HOST=127.0.0.1] [EXAMPLES=1]
	@echo "Step 3 of 4: listings and generation"
	@DIRECTORY_EXAMPLES=$(EXAMPLES) $(BIN)/python -m directory setup
	@echo "Step 4 of 4: serving on http://$(HOST):$(PORT) (stop with Ctrl-C)"
	@DIRECTORY_EXAMPLES=$(EXAMPLES) HOST=$(HOST) PORT=$(PORT) $(BIN)/gunicorn -c gunicorn.conf.py wsgi:app

test: $(VENV)/.dev ## all suites, in a process for each core: make test [WORKERS=2]
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

faults: $(VENV)/.dev ## bad days in their long forms: bad clients, broken disks, killed processes (loopback only)
	@FAULTS=long $(BIN)/python -m pytest tests/faults

check: $(VENV)/.dev ## static checks
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python scripts/check_translations.py
	$(BIN)/python scripts/check_locks.py
	$(BIN)/python -m scripts.check_installed

bench: $(VENV)/.dev ## benchmarks, with a table of ratios (for all peers: pip install --require-hashes -r requirements-bench.txt, and apt's)
	@$(BIN)/python -m bench --large
	@$(BIN)/python -m bench.quality
	@$(BIN)/python -m bench.hostile
	@$(BIN)/python -m bench.imports
	@$(BIN)/python -m bench.revising
	@$(BIN)/python -m bench.phrases
	@$(BIN)/python -m bench.feed
	@$(BIN)/python -m bench.oracle
	@$(BIN)/python -m bench.web
	@$(BIN)/python -m bench.nodes
	@$(BIN)/python -m bench.following
	@$(BIN)/python -m bench.building
	@$(BIN)/python -m bench.memory
	@$(BIN)/python -m bench.plan

contract: $(VENV)/.dev ## ten minutes of made-up requests against every OpenAPI document
	@$(BIN)/python -m bench.contract --minutes 10

lock: $(VENV)/.dev ## pin requirements anew
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate -o requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate -o requirements-oidc.txt requirements-oidc.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate -o requirements-dev.txt requirements-dev.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate -o requirements-bench.txt requirements-bench.in

licenses: $(VENV)/.dev ## write docs/licenses.md: the license of every locked distribution
	@$(BIN)/python -m scripts.licenses

sbom: $(VENV)/.run ## print a bill of materials (CycloneDX) of what the product runs on
	@$(BIN)/python -m scripts.sbom

listings: $(VENV)/.run ## make the Pasadena listings from pages and lists, and invent the examples anew
	@$(BIN)/python -m scripts.pasadena
	@$(BIN)/python data/listings/invent.py

translations: $(VENV)/.dev ## collect every string into translations/messages.pot and bring each language in line
	@$(BIN)/pybabel -q extract -F babel.cfg -k lazy_gettext -o translations/messages.pot --no-location --sort-output --omit-header .
	@$(BIN)/pybabel -q update -N --ignore-obsolete --omit-header -i translations/messages.pot -d translations

clean: ## remove the environment and what can be built anew; listings, accounts and the secret stay
	rm -rf $(VENV) var/generations var/open-data

forget-everything: clean ## remove var too: the database with listings, accounts and cases, and the secret
	rm -rf var
