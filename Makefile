# The two commands of the README, and what keeps the house in order. Everything happens in .venv.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
BIN := .venv/bin
# what a wheel takes along beside the code is made when one is built, and not here
PIP := HATCH_BUILD_NO_HOOKS=true $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
DEMO_DATE := 2026-10-11

.PHONY: demo test fuzz mutants check figures bench soak judge pictures lock clean help

help:
	@echo "make demo    build the example issue        make test    run all tests"
	@echo "make check   lint, types, import contracts  make bench   measure speed and memory"
	@echo "make fuzz    damage every kind of input, a minute each (SECONDS=60 ARGS=feeds)"
	@echo "make figures measure how large and dense the code is (ARGS=--worst names the places)"
	@echo "make mutants break the code in 60 random places and name those that no test notices (SEED=1)"
	@echo "make soak    hold many random histories against the oracle (ARGS=\"HISTORIES FIRST_SEED\")"
	@echo "make judge JUDGE=PROGRAM  hold every template, theme and case against outside tools"
	@echo "make pictures             take the pictures in docs/ anew"

demo: .venv/runtime
	@$(BIN)/digest --project . build weekly --date $(DEMO_DATE)
	@echo
	@echo "Look at it:    $(BIN)/digest preview latest"
	@echo "Edit it:       issues/$(DEMO_DATE)-weekly/editor.md, then make demo again"
	@echo "Your own blog: $(BIN)/digest init my-letter --from https://your.blog/"

test: .venv/dev
	@$(BIN)/python -m pytest --numprocesses auto $(ARGS)

# SECONDS is told for each kind of input and each of two ways of damaging it; atheris is had where
# there is one for this machine.
SECONDS ?= 60
.venv/fuzz: .venv/dev
	@$(PIP) 'atheris>=3,<4' || echo "no atheris for this Python: Hypothesis alone" >&2
	@touch $@

fuzz: .venv/fuzz
	@$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(ARGS)

SEED ?= 1
mutants: .venv/dev
	@$(BIN)/python -m tests.mutants --seed $(SEED) $(ARGS)

# Finding types takes as long as all the rest, which is done beside it.
CHECKS := check-types check-style check-imports check-figures
.PHONY: $(CHECKS)

check: .venv/dev
	@$(MAKE) --no-print-directory --jobs=2 $(CHECKS)

check-types:
	$(BIN)/mypy

check-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-imports:
	$(BIN)/lint-imports --no-cache

check-figures:
	$(BIN)/python -m tests.figures --check

figures: .venv/dev
	@$(BIN)/python -m tests.figures $(ARGS)

bench: .venv/dev
	$(BIN)/python -m benchmarks

soak: .venv/dev
	@$(BIN)/python -m tests.workflow.model $(ARGS)

# JUDGE is called as `JUDGE email.html message.eml`; ARGS narrow it down to pages whose name holds a word.
judge: .venv/dev
	@test -n "$(JUDGE)" || { echo "name the program that judges: make judge JUDGE=path/to/judge" >&2; exit 2; }
	@$(BIN)/python -m tests.rendering.matrix $(JUDGE) $(ARGS)

pictures: .venv/dev
	@$(BIN)/python -m tests.rendering.gallery docs/pictures
	@$(BIN)/python -m tests.preview.gallery docs/pictures

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "digest needs Python 3.11 or newer with venv; name it with make PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/runtime: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what digest needs into .venv …" >&2
	@$(PIP) --editable .
	@touch $@

.venv/dev: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what digest and its tests need into .venv …" >&2
	@$(PIP) --editable '.[dev]'
	@touch $@ .venv/runtime

lock: .venv/dev  # renew constraints.txt with the newest versions that fit pyproject.toml
	@rm -rf .venv/lock && $(BIN)/python -m venv .venv/lock
	@.venv/lock/bin/python -m pip --disable-pip-version-check install --quiet --editable '.[dev]'
	@{ echo "# Exact versions that digest is built and tested with; make installs these. Renewed with: make lock"; \
	  .venv/lock/bin/python -m pip freeze --exclude-editable; } > constraints.txt
	@rm -rf .venv/lock

clean:
	rm -rf .venv .digest
	git clean -qfdX issues
