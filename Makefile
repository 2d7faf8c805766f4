# run · test · check · package: each sets up what it needs (.ci/setup.sh).

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

CARGO := cargo
TOOLS := target/tools
HEADLESS := $(if $(filter Linux,$(shell uname -s)),$(if $(DISPLAY)$(WAYLAND_DISPLAY),,yes))

# One profile and one set of features for every build of the tests, so that no dependency is compiled twice.
WORKSPACE := --workspace --all-targets --locked

.PHONY: help setup run run-window run-terminal test check check-rust check-ui ui types deny test-desktop test-paper test-printing screens test-screens bench bench-archive bench-rules bench-minutes bench-peers bench-binder bench-window package icons

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | column -t -s '|'

setup: ## checks the tools, installs the system's packages (asks before sudo)
	@.ci/setup.sh $(if $(HEADLESS),terminal,window)

run: ## opens the application; without a display, prints the demo's minutes
	@$(MAKE) $(if $(HEADLESS),run-terminal,run-window)

run-window: ui
	@$(CARGO) build --locked -p actario
	exec target/debug/actario

# The same job without a window: the demo archive, and the minutes of its first session that was held.
run-terminal:
	@.ci/setup.sh terminal
	$(CARGO) build --locked -p actario-cli
	mkdir -p target/demo
	rm -f target/demo/demo.actario*
	target/debug/actario-cli new target/demo/demo.actario --demo
	target/debug/actario-cli minutes target/demo/demo.actario body-comision:2025/1 --out target/demo/acta-1-de-2025.pdf
	echo "$(CURDIR)/target/demo/acta-1-de-2025.pdf"

# --- Pages of the window ------------------------------------------------------------------------------------

# npm ci leaves this file behind: the packages are installed again only when the lock changes.
ui/node_modules/.package-lock.json: ui/package-lock.json
	@cd ui && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json

ui: ## builds the window's pages into ui/dist
	@.ci/setup.sh window
	$(MAKE) ui/node_modules/.package-lock.json
	cd ui && npm run --silent build

types: ## writes the pages' types from the core's into ui/src/generated
	@$(CARGO) run --quiet --locked -p tests --bin write-types -- ui/src/generated

# --- Tests --------------------------------------------------------------------------------------------------

check: check-rust check-ui ## the quick one: format, lints, unit tests, types

check-rust:
	@.ci/setup.sh window
	$(CARGO) fmt --check
	[ -f ui/dist/index.html ] || $(MAKE) ui
	$(CARGO) clippy $(WORKSPACE) -- -D warnings
	$(CARGO) test --workspace --locked --lib --test tidy

check-ui: ui/node_modules/.package-lock.json
	@cd ui
	npm run --silent lint
	npm run --silent check
	npm run --silent test

test: ## everything that is tested, from nothing
	@.ci/setup.sh test
	$(MAKE) check-ui
	$(MAKE) ui
	$(CARGO) fmt --check
	$(CARGO) clippy $(WORKSPACE) -- -D warnings
	$(MAKE) deny
	$(CARGO) test --workspace --locked
	$(MAKE) test-paper
	$(MAKE) test-printing
	$(MAKE) test-screens
	$(MAKE) test-desktop

