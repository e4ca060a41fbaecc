// Package archtest keeps the shape of the code true; it has tests and nothing else.
//
// What it holds the repository to: which package may import which (the table in ARCHITECTURE.md and here), which packages use no
// third-party module, a doc comment for each package, functions of 60 lines and files of 500, and no path of the machine on
// which something was written. Tests and generated code are not counted. A new package fails until the table names it: that is the
// moment to think about where it belongs.
package archtest
