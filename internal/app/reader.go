package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/reader"
)

// readers makes readers that know what the office knows: its dictionary and the indicators of its catalogue, under the names in force. A reader is kept until one
// of them changes.
type readers struct {
	mu   sync.Mutex
	with []gov.DictionaryEntry
	made map[string]*reader.Reader // by the state of the catalogue; provinces that changed nothing share one
}

// mostReaders bounds how many states of catalogues are kept.
const mostReaders = 40

// readIn reads one text layer as the realm understands it.
func (a *App) readIn(ctx context.Context, tx gov.Tx, r gov.Realm, src reader.Source) (gov.Reading, error) {
	rd, err := a.readerOf(ctx, tx, r)
	if err != nil {
		return gov.Reading{}, err
	}
	return rd.Read(src), nil
}

// read is readIn outside of a transaction: a long text holds none up.
func (a *App) read(ctx context.Context, p access.Principal, src reader.Source) (gov.Reading, error) {
	var rd *reader.Reader
	err := a.store.View(ctx, func(tx gov.Tx) (err error) {
		rd, err = a.readerOf(ctx, tx, gov.Realm(p.Realm))
		return err
	})
	if err != nil {
		return gov.Reading{}, err
	}
	return rd.Read(src), nil
}

func (a *App) readerOf(ctx context.Context, tx gov.Tx, r gov.Realm) (*reader.Reader, error) {
	units, err := a.units()
	if err != nil {
		return nil, err
	}
	var words []gov.DictionaryEntry
	if a.words != nil {
		if words, err = a.words.Entries(); err != nil {
			return nil, err
		}
	}
	edited, err := tx.Entries(ctx, r, gov.EntryIndicator)
	if err != nil {
		return nil, err
	}
	var state strings.Builder
	fmt.Fprintf(&state, "%d ", a.book.state.Load().generation)
	for _, e := range edited {
		fmt.Fprintf(&state, "%d/%s/%d/%s ", r, e.Key, e.Seq, a.Today())
	}
	a.readers.mu.Lock()
	defer a.readers.mu.Unlock()
	if a.readers.made == nil || len(a.readers.made) >= mostReaders || !slices.Equal(words, a.readers.with) {
		a.readers.made, a.readers.with = map[string]*reader.Reader{}, slices.Clone(words)
	}
	if made := a.readers.made[state.String()]; made != nil {
		return made, nil
	}
	options := []reader.Option{reader.WithDictionary(words)}
	if len(edited) > 0 {
		c, err := gov.CatalogueOf(edited)
		if err != nil {
			return nil, err
		}
		options = append(options, reader.WithIndicators(c.On(a.Today())))
	}
	made := reader.New(units, options...)
	a.readers.made[state.String()] = made
	return made, nil
}
