package reader

import (
	"strings"
	"testing"

	"haicap/internal/gov"
)

// read reads a text without a register, or with the one given.
func read(t *testing.T, src string, units ...gov.Units) gov.Reading {
	t.Helper()
	var u gov.Units
	if len(units) > 0 {
		u = units[0]
	}
	return New(u).Read(Source{Name: "test.txt", Text: src})
}

func TestPeople(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, text, want string }{
		{"title before the name", "Phó Bí thư Thường trực Tỉnh ủy Lò Văn Ánh phát biểu.", "Lò Văn Ánh: Phó Bí thư Thường trực Tỉnh ủy"},
		{"title after the name", "Cùng dự có đồng chí Đặng Thị Sao - TUV, Phó Chủ tịch UBND tỉnh; đại diện các sở.", "Đặng Thị Sao: TUV, Phó Chủ tịch UBND tỉnh"},
		{"list", "Cùng dự có các đồng chí: Trần Văn Tỏ - Phó Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh; Lê Thị Ngà - Trưởng Ban Tổ chức Tỉnh ủy.",
			"Trần Văn Tỏ: Phó Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh | Lê Thị Ngà: Trưởng Ban Tổ chức Tỉnh ủy"},
		{"fullest title once", "Bí thư Huyện ủy Phạm Văn Đá phát biểu. Đồng chí Phạm Văn Đá, Tỉnh ủy viên, Bí thư Huyện ủy kết luận.",
			"Phạm Văn Đá: Tỉnh ủy viên, Bí thư Huyện ủy"},
		{"office of a department", "Giám đốc Sở Tài chính Vũ Thị Mây trao đổi.", "Vũ Thị Mây: Giám đốc Sở Tài chính"},
		{"appointed", "Đồng chí Ngô Văn Suối được chỉ định giữ chức Bí thư Đảng ủy xã Đá Bạc.", "Ngô Văn Suối: Bí thư Đảng ủy xã Đá Bạc"},
		{"given name", "Tôi đã trao đổi với chị Hương giám đốc Sở Tài chính.", "Hương: giám đốc Sở Tài chính"},
		{"resident", "Theo ông Hoàng Văn Núi, người dân ở đây, đường còn xấu.", ""},
		{"school and fund", "Đoàn thăm Trường THPT Nguyễn Văn Sông và Quỹ Đinh Văn Hồ.", ""},
		{"byline", "Phường đã họp.\n\nTrần Mai", ""},
		{"a department that ends like a school", "Giám đốc Sở Nông nghiệp và Môi trường Lê Văn Bến trao đổi.", "Lê Văn Bến: Giám đốc Sở Nông nghiệp và Môi trường"},
		{"an office that ends like a street", "Phó Chủ tịch UBND thành phố Vũ Chí Đá chủ trì.", "Vũ Chí Đá: Phó Chủ tịch UBND thành phố"},
		{"one office, several holders", "Dự có các Phó Chủ tịch UBND tỉnh: Lê Văn Bến, Lò Thị Sáng.", "Lê Văn Bến: Phó Chủ tịch UBND tỉnh | Lò Thị Sáng: Phó Chủ tịch UBND tỉnh"},
		{"apostrophes", "Dự có H'Lan Êban, TUV, Phó Chủ tịch HĐND tỉnh và Đại tá Lê Văn Bến, Giám đốc Công an tỉnh.", "H'Lan Êban: TUV, Phó Chủ tịch HĐND tỉnh | Lê Văn Bến: Đại tá, Giám đốc Công an tỉnh"},
		{"deputies of a council", "Ông Lê Văn Bến – đại biểu HĐND tỉnh tiếp xúc cử tri.", "Lê Văn Bến: đại biểu HĐND tỉnh"},
		{"whom one reports to", "Bí thư Tỉnh ủy Lê Văn Bến thăm xã. Báo cáo với Bí thư Tỉnh ủy, Bí thư Đảng ủy xã Lò Thị Sáng nêu kết quả.",
			"Lê Văn Bến: Bí thư Tỉnh ủy | Lò Thị Sáng: Bí thư Đảng ủy xã"},
		{"a campaign's name", "Đẩy mạnh học tập và làm theo tư tưởng của Chủ tịch Hồ Chí Minh.", ""},
	}
	for _, c := range cases {
		var got []string
		for _, p := range read(t, c.text).People {
			got = append(got, p.Name+": "+p.Title)
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestSigner(t *testing.T) {
	t.Parallel()
	text := "ỦY BAN NHÂN DÂN\nTHÔNG BÁO\nVề lịch tiếp công dân\nUBND thông báo lịch tiếp công dân định kỳ.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nPhan Thị Lụa\n"
	people := read(t, text).People
	if len(people) != 1 || people[0].Name != "Phan Thị Lụa" || people[0].Title != "Phó chủ tịch" {
		t.Errorf("signer: %+v", people)
	}
}

func TestUnitNames(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, text, want string }{
		{"list", "Đoàn làm việc với các phường: Sông Xanh, Núi Đỏ và xã Đồi Cao.", "phường Sông Xanh, phường Núi Đỏ, xã Đồi Cao"},
		{"counted list", "Kiểm tra tại 2 phường Sông Xanh, Núi Đỏ trong sáng nay.", "phường Sông Xanh, phường Núi Đỏ"},
		{"list after như", "Một số xã trong huyện như Đồi Cao, Suối Sâu đã đạt chuẩn.", "xã Đồi Cao, xã Suối Sâu"},
		{"person after the unit", "Bí thư Đảng ủy phường Sông Xanh Nguyễn Văn Tám báo cáo.", "phường Sông Xanh"},
		{"person after a tier", "Chủ tịch UBND tỉnh Nguyễn Văn Tám kết luận.", ""},
		{"capitals", "ỦY BAN NHÂN DÂN\nTỈNH ĐỒI CAO\nBÁO CÁO", "tỉnh Đồi Cao"},
		{"an office is no unit", "TỈNH ỦY ĐỒI CAO\nTHÔNG BÁO", ""},
		{"number", "Trụ sở Phường 4 và quận 9, đường 3 tháng 2.", "phường 4, quận 9"},
		{"numbers of a list", "Tuyến đi qua các quận 3, 4, Sông Trong.", "quận 3, quận 4, quận Sông Trong"},
		{"abbreviations", "TP. Sông Xanh, TX Núi Đỏ và TPHCM.", "thành phố Sông Xanh, thị xã Núi Đỏ, thành phố Hồ Chí Minh"},
		{"not a name", "Kinh tế - Xã hội của xã, phường phát triển; huyện NTM nâng cao; các khu phố.", ""},
	}
	for _, c := range cases {
		var got []string
		for _, u := range read(t, c.text).Units {
			got = append(got, u.Name)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestSeatsOfCommittees(t *testing.T) {
	t.Parallel()
	r := read(t, "Bí thư Tỉnh ủy Sông Dài Lê Văn Bến làm việc với xã. Phó Bí thư Tỉnh ủy Sông Dài dự.", small())
	if len(r.People) != 1 || r.People[0].Name != "Lê Văn Bến" || r.People[0].Title != "Bí thư Tỉnh ủy Sông Dài" {
		t.Errorf("people: %+v", r.People)
	}
	if u := read(t, "Chủ tịch UBND tỉnh Trần Đá kết luận.", small()).Units; len(u) != 0 {
		t.Errorf("a person is a unit: %+v", u)
	}
}

// TestTitlesAsWritten: titles joined by a slash, shortened ones, and the name of a committee that is nobody's.
func TestTitlesAsWritten(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Đoàn công tác của Huyện ủy do đồng chí Lê Văn Tám - Phó Bí thư Huyện ủy/Chủ tịch UBND huyện làm Trưởng đoàn.": "Lê Văn Tám: Phó Bí thư Huyện ủy/Chủ tịch UBND huyện",
		"PCT UBND tỉnh Tôn Thị Mai phát biểu.": "Tôn Thị Mai: PCT UBND tỉnh",
	} {
		var got string
		for _, p := range New(nil).Read(Source{Text: in}).People {
			got += p.Name + ": " + p.Title
		}
		if got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
