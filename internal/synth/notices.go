package synth

import (
	"fmt"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// openNotice begins the document that says what was said at a visit: the notice by which its tasks are assigned.
func (m *maker) openNotice(v *visit) {
	names := make([]string, len(v.units))
	for i, n := range v.units {
		names[i] = n.unit.Full()
	}
	v.title = fmt.Sprintf("Thông báo kết luận của %s tại buổi làm việc với %s", v.speaker, strings.Join(names, ", "))
	w := &writer{doc: makeID(began(v.noticed), m.random(string(v.session.ID), "notice", 0)), day: v.noticed}
	w.line("TỈNH ỦY")
	w.line("Số: " + v.number)
	w.line(fmt.Sprintf("%s, ngày %s tháng %s năm %s", v.units[0].above.Name, v.noticed[8:10], v.noticed[5:7], v.noticed[:4]))
	w.line("")
	w.line("THÔNG BÁO")
	w.line(v.title)
	w.line("")
	v.notice = w
}

// section begins a part of the notice.
func (v *visit) section(title string) {
	if v.notice != nil {
		v.notice.line("")
		v.notice.line(title)
	}
}

// say puts a matter's sentence into the notice, and into the matter where it stands there.
func (v *visit) say(x *gov.Matter) {
	x.Source.Sentence = x.Text
	if v.notice == nil {
		return
	}
	w := v.notice
	w.b.WriteString("- ")
	start := w.b.Len()
	w.line(x.Text)
	x.Source = gov.Source{Document: w.doc, Span: text.Span{start, start + len(x.Text)}, Sentence: x.Text, Day: w.day}
}

// closeNotice ends the document and puts it behind what is pending.
func (m *maker) closeNotice(v *visit) {
	if v.notice == nil {
		return
	}
	w := v.notice
	w.line("")
	w.line("Nơi nhận: các cơ quan có tên trong thông báo; lưu Văn phòng.")
	w.line("T/L BAN THƯỜNG VỤ")
	w.line("CHÁNH VĂN PHÒNG")
	layer := w.b.String()
	d := gov.Document{Realm: m.Holding.Realm, ID: w.doc, Holder: m.Holding.Agency, Format: "txt", Kind: gov.KindConclusionNotice, Date: v.noticed, Number: v.number,
		Issuer: "Văn phòng Tỉnh ủy", Title: v.title, FiledAt: began(v.noticed), FileName: "thong-bao-" + string(v.noticed) + ".txt", Blob: gov.SHA256([]byte(layer))}
	d.Text, d.Size, d.TextSize = d.Blob, int64(len(layer)), int64(len(layer))
	m.pending.documents = append(m.pending.documents, d)
	m.pending.texts = append(m.pending.texts, layer)
	if m.pending.notices == nil {
		m.pending.notices = map[gov.ID]gov.ID{}
	}
	m.pending.notices[v.session.ID] = d.ID
}
