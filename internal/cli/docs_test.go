package cli

import (
	stdflag "flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"haicap/internal/lang"
)

var update = stdflag.Bool("update", false, "write generated documents anew")

const configurationFile = "../../docs/configuration.md"

// TestConfigurationPage keeps docs/configuration.md equal to the table of settings: go test ./internal/cli -run Configuration -update
func TestConfigurationPage(t *testing.T) {
	t.Parallel()
	want := configurationPage()
	if *update {
		if err := os.WriteFile(configurationFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(configurationFile)
	if err != nil || string(got) != want {
		t.Errorf("docs/configuration.md is not what the table of settings says (%v): run go test ./internal/cli -run Configuration -update", err)
	}
}

func configurationPage() string {
	var b strings.Builder
	b.WriteString(`<!-- Made from the table in internal/cli/settings.go: go test ./internal/cli -run Configuration -update -->

# Thiết lập / Configuration

Mỗi thiết lập được tìm theo thứ tự: tham số dòng lệnh, biến môi trường, mặc định. ` + "`haicap config dump`" + ` in giá trị đang dùng và nơi
lấy giá trị, không in mật khẩu. Giá trị sai bị từ chối ngay khi chạy.

A setting is looked up as flag, then environment variable, then default. ` + "`haicap config dump`" + ` prints what is used and where it comes
from, without secrets. A value that cannot be used is refused at once.

| Tham số / Flag | Biến / Variable | Mặc định / Default | Bí mật / Secret | Lệnh / Commands |
|---|---|---|---|---|
`)
	code := func(s string) string {
		if s == "" {
			return "–"
		}
		return "`" + strings.ReplaceAll(s, "|", `\|`) + "`"
	}
	for _, s := range settings {
		name, secret := "–", "–"
		if s.flag != "" {
			name = code("--" + s.flag + " " + s.value)
		}
		switch s.secret {
		case urlField:
			secret = "mật khẩu trong địa chỉ / a password inside"
		case hidden:
			secret = "có / yes"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", name, code(s.env), code(s.def), secret, usersOf(s))
	}
	for _, s := range settings {
		fmt.Fprintf(&b, "\n**%s** %s\n%s\n", s.env, lang.VI.T("cli.setting."+s.key), lang.EN.T("cli.setting."+s.key))
	}
	return b.String()
}

// usersOf lists the commands that use a setting.
func usersOf(s setting) string {
	var names []string
	for _, key := range always {
		if key == s.key {
			return "mọi lệnh / all"
		}
	}
	for _, cmd := range commands() {
		for _, u := range settingsOf(cmd) {
			if u.key == s.key && cmd.name != "config dump" {
				names = append(names, cmd.name)
			}
		}
	}
	return strings.Join(names, ", ")
}
