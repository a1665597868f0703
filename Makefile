# Two commands matter: `make run` and `make test`. Both start from a bare checkout.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: run test test-postgres test-newest lint format messages screens bench worker clean

run: $(VENV)/.ready ## Site with demo data on http://127.0.0.1:8000 (PORT= changes it)
	@mkdir -p var
	@$(PY) manage.py migrate --no-input -v 0
	@$(PY) manage.py load_demo
	@$(PY) manage.py runserver --noreload $(HOST):$(PORT)

test: $(VENV)/.ready-tests ## The whole suite, browser tests included, on SQLite
	@sh tests/tools/ensure_browser.sh $(PY)
	$(PY) -m pytest -n 2 $(ARGS)
	$(PY) -m pytest -m browser tests/browser

test-newest: ## The suite and the bolting with the newest Wagtail and Django that pip offers, in an environment of its own
	@NEWEST=$$(sh tests/tools/newest.sh $(VENV)-newest $(PYTHON)) && \
	$$NEWEST -m pytest -n 2 -m 'not browser and not bolting' $(ARGS) && \
	$$NEWEST -m tests.bolting.bolt_on start --fresh && $$NEWEST -m tests.bolting.bolt_on kantor --fresh

test-postgres: $(VENV)/.ready-tests ## The same suite on a PostgreSQL of its own
	@sh tests/tools/ensure_browser.sh $(PY)
	@sh tests/tools/with_postgres.sh sh -c '$(PY) -m pytest -n 2 -m "not browser and not bolting" $(ARGS) && $(PY) -m pytest -m browser tests/browser'

lint: $(VENV)/.ready-tests ## Style, templates, migrations, system checks, untranslated strings
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint --lint --quiet psk_plugin/templates templates
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING
	$(PY) tests/tools/check_translations.py
	$(PY) tests/tools/wagtail_words.py

format: $(VENV)/.ready-tests
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

messages: $(VENV)/.ready-tests ## Collect source strings into the Indonesian catalogues and compile them
	$(PY) tests/tools/check_translations.py --write
	$(PY) tests/tools/wagtail_words.py --compile

screens: $(VENV)/.ready-tests ## Pictures of the guides, from a fresh demo that `make run` serves
	@sh tests/tools/ensure_browser.sh $(PY)
	$(PY) tests/tools/take_screens.py http://$(HOST):$(PORT) home/demo_shots

bench: $(VENV)/.ready-tests ## Lists at 1,000 and 100,000 applications, the register at 1,000,000 regulations, a census of 100,000 rows
	@sh tests/tools/with_postgres.sh $(PY) tests/bench.py
	@sh tests/tools/with_postgres.sh $(PY) tests/bench_register.py
	@sh tests/tools/with_postgres.sh $(PY) tests/bench_census.py

worker: $(VENV)/.ready ## Background work in a process of its own (TASKS_BACKEND=django_tasks_db.DatabaseBackend)
	$(PY) manage.py db_worker

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.ready-tests: tests/requirements.txt requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@ $(VENV)/.ready

clean: ## Removes the virtual environment, not the data in var/
	rm -rf $(VENV) $(VENV)-newest
