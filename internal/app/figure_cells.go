package app

import (
	"slices"

	"haicap/internal/gov"
)

// fileCells remembers which cells a file has in which vintages: eight bytes for each row, so that a file of a million rows needs eight megabytes
// of it. A mark is 62 bits that stand for the cell, and the vintage.
type fileCells struct {
	blocks  [][]uint64
	marks   []uint64 // sorted
	several bool     // some cell comes in more than one vintage
}

// cellBlock is how many marks are asked of the memory at once, so that nothing is copied as the file goes on.
const cellBlock = 1 << 15

func cellMark(key, vintage uint64) uint64 { return key&^3 | vintage }

func (c *fileCells) add(key, vintage uint64) {
	n := len(c.blocks)
	if n == 0 || len(c.blocks[n-1]) == cellBlock {
		c.blocks = append(c.blocks, make([]uint64, 0, cellBlock))
		n++
	}
	c.blocks[n-1] = append(c.blocks[n-1], cellMark(key, vintage))
}

// sort ends the adding, and gives the marks that came twice.
func (c *fileCells) sort() map[uint64]int {
	c.marks = make([]uint64, 0, cellBlock*len(c.blocks))
	for i, b := range c.blocks {
		c.marks = append(c.marks, b...)
		c.blocks[i] = nil
	}
	c.blocks = nil
	slices.Sort(c.marks)
	twice := map[uint64]int{}
	for i := 1; i < len(c.marks); i++ {
		switch before := c.marks[i-1]; {
		case c.marks[i] == before:
			twice[before] = 1
		case c.marks[i]|3 == before|3:
			c.several = true
		}
	}
	return twice
}

// later reports whether the file has the cell of a figure in a more final vintage, too.
func (c *fileCells) later(key func(gov.Figure) uint64, f gov.Figure) bool {
	if !c.several {
		return false
	}
	k := key(f)
	i, _ := slices.BinarySearch(c.marks, cellMark(k, vintageOrder(f.Vintage))+1)
	return i < len(c.marks) && c.marks[i]|3 == k|3
}
