package web

import "net/http"

// NewUnlimited is New without any limits: what goes through every page from one address asks more than a person would.
func NewUnlimited(c Config) http.Handler {
	c.PerAddress, c.PerAccount = Limit{Every: 1, Burst: 1 << 30}, Limit{Every: 1, Burst: 1 << 30}
	return newHandler(c, map[cost]meters{})
}

// RoutePatterns lists the routes of the site map, for the matrix of permissions.
func RoutePatterns() []string {
	var list []string
	for _, row := range (&server{}).routes() {
		list = append(list, row.pattern)
	}
	return list
}
