//go:build !linux

package pgtest

import "errors"

// Elsewhere than on Linux the tests that need a server are skipped.
type server struct{ folder string }

func find() string { return "" }

func start(string) (*server, error) { return nil, errors.New("only on Linux") }

func (s *server) stop() {}
