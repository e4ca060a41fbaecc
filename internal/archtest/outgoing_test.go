package archtest

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// wayOut is the package through which all calls to other machines go.
const wayOut = "outgoing"

// calls are the names of the standard library that reach another machine. http.Client may be named as a type but not made.
var calls = map[string][]string{
	"net/http":          {"Get", "Head", "Post", "PostForm", "DefaultClient", "DefaultTransport", "Transport", "Client", "ProxyFromEnvironment"},
	"net":               {"Dial", "DialTimeout", "DialIP", "DialTCP", "DialUDP", "DialUnix", "Dialer"},
	"crypto/tls":        {"Dial", "DialWithDialer", "Dialer", "Client"},
	"net/smtp":          {"*"},
	"net/rpc":           {"*"},
	"net/http/httputil": {"*"},
}

// outside lists what else may reach out, with the reason: "package name.Name".
var outside = map[string]string{
	"notify crypto/tls.Client": "TLS over a connection that was handed in; the mailer dials nothing by itself",
}

// callsIn lists the names in a file that reach another machine.
func callsIn(f *ast.File) []string {
	local := map[string]string{} // name in the file → path
	for _, spec := range f.Imports {
		p := strings.Trim(spec.Path.Value, `"`)
		if _, known := calls[p]; !known {
			continue
		}
		name := p[strings.LastIndex(p, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		local[name] = p
	}
	types := map[ast.Expr]bool{} // *http.Client as the type of something is no call
	ast.Inspect(f, func(n ast.Node) bool {
		if star, ok := n.(*ast.StarExpr); ok {
			types[star.X] = true
		}
		return true
	})
	var found []string
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || types[sel] {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok {
			p := local[x.Name]
			if names := calls[p]; slices.Contains(names, sel.Sel.Name) || slices.Contains(names, "*") {
				found = append(found, p+"."+sel.Sel.Name)
			}
		}
		return true
	})
	return found
}

// TestOneWayOut finds code that calls other machines by itself. The drivers of databases are other modules and dial what the settings name.
func TestOneWayOut(t *testing.T) {
	t.Parallel()
	seen := false
	for _, p := range load(t, token.NewFileSet()) {
		for file, f := range p.files {
			for _, name := range callsIn(f) {
				if p.name == wayOut {
					seen = true
				} else if outside[p.name+" "+name] == "" {
					t.Errorf("%s uses %s: calls to other machines go through package %s", file, name, wayOut)
				}
			}
		}
	}
	if !seen {
		t.Error("the test sees no call even in the package that makes them")
	}
}
