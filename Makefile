# Two commands matter: `make run` and `make test`. Both set up what they need and say what they do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: check
check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_layers.py

$(VENV)/dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@
