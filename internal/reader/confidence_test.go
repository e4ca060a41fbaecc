package reader

import (
	"testing"

	"haicap/internal/gov"
)

// Letters that were recognised in a picture may be wrong in any digit: nothing is sure then.
func TestRecognisedTextIsNeverSure(t *testing.T) {
	t.Parallel()
	const in = "Năm 2025, tổng thu ngân sách của phường ước đạt 366,3 tỷ đồng.\n"
	if f := New(nil).Read(Source{Text: in}).Figures; len(f) != 1 || f[0].Confidence != gov.Sure {
		t.Fatalf("figures %+v", f)
	}
	if f := New(nil).Read(Source{Text: in, Recognised: true}).Figures; len(f) != 1 || f[0].Confidence != gov.Likely {
		t.Errorf("recognised figures %+v", f)
	}
}
