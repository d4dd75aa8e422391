# Every target sets up what it needs. `make lab` is where learners start.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: setup lab demo test grade build check mutants lint lock bench bench-demo attack clean

$(VENV)/ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || \
	  { echo "There is no $(PYTHON) here. This course needs Python 3.10 to 3.13: make PYTHON=... $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "This course needs Python 3.10 to 3.13; $(PYTHON) is $$($(PYTHON) --version 2>&1 | cut -d' ' -f2). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing the course's packages; the first time takes a few minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

setup: $(VENV)/ready  ## set up the virtual environment

lab: $(VENV)/ready  ## open JupyterLab on your own copy of the course; ARGS go to JupyterLab
	@$(BIN)/tfcourse lab $(ARGS)

demo: $(VENV)/ready  ## open the playground as a page of its own; ARGS as "--preset spiral"
	@$(BIN)/tfcourse demo $(ARGS)

test: $(VENV)/ready  ## run the tests; ARGS go to pytest
	$(BIN)/python -m pytest $(ARGS)

grade: $(VENV)/ready  ## grade the bundled sample class
	@$(BIN)/tfgrade grade --sample $(ARGS)

build: $(VENV)/ready  ## regenerate every notebook from its text, and the syllabus
	@$(BIN)/tfgrade build

check: $(VENV)/ready  ## check the course itself
	@$(BIN)/tfgrade check $(ARGS)

mutants: $(VENV)/ready  ## prove the checks: faults put into the right answers must be caught
	@$(BIN)/tfgrade mutants $(ARGS)

lint: $(VENV)/ready  ## style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: $(VENV)/ready  ## pin every package again, for Linux, macOS and Windows
	$(BIN)/uv pip compile --universal --python-version 3.10 --all-extras --upgrade --quiet \
	  --no-annotate --no-header \
	  pyproject.toml --output-file requirements.lock

bench: $(VENV)/ready  ## compare with stock nbgrader, and fit with the monitor; ARGS="--quick" for less
	$(BIN)/python -m bench $(ARGS)

bench-demo: $(VENV)/ready  ## measure the playground in a browser; PLAYGROUND_URL=… for the classic one
	$(BIN)/python -m bench.demo $(ARGS)

attack: $(VENV)/ready  ## grade hostile submissions, with stock nbgrader beside; ARGS="--ours" without
	$(BIN)/python -m tests.attacks $(ARGS)

clean:  ## remove the virtual environment; your own copy of the course stays
	rm -rf $(VENV)
