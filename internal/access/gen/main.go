// Command gen makes passwords.gz, the embedded list of passwords that everybody guesses first, from the word list of the npm package
// @zxcvbn-ts/language-common: lower case, five characters and more, sorted, one a line, compressed.
//
//	npm pack @zxcvbn-ts/language-common@4.1.3 && tar xzf zxcvbn-ts-language-common-4.1.3.tgz
//	PASSWORDS_PACKAGE=$PWD/package go generate ./internal/access
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Getenv("PASSWORDS_PACKAGE"), "passwords.gz"); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(pkg, to string) error {
	if pkg == "" {
		return fmt.Errorf("PASSWORDS_PACKAGE names no folder: unpack the npm package first")
	}
	data, err := os.ReadFile(filepath.Join(pkg, "src", "passwords.json"))
	if err != nil {
		return err
	}
	var list []string
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	for i, s := range list {
		list[i] = strings.ToLower(s)
	}
	list = slices.DeleteFunc(list, func(s string) bool { return len(s) < 5 || strings.ContainsAny(s, "\r\n") })
	slices.Sort(list)
	list = slices.Compact(list)
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write([]byte(strings.Join(list, "\n"))); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, b.Bytes(), 0o644)
}
