# `make run` and `make test` do all of their own set-up; it is in packaging/setup_machine.py, and quick when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
SET_UP := $(PYTHON) packaging/setup_machine.py

.PHONY: help run tour test check lint prove package benchmark translations lock clean

help:
	@echo "make run        open the program on a sample workspace (without a display: play the tour into out/)"
	@echo "make tour       play a rep's day through the real widgets into out/"
	@echo "make test       set up, then everything that make check does"
	@echo "make check      format, lint, types, import contracts and tests, without set-up"
	@echo "make package    freeze the program into dist/salesdesk and let it play the tour"
	@echo "make prove      histories with cuts, restores and planted faults, with counts"
	@echo "make benchmark  measure beside a reference in the same run"
	@echo "make translations  bring the Chinese up to date with the window's sentences"
	@echo "make lock       pin the newest allowed versions (needs uv)"
	@echo "make clean      remove everything that was built here"

run:
	@$(SET_UP) run
	@$(BIN)/python packaging/start.py

tour:
	@$(SET_UP) run
	@$(BIN)/python packaging/start.py tour

test:
	@$(SET_UP) test
	@$(MAKE) --no-print-directory check

check: lint
	$(BIN)/python -m pytest -n 2 -m "not benchmark and not prove"

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --strict --follow-imports=silent packaging/*.py
	$(BIN)/lint-imports

# How many histories of whole laptops and an office, beside those with a fault planted: make prove HISTORIES=20000
HISTORIES ?= 100
prove:
	@$(SET_UP) test
	SALESDESK_HISTORIES=$(HISTORIES) $(BIN)/python -m pytest -n 2 \
		tests/sync/test_planted.py tests/sync/test_simulation.py tests/sync/test_restore.py tests/server/test_rights.py

package:
	@$(SET_UP) package
	$(BIN)/pyinstaller --noconfirm --clean --log-level ERROR packaging/salesdesk.spec
	$(BIN)/python packaging/smoke.py

benchmark:
	@$(SET_UP) test
	$(BIN)/python -m pytest -m benchmark -s
	$(BIN)/python -m tests.benchmarks.desk build/benchmark

translations:
	@$(SET_UP) run
	@$(BIN)/python packaging/translations.py

# One resolution for all platforms and Python versions; no comments, because they would name where it was made
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet
lock:
	$(LOCK) --all-extras pyproject.toml --output-file requirements/all.lock
	$(LOCK) requirements/server.in --constraint requirements/all.lock --output-file requirements/server.lock

clean:
	rm -rf .venv build dist out *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -f resources/fonts/*.ttf resources/i18n/*.qm
