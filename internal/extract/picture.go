package extract

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/jpeg" // sizes of pictures
	_ "image/png"
)

// maxPixels is what a picture may have: a page of A4 at 600 dots to the inch has 35 million, a telephone's photograph up to 50.
const (
	maxPixels = 52 << 20
	maxSide   = 32000 // as the recognition can take
)

// A picture is a kind of image that can be recognised.
type picture struct {
	prefix string
	format string
}

var pictures = []picture{
	{"\x89PNG\r\n", PNG},
	{"\xff\xd8\xff", JPEG},
	{"II*\x00", TIFF},
	{"MM\x00*", TIFF},
}

// pictureOf tells by the content.
func pictureOf(data []byte) (picture, bool) {
	for _, p := range pictures {
		if bytes.HasPrefix(data, []byte(p.prefix)) {
			return p, true
		}
	}
	return picture{}, false
}

// check refuses a picture that is broken or would take too much memory, before anything opens it.
func (p picture) check(data []byte) error {
	var sizes []image.Point
	if p.format == TIFF {
		sizes = tiffSizes(data)
	} else if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
		sizes = []image.Point{{X: c.Width, Y: c.Height}}
	}
	if len(sizes) == 0 {
		return invalid("error.image_broken")
	}
	if len(sizes) > maxOCRPages {
		return tooLarge("error.ocr_pages", len(sizes), maxOCRPages)
	}
	for _, s := range sizes {
		switch {
		case s.X < 1 || s.Y < 1:
			return invalid("error.image_broken")
		case s.X > maxSide || s.Y > maxSide || s.X*s.Y > maxPixels:
			return tooLarge("error.image_too_large", maxPixels>>20)
		}
	}
	return nil
}

// tiffSizes gives the size of each page of a TIFF; none where its directories are broken or go round.
func tiffSizes(data []byte) []image.Point {
	if len(data) < 8 {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	var sizes []image.Point
	seen := map[int]bool{}
	for at := int(order.Uint32(data[4:])); at != 0; {
		if seen[at] || at < 8 || at+2 > len(data) || len(sizes) > maxOCRPages {
			return nil
		}
		seen[at] = true
		n := int(order.Uint16(data[at:]))
		end := at + 2 + 12*n
		if end+4 > len(data) {
			return nil
		}
		var size image.Point
		for e := at + 2; e < end; e += 12 {
			value := int(order.Uint32(data[e+8:]))
			if order.Uint16(data[e+2:]) == 3 { // a short
				value = int(order.Uint16(data[e+8:]))
			}
			switch order.Uint16(data[e:]) {
			case 256:
				size.X = value
			case 257:
				size.Y = value
			}
		}
		sizes = append(sizes, size)
		at = int(order.Uint32(data[end:]))
	}
	return sizes
}
