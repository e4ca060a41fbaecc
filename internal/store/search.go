package store

import (
	"context"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// Each entry is indexed twice, both times as words that the program has split: folded, to find what people type, and marked
// (text.Norm), to rank by marks. What was typed is looked for in tiers; an entry stands where it is found first, and within a tier
// the newest day comes first:
//
//	the words with their marks, side by side     "hộ nghèo" in "… tỷ lệ hộ nghèo giảm …"
//	the words with their marks, anywhere
//	the words folded, side by side               "ho ngheo", or "hộ ngheo"
//	the words folded, anywhere
//
// The last word may be a beginning. Every entry also holds a word for its realm, so that the index alone narrows to it.
type tier struct {
	marked bool
	phrase bool
}

var tiers = []tier{{marked: true, phrase: true}, {marked: true}, {phrase: true}, {}}

// Bounds of the index. A text layer may have 16 MiB; its words are all indexed once, their places only at the beginning
// (PostgreSQL counts places to 16383 and keeps at most 1 MiB for an entry).
const (
	maxPlaces     = 16000
	maxIndexBytes = 384 << 10
	maxWordBytes  = 100
	maxQueryWords = 24
	defaultHits   = 20
)

// marked splits s into words that keep their marks; folded splits it without marks.
func marked(s string) []string { return split(text.Norm(s)) }

func folded(s string) []string { return split(text.Fold(s)) }

// split cuts s where neither a letter nor a number stands. Marks that NFC left alone and invisible runes vanish, and do not cut.
func split(s string) []string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r):
			return r
		case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return ' '
	}, s)
	list := strings.Fields(s)
	for i, w := range list {
		for len(w) > maxWordBytes {
			_, size := utf8.DecodeLastRuneInString(w)
			w = w[:len(w)-size]
		}
		list[i] = w
	}
	return list
}

// bounded leaves out, after the words whose places count, those that came already, and stops at the size that both engines take.
func bounded(words []string) []string {
	if len(words) <= maxPlaces {
		return words
	}
	seen := make(map[string]bool, maxPlaces)
	size := 0
	kept := make([]string, 0, maxPlaces)
	for i, w := range words {
		if i >= maxPlaces && seen[w] {
			continue
		}
		if !seen[w] {
			seen[w] = true
			size += len(w) + 4
		}
		if size > maxIndexBytes {
			break
		}
		kept = append(kept, w)
	}
	return kept
}

// realmWord is the word that every entry of a realm holds.
func realmWord(r gov.Realm) string { return "realm" + strconv.FormatInt(int64(r), 10) }

// entryWords are the words of an entry in the given form, the realm's before its title and before its body, so that the two are
// never side by side.
func entryWords(e gov.SearchEntry, form func(string) []string) []string {
	words := append([]string{realmWord(e.Realm)}, form(e.Title)...)
	words = append(words, realmWord(e.Realm))
	return bounded(append(words, form(e.Body)...))
}

func (t *tx) Index(ctx context.Context, e gov.SearchEntry) error { return t.d.index(ctx, t, e) }

func (t *tx) Search(ctx context.Context, r gov.Realm, q gov.SearchQuery) ([]gov.SearchHit, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = defaultHits
	}
	var hits []gov.SearchHit
	type key struct {
		noun   string
		record gov.ID
	}
	seen := map[key]bool{}
	for _, tr := range tiers {
		form := folded
		if tr.marked {
			form = marked
		}
		words := form(q.Words)
		words = words[:min(len(words), maxQueryWords)]
		if len(words) == 0 || len(words) == 1 && tr.phrase {
			continue
		}
		list, err := t.find(ctx, r, q, tr, append([]string{realmWord(r)}, words...), limit)
		if err != nil {
			return nil, err
		}
		for _, h := range list {
			k := key{h.Noun, h.Record}
			if seen[k] {
				continue
			}
			seen[k] = true
			h.Exact = tr.marked
			if hits = append(hits, h); len(hits) == limit {
				return hits, nil
			}
		}
	}
	return hits, nil
}

// find runs one tier. The inner query sorts keys and days only; titles and bodies are read for the rows that are left.
func (t *tx) find(ctx context.Context, r gov.Realm, q gov.SearchQuery, tr tier, words []string, limit int) ([]gov.SearchHit, error) {
	f := inRealm(r)
	match := f.arg(t.d.matcher(words, tr))
	if t.reach == nil || q.Holder == "" { // else the reach says which
		f.and("holder IN ('', " + f.arg(q.Holder) + ")")
	}
	f.found(t)
	oneOf(f, "noun", q.Nouns)
	query := strings.NewReplacer("{column}", tr.column(), "{match}", match, "{where}", f.String(), "{limit}", f.limit(limit)).
		Replace(t.d.found)
	return many(ctx, t, scanHit, query, f.args...)
}

