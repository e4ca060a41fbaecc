package cli

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"haicap/internal/access"
	"haicap/internal/audit"
	"haicap/internal/gov"
)

// auditKeyName is the name of the signing key inside a data folder.
const auditKeyName = "audit.key"

var auditSettings = append([]string{"audit_key_file"}, storeSettings...)

func auditVerifyCommand() command {
	return command{name: "audit verify", args: "[HEAD…]", max: -1, settings: auditSettings, flags: []flag{{"key", "KEY"}, {"head", "FILE"}}, run: runAuditVerify,
		examples: []string{"haicap audit verify --data /var/lib/haicap", "haicap audit verify --head 2026-01.txt",
			"haicap audit verify kept/*.txt --key haicap.pub"}}
}

func auditHeadCommand() command {
	return command{name: "audit head", settings: auditSettings, run: runAuditHead, examples: []string{"haicap audit head > 2026-01-15.txt"}}
}

func auditKeyCommand() command {
	return command{name: "audit key", settings: auditSettings, run: runAuditKey, examples: []string{"haicap audit key > haicap.pub"}}
}

func auditProofCommand() command {
	return command{name: "audit proof", args: "SEQ", min: 1, max: 1, settings: auditSettings, run: runAuditProof,
		examples: []string{"haicap audit proof 1204 > 1204.txt"}}
}

func auditCheckCommand() command {
	return command{name: "audit check", args: "FILE…", min: 1, max: -1, flags: []flag{{"key", "KEY"}}, run: runAuditCheck,
		examples: []string{"haicap audit check 1204.txt --key haicap.pub"}}
}

// auditKeyFile is where the signing key lies.
func (c *call) auditKeyFile() string {
	if file := c.settings.get("audit_key_file"); file != "" {
		return file
	}
	return filepath.Join(c.settings.get("data"), auditKeyName)
}

// runAuditVerify computes the whole log anew. It changes nothing and writes no audit line of its own.
func runAuditVerify(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	files := c.args
	if c.has("head") {
		files = append(files, c.flags["head"])
	}
	var kept []audit.Head
	for _, file := range files {
		public, err := c.publicKey(func() (string, error) { return p.app.AuditPublicKey(who) })
		if err != nil {
			return err
		}
		h, err := readHead(file, public)
		if err != nil {
			c.complain(file, err)
			return exit(statusOf(err))
		}
		kept = append(kept, h)
	}
	r, err := p.app.VerifyAudit(ctx, who, kept)
	switch {
	case err != nil:
		return err
	case r.Fault != audit.Whole: // status 1: the input was fine, the data are not
		args := []any{r.Bad}
		if r.Kept != nil {
			args = append(args, r.Kept.Size, c.lang.Time(r.Kept.At.In(gov.Zone)))
		}
		return gov.Errorf(gov.Unavailable, "audit.fault."+string(r.Fault), args...)
	}
	return c.put(c.lang.T("cli.audit_fine", r.Head.Size, r.Heads, r.Head.Root) + "\n")
}

// publicKey is what --key says: the key itself or a file that holds it; own gives the data folder's where there is no --key.
func (c *call) publicKey(own func() (string, error)) (string, error) {
	key := c.flags["key"]
	if !c.has("key") {
		return own()
	}
	if strings.Count(key, "+") >= 2 {
		return key, nil
	}
	data, err := os.ReadFile(key)
	if err != nil {
		return "", gov.Errorf(gov.Invalid, "error.cli_file_unreadable", key).Because(err)
	}
	return strings.TrimSpace(string(data)), nil
}

func readHead(file, public string) (audit.Head, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return audit.Head{}, gov.Errorf(gov.Invalid, "error.cli_file_unreadable", file).Because(err)
	}
	return audit.Open(data, public)
}

// runAuditHead prints the signed head of the log as it is now, to be kept where nobody of this machine can write.
func runAuditHead(ctx context.Context, c *call) error {
	return c.withAudit(ctx, func(p *parts, who access.Principal) (string, error) {
		signed, _, err := p.app.AuditHead(ctx, who)
		return signed, err
	})
}

// runAuditKey prints the public key.
func runAuditKey(ctx context.Context, c *call) error {
	return c.withAudit(ctx, func(p *parts, who access.Principal) (string, error) {
		public, err := p.app.AuditPublicKey(who)
		return public + "\n", err
	})
}

// runAuditProof prints the proof that a line stands in the log.
func runAuditProof(ctx context.Context, c *call) error {
	seq, err := strconv.ParseInt(c.args[0], 10, 64)
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.cli_audit_seq", c.args[0])
	}
	return c.withAudit(ctx, func(p *parts, who access.Principal) (string, error) {
		return p.app.AuditProof(ctx, who, seq)
	})
}

// withAudit opens the data folder and prints what f gives.
func (c *call) withAudit(ctx context.Context, f func(p *parts, who access.Principal) (string, error)) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	out, err := f(p, who)
	if err != nil {
		return err
	}
	return c.put(out)
}

// runAuditCheck checks proofs by the public key alone, on any machine.
func runAuditCheck(_ context.Context, c *call) error {
	public, err := c.publicKey(func() (string, error) { return "", gov.Errorf(gov.Invalid, "error.cli_audit_key_needed") })
	if err != nil {
		return err
	}
	for _, file := range c.args {
		data, err := os.ReadFile(file)
		if err != nil {
			return gov.Errorf(gov.Invalid, "error.cli_file_unreadable", file).Because(err)
		}
		line, h, err := audit.OpenProof(data, public)
		if err != nil {
			c.complain(file, err)
			return exit(statusOf(err))
		}
		if err := c.put(c.lang.T("cli.audit_proved", file, h.Size, c.lang.Time(h.At.In(gov.Zone)), line) + "\n"); err != nil {
			return err
		}
	}
	return nil
}
