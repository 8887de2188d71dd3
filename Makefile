# Everything goes into .venv, from constraints.txt. You need only Python 3.11 or newer, git and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# Matrices are small here: with threads of its own for each product, BLAS only keeps processors busy.
PYTEST = OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist worksteal
# Every test process finds what another has compiled to bytecode.
unexport PYTHONDONTWRITEBYTECODE
PIP = $(BIN)/python -m pip --quiet --disable-pip-version-check

# These are names of tasks, not of files.
.PHONY: compare browser firefox wasm test test-slow test-all test-mesa-next mesa-next pytest lint types wheel wheel-all docs docs-serve languages tables readme-figures explore-figure money-figures discover-figure optimise-figure exit-figure archive audit coverage endurance faults fuzz fuzz-imports fuzz-page fuzz-states mutants same-bytes real-networks verification levers bench bench-sweep bench-recovery bench-recovery-many posterior constraints clean

compare: $(VENV)/.core  ## the main job: SALEX compared with three alternatives
	$(BIN)/legato compare salex no-catalytic-funding light-facilitation abrupt-closing

browser:  ## chromium and its driver, to test the live page; without them those tests are skipped, and say so
	@tools/get-browser

firefox:  ## firefox, in which slow tests try the pages too; without it they are skipped, and say so
	@tools/get-browser firefox

test: $(VENV)/.dev browser lint types wheel docs  ## the quick tests, lint, types, the site, and the wheel check
	$(PYTEST)

test-slow: $(VENV)/.dev browser firefox  ## the long tests: every week and before a release
	$(PIP) install -c constraints.txt -e '.[wasm]'
	$(PYTEST) -m slow

test-all:  ## the quick tests on every installed Python from 3.11, and those of the model with Mesa's next version
	@for version in 3.11 3.12 3.13; do \
	  python=$$(tools/find-python $$version) || { echo "Python $$version: not found, left out"; continue; }; \
	  echo "Python $$version"; \
	  $(MAKE) --no-print-directory VENV=.venv-$$version PYTHON=$$python pytest || exit 1; \
	done
	@$(MAKE) --no-print-directory test-mesa-next

# 3.11 has Mesa 3.3, later ones 3.5; constraints.txt says so. A pre-release is not among what we allow (mesa<4).
MESA_NEXT = 4.0.0a0
test-mesa-next:  ## the tests of the model, and of the twins, with a pre-release of Mesa 4, which needs Python 3.12
	@python=$$(tools/find-python 3.12 || tools/find-python 3.13) || { echo "Python 3.12: not found, Mesa $(MESA_NEXT) left out"; exit 0; }; \
	echo "Mesa $(MESA_NEXT)"; \
	$(MAKE) --no-print-directory VENV=.venv-mesa-next PYTHON=$$python mesa-next

mesa-next: | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e . pytest pytest-xdist hypothesis jsonschema
	$(PIP) install --no-deps mesa==$(MESA_NEXT)
	$(PYTEST) tests/simulation/model tests/simulation/engine

pytest: $(VENV)/.dev
	$(PYTEST)

coverage: $(VENV)/.dev  ## which lines and branches the tests reach, compiled ones without compiling; takes a quarter of an hour
	$(PIP) install -c constraints.txt -e '.[coverage]'
	$(PYTEST) -m "slow or not slow" --cov --cov-report= --ignore tests/browser
	NUMBA_DISABLE_JIT=1 $(BIN)/coverage run --append -m pytest tests/simulation/test_rules.py tests/simulation/test_draws.py tests/results/estimates/test_comparison.py
	NUMBA_DISABLE_JIT=1 $(BIN)/coverage run --append -m benchmarks.mutants numbers
	$(BIN)/coverage report --skip-covered

mutants: $(VENV)/.dev  ## change the code in one place at a time: does a test notice? takes hours
	$(PIP) install -c constraints.txt -e '.[mutants]'
	$(BIN)/python -m benchmarks.mutants

