package app

import (
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// Dictionary lists what the office always understands in its own way.
func (a *App) Dictionary(_ context.Context, p access.Principal) ([]gov.DictionaryEntry, error) {
	if err := permit(p, access.DocumentsRead); err != nil {
		return nil, err
	}
	if a.words == nil {
		return nil, nil
	}
	return a.words.Entries()
}

// AddDictionaryEntry makes the reader understand a phrase so from the next document on; what was read already stays as it is. An entry for
// the same words is replaced. It gives the entry as it is kept.
func (a *App) AddDictionaryEntry(ctx context.Context, p access.Principal, in gov.DictionaryEntry) (gov.DictionaryEntry, error) {
	if err := permit(p, access.ReviewsEdit); err != nil {
		return in, err
	}
	c, err := a.catalogue(ctx, p)
	if err != nil {
		return in, err
	}
	e, err := in.Checked(c.On(a.Today()))
	if err != nil {
		return e, err
	}
	return e, a.changeDictionary(ctx, p, "dictionary.add", e, func(list []gov.DictionaryEntry) ([]gov.DictionaryEntry, error) {
		if i := slices.IndexFunc(list, e.Same); i >= 0 {
			list[i] = e
			return list, nil
		}
		return append(list, e), nil
	})
}

// RemoveDictionaryEntry takes out the entry of a kind for a phrase.
func (a *App) RemoveDictionaryEntry(ctx context.Context, p access.Principal, kind gov.DictionaryKind, phrase string) error {
	e := gov.DictionaryEntry{Kind: kind, Phrase: phrase}
	return a.changeDictionary(ctx, p, "dictionary.remove", e, func(list []gov.DictionaryEntry) ([]gov.DictionaryEntry, error) {
		i := slices.IndexFunc(list, e.Same)
		if i < 0 {
			return nil, gov.Errorf(gov.NotFound, "error.dictionary_none", phrase)
		}
		return slices.Delete(list, i, i+1), nil
	})
}

// changeDictionary writes what f makes of the entries, with its audit line. The file is no part of the transaction: it is written in it,
// so that a failure to write leaves no line, and put back where the line could not be kept.
func (a *App) changeDictionary(ctx context.Context, p access.Principal, action string, about gov.DictionaryEntry,
	f func([]gov.DictionaryEntry) ([]gov.DictionaryEntry, error)) error {
	if err := permit(p, access.ReviewsEdit); err != nil {
		return err
	}
	if a.words == nil {
		return gov.Errorf(gov.Unavailable, "error.dictionary_absent")
	}
	a.wordMu.Lock()
	defer a.wordMu.Unlock()
	old, err := a.words.Entries()
	if err != nil {
		return err
	}
	entries, err := f(slices.Clone(old))
	if err != nil {
		return err
	}
	written := false
	err = a.update(ctx, p, access.ReviewsEdit, func(gov.Tx, gov.Stamp) (act, error) {
		id := gov.SHA256([]byte(string(about.Kind) + " " + text.Norm(about.Phrase)))[:16] // the log holds ids, no words
		written = true
		return act{action, "dictionary", gov.ID(id)}, a.words.Replace(entries)
	})
	if err != nil && written {
		_ = a.words.Replace(old) // the first error says what happened
	}
	return err
}
