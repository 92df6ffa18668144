# parkmap: `make run` and `make test` are all one needs; `make help` lists the rest.

SHELL = /bin/sh
.DEFAULT_GOAL = help
.PHONY: help run build page test vet staticcheck bench soak fuzz lint fmt clean

# What the program says it is; "dev" outside version control.
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# Arguments for `make run` and `make bench`, such as ARGS='--listen 127.0.0.1:9000'.
ARGS ?=
# How long `make fuzz` stays with each target.
FUZZTIME ?= 20s
# How long `make soak` keeps the server busy.
SOAKTIME ?= 30m

# The product and everything that only reads the code are compiled the same way, so the compiled
# packages are shared: no C compiler, no paths of this machine, no version control asked by Go.
plain_go = CGO_ENABLED=0 GOFLAGS='$(shell go env GOFLAGS) -trimpath -buildvcs=false'

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build everything and serve http://127.0.0.1:8080 from ./data/parkmap.db
	bin/parkmap serve $(ARGS)

build: page ## leave the program, page and layout included, in bin/parkmap
	$(plain_go) go build -ldflags '-s -w -X main.version=$(VERSION)' -o bin/parkmap ./cmd/parkmap

# The page's packages. npm writes this file last, so it dates the installation.
node_modules/.package-lock.json: package.json package-lock.json .npmrc
	npm ci --loglevel=error
	@touch $@

page: static/dist/manifest.json

static/dist/manifest.json: node_modules/.package-lock.json scripts/build-page.mjs scripts/fonts.mjs scripts/tokens.mjs $(shell find static/src)
	npm run --silent build

test: ## set up what the tests need, then run all of them
	@scripts/test

vet:
	$(plain_go) go vet ./...

staticcheck:
	$(plain_go) go tool -modfile=tools/go.mod staticcheck ./...

bench: build ## measure speed against the same bytes from memory, and the map page in a browser
	go run ./internal/bench $(ARGS)

soak: build ## do 10,000 operations on borders, keep the server busy for SOAKTIME (30m), kill it and its database while they publish
	go run ./internal/bench -soak $(SOAKTIME)
	PARKMAP_SOAK=1 go test -count=1 -timeout 2h -v -run 'Killed|ManyEditors|SeenEverywhere' ./cmd/parkmap ./internal/edit
	PARKMAP_TOPOLOGY_STEPS=10000 go test -count=1 -timeout 1h ./internal/topology

fuzz: ## give each fuzz target FUZZTIME (20s)
	@scripts/fuzz $(FUZZTIME)

lint: ## run golangci-lint (the first time it is compiled: some minutes)
	$(plain_go) go tool -modfile=tools/go.mod golangci-lint run

fmt: ## format the Go code
	go fmt ./...

clean: ## remove what was built or downloaded here; data/ stays
	rm -rf bin node_modules static/dist/assets static/dist/fonts static/dist/manifest.json static/dist/sw.js test/browser/out