func scanHit(r row) (h gov.SearchHit, err error) {
	err = r.Scan(&h.Noun, &h.Record, &h.Title, &h.Body, &h.Day)
	return h, err
}

// sqlSearchSQLite: CROSS JOIN keeps the full-text index in the lead; the planner would rather walk the realm.
const sqlSearchSQLite = `SELECT noun, record, title, body, day FROM search_entry WHERE number IN (
		SELECT e.number FROM search_words CROSS JOIN search_entry AS e
		WHERE search_words MATCH {match} AND e.number = search_words.rowid AND {where}
		ORDER BY e.day DESC, e.record DESC, e.noun{limit})
	ORDER BY day DESC, record DESC, noun`

var (
	sqlSQLiteEntry = statementFor("sqlite", insertInto("search_entry", "realm, noun, record, holder, day, title, body")+`
		ON CONFLICT (realm, noun, record) DO UPDATE SET holder = excluded.holder, day = excluded.day, title = excluded.title,
		body = excluded.body RETURNING number`)
	sqlSQLiteForget = statementFor("sqlite", "DELETE FROM search_words WHERE rowid = $1")
	sqlSQLiteWords  = statementFor("sqlite", insertInto("search_words", "rowid, folded, marked"))
)

func sqliteIndex(ctx context.Context, t *tx, e gov.SearchEntry) error {
	number, err := one(ctx, t, scanInt, sqlSQLiteEntry, e.Realm, e.Noun, e.Record, e.Holder, e.Day, e.Title, e.Body)
	if err != nil {
		return err
	}
	if err := t.put(ctx, sqlSQLiteForget, number); err != nil {
		return err
	}
	return t.put(ctx, sqlSQLiteWords, number, strings.Join(entryWords(e, folded), " "), strings.Join(entryWords(e, marked), " "))
}

// sqliteMatch writes an FTS5 expression. Every word is quoted and holds letters and numbers only, so nothing that was typed can
// be syntax.
func sqliteMatch(words []string, t tier) string {
	return t.column() + ` : ("` + words[0] + `" AND "` + strings.Join(words[1:], t.join(` `, `" AND "`)) + `" *)`
}

func (t tier) column() string {
	if t.marked {
		return "marked"
	}
	return "folded"
}

func (t tier) join(phrase, all string) string {
	if t.phrase {
		return phrase
	}
	return all
}

const sqlSearchPostgres = `SELECT noun, record, title, body, day FROM search_entry WHERE realm = $1 AND (noun, record) IN (
		SELECT noun, record FROM search_entry AS e
		WHERE {column} @@ CAST({match} AS TSQUERY) AND {where}
		ORDER BY day DESC, record DESC, noun{limit})
	ORDER BY day DESC, record DESC, noun`

var sqlPostgresEntry = statementFor("postgres", `INSERT INTO search_entry (realm, noun, record, holder, day, title, body, folded, marked)
	VALUES ($1, $2, $3, $4, $5, $6, $7, CAST($8 AS TSVECTOR), CAST($9 AS TSVECTOR))
	ON CONFLICT (realm, noun, record) DO UPDATE SET holder = excluded.holder, day = excluded.day, title = excluded.title,
	body = excluded.body, folded = excluded.folded, marked = excluded.marked`)

func postgresIndex(ctx context.Context, t *tx, e gov.SearchEntry) error {
	return t.put(ctx, sqlPostgresEntry, e.Realm, e.Noun, e.Record, e.Holder, e.Day, e.Title, e.Body,
		vector(entryWords(e, folded)), vector(entryWords(e, marked)))
}

// vector writes words with their places as a tsvector.
func vector(words []string) string {
	var b strings.Builder
	for i, w := range words {
		b.WriteString("'" + w + "':" + strconv.Itoa(min(i+1, maxPlaces+1)) + " ")
	}
	return b.String()
}

// postgresMatch writes a tsquery of quoted words.
func postgresMatch(words []string, t tier) string {
	return "'" + words[0] + "' & ('" + strings.Join(words[1:], t.join(`' <-> '`, `' & '`)) + "':*)"
}
