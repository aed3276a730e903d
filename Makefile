# Targets: run, sandbox, test, check, coverage, torture, bench, growth, fmt, schema, world, docs, constraints, clean.
# Variables: PORT, PYTHON, VENV; for the tests, FAST=1 and ARGS for pytest.
VENV ?= .venv
PORT ?= 8000
export PORT

# The first Python that works and is 3.11 or newer. Running it also detects broken shims.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
BIN = $(VENV)/bin

.PHONY: run sandbox test check coverage torture bench growth fmt schema world docs constraints clean

run: $(VENV)/.run
	@exec $(BIN)/python -m distui.run

sandbox: $(VENV)/.run
	@exec $(BIN)/python -m distui.sandbox

test: $(VENV)/.test
	@BIN=$(BIN) FAST=$(FAST) tests/run $(ARGS)

check: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/typos
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	BIN=$(BIN) deploy/check

# Kill workers of each engine 3,000 times on each database, and at each crash point; KILLS and SEED choose.
torture: DRAWN = tests/property/test_fixes.py tests/property/builder/editor/test_windows.py
torture: MUTATED = --dist worksteal tests/abuse/test_mutated_posts.py
torture: ROUND_TRIP_TESTS = tests/property/core/formats/test_round_trips.py tests/sandbox/test_exports.py tests/cli/test_fix.py tests/cli/test_judges.py
torture: $(VENV)/.test
	@ROUND_TRIPS=$${ROUND_TRIPS:-1000} $(BIN)/python -m pytest -q -n 2 --timeout 3600 $(ROUND_TRIP_TESTS)
	@HYPOTHESIS_PROFILE=nightly ORDERS=1200 $(BIN)/python -m pytest -q -n 2 --timeout 3600 $(DRAWN)
	@MUTATED_FILES=$${MUTATED_FILES:-10000} $(BIN)/python -m pytest -q -n 2 tests/property/core/formats/test_mutated_files.py
	@NEWCOMER=whole $(BIN)/python -m pytest -q tests/operations/test_newcomer.py tests/operations/test_image.py
	@KILLS=$${KILLS:-3000} $(BIN)/python -m pytest -q -s tests/submissions/kills
	@KILLS=$${KILLS:-3000} tests/with-postgres $(BIN)/python -m pytest -q -s tests/submissions/kills
	@MUTATED_POSTS=$${MUTATED_POSTS:-5000} $(BIN)/python -m pytest -q -n 2 $(MUTATED)
	@MUTATED_POSTS=$${MUTATED_POSTS:-5000} tests/with-postgres $(BIN)/python -m pytest -q -n 2 --reuse-db $(MUTATED)
	@$(MAKE) --no-print-directory growth

# Measured apart from the other tests: it would slow generated examples and tests of processor time, and
# Playwright's greenlets confuse it.
coverage: $(VENV)/.test
	@$(BIN)/python -m pytest -n 2 --dist worksteal --cov --ignore tests/end_to_end -k "not in_a_second" -m "not browser and not hypothesis"

bench: $(VENV)/.test
	@BIN=$(BIN) tests/with-chromium $(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench ledger.throughput
	@tests/with-postgres sh -c 'BENCH_DATABASE_URL=$$DATABASE_URL $(BIN)/python -m tests.bench ledger.throughput'

growth: $(VENV)/.test
	$(BIN)/python -m tests.bench growth
	$(BIN)/python -m tests.bench pages
	$(BIN)/python -m tests.bench memory
	$(BIN)/python -m tests.bench ledger.settled
	tests/with-postgres sh -c 'BENCH_DATABASE_URL=$$DATABASE_URL $(BIN)/python -m tests.bench ledger.settled'

fmt: $(VENV)/.lint
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(VENV)/.run
	$(BIN)/python -m distui.aws.refresh_schema

world: $(VENV)/.test
	$(BIN)/python -m distui.web.draw_world

docs: $(VENV)/.run
	$(BIN)/python -m distui.core.rules > docs/rules.md
	$(BIN)/python -m distui.aws.iam deploy/iam

constraints: $(VENV)/.run
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --upgrade \
		--no-header --no-emit-index-url --no-emit-find-links --no-annotate -o constraints.txt

clean:
	rm -rf $(VENV) var

# One stamp file for each set of packages, updated when pyproject.toml or constraints.txt change.
$(VENV)/.run: EXTRAS = server,postgres
$(VENV)/.test: EXTRAS = server,postgres,sentry,celery,sqs,test
$(VENV)/.lint: EXTRAS = server,postgres,sentry,celery,sqs,test,lint
$(VENV)/.run $(VENV)/.test $(VENV)/.lint: pyproject.toml constraints.txt | $(BIN)/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -e '.[$(EXTRAS)]' -c constraints.txt \
		|| $(BIN)/pip install --quiet -e '.[$(EXTRAS)]' -c constraints.txt
	@touch $@

$(BIN)/uv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with the venv module was not found. On Debian, install python3-venv." >&2; exit 1; }
	@echo "Installing dependencies into $(VENV)." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check uv -c constraints.txt
