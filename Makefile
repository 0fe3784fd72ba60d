# The commands of this project; "make" alone lists them.  Needed beforehand: make, Python 3.11 or newer and its venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALLED := $(VENV)/.installed
TRANSLATED := $(VENV)/.translated
# The same environment with whoosh3, the successor of Whoosh, laid over it.
WHOOSH3 := .venv-whoosh3
PACKAGES := import sysconfig; print(sysconfig.get_path("purelib"))

.DEFAULT_GOAL := help
.PHONY: help setup run test check lint types imports format lock bench bench-short bench-memory screenshots

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(TRANSLATED) ## make the environment in .venv, with the command .venv/bin/hrsearch

run: setup ## index corpus/ and serve it on 127.0.0.1:8000
	$(BIN)/hrsearch index
	$(BIN)/hrsearch serve

test: setup $(WHOOSH3)/.installed ## run every test, as CI does; those of the engine with whoosh3 too
	$(WHOOSH3)/bin/python -m pytest tests/engines
	$(BIN)/python -m pytest

check: lint types imports test ## lint, types, imports and tests

lint: setup ## rules and layout of the code (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## types (mypy, strict)
	$(BIN)/mypy

imports: setup ## which package may import which (import-linter)
	$(BIN)/lint-imports --no-logo

format: setup ## lay out the code as "make lint" wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

LOCKED := requirements.txt tests/engines/whoosh3.txt benchmarks/requirements.txt

lock: setup ## resolve every *.in into its *.txt with hashes; UPGRADE=--upgrade takes newer versions
	for locked in $(LOCKED); do \
		CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(UPGRADE) \
			--output-file $$locked $${locked%.txt}.in || exit 1; \
	done

bench: setup ## hrsearch beside tantivy, SQLite, Xapian and stock Whoosh, in one table; BENCH=--reuse keeps those of the slow ones
	$(BIN)/python -m benchmarks $(BENCH)

bench-short: setup ## the same on few documents: do all engines give the same answers? no times
	$(BIN)/python -m benchmarks --short

bench-memory: setup ## how fast and in how much memory a large collection is indexed; needs ../shared
	$(BIN)/python -m benchmarks.indexing

screenshots: setup ## take the pictures of the READMEs anew, with chromium
	$(BIN)/python scripts/screenshots.py

# A virtual environment that was begun without ensurepip would be left broken, so that is looked at first.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "hrsearch needs Python 3.11 or newer; name one with: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Two steps, because some packages come as source only and are built with the pinned setuptools and wheel.
$(INSTALLED): requirements.txt pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Setting up $(VENV); this takes a minute, once."
	@awk '/^[a-z]/ {kept = /^(packaging|pip|setuptools|wheel)==/} kept' requirements.txt > $(VENV)/build-pins.txt
	$(PIP) install --require-hashes --requirement $(VENV)/build-pins.txt
	$(PIP) install --require-hashes --no-build-isolation --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Python looks in an environment's own packages first, so that whoosh3 stands in for Whoosh and all else is shared.
$(WHOOSH3)/.installed: tests/engines/whoosh3.txt $(INSTALLED)
	$(BIN)/python -m venv --clear --without-pip $(WHOOSH3)
	$(PIP) --python $(WHOOSH3)/bin/python install --require-hashes --requirement tests/engines/whoosh3.txt
	@echo "import site; site.addsitedir('$$($(BIN)/python -c '$(PACKAGES)')')" \
		> "$$($(WHOOSH3)/bin/python -c '$(PACKAGES)')/shared.pth"
	@touch $@

$(TRANSLATED): $(wildcard search_app/translations/*/LC_MESSAGES/*.po) $(INSTALLED)
	@$(BIN)/python -c "from search_app.catalogues import compile_catalogues; compile_catalogues()"
	@touch $@
