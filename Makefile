# Everything starts here. `make` lists what can be done.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv
INSTALLED := $(VENV)/.installed
# what handlers import starts twice as fast with bytecode, which uv does not write; on AWS the layers have it too
COMPILE := cd $(VENV)/lib/python*/site-packages && ../../../bin/python -m compileall -q \
	-x '/(tests|tools|transformers|quantization|data)/' annotated_types anyio aws_lambda_powertools boto3 botocore bs4 \
	certifi cryptography dateutil email_validator feedparser h11 h2 hpack httpcore httpx idna jinja2 jmespath lxml \
	markupsafe numpy onnxruntime OpenSSL publicsuffixlist pydantic pydantic_core s3transfer tokenizers trafilatura \
	typing_extensions.py typing_inspection urllib3
export SAM_CLI_TELEMETRY := 0
# a company's own certificate authority counts
export UV_SYSTEM_CERTS := 1

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1mmake %-10s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Precall needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(INSTALLED): $(BIN)/uv requirements/dev.txt pyproject.toml
	@echo "Installing what Precall needs into $(VENV) …"
	@$(UV) pip sync -q --require-hashes requirements/dev.txt
	@$(UV) pip install -q --no-deps --no-build-isolation -e .
	@$(COMPILE)
	@touch $@

.PHONY: install
install: $(INSTALLED) ## Make .venv with everything, from the hash-pinned lists

.PHONY: brief
brief: $(INSTALLED) ## Send a lead through the local stack and show its brief (COMPANY= DOMAIN= CONTACT= AS_OF= PRECALL_DATA=)
	@COMPANY="$(COMPANY)" DOMAIN="$(DOMAIN)" CONTACT="$(CONTACT)" AS_OF="$(AS_OF)" $(BIN)/precall demo

.PHONY: test
test: $(INSTALLED) ## Run every check and every test, the end-to-end ones included
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory browser
	$(BIN)/pytest tests/unit tests/integration --numprocesses 2 --dist loadfile
	$(BIN)/pytest tests/e2e

.PHONY: browser
browser: $(INSTALLED)
	@command -v chromium google-chrome chromium-browser >/dev/null \
	  || { echo "Installing Chromium for the tests of the pages …"; \
	       { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 || $(BIN)/playwright install chromium; }

.PHONY: lint
lint: $(INSTALLED) ## Formatting, types, imports, the template
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r functions layers/core layers/sentiment/trim.py cli
	AWS_DEFAULT_REGION=us-east-1 $(BIN)/sam validate --lint --template template.yaml

.PHONY: audit
audit: $(INSTALLED) ## Ask PyPI for known weaknesses of what is pinned (needs the network)
	for list in requirements/dev.txt layers/*/requirements.txt; do \
	  $(UV) tool run pip-audit --require-hashes --disable-pip -r $$list || exit 1; done

.PHONY: bench
bench: $(INSTALLED) ## Measure what the README claims
	$(BIN)/python -m bench flow --json && $(BIN)/python -m bench fresh --json

TRAINING := .venv-training
$(TRAINING)/.installed: $(BIN)/uv requirements/training.txt
	@echo "Installing what makes the sentiment model into $(TRAINING) …"
	@$(PYTHON) -m venv $(TRAINING)
	@VIRTUAL_ENV=$(CURDIR)/$(TRAINING) $(BIN)/uv pip sync -q --require-hashes requirements/training.txt
	@touch $@

.PHONY: model
model: $(TRAINING)/.installed ## Make the sentiment model again (PRECALL_DATA= PERMISSIVE=1 REHEARSE=1)
	PYTHONPATH=.:functions:layers/core $(TRAINING)/bin/python -m training all $(if $(PERMISSIVE),--permissive) $(if $(REHEARSE),--share 0.01)

.PHONY: templates
templates: $(INSTALLED) ## Make what is generated: the e-mail, JSON Schema, settings' reference, OpenAPI document, AWS models
	$(BIN)/python -m cli.templates
	$(BIN)/python -m cli.schema
	$(BIN)/python -m cli.reference
	$(BIN)/python -m cli.openapi
	$(BIN)/python -m cli.aws_models

.PHONY: golden
golden: $(INSTALLED) ## Keep the briefs of the golden situations anew; then read the difference
	$(BIN)/python -m tests.golden

.PHONY: screenshots
screenshots: $(INSTALLED) browser ## Pictures of the golden briefs: mail, page and paper, in build/screenshots
	$(BIN)/python -m tests.golden.screenshots

.PHONY: lock
lock: $(BIN)/uv ## Resolve the dependencies again and pin them by hash, without addresses
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group dev -o requirements/dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group core -c requirements/dev.txt \
	  --no-emit-package boto3 --no-emit-package botocore --no-emit-package s3transfer --no-emit-package jmespath \
	  --no-emit-package python-dateutil --no-emit-package six --no-emit-package urllib3 -o layers/core/requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group web -c requirements/dev.txt -o layers/web/requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group sentiment --no-deps \
	  -c requirements/dev.txt -o layers/sentiment/requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group training \
	  -c layers/sentiment/requirements.txt -o requirements/training.txt
	grep -A 40 '^uv==' requirements/dev.txt | awk 'NR > 1 && /^[a-z]/ {exit} {print}' > requirements/uv.txt

.PHONY: clean
clean: ## Stop the local stack and remove what was built
	@[ ! -x $(BIN)/precall ] || $(BIN)/precall down
	rm -rf .aws-sam .precall build
