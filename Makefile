# Each target is one obvious command. `make setup` is idempotent: a second call does nothing.

PYTHON ?= python3
BIN := .venv/bin
DEMO ?= demo@1/numeric/0006

.PHONY: setup demo test test-extras lint format lock bench clean

setup: .venv/installed
	@$(BIN)/python -m sandbox.setup

.venv/installed: requirements.lock pyproject.toml
	@echo "Setting up .venv: about 70 packages from requirements.lock, 450 MB."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup  ## three agents audit a hidden function, judges grade them
	@$(BIN)/inquest audit $(DEMO) --out runs/demo --again

test: setup  ## the test suite; with CI=true a missing engine is a failure
	@$(BIN)/pytest -m "not slow and not extras"

test-extras: setup  ## what needs Ray, pandas and pyarrow: installs them (500 MB) into .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-extras.lock
	@$(BIN)/pytest -m extras

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup  ## the long studies; minutes, not seconds
	@$(BIN)/pytest -m slow -s

lock: .venv/installed  ## renew the lock files from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra ray --extra analysis --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -c requirements.lock -o requirements-extras.lock

clean:  ## remove what setup and the tools made; never a run
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache dist
