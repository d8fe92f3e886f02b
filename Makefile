# What you can do here: `make` lists it. A new machine needs Python 3.11 or later and make, nothing else.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PY := .venv/bin/python
ARGS ?=
ONLY ?=
WORKERS ?= 2

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- use it ------------------------------------------------------------------------------------------------------

.PHONY: run
run: .venv-run ## Start the server with the examples at http://127.0.0.1:8080 (ARGS="--port 9000 --data DIR")
	@$(PY) hatch_build.py
	@.venv/bin/botflow serve $(ARGS)

# ---- check it ----------------------------------------------------------------------------------------------------

.PHONY: test
test: lint types imports drift ui-test py-test ## Run everything: linters, types, generated files, page and Python tests

.PHONY: lint
lint: .venv-dev ## Look for mistakes and formatting that is off (ruff)
	$(PY) -m ruff check
	$(PY) -m ruff format --check

.PHONY: types
types: .venv-dev ## Check types (mypy --strict)
	$(PY) -m mypy
	$(PY) -m mypy hatch_build.py scripts tests $(if $(wildcard examples/*/*.py),examples)

.PHONY: imports
imports: .venv-dev ## Check who imports whom (import-linter)
	.venv/bin/lint-imports --no-logo

.PHONY: drift
drift: .venv-dev ## Check that generated files are what `make generate` writes
	$(PY) -m scripts.generate --check

.PHONY: ui-test
ui-test: .venv-dev ## Build the page, check its types and run its tests (tsc, Vitest)
	$(PY) hatch_build.py
	$(PY) hatch_build.py check
	$(PY) hatch_build.py test

.PHONY: py-test
py-test: .venv-dev ## Run the Python tests (ARGS="tests/runtime -k routing" for some of them)
	$(if $(ARGS),$(PYTEST) $(ARGS),failed=0; $(PYTEST_RUNTIME) || failed=1; $(PYTEST_OTHERS) || failed=1; exit $$failed)

PYTEST := $(PY) scripts/services.py $(PY) -m pytest
# a whole run spreads over the cores file by file
PYTEST_SPREAD := $(PYTEST) --numprocesses $(WORKERS) --dist loadfile --durations 10
# they have to reach the runtime's branches by themselves; the tracer that counts those would slow the others by half
RUNTIME_TESTS := tests/runtime tests/golden
PYTEST_RUNTIME := $(PYTEST_SPREAD) $(RUNTIME_TESTS) --cov --cov-report term:skip-covered
PYTEST_OTHERS := $(PYTEST_SPREAD) tests $(addprefix --ignore=,$(RUNTIME_TESTS))

# ---- work on it --------------------------------------------------------------------------------------------------

.PHONY: generate
generate: .venv-dev ## Write the generated files anew (schemas, reference pages)
	$(PY) -m scripts.generate

.PHONY: format
format: .venv-dev ## Format the Python files and mend what ruff can mend
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

.PHONY: mutation
mutation: .venv-dev ## Change the engine in small ways and list the changes that no test notices (long)
	$(PY) -m scripts.mutation $(ARGS)

.PHONY: bench
bench: .venv-dev ## Measure, beside other engines, which it installs into .bench/ (ONLY="pizza routing" for some)
	$(PY) -m tests.bench $(ONLY)

.PHONY: bench-ui
bench-ui: .venv-dev ## Measure the visual builder with 1,000 and 5,000 steps in a browser (ARGS="--rounds 1 --nodes 1000")
	$(PY) scripts/services.py $(PY) -m tests.bench.builder $(ARGS)

.PHONY: soak
soak: .venv-dev ## Run the long tests that `make test` leaves out
	$(PY) scripts/services.py $(PY) -m pytest -m soak $(ARGS)

.PHONY: pins
pins: .venv-dev ## Write constraints.txt from what is installed in .venv
	$(PY) scripts/pins.py

.PHONY: clean
clean: ## Remove what was built or installed; never the data of a server
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* mutants
	rm -rf builder_ui/node_modules botflow/static/app
	find botflow runtime scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- behind it ---------------------------------------------------------------------------------------------------

.PHONY: .venv-run .venv-dev
.venv-run .venv-dev:
	@python="$$(PYTHON="$(PYTHON)" sh scripts/find_python.sh)" && "$$python" scripts/environment.py $(@:.venv-%=%)
