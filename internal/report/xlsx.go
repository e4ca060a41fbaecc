package report

import (
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A Message is what is wrong with a cell, a row (no column) or the file (no row).
type Message struct {
	Row, Col int
	Text     string
}

const sheet = "Sheet1"

// Annotated writes a table again with what is wrong in it: wrong cells are coloured and carry the message as a comment; a column of messages
// stands behind each row, for whoever prints it or cannot see colours. next gives the rows with their numbers until io.EOF.
func Annotated(w io.Writer, next func() (int, []string, error), messages []Message) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	wrong, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F8D7DA"}}})
	if err != nil {
		return err
	}
	byRow := map[int][]Message{}
	for _, m := range messages {
		byRow[m.Row] = append(byRow[m.Row], m)
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for {
		number, texts, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		at, err := excelize.CoordinatesToCellName(1, number)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, annotatedRow(texts, byRow[number], wrong)); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	for _, m := range messages {
		if m.Row == 0 || m.Col == 0 {
			continue
		}
		at, err := excelize.CoordinatesToCellName(m.Col, m.Row)
		if err != nil {
			return err
		}
		if err := f.AddComment(sheet, excelize.Comment{Cell: at, Author: "Hai Cấp", Text: m.Text}); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// annotatedRow is a row with its wrong cells coloured and its messages in the column after the last.
func annotatedRow(texts []string, messages []Message, wrong int) []any {
	row := make([]any, len(texts), len(texts)+1)
	for i, s := range texts {
		row[i] = excelize.Cell{Value: Plain(s)}
	}
	if len(messages) == 0 {
		return row
	}
	words := make([]string, len(messages))
	for i, m := range messages {
		words[i] = m.Text
		if m.Col > 0 && m.Col <= len(texts) {
			row[m.Col-1] = excelize.Cell{Value: Plain(texts[m.Col-1]), StyleID: wrong}
		}
	}
	return append(row, excelize.Cell{Value: strings.Join(words, " "), StyleID: wrong})
}
