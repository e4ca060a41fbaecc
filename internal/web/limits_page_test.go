package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"haicap/internal/gov"
)

// TestSearchIsLimited: one person who searches without end is told when to come back; others are not slowed down.
func TestSearchIsLimited(t *testing.T) {
	t.Parallel()
	d := sit(t)
	busy, other := d.visitor(t, "tonghop"), d.visitor(t, "vanthu")
	for range 60 {
		p := busy.get("/search?q=ngan+sach")
		if p.status == http.StatusOK {
			continue
		}
		seconds, err := strconv.Atoi(p.header.Get("Retry-After"))
		if p.status != http.StatusTooManyRequests || err != nil || seconds < 1 || seconds > 60 {
			t.Errorf("%d, after %q", p.status, p.header.Get("Retry-After"))
		}
		p.has("Thử lại sau "+strconv.Itoa(seconds)+" giây", "Mã yêu cầu: "+p.header.Get("X-Request-Id"))
		if p := other.get("/search?q=ngan+sach"); p.status != http.StatusOK {
			t.Errorf("somebody else: %d", p.status)
		}
		if p := busy.get("/units"); p.status != http.StatusOK {
			t.Errorf("another page: %d", p.status)
		}
		return
	}
	t.Error("sixty searches at once are answered")
}

// TestManyParts: a form of very many parts is refused.
func TestManyParts(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "vanthu")
	body := strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n", 1000) + "--b--\r\n"
	res, err := v.client.Post(v.base+"/documents", "multipart/form-data; boundary=b", strings.NewReader(body))
	must(t, err)
	defer res.Body.Close()
	if res.StatusCode != http.StatusBadRequest {
		t.Errorf("%s", res.Status)
	}
}

// TestFilesOfStepsAreLimited: steps of matters are not slowed down as long as they bring no files; files cost what filing costs, and who has to
// wait keeps what he typed.
func TestFilesOfStepsAreLimited(t *testing.T) {
	t.Parallel()
	d := work(t)
	m := d.matterOf(t, gov.Task)
	v := d.visitor(t, "tonghop")
	path, old := "/matters/"+string(m.ID), strconv.Itoa(m.Version+100)
	for i := range 60 {
		if p := v.post(path, "action", "report", "note", "x", "version", old); p.status != http.StatusConflict {
			t.Fatalf("step %d without files: %d", i+1, p.status)
		}
	}
	for i := range 60 {
		p := v.step(m, "a.txt", "Kết quả rà soát vốn.", "action", "report", "note", "đã rà soát xong", "version", old)
		if p.status == http.StatusConflict {
			continue
		}
		if seconds, err := strconv.Atoi(p.header.Get("Retry-After")); p.status != http.StatusTooManyRequests || err != nil || seconds < 1 || seconds > 60 || i < 20 {
			t.Errorf("file %d: %d, after %q", i+1, p.status, p.header.Get("Retry-After"))
		}
		if p.has("Thử lại sau", "đã rà soát xong"); len(p.all("details.step[open] textarea")) == 0 {
			t.Error("the form is folded")
		}
		if p := v.post(path, "action", "report", "note", "x", "version", old); p.status != http.StatusConflict {
			t.Errorf("a step without files afterwards: %d", p.status)
		}
		return
	}
	t.Error("sixty files at once are taken")
}
