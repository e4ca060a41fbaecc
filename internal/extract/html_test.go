package extract

import "testing"

func TestHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ what, page, want, title string }{
		{"blocks and white space", "<html><head><title> Tin \n tức </title></head><body><h1>Đầu <b>đề</b></h1>\n<p>Một\n hai&nbsp;ba</p>bốn<br>năm", "Đầu đề\nMột hai ba\nbốn\nnăm\n", "Đầu đề"},
		{"what is dropped", "<html><title>T</title><nav>Trang chủ<nav>x</nav>y</nav><script>var a='<p>'</script><style>p{}</style><p>Nội dung</p><aside>Tin khác</aside><footer>©</footer>", "Nội dung\n", "T"},
		{"a menu that never ends", "<html><nav>Menu<p>Nội dung", "Menu\nNội dung\n", ""},
		{"references", "<html><p>T&#7881;nh &amp; x&atilde;", "Tỉnh & xã\n", ""},
		{"words over inline elements", "<html><p>phường<span> </span><i>Thanh</i>\n<b>Miếu</b>, x<sup>2</sup>", "phường Thanh Miếu, x2\n", ""},
		{"preformatted", "<html><pre>một\n  hai\r\nba</pre>", "một\nhai\nba\n", ""},
		{"table", "<html><table><tr><th>TT<th>Chỉ tiêu<th>2025<tr><td>1<td><p>Thu</p><td>366,3</td></tr><tr><td colspan=2>Tổng<td>5<tr><td><td>x</table>sau", "TT\tChỉ tiêu\t2025\n1\tThu\t366,3\nTổng\t\t5\n\tx\nsau\n", ""},
		{"table that never ends", "<html><table><tr><td>a<td>b", "a\tb\n", ""},
		{"table for layout", "<html><table><tr><td><p>UBND</p><p>Số: 1</p><td>CỘNG HÒA</table>", "UBND\nSố: 1\nCỘNG HÒA\n", ""},
		{"table in a table for layout", "<html><table><tr><td><p>Đoạn một</p><table><tr><td>a<td>b<td>c</table><p>Đoạn hai</p></table>", "Đoạn một\na\tb\tc\nĐoạn hai\n", ""},
		{"after a comment", "<?xml version='1.0'?><!-- a --><!DOCTYPE html><p>x", "x\n", ""},
	} {
		l, err := Extract("", []byte(c.page))
		if err != nil || l.Text != c.want || l.Title != c.title || l.Format != HTML {
			t.Errorf("%s: %+v, %v; want %q", c.what, l, err, c.want)
		}
	}
}

func TestHTMLEncodings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ page, want string }{
		"windows-1258": {"<html><meta charset=\"windows-1258\"><p>\xd0\xfd\xf5\xccng ph\xf4\xec", "Đường phố\n"},
		"windows-1252": {"<html><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\"><p>\x93T&#7881;nh\x94 x\xe3", "“Tỉnh” xã\n"},
	} {
		l, err := Extract("a.htm", []byte(c.page))
		if err != nil || l.Converted != name || l.Text != c.want {
			t.Errorf("%s: %+v, %v; want %q", name, l, err, c.want)
		}
	}
}
