package main

// runInBackground does some work in a goroutine of its own, and hands over its result.
func runInBackground(work func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	return done
}
