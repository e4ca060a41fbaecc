package cli

import (
	"os"
	"strings"

	"haicap/internal/access/oidc"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/outgoing"
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
	conf.Hosts, _ = outgoing.ParseRules(c.settings.get("outgoing")) // checked with the settings
	client, err := oidc.New(conf)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.cli_oidc").Because(err)
	}
	return client, nil
}
