# Descent Lab. Needs make and Python 3.11 or newer; everything else goes into .venv.

PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
CORES := -n auto --no-loadscope-reorder
# pip would compile every file of every package, which takes as long as the rest; Python compiles what is imported.
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
unexport PYTHONDONTWRITEBYTECODE
# The first of these that runs, is new enough and can make a virtual environment. PYTHON=... names another.
PYTHON ?= python3 python3.13 python3.12 python3.11 python3.14 python

.DELETE_ON_ERROR:
.PHONY: help run test test-fast scripts bench load

help:
	@echo 'make run     start the laboratory on http://localhost:$(PORT)   (make run PORT=8600: on another port)'
	@echo 'make test    every check: ruff, types, tests, the JavaScript, a real browser'
	@echo 'make test-fast  what takes seconds: no network is trained, no page opened'
	@echo 'make bench   measure against what one would use instead'
	@echo 'make load    a class of up to 300 at one server'

run: $(VENV)/run.stamp
	@echo 'Starting Descent Lab; Ctrl-C stops it. Its address:'
	@exec $(BIN)/python -m streamlit run app.py --server.port $(PORT)

# All run, whatever the first ones say. The JavaScript is checked beside pip, mypy runs beside pytest: there are two cores.
test:
	@failed=; mkdir -p .cache; \
	$(MAKE) --no-print-directory scripts > .cache/scripts.log 2>&1 & scripts=$$!; \
	$(MAKE) --no-print-directory $(VENV)/test.stamp || exit 1; \
	$(BIN)/python -m mypy > .cache/mypy.log 2>&1 & types=$$!; \
	wait $$scripts || failed=' [scripts]'; \
	cat .cache/scripts.log; \
	for check in 'ruff check' 'ruff format --check' 'pytest $(CORES)'; do \
	  echo "== $$check"; \
	  $(BIN)/python -m $$check || failed="$$failed [$$check]"; \
	done; \
	echo '== mypy'; \
	wait $$types || failed="$$failed [mypy]"; \
	cat .cache/mypy.log; \
	test -z "$$failed" || { echo "Failed:$$failed" >&2; exit 1; }

# The JavaScript: linter, formatter, types, and what needs no browser. It runs without npm; who has none is told so.
scripts:
	@echo '== npm run check'
	@if command -v npm >/dev/null 2>&1 && $(MAKE) --no-print-directory node_modules/.stamp; then npm run --silent check; \
	elif test -n "$$CI"; then echo 'The JavaScript cannot be checked: npm is missing, or npm ci failed.' >&2; exit 1; \
	else echo 'SKIPPED: the JavaScript is not checked, there is no npm, or it could not install (apt install npm).'; fi

node_modules/.stamp: package.json package-lock.json
	@npm ci --no-audit --no-fund --silent && touch $@

# For the editor's loop: what neither trains a network nor opens a page or a server.
FAST := ahead contrast datasets differences docs edits escape experiment layers network_edits notebook outcome planes \
        requirements sampling schedules spread study thinning verdict wire work xla
test-fast: $(VENV)/test.stamp
	@$(BIN)/python -m ruff check && $(BIN)/python -m pytest $(CORES) -q $(FAST:%=tests/test_%.py)

bench: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks

load: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks load

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	@echo 'Installing what the laboratory needs into $(VENV) (once, a minute or two) ...'
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo 'Installing what the laboratory and its tests need into $(VENV) (once, a minute or two) ...'
	@$(PIP) -r requirements-dev.txt
	@touch $(VENV)/run.stamp $@

$(BIN)/python:
	@for python in $(PYTHON); do \
	  if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec $$python -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo 'Descent Lab needs Python 3.11 or newer with its venv module; tried: $(PYTHON).' >&2; \
	echo 'Debian and Ubuntu: apt install python3-venv. A Python elsewhere: make run PYTHON=/path/to/python' >&2; \
	exit 1
