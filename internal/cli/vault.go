package cli

import (
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// vaultName is the file of the data folder with the key that seals the secrets of second factors. It is not in the database, and several
// servers on one PostgreSQL each need the same one.
const vaultName = "login.key"

// vault reads the key of the data folder, and makes it where there is none.
func (c *call) vault() (*access.Vault, error) {
	file := filepath.Join(c.settings.get("data"), vaultName)
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		text = []byte(base64.StdEncoding.EncodeToString(access.NewVaultKey()) + "\n")
		err = writeKey(file, text)
		if errors.Is(err, fs.ErrExist) { // another process was faster
			text, err = os.ReadFile(file)
		}
	}
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.cli_vault", file).Because(err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.cli_vault", file).Because(err)
	}
	v, err := access.NewVault(key)
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.cli_vault", file).Because(err)
	}
	return v, nil
}

// writeKey writes a new file that only its owner reads, and all of it or nothing: it gets its name once it is whole.
func writeKey(file string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), vaultName+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), file)
}
