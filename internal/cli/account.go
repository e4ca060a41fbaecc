package cli

import (
	"context"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

func accountAddCommand() command {
	return command{name: "account add", args: "LOGIN", min: 1, max: 1, settings: storeSettings, flags: []flag{{"role", "ROLE"}, {"name", "NAME"}}, run: runAccountAdd,
		examples: []string{"haicap account add vanthu --role clerk", `haicap account add tonghop --role analyst --name "Phòng Tổng hợp"`}}
}

// runAccountAdd makes an account for the agency of the data folder and prints its random password.
func runAccountAdd(ctx context.Context, c *call) error {
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	who, err := p.system(ctx)
	if err != nil {
		return err
	}
	role := c.flags["role"]
	if role == "" {
		role = string(access.Clerk)
	}
	name := c.flags["name"]
	if name == "" {
		name = c.lang.T("role." + role)
	}
	password, err := p.app.CreateAccount(ctx, who, app.AccountInput{Login: c.args[0], Name: name, Role: role})
	if gov.CodeOf(err) == gov.Conflict {
		return gov.Errorf(gov.Conflict, "error.cli_login_taken", c.args[0])
	}
	if err != nil {
		return err
	}
	return c.put(c.lang.T("cli.account_done", strings.ToLower(c.args[0]), c.lang.T("role."+role), password) + "\n")
}
