package cli

import (
	"context"

	"haicap/internal/gov"
)

func auditVerifyCommand() command {
	return command{name: "audit verify", settings: []string{"db", "db_password_file", "db_password", "log_level"}, run: runAuditVerify,
		examples: []string{"haicap audit verify --data /var/lib/haicap"}}
}

// runAuditVerify computes the whole audit chain anew. It changes nothing and writes no audit line of its own.
func runAuditVerify(ctx context.Context, c *call) error {
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	who, err := p.system(ctx)
	if err != nil {
		return err
	}
	lines, bad, err := p.app.VerifyAudit(ctx, who)
	switch {
	case err != nil:
		return err
	case bad != 0:
		return gov.Errorf(gov.Unavailable, "error.cli_audit_broken", bad) // status 1: the input was fine, the data are not
	}
	return c.put(c.lang.T("cli.audit_fine", lines) + "\n")
}
