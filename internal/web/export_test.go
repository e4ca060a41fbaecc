package web

// RoutePatterns lists the routes of the site map, for the matrix of permissions.
func RoutePatterns() []string {
	var list []string
	for _, row := range (&server{}).routes() {
		list = append(list, row.pattern)
	}
	return list
}
