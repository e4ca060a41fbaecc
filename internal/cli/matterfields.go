package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"haicap/internal/gov"
)

// matterFieldsName is an office's own table of fields in its data folder.
const matterFieldsName = "matter-fields.csv"

// matterFields gives the fields in which recommendations are gathered: the office's own table where there is one, else the program's. It is small
// and read each time, so that a change of it needs no restart.
func (c *call) matterFields() (gov.MatterFields, error) {
	data, err := os.ReadFile(filepath.Join(c.settings.get("data"), matterFieldsName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return gov.DefaultMatterFields(), nil
	case err != nil:
		return nil, gov.Errorf(gov.Unavailable, "error.cli_file_unreadable", matterFieldsName).Because(err)
	}
	return gov.ReadMatterFields(bytes.NewReader(data))
}
