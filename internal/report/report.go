// Package report makes files for people out of values: spreadsheets to fill in, to read, and to mend. It reads no store and no clock, so the same
// values make the same file.
//
// What comes from outside is written as text: a cell that begins with =, +, -, @, a tab or a line's end would be run as a formula by a
// spreadsheet program, so Plain puts a mark before it. Numbers are written as numbers.
package report

import "strings"

// Plain is s as a cell that no spreadsheet program takes for a formula.
func Plain(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
