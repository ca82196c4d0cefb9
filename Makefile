# Two commands matter: `make run` and `make test`. Both set up what they need, say what they do,
# and have nothing to do the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
WORKERS ?= 2

.PHONY: run test check torture constraints clean

run: $(VENV)/run.stamp
	@sh scripts/system.sh run
	@sh scripts/start.sh $(BIN)

test: $(VENV)/test.stamp
	@sh scripts/system.sh test
	@sh scripts/axe.sh
	$(BIN)/pytest -q --numprocesses=$(WORKERS) --dist=loadgroup

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_layers.py tests/test_docs.py tests/test_packaging.py

$(VENV)/run.stamp: pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" sh scripts/venv.sh $(VENV)
	@echo "Installing Rehearse and what it needs into $(VENV) …"
	@$(PIP) install --require-hashes --requirement constraints.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp constraints-dev.txt
	@echo "Installing the tools of the tests …"
	@$(PIP) install --require-hashes --requirement constraints-dev.txt
	@touch $@

# Kill the real program again and again and look at what is left, the same for a seed; then use it
# for long and look whether it grows. Most of an hour.
KILLS ?= 200
SEED ?= 1
INPUTS ?= 10000
torture: $(VENV)/test.stamp
	@sh scripts/system.sh test
	$(BIN)/python -m tests.torture.campaign --kills $(KILLS) --seed $(SEED)
	$(BIN)/python -m tests.fuzz.campaign --inputs $(INPUTS) --seed $(SEED)
	$(BIN)/python -m tests.torture.soak

# Pin anew what pyproject.toml allows: exact versions with their hashes, for every platform.
constraints:
	@sh scripts/pin.sh

clean:
	rm -rf $(VENV) .tools build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
