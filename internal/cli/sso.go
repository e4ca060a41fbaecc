package cli

import (
	"os"
	"strings"

	"haicap/internal/access/oidc"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// sso is the single sign-on that the settings name, nil where they name none.
func (c *call) sso() (app.SingleSignOn, error) {
	issuer := c.settings.get("oidc_issuer")
	if issuer == "" {
		return nil, nil
	}
	conf := oidc.Config{Issuer: issuer, ClientID: c.settings.get("oidc_client_id")}
	if file := c.settings.get("oidc_client_secret_file"); file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, gov.Errorf(gov.Invalid, "error.cli_file_unreadable", file).Because(err)
		}
		conf.Secret = strings.TrimRight(string(data), "\r\n")
	}
	client, err := oidc.New(conf)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.cli_oidc").Because(err)
	}
	return client, nil
}
