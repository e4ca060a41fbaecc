package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // decoders
	_ "image/png"
	"math"
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

// levelled turns a page whose lines go down by slope on their way right, and gives it as PGM; nil for a picture that is not read here.
func levelled(data []byte, slope float64) []byte {
	from := greyOf(data)
	if from == nil {
		return nil
	}
	width, height := from.Rect.Dx(), from.Rect.Dy()
	out := fmt.Appendf(make([]byte, 0, width*height+32), "P5 %d %d 255\n", width, height)
	sin, cos := math.Sincos(math.Atan(slope))
	midX, midY := float64(width)/2, float64(height)/2
	at := func(x, y int) float64 {
		if x < 0 || y < 0 || x >= width || y >= height {
			return 255
		}
		return float64(from.Pix[y*from.Stride+x])
	}
	for y := range height {
		for x := range width {
			dx, dy := float64(x)-midX, float64(y)-midY
			fromX, fromY := dx*cos-dy*sin+midX, dx*sin+dy*cos+midY
			x0, y0 := int(math.Floor(fromX)), int(math.Floor(fromY))
			fx, fy := fromX-float64(x0), fromY-float64(y0)
			out = append(out, byte((at(x0, y0)*(1-fx)+at(x0+1, y0)*fx)*(1-fy)+(at(x0, y0+1)*(1-fx)+at(x0+1, y0+1)*fx)*fy))
		}
	}
	return out
}

// greyOf decodes PNG, JPEG and the PGM that pdftoppm writes.
func greyOf(data []byte) *image.Gray {
	var width, height, most int
	if n, err := fmt.Sscanf(string(data[:min(len(data), 64)]), "P5 %d %d %d", &width, &height, &most); n == 3 && err == nil {
		if width < 1 || height < 1 || width > maxSide || height > maxSide || most != 255 || len(data) <= width*height {
			return nil
		}
		return &image.Gray{Pix: data[len(data)-width*height:], Stride: width, Rect: image.Rect(0, 0, width, height)}
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	grey := image.NewGray(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
	draw.Draw(grey, grey.Rect, image.White, image.Point{}, draw.Src) // under what is transparent
	draw.Draw(grey, grey.Rect, m, m.Bounds().Min, draw.Over)
	return grey
}
