# Hai Cấp. `make help` lists what one can do; a line's text after ## is its help.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Real documents that some tests measure on. Where the folder is not there, those tests say that they are skipped.
HAICAP_SAMPLES ?= $(wildcard $(abspath ../shared/corpus))
export HAICAP_SAMPLES

# Debian packages that the fuller tests use: a browser, PostgreSQL, a second reader of PDF that also
# draws its pages, text recognition, a font with all Vietnamese marks, a single sign-on.
DEPS     := chromium postgresql-15 postgresql-contrib poppler-utils tesseract-ocr tesseract-ocr-vie fonts-noto-core glewlwyd
SUDO     := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# What make fuzz runs: the four that read files from outside, or all of them with FUZZ=all, each for FUZZTIME.
FUZZ     ?= FuzzRead FuzzDOCX FuzzPDF FuzzHTML
FUZZTIME ?= 10m

# The database of known holes.
VULNDB ?= https://vuln.go.dev

.PHONY: help run build test check deps bench fuzz vuln crash cover pictures generate quality

help: ## what one can do here
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do printf '  make %-9s %s\n' "$$name" "$$text"; done

run: ## the demo: six documents read and confirmed in a fresh folder, then served on this machine
	go run ./cmd/haicap demo

build: ## the program, as bin/haicap
	CGO_ENABLED=0 go build -trimpath -o bin/haicap ./cmd/haicap

test: ## all tests; says at the end what it skipped and why. Installs nothing
	go test -json ./... | go run ./internal/testreport

check: ## before a commit: format, vet, staticcheck, generated files current
	@files=$$(gofmt -l cmd internal); if [ -n "$$files" ]; then printf 'not formatted (gofmt -w):\n%s\n' "$$files"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...
	@sum() { find internal -name '*_templ.go' -print0 | sort -z | xargs -0r sha256sum; }; \
	before=$$(sum); $(MAKE) --no-print-directory generate; \
	if [ "$$before" != "$$(sum)" ]; then echo 'The pages were not generated from their templates. They are now: look at them and commit them.'; exit 1; fi
	@echo 'check: fine'

generate: ## Go from the page templates (*.templ → *_templ.go)
	go tool templ generate -log-level error -path internal/web

deps: ## install what the fuller tests use (apt-get, with sudo when not root)
	@missing=; for p in $(DEPS); do dpkg-query -W -f '$${Status}' "$$p" 2>/dev/null | grep -q 'ok installed' || missing+=" $$p"; done; \
	if [ -z "$$missing" ]; then echo 'deps: all there: $(DEPS)'; exit 0; fi; \
	echo "deps: installing$$missing"; \
	$(SUDO) apt-get update -q; \
	DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -q --no-install-recommends $$missing

bench: ## benchmarks; they print rates, never pass or fail
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## the readers of files under fuzzing, ten minutes each; FUZZTIME=20s shortens it, FUZZ=all takes every fuzz test
	@found=; while IFS=: read -r file func; do \
		f=$${func#func }; case " $(FUZZ) " in *" all "*|*" $$f "*) ;; *) continue;; esac; \
		echo "fuzz: $$f in $$(dirname "$$file"), $(FUZZTIME)"; found+=" $$f"; \
		go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 50x "./$$(dirname "$$file")"; \
	done < <(grep -ro --include='*_test.go' '^func Fuzz[A-Za-z0-9]*' internal | sort); \
	for f in $(filter-out all,$(FUZZ)); do case "$$found " in *" $$f "*) ;; *) echo "fuzz: there is no $$f"; exit 1;; esac; done

vuln: ## known holes in Go and the modules that the program uses, by govulncheck; says so where its database cannot be reached
	@status=0; out=$$(go tool govulncheck -db $(VULNDB) ./... 2>&1) || status=$$?; printf '%s\n' "$$out"; \
	if [ $$status = 1 ] && grep -q 'fetching vulnerabilities' <<<"$$out"; then \
		echo 'vuln: NOTHING WAS CHECKED. $(VULNDB) cannot be reached from here. Run it where it can, or name a copy: make vuln VULNDB=file:///…'; \
	else exit $$status; fi

crash: ## the program killed 200 times while it confirms, imports, takes uploads and saves; `make test` kills it 16 times
	HAICAP_CRASH=200 go test -count=1 -timeout 30m -run TestKilled -v ./internal/cli

cover: ## which lines the tests run, by package; bin/cover.html has them line by line
	@mkdir -p bin
	go test -coverprofile bin/cover.out -coverpkg ./internal/... ./...
	go tool cover -html bin/cover.out -o bin/cover.html
	go tool cover -func bin/cover.out | tail -n 1

pictures: ## the pictures of the documentation, taken from the demo in a browser
	HAICAP_PICTURES=$(CURDIR)/docs/pictures go test -count=1 -run DemoInBrowser ./internal/cli

quality: ## measures the reader anew into docs/reader-quality.md
	CGO_ENABLED=0 go build -trimpath -buildvcs=auto -o bin/haicap ./cmd/haicap
	bin/haicap eval corpus/gold corpus/docx/*.docx --page docs/reader-quality.md --part own
	@if [ -n "$(HAICAP_SAMPLES)" ]; then bin/haicap eval "$(HAICAP_SAMPLES)"/gold "$(HAICAP_SAMPLES)"/dev/*.txt --page docs/reader-quality.md --part real; \
	else echo 'quality: HAICAP_SAMPLES names no folder of real documents; their part stays as it is'; fi
