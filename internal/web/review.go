package web

// reviewRoutes are the rows of the page "Duyệt bản đọc".
func (s *server) reviewRoutes() []route {
	return nil
}
