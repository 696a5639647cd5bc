.DEFAULT_GOAL := help
.PHONY: help demo test console journeys pictures clients race lint generate bench bench-compare ci

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Run the demo on its own database and Clio sandbox, and keep serving.
	go run . demo

test: ## Run the tests. They start their own PostgreSQL.
	go test ./...

console: ## Check, test and build the console in web/, which the server embeds. Needs Node.js.
	npm --prefix web ci
	npm --prefix web run generate
	npm --prefix web run check
	npm --prefix web test
	npm --prefix web run build

journeys: ## Use the built program in Chromium as people do. Needs Node.js and Chromium; after `make console`.
	npm --prefix web run journeys

pictures: ## Make the README's pictures from the demo. Needs Node.js and Chromium; after `make console`.
	npm --prefix web run pictures

clients: ## Try other people's GraphQL clients. Needs Node.js; e2e/README.md.
	npm --prefix e2e ci && npm --prefix e2e test

race: ## Run the tests with the race detector.
	go test -race ./...

lint: ## Run the linters. .ci/run has their version.
	golangci-lint run ./...

generate: ## Regenerate the code for graph/schema.
	go generate ./...

bench: ## Run the benchmarks. BENCHMARKS.md has results.
	go test -run '^$$' -bench . -timeout 0 ./...

bench-compare: ## Compare with PostGraphile. Needs npm; installs PostGraphile and its Node.js beside the benchmark.
	npm --prefix internal/bench/postgraphile ci
	test -x internal/bench/postgraphile/node_modules/node/bin/node # or the comparison would be skipped
	go test -run '^$$' -bench Compare -benchtime 2000x -timeout 0 ./internal/bench

ci: ## Run all checks that a change has to pass.
	.ci/run