lint: $(VENV)/.dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/lint-imports --no-logo > /dev/null || $(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

wasm: $(VENV)/.dev  ## build the engine and the estimates for pages again, after a rule has changed; takes some minutes
	$(PIP) install -c constraints.txt -e '.[wasm]'
	$(BIN)/python -m simulation.browser.build
	$(BIN)/python -m results.browser.build

docs: $(VENV)/.dev  ## the site, into site/, for reading without internet; any warning fails
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

docs-serve: $(VENV)/.dev  ## the site on this computer, updated as pages change
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

languages: $(VENV)/.core  ## bring the languages of briefs up to date with the English; new=it begins one
	$(BIN)/python tools/write-languages $(new)

tables: $(VENV)/.core  ## update the tables that pages take from the schema and the register
	$(BIN)/python tools/write-tables

wheel: $(VENV)/.dev  ## check that the wheel holds what it should and runs outside this folder
	tools/check-wheel $(BIN)/python

wheel-all: $(VENV)/.dev  ## the same on the oldest and the newest supported Python, if installed
	@for version in 3.11 3.13; do \
	  python=$$(tools/find-python $$version) || { echo "Python $$version: not found, left out"; continue; }; \
	  tools/check-wheel $(BIN)/python "$$python" || exit 1; \
	done

readme-figures: $(VENV)/.core browser  ## make the figures of the README again
	rm -rf runs/readme
	$(BIN)/legato compare salex no-catalytic-funding light-facilitation abrupt-closing --out runs/readme > /dev/null
	mkdir -p docs/figures
	cp runs/readme/figures/collaboration-rate.png docs/figures/
	tools/picture-brief runs/readme/report.html docs/figures/brief.png
	$(MAKE) --no-print-directory explore-figure

explore-figure: $(VENV)/.dev browser  ## make the picture of the live page again
	$(BIN)/python tools/picture-explore docs/figures/explore.png

money-figures: $(VENV)/.core  ## make the figures of docs/what-money-buys.md again
	rm -rf runs/grants runs/half-million
	$(BIN)/legato compare no-catalytic-funding salex --out runs/grants > /dev/null
	$(BIN)/legato compare no-catalytic-funding salex "no-catalytic-funding: facilitation.intensity=1, facilitation.convening_every=2" \
	  "no-catalytic-funding: facilitation.intensity=1, facilitation.introductions=3.2" --out runs/half-million > /dev/null
	cp runs/grants/figures/plane.png runs/half-million/figures/acceptability.png docs/figures/

discover-figure: $(VENV)/.dev  ## make the picture of where SALEX fails again; takes some minutes
	$(BIN)/legato sweep salex --vary funder.shift.month=6:25 --vary funder.shift.facilitation=0:1 --vary funder.shift.grants=0:1 \
	  --vary grants.per_call=0:8 --vary facilitation.intensity=0.2:1 --vary behaviour.initiative --design lhs --points 1000 --fixed \
	  --no-figures --out runs/when > /dev/null
	$(BIN)/legato discover runs/when --below 0.75 --points 300 --out runs/when-it-fails > /dev/null
	cp runs/when-it-fails/figures/box-1.png docs/figures/discover.png

optimise-figure: $(VENV)/.dev  ## make the picture of the best use of a budget again; takes some minutes
	$(BIN)/legato optimise salex --budget 1100000 --lever facilitation.intensity=0:1 \
	  --lever facilitation.convening_every=2,3,4,6,12 --lever grants.per_call=0:12 --out runs/optimise > /dev/null
	cp runs/optimise/figures/money.png docs/figures/optimise-money.png

exit-figure: $(VENV)/.dev  ## make the picture of the ways to leave SALEX again; takes some minutes
	$(BIN)/legato exit salex --decide-again 18 --out runs/exit > /dev/null
	cp runs/exit/figures/exits.png docs/figures/exit-plans.png

archive: $(VENV)/.core  ## for a model library such as CoMSES: code, ODD, metadata, results behind the README's figures
	$(BIN)/legato compare salex no-catalytic-funding light-facilitation abrupt-closing --out runs/readme > /dev/null
	$(BIN)/python tools/make-archive runs/readme dist/legato-archive.zip

audit: $(VENV)/.dev  ## look up the versions in constraints.txt in the advisory database; needs internet
	$(PIP) install pip-audit
	$(BIN)/python -m pip_audit --strict --requirement constraints.txt --disable-pip --no-deps

TIMES = 20
faults: $(VENV)/.dev  ## disturb a sweep in every way we know of, TIMES each; it must end with the same bytes
	$(BIN)/python -m benchmarks.faults $(TIMES)

PYTHONS = $(foreach version,3.11 3.12 3.13,$(wildcard .venv-$(version)/bin/python))
same-bytes: $(VENV)/.dev  ## run one sweep in every way: threads, a cluster, after a kill, with each Python that `make test-all` found
	$(BIN)/python -m benchmarks.same_bytes $(abspath $(PYTHONS))

MINUTES = 20
endurance: $(VENV)/.dev  ## a sweep of a million networks, then MINUTES of everything; memory, open files and threads must not grow
	$(BIN)/python -m benchmarks.endurance $(MINUTES)

INPUTS = 120000
fuzz: $(VENV)/.dev  ## INPUTS bad and odd inputs for every file that people write and every option; takes about fifty minutes
	$(PIP) install -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m benchmarks.fuzz $(INPUTS)

FILES = 50000
fuzz-imports: $(VENV)/.dev  ## FILES lists of members of every format, drawn, damaged or made to do harm; takes about fifty minutes
	$(BIN)/python -m benchmarks.fuzz_imports $(FILES)

STATES = 20000
fuzz-page: $(VENV)/.dev  ## SETTINGS levers of the page moved by chance, beside what Python says of the same; takes some minutes
	$(BIN)/python -m benchmarks.fuzz_page $(SETTINGS)

fuzz-states: $(VENV)/.dev  ## STATES networks as they stand today in files: drawn, with a fault, or damaged; takes about five minutes
	$(BIN)/python -m benchmarks.fuzz_states $(STATES)

real-networks: $(VENV)/.dev  ## compare with real networks and make the tables of docs/real-networks.md again; needs the data, which that page names
	$(BIN)/python -m benchmarks.real_networks --page docs/real-networks.md

verification: $(VENV)/.dev  ## make the figures of docs/verification.md again: the model compared with independent truths
	$(BIN)/python -m benchmarks.verification
	$(BIN)/legato calibrate benchmarks/recovery.toml $(RECOVERED) --particles 40 --replicates 8 --recover 30 --out runs/recovered > /dev/null
	cp runs/recovered/figures/recovery.png docs/figures/verification-recovery.png

levers: $(VENV)/.dev  ## measure and draw what each lever and each parameter does (docs/levers.md); takes some minutes
	$(BIN)/python -m benchmarks.levers

bench: $(VENV)/.dev  ## how fast, compared with other tools, measured in one run
	$(BIN)/python benchmarks/bench.py

bench-sweep: $(VENV)/.dev  ## a sweep of a million networks, compared with EMA Workbench and mesa.batch_run
	$(PIP) install -c constraints.txt -e '.[bench]'
	$(BIN)/python -m benchmarks.sweep

LEGATO_DATA ?= ../shared/data
WAVES = nfdi kapferer-social kapferer-work burkhardt2
LEARNED = $(foreach table,behaviour facilitation members network costs,--free $(table))
DRAWS = 5000
posterior: $(VENV)/.dev  ## make the shipped posterior again, from the shipped evidence and from waves of real networks, which docs/real-networks.md names; takes some half an hour of processor time, continues where it was stopped
	@test -d $(LEGATO_DATA)/waves || { echo "The real networks are not in $(LEGATO_DATA). docs/real-networks.md says where they are published: put them there, or name their folder in LEGATO_DATA."; exit 1; }
	$(BIN)/legato calibrate evidence $(addprefix $(LEGATO_DATA)/waves/,$(WAVES)) $(LEARNED) --method bank --draws $(DRAWS) --particles 600 --out runs/posterior
	$(BIN)/python tools/ship-posterior runs/posterior/posterior.csv

RECOVERED = --free behaviour.trust_convening --free behaviour.decay --free behaviour.yes_base
bench-recovery: $(VENV)/.dev  ## does calibration find three known parameters?
	$(BIN)/legato calibrate benchmarks/recovery.toml $(RECOVERED) --particles 60 --replicates 12 --recover 60 --out runs/recovery

bench-recovery-many: $(VENV)/.dev  ## two ways of learning fourteen parameters at once, tried on data sets made from known ones
	$(BIN)/python -m benchmarks.recovery_many runs/recovery-many

constraints:  ## pin the tested versions again
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-header --no-annotate --no-emit-index-url pyproject.toml -o constraints.txt

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else f"Legato needs Python 3.11 or newer; this is {sys.version.split()[0]}. Name another: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e .
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/.core

clean:
	rm -rf .venv .venv-* dist
