package gov

// AskingWords are what recommendations say whatever they are about. An index of recommendations (text.NewIndex) leaves them out, so that two are
// not alike for asking in the same way, or for asking the same office.
var AskingWords = []string{
	"đề nghị", "kiến nghị", "đề xuất", "mong muốn", "quan tâm", "xem xét", "ưu tiên", "sớm", "khẩn trương", "kịp thời", "tiếp tục", "chỉ đạo", "hỗ trợ", "bố trí",
	"tạo điều kiện", "có ý kiến", "cấp có thẩm quyền", "cơ quan chức năng", "tỉnh", "thành phố", "xã", "phường", "đặc khu", "thôn", "tổ dân phố", "địa phương",
	"trên địa bàn", "tỉnh ủy", "thành ủy", "đảng ủy", "thường trực", "ban thường vụ", "ủy ban nhân dân", "ubnd", "hội đồng nhân dân", "hđnd", "sở", "ban", "ngành", "các cấp",
}