# The pages in Chromium on the real core: stories by keyboard, and axe in both themes. A story waits for what is
# shown, never for a time. On a busy machine a browser may still miss a key: a file that fails is told once more,
# aloud, so that the log says which one to look into; one that hangs is ended.
test-screens:
	@$(CARGO) build $(WORKSPACE)
	for story in tests/screens/*.test.mjs; do
	  timeout 300 node --test "$$story" || { echo "once more: $$story" && timeout 300 node --test "$$story"; }
	done

# Every kind of paper, before the checkers that archives and readers aloud trust.
test-paper: $(TOOLS)/verapdf/.done $(TOOLS)/python/.done
	@export VERAPDF="$(CURDIR)/$(TOOLS)/verapdf" PYTHON="$(CURDIR)/$(TOOLS)/python/bin/python"
	$(CARGO) test --workspace --locked --test conformance -- --ignored

# Papers on a print service of the tests' own: the real CUPS, before a printer that keeps what it prints.
test-printing:
	@$(CARGO) build $(WORKSPACE)
	$(CARGO) test --workspace --locked --test printing -- --ignored

screens: ui ## takes anew the pictures of docs/screens and docs/print, those that README and docs show
	@.ci/setup.sh screens
	PICTURES="$(CURDIR)/docs/screens" $(MAKE) test-screens
	PICTURES="$(CURDIR)/docs/print" $(MAKE) test-paper

# The built application in a real window, on a display and a session bus of its own.
test-desktop: $(TOOLS)/bin/tauri-driver
	@export TAURI_DRIVER="$(CURDIR)/$(TOOLS)/bin/tauri-driver"
	$(CARGO) build $(WORKSPACE)
	xvfb-run -a -s "-screen 0 1366x768x24" dbus-run-session -- \
	  $(CARGO) test --workspace --locked --test desktop -- --ignored --test-threads 1

# Licences, banned crates and where crates may come from.
deny: $(TOOLS)/bin/cargo-deny
	@$(TOOLS)/bin/cargo-deny --log-level warn check licenses bans sources

# Tools of the tests, in versions that are known to work; built once, kept under target/. Unoptimised
# on purpose: they run for seconds and would otherwise take minutes to build.
$(TOOLS)/bin/cargo-deny: Makefile
	@$(CARGO) install --locked --debug --root $(TOOLS) cargo-deny --version 0.20.2
	touch $@

$(TOOLS)/bin/tauri-driver: Makefile
	@$(CARGO) install --locked --debug --root $(TOOLS) tauri-driver --version 2.1.0
	touch $@

$(TOOLS)/verapdf/.done: tests/conformance/pom.xml
	@mvn -q -B -f $< dependency:copy-dependencies -DoutputDirectory="$(CURDIR)/$(TOOLS)/verapdf"
	touch $@

$(TOOLS)/python/.done: tests/conformance/requirements.txt
	@python3 -m venv $(TOOLS)/python
	$(TOOLS)/python/bin/pip install -q --disable-pip-version-check -r $<
	touch $@

bench: bench-archive bench-rules bench-minutes bench-binder bench-window ## all the measures below, side by side with their peers

# Everything that is measured, built at once: package by package cargo would choose other features of the same
# dependencies and compile them again.
BENCH_BUILD := $(CARGO) build --release --locked --workspace --bin actario --bin actario-cli --bin bench-archive \
  --bin bench-queries --bin bench-rules --bin bench-minutes --example bare-window

# What each screen asks, on an archive of a year and on one of forty (2,000 sessions, 20,000 proposals).
bench-archive: ui ## times each screen's question on archives of 1 and 40 years
	@.ci/setup.sh bench
	$(BENCH_BUILD)
	mkdir -p target/bench
	rm -f target/bench/*.actario*
	for years in 1 40; do target/release/bench-archive target/bench/$$years.actario $$years; done
	target/release/bench-queries target/bench/1.actario target/bench/40.actario

bench-rules: ui ## the quorum over 10,000 movements and a recount of 500 seats, beside a session of sixteen
	@.ci/setup.sh bench
	$(BENCH_BUILD)
	target/release/bench-rules

bench-minutes: ui ## minutes of 5, 40 and 400 pages beside Typst's PDF/A-2a on the same text
	@.ci/setup.sh bench
	$(BENCH_BUILD)
	tests/bench/minutes-pdf/setup.sh
	tests/bench/minutes-pdf/bench.sh

# Not part of `bench`: it installs five other programs, and they take minutes.
bench-peers: ui ## minutes of 40 pages beside every other program that could print them
	@.ci/setup.sh peers
	$(BENCH_BUILD)
	tests/bench/minutes-pdf/setup.sh --all
	PEERS=all SIZES=40 N=3 tests/bench/minutes-pdf/bench.sh

bench-binder: ui ## the binder of a session with 300 MB of scanned annexes beside qpdf
	@.ci/setup.sh bench
	$(BENCH_BUILD)
	tests/bench/binder/measure.py target/release/actario-cli target/bench

bench-window: ui ## start and memory of the window beside a bare Tauri window
	@.ci/setup.sh bench
	$(BENCH_BUILD)
	mkdir -p target/bench
	rm -f target/bench/demo.actario*
	target/release/actario-cli new target/bench/demo.actario --demo
	dbus-run-session -- tests/bench/window/measure.py target/release/examples/bare-window target/release/actario \
	  target/bench/demo.actario

# --- Hand out -----------------------------------------------------------------------------------------------

package: ui ## builds the .deb and .rpm packages into target/release/bundle
	@cd src-tauri
	npm exec --yes --package @tauri-apps/cli@2.12.5 -- tauri build --bundles deb,rpm
	find "$(CURDIR)/target/release/bundle" -name '*.deb' -o -name '*.rpm'

icons: ## draws the window's icons from assets/icon/actario.svg
	@npm exec --yes --package @tauri-apps/cli@2.12.5 -- tauri icon assets/icon/actario.svg --output target/icons
	cd target/icons && cp 32x32.png 64x64.png 128x128.png 128x128@2x.png icon.png icon.ico icon.icns ../../src-tauri/icons/
