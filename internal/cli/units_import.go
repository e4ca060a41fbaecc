package cli

import (
	"context"

	"haicap/internal/register"
)

func unitsImportCommand() command {
	return command{name: "units import", args: "DIR", min: 1, max: 1, run: runUnitsImport, examples: []string{"haicap units import don-vi/ --data /var/lib/haicap"}}
}

// runUnitsImport puts the complete history of units into the data folder, in place of the register inside the program.
func runUnitsImport(_ context.Context, c *call) error {
	s, err := register.Import(c.args[0], c.settings.get("data"))
	if err != nil {
		return err
	}
	if s.Unchanged {
		return c.put(c.lang.T("cli.import_unchanged", s.Units) + "\n")
	}
	return c.put(c.lang.T("cli.import_done", s.Units, s.Provinces, s.Communes, s.Successions, s.Whole, s.Part, s.Unknown,
		s.NoSuccessor, s.Ambiguous, s.Doubtful) + "\n")
}
