package gov

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

const letterhead = "ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ\n"

func TestSecretMarked(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"MẬT",
		letterhead + "MẬT\nBÁO CÁO",
		letterhead + "  TỐI MẬT  \nBÁO CÁO",
		letterhead + "(TUYỆT MẬT)\nBÁO CÁO",
		letterhead + norm.NFD.String("TUYỆT MẬT") + "\nBÁO CÁO",
		letterhead + "*** MẬT ***\n",
		letterhead + "[Tối mật].\r\nBáo cáo",
		letterhead + "M Ậ T\n",
		letterhead + "T U Y Ệ T   M Ậ T\n",
		letterhead + "MẬT - KHẨN\n",
		letterhead + "HOẢ TỐC, TỐI MẬT\n",
		letterhead + "MẬT   Bản số: 03\n",
		letterhead + "TÀI LIỆU MẬT\n",
		letterhead + "Độ mật: Mật\n",
		letterhead + "ĐỘ MẬT : TỐI MẬT\n",
		letterhead + "Mức độ mật: Tuyệt mật\n",
		letterhead + "Độ mật:\nMẬT\n",
		letterhead + "Độ mật: ………\nThời hạn",
		letterhead + "Độ mật\tTối mật\n",
		"UBND TỈNH\tMẬT\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
		"TỈNH ỦY PHÚ THỌ          MẬT          ĐẢNG CỘNG SẢN VIỆT NAM\n",
		letterhead + "Số: 12/BC-UBND (Mật)\n",
		letterhead + "Số: 12/BC-UBND (Mật)\tPhú Thọ, ngày 3 tháng 2 năm 2026\n",
		letterhead + "Số:     -Tối mật/TU\n",
		letterhead + "Số 15-KH/TU ( TUYỆT MẬT ) Phú Thọ, ngày 3 tháng 2",
		letterhead + "Số: 15/KH-UBND; độ mật: Mật\n",
		"\ufeffMẬT\nBáo cáo",
		"\u00a0MẬT\u200b\nBáo cáo",
		strings.Repeat("\n \n", 50) + strings.Repeat("dòng\n", 19) + "MẬT\n",
		"mật\nBáo cáo",
		"Báo cáo tình hình\n(mật)\n",
	} {
		if !SecretMarked(s) {
			t.Errorf("not seen as secret: %q", s)
		}
		if code := CodeOf(RefuseSecret("", "", s)); code != Secret {
			t.Errorf("RefuseSecret gave %q for %q", code, s)
		}
	}
}

func TestNotSecretMarked(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"",
		"Mật độ dân số của phường là 4.200 người/km²",
		"MẬT ĐỘ DÂN SỐ",
		"CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
		"BÍ MẬT NHÀ NƯỚC\n",
		"Hai bên trao đổi thân mật, phối hợp mật thiết.",
		"Đổi mật khẩu của hệ thống quản lý văn bản\nmật khẩu\n",
		"Sản lượng mật ong đạt 12 tấn\nMật ong\nMẬT ONG",
		"Luật quy định ba độ mật: tuyệt mật, tối mật và mật.",
		"Tài liệu được phân loại theo độ mật của từng\nmật\nbảo đảm an toàn",
		"Triển khai quy định về công tác bảo vệ bí\nmật, không để lộ thông tin",
		letterhead + "Độ mật: Không\n",
		letterhead + "ĐỘ MẬT: THƯỜNG\n",
		letterhead + "Độ mật: Không mật\n",
		letterhead + "Độ mật:\nKhông\n",
		letterhead + "Số: 12/BC-UBND\tĐộ mật: Không\n",
		letterhead + "Độ mật:\tKhông\nBáo cáo\n",
		letterhead + "Độ mật:      Thường\nBáo cáo\n",
		letterhead + "Số: 12/BC-UBND về bảo vệ bí mật nhà nước\n",
		letterhead + "Số liệu mật độ dân số\n",
		letterhead + "Số 12 đường Mật Sơn\n",
		letterhead + "Số: 117/2025/QH15 Luật Bảo vệ bí mật\n",
		strings.Repeat("dòng\n", 20) + "MẬT\n",
		"Họp Ban Chỉ đạo bảo mật\nBẢO MẬT\nBí mật",
		strings.Repeat("chữ ", 100000) + "MẬT",
	} {
		if SecretMarked(s) {
			t.Errorf("taken for secret: %.200q", s)
		}
		if err := RefuseSecret("", s); err != nil {
			t.Errorf("RefuseSecret gave %v for %.200q", err, s)
		}
	}
}

func TestSecretNumber(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]bool{
		"12/BC-UBND (Mật)":      true,
		"12/BC-UBND (TỐI MẬT)":  true,
		"12-Mật/TU":             true,
		"Mật-12/BC":             true,
		"12/BC-UBND Mật":        true,
		"12/BC-UBND - MẬT":      true,
		"MẬT":                   true,
		"12/BC (độ mật: Mật)":   true,
		"":                      false,
		"12/BC-UBND":            false,
		"15-TB/TU":              false,
		"117/2025/QH15 bí mật":  false,
		"03/BC-BVBMNN":          false,
		"12/BC (độ mật: Không)": false,
	} {
		if got := RefuseSecret(number, "Báo cáo") != nil; got != want {
			t.Errorf("number %q: refused = %v, want %v", number, got, want)
		}
		if want && number != "" {
			if !SecretMarked(letterhead + "Số: " + number + "\nBáo cáo") {
				t.Errorf("not seen in the text: %q", number)
			}
		}
	}
}

// The refusal is shown and logged, so it may hold nothing of the document.
func TestRefusalHoldsNothing(t *testing.T) {
	t.Parallel()
	err := RefuseSecret("77/BC-CANHBAO (Mật)", "TUYỆT MẬT\nvề Hòn Ngọc")
	if err == nil {
		t.Fatal("not refused")
	}
	for _, word := range []string{"77", "CANHBAO", "Ngọc"} {
		if strings.Contains(err.Error(), word) {
			t.Errorf("the error says %q: %v", word, err)
		}
	}
}
