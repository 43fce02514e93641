# The verbs of the project; `make help` prints them.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test check lint types floors format docs bench dist clean
.DEFAULT_GOAL := help

help: ## print these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: .venv/base ## install, load the samples into legation.store, write legation-demo.html
	$(BIN)/legation demo
	@echo "(The command is in .venv: first run  . .venv/bin/activate)"

test: .venv/dev ## install what the tests need and run all of them
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile

check: lint types floors test ## what CI runs: ruff, mypy, import-linter, tests

lint: .venv/dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev ## mypy, strict
	$(BIN)/mypy

floors: .venv/dev ## import-linter: who may import whom
	$(BIN)/lint-imports

format: .venv/dev ## put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/dev ## write the pages that follow from code, build the site into build/site
	for page in docs/*.py; do $(BIN)/python $$page; done
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir build/site

bench: .venv/dev ## print the figures: start, questions, loading, the page, both stores
	$(BIN)/python benchmarks/commands.py
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/stores.py

dist: .venv/dev ## build sdist and wheel, and try the wheel in an empty environment
	$(BIN)/python .ci/smoke.py

clean: ## take away what the other verbs made, but for the store
	rm -rf .venv .cache build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/base: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/dev: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
