# Every command of the project. Each target is a short script in .make/, so that it can be read there.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run dev test crash-test bench lint fmt reset-demo clean

help: ## List these commands
	@echo "Grant tracker of the Trust Fund. Commands:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install what is missing, build, seed demo data and serve on 127.0.0.1:3000
	@.make/run.sh

dev: ## Serve with live reload: rebuilds as files are saved
	@.make/dev.sh

test: ## Run every test and lint: Rust on both databases, budgets, browser journeys
	@.make/test.sh

crash-test: ## Kill the server 200 times on each database while money moves; nothing may be lost or doubled
	@.make/crash-test.sh

bench: ## Measure the release server, the books, a long bank statement and 20 years of contributions
	@.make/bench.sh

lint: ## Check format, lints (native and browser), licences and advisories
	@.make/lint.sh

fmt: ## Format the Rust code
	@cargo fmt --all

reset-demo: ## Delete the demo data and seed it anew
	@.make/reset-demo.sh

clean: ## Delete build results and installed tools, never the data
	@.make/clean.sh
