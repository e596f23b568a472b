# The commands of Pressmark. Works with GNU make 3.81 and later; on Windows through cmd.
.PHONY: help run test check bench soak dist dist-try dist-check fmt lock clean setup setup-test setup-dist

ifeq ($(OS),Windows_NT)
SHELL := cmd.exe
.SHELLFLAGS := /c
VENV_PYTHON := .venv\Scripts\python.exe
DIST_PYTHON := .venv-dist\Scripts\python.exe
# Any Python 3 may run the set-up script: it looks for a suitable one itself.
ANY_PYTHON = $(or $(PYTHON),$(if $(shell where py 2>nul),py -3,python))
else
VENV_PYTHON := .venv/bin/python
DIST_PYTHON := .venv-dist/bin/python
# The first that really starts: a version manager's stand-in can exist and yet fail.
ANY_PYTHON = $(or $(shell for p in "$(PYTHON)" python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'from __future__ import annotations' >/dev/null 2>&1 && echo "$$p" && break; done), \
	$(error Pressmark needs Python 3.11, 3.12 or 3.13, and none was found))
endif

define COMMANDS
make run    start Pressmark with the sample project
make test   all checks and all tests
make check  style, types and the direction of imports
make bench  measure speed, ten minutes; BENCH=--quick for a look
make soak   try to break a project, for an hour; SOAK="kill --runs 50" for less
make dist   build the packages for this system, into dist/
make dist-try     only the program, tried in another folder
make dist-check   try those packages in a bare Debian (as root)
make fmt    format the code
make lock   renew the lock files (needs uv)
make clean  remove .venv and everything built
endef

help:
	@$(info $(COMMANDS))cd .

run: setup
	@$(VENV_PYTHON) main.py

test: check
	$(VENV_PYTHON) -m pytest

check: setup-test
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m mypy
	$(VENV_PYTHON) -m pytest -n 0 tests/test_architecture.py

# A measurement informs; it never fails the build (hence the dash). `make bench BENCH=` leaves
# the project of 100,000 articles out; other options go there, too: BENCH="--only scrolling".
BENCH = --full
bench: setup-test
	-$(VENV_PYTHON) -m tests.benchmarks $(BENCH)

# All programs one after the other, or the one that SOAK names with its options.
soak: setup-test
	$(VENV_PYTHON) -m tests.soak $(SOAK)

# The program without Python, and its packages for this system; with MODELS="fr.whl de.whl" these
# language models are in it, too.
ifdef MODELS
export PRESSMARK_MODELS := $(MODELS)
endif
dist: setup-dist
	$(DIST_PYTHON) -m resources.packaging.dist

# The program alone, without packages; what each submission is tried with.
dist-try: setup-dist
	$(DIST_PYTHON) -m resources.packaging.checking.quick

# What was built, tried where there is nothing else: a bare Debian, odd folders, no screen.
dist-check: setup-dist
	$(DIST_PYTHON) -m resources.packaging.checking

fmt: setup-test
	$(VENV_PYTHON) -m ruff format .
	$(VENV_PYTHON) -m ruff check --fix .

setup:
	@$(ANY_PYTHON) -m resources.bootstrap run

setup-test:
	@$(ANY_PYTHON) -m resources.bootstrap test

setup-dist:
	@$(ANY_PYTHON) -m resources.bootstrap dist

# Keeps the versions that are locked; `make lock UPGRADE=--upgrade` takes the newest.
# The other locks are the runtime lock and more, so that tests see what users run.
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock" $(UPGRADE) pyproject.toml
lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --extra build --constraint requirements.lock --output-file requirements-build.lock

clean:
	@$(ANY_PYTHON) -m resources.bootstrap clean
