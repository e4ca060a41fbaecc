package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *Store, data string) string {
	t.Helper()
	sum, err := s.Put([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestPutAndGet(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, data := range []string{"", "a", "Phường Thanh Miếu", strings.Repeat("x", 1<<20)} {
		sum := put(t, s, data)
		if again := put(t, s, data); again != sum {
			t.Errorf("the same bytes have two names: %s, %s", sum, again)
		}
		got, err := s.Get(sum)
		if err != nil || string(got) != data {
			t.Errorf("Get(%s) = %d bytes, %v; want %d bytes", sum, len(got), err, len(data))
		}
		r, err := s.Open(sum)
		if err != nil {
			t.Fatal(err)
		}
		streamed, err := io.ReadAll(r)
		r.Close()
		if err != nil || string(streamed) != data {
			t.Errorf("Open(%s) gave %d bytes, %v", sum, len(streamed), err)
		}
	}
	const known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if sum := put(t, s, "abc"); sum != known {
		t.Errorf("the name of abc is %s, want %s", sum, known)
	}
}

func TestNamesThatAreNotHeld(t *testing.T) {
	t.Parallel()
	s := open(t)
	put(t, s, "something")
	for _, sum := range []string{Sum([]byte("another")), "", "ab", "../../../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("../x", 16)} {
		if _, err := s.Get(sum); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Get(%q): %v, want fs.ErrNotExist", sum, err)
		}
		if _, err := s.Open(sum); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open(%q): %v, want fs.ErrNotExist", sum, err)
		}
		if has, err := s.Has(sum); has || err != nil {
			t.Errorf("Has(%q) = %v, %v", sum, has, err)
		}
		if err := s.Remove(sum); err != nil {
			t.Errorf("Remove(%q): %v", sum, err)
		}
	}
}

func TestRemove(t *testing.T) {
	t.Parallel()
	s := open(t)
	sum := put(t, s, "one")
	if has, err := s.Has(sum); !has || err != nil {
		t.Fatalf("Has = %v, %v before Remove", has, err)
	}
	if err := s.Remove(sum); err != nil {
		t.Fatal(err)
	}
	if has, _ := s.Has(sum); has {
		t.Error("still there after Remove")
	}
}

func TestWalkInOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	var want []string
	for _, data := range []string{"một", "hai", "ba", "bốn"} {
		want = append(want, put(t, s, data))
	}
	slices.Sort(want)
	if err := os.WriteFile(filepath.Join(s.dir, "notes.txt"), []byte("not a blob"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := s.Walk(func(sum string, size int64) error {
		got = append(got, sum)
		if size < 2 || size > 6 {
			t.Errorf("%s has size %d", sum, size)
		}
		return nil
	})
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("Walk gave %v, %v; want %v", got, err, want)
	}
	stop := errors.New("stop")
	if err := s.Walk(func(string, int64) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Walk returned %v, want the visitor's error", err)
	}
}

// A process that is killed while writing leaves a file in incoming/ and nothing under a final name.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	s := open(t)
	kept := put(t, s, "kept")
	leftover := filepath.Join(s.dir, incoming, "put-123")
	if err := os.WriteFile(leftover, []byte("half of a fi"), 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := Open(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(leftover); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the leftover is still there (%v)", err)
	}
	var names []string
	if err := again.Walk(func(sum string, _ int64) error { names = append(names, sum); return nil }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(names, []string{kept}) {
		t.Errorf("the store holds %v, want only %s", names, kept)
	}
}

func TestPutLeavesNothingUnfinished(t *testing.T) {
	t.Parallel()
	s := open(t)
	put(t, s, "whole")
	// A directory stands where the content belongs: the rename fails, and the unfinished file goes.
	if err := os.MkdirAll(filepath.Join(s.path(Sum([]byte("blocked"))), "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put([]byte("blocked")); err == nil {
		t.Error("Put over a directory succeeded")
	}
	files, err := os.ReadDir(filepath.Join(s.dir, incoming))
	if err != nil || len(files) != 0 {
		t.Errorf("incoming/ holds %v, %v", files, err)
	}
}

func TestDamage(t *testing.T) {
	t.Parallel()
	s := open(t)
	good, bad := put(t, s, "good"), put(t, s, "bad")
	if damaged, err := s.Verify(context.Background()); len(damaged) != 0 || err != nil {
		t.Fatalf("Verify of a sound store: %v, %v", damaged, err)
	}
	if err := os.WriteFile(s.path(bad), []byte("bAd"), 0o600); err != nil {
		t.Fatal(err)
	}
	damaged, err := s.Verify(context.Background())
	if err != nil || !slices.Equal(damaged, []string{bad}) {
		t.Errorf("Verify = %v, %v; want %s", damaged, err, bad)
	}
	if _, err := s.Get(bad); !errors.Is(err, ErrDamaged) {
		t.Errorf("Get of the damaged one: %v", err)
	}
	if _, err := s.Get(good); err != nil {
		t.Errorf("Get of the sound one: %v", err)
	}
	put(t, s, "bad")
	if _, err := s.Get(bad); err != nil {
		t.Errorf("Put did not mend it: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Verify(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify after cancelling: %v", err)
	}
}

// Opening the store while others write removes their unfinished files; they begin again and lose nothing.
func TestOpenWhileOthersWrite(t *testing.T) {
	t.Parallel()
	s := open(t)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range 10 {
				data := []byte{byte(i), byte(j)}
				sum, err := s.Put(data)
				if err != nil {
					t.Errorf("Put: %v", err)
					return
				}
				if got, err := s.Get(sum); err != nil || string(got) != string(data) {
					t.Errorf("Get = %v, %v", got, err)
				}
			}
		}()
	}
	for range 5 {
		if _, err := Open(s.dir); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
}
