# Needs make and Python 3.11 or newer; the rest is installed into .venv.
# Stamps in .venv remember what is installed: a second run starts at once.

PORT ?= 8501
# The app answers on this machine only; HOST=0.0.0.0 opens it to the network.
HOST ?= localhost
# Which Python makes .venv; empty: the first suitable one (tools/make_venv.sh).
PYTHON ?=
export PYTHON

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run install browser test lint format bench vendor clean distclean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.app ## open the playground at http://localhost:8501 (PORT=…, HOST=…)
	$(BIN)/streamlit run streamlit_app.py --server.port $(PORT) --server.address $(HOST)

install: $(VENV)/.dev ## install everything, development tools too

test: $(VENV)/.dev browser ## run all tests, the browser's too
	$(BIN)/python -m pytest

lint: $(VENV)/.dev ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev ## put the code into the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev browser ## measure every budget beside its reference
	$(BIN)/python -m benchmarks

vendor: $(VENV)/.app ## refresh static/ for the installed plotly (needs npm)
	$(BIN)/python tools/vendor.py

clean: ## remove caches; the next command looks at the installed packages again
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	rm -f $(VENV)/.app $(VENV)/.dev
	find . -path ./$(VENV) -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

distclean: clean ## remove .venv too
	rm -rf $(VENV)

browser: $(VENV)/.dev
	@$(BIN)/python tests/browser/install_chromium.py

$(BIN)/python:
	@tools/make_venv.sh $(VENV)

$(VENV)/.app: requirements.txt | $(BIN)/python
	@echo "Installing what Nudge needs into $(VENV) (once; a minute or so) …"
	@$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.app
	@echo "Installing the development tools into $(VENV) (once) …"
	@$(PIP) install -r requirements-dev.txt
	@touch $@
