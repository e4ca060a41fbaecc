package cli

import (
	"context"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

func accountAddCommand() command {
	return command{name: "account add", args: "LOGIN", min: 1, max: 1, settings: linkSettings, flags: []flag{{"role", "ROLE"}, {"unit", "CODE"}, {"name", "NAME"}, {"link", ""}}, run: runAccountAdd,
		examples: []string{"haicap account add vanthu --role clerk", "haicap account add vanthu.07909 --role clerk --unit 07909", `haicap account add tonghop --role analyst --name "Phòng Tổng hợp"`}}
}

// runAccountAdd makes an account for the agency of the data folder, or for that of a unit, and prints its random password, or a one-time link.
func runAccountAdd(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	role := c.flags["role"]
	if role == "" {
		role = string(access.Clerk)
	}
	name := c.flags["name"]
	if name == "" {
		name = c.lang.T("role." + role)
	}
	secret, err := p.app.CreateAccount(ctx, who, app.AccountInput{Once: true, Login: c.args[0], Name: name, Role: role, Unit: c.flags["unit"], ByLink: c.has("link")})
	if gov.CodeOf(err) == gov.Conflict {
		return gov.Errorf(gov.Conflict, "error.cli_login_taken", c.args[0])
	}
	if err != nil {
		return err
	}
	if c.has("link") {
		return c.put(c.lang.T("cli.account_link_done", strings.ToLower(c.args[0]), c.linkAddress(secret)) + "\n")
	}
	return c.put(c.lang.T("cli.account_done", strings.ToLower(c.args[0]), c.lang.T("role."+role), secret) + "\n")
}

func accountLinkCommand() command {
	return command{name: "account link", args: "LOGIN", min: 1, max: 1, settings: linkSettings, run: runAccountLink,
		examples: []string{"haicap account link admin", "haicap account link vanthu --public-url https://haicap.tinh.gov.vn"}}
}

// runAccountLink prints a one-time link at which the person of an account chooses a new password.
func runAccountLink(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	acc, err := p.app.AccountNamed(ctx, who, c.args[0])
	if gov.IsNotFound(err) {
		return gov.Errorf(gov.NotFound, "error.cli_no_account", c.args[0])
	} else if err != nil {
		return err
	}
	token, err := p.app.MakeLink(ctx, who, acc.ID)
	if err != nil {
		return err
	}
	return c.put(c.lang.T("cli.account_link_done", acc.Login, c.linkAddress(token)) + "\n")
}
