package main

// runInBackground runs the work in a goroutine of its own; the channel gets its result.
func runInBackground(work func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	return done
}
