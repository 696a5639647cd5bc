.DEFAULT_GOAL := help
.PHONY: help demo test race lint generate bench ci

help: ## List what can be made.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Show the main job on a database and a Clio of its own, then go on serving.
	go run . demo

test: ## Run the tests; those of SQL start a PostgreSQL of their own.
	go test ./...

race: ## Run the tests with the race detector: slower, and before a change lands.
	go test -race ./...

lint: ## Run the linters; .ci/run has their version.
	golangci-lint run ./...

generate: ## Write the code that follows from graph/schema.
	go generate ./...

bench: ## Run the benchmarks, and no tests; BENCHMARKS.md has results.
	go test -run '^$$' -bench . -timeout 0 ./...

ci: ## Check everything that has to hold before a change lands.
	.ci/run
