// Package cli is the command line, and the only place that knows every part of the program.
//
// Run is the one entry, for main and for tests. Each command is a value in the table commands, with one file of its own. Each setting
// is a row of the table settings, from which come the flags, the environment variables, the page docs/configuration.md and
// `haicap config dump`; a setting is looked up as flag, then environment, then default, and checked wherever it came from.
//
// Texts are in the catalogue (lang/catalogue/cli.csv), in Vietnamese unless English is asked for. Results go to standard
// output and everything else to standard error. The exit status is a promise to scripts: 0 all done, 1 something went wrong
// inside or in the machine, 2 the input or the usage was refused. A command that refuses has changed nothing.
package cli
