# Everything anybody needs to do with Intermission. Wants Python 3.12+ and make; fetches the rest itself.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench translate
python := .venv/bin/python
# Each process of the site and of its tests would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## What there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Start the site on http://127.0.0.1:8000 (HOST, PORT and .env change that)
	@sh config/bootstrap.sh run
	@exec $(python) -m config.run

test: ## The whole test suite, browser tests included (ARGS="-k word" narrows it)
	@sh config/bootstrap.sh test
	@$(python) -m tests.chromium
	@exec $(python) -m pytest -n 2 --dist loadgroup --no-loadscope-reorder $(ARGS)

lint: ## Static checks
	@sh config/bootstrap.sh test
	@sh config/lint.sh

bench: ## The benchmarks of docs/performance.md (ONLY=name runs one)
	@sh config/bootstrap.sh test
	@exec $(python) -m bench $(ONLY)

translate: ## The site's words for translators (TO=de says into which language)
	@sh config/bootstrap.sh test
	@exec $(python) -m config.translations $(TO)
