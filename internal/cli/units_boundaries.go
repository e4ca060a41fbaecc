package cli

import (
	"context"
	"io"
	"path/filepath"

	"haicap/internal/app"
	"haicap/internal/chart"
	"haicap/internal/gov"
)

func unitsBoundariesCommand() command {
	return command{name: "units boundaries", args: "FILE", min: 1, max: 1, settings: storeSettings, run: runUnitsBoundaries,
		examples: []string{"haicap units boundaries ranh-gioi-xa.geojson --data /var/lib/haicap"}}
}

// mostBoundaries is how large a boundary file may be, as on the page.
const mostBoundaries = 32 << 20

// runUnitsBoundaries brings in the boundaries of the holding's units for the maps, as the page of an indicator does. The file before stays.
func runUnitsBoundaries(ctx context.Context, c *call) error {
	f, err := openFile(c.args[0])
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, mostBoundaries+1))
	if err != nil || len(data) > mostBoundaries {
		return gov.Errorf(gov.Invalid, "error.boundary_file").Because(err)
	}
	areas, err := chart.ParseAreas(data)
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.boundary_file").Because(err)
	}
	codes := make([]string, len(areas))
	for i, a := range areas {
		codes[i] = a.Code
	}
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	matched, units, err := p.app.SetBoundaries(ctx, who, app.BoundaryInput{Name: filepath.Base(c.args[0]), Data: data, Codes: codes})
	if err != nil {
		return err
	}
	return c.put(c.lang.T("cli.boundaries_set", matched, units, len(areas)-matched) + "\n")
}
