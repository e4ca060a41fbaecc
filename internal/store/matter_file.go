package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"haicap/internal/gov"
)

const fileColumns = "realm, matter, seq, sha256, name, format, size"

var sqlInsertFile = statement(insertInto("matter_file", fileColumns) + " ON CONFLICT (realm, matter, seq, sha256) DO NOTHING")

func scanFile(r row) (f gov.MatterFile, err error) {
	err = r.Scan(&f.Realm, &f.Matter, &f.Seq, &f.SHA256, &f.Name, &f.Format, &f.Size)
	return f, err
}

func (t *tx) AddMatterFile(ctx context.Context, f gov.MatterFile) error {
	if err := t.reaches(ctx, "matter", f.Realm, f.Matter); err != nil {
		return err
	}
	last, err := one(ctx, t, scanInt, sqlLastEvent, f.Realm, f.Matter)
	if err != nil {
		return err
	}
	return t.put(ctx, sqlInsertFile, f.Realm, f.Matter, last, f.SHA256, f.Name, f.Format, f.Size)
}

func (t *tx) MatterFiles(ctx context.Context, r gov.Realm, matter gov.ID) ([]gov.MatterFile, error) {
	f := asked(r, matter)
	f.and("realm = $1 AND matter = $2 AND " + f.owned(t, "matter", "matter"))
	return many(ctx, t, scanFile, f.query(fileColumns, "matter_file", " ORDER BY seq, name, sha256"), f.args...)
}

func (t *tx) LinksOf(ctx context.Context, r gov.Realm, kinds ...gov.LinkKind) ([]gov.Link, error) {
	f := inRealm(r)
	oneOf(f, "kind", kinds)
	if len(kinds) > 0 && !slices.Contains(kinds, gov.LinkAnswers) {
		f.and("kind <> 'answers'") // the few that people made have an index of their own
	}
	f.and(f.owned(t, "matter", "from_matter"))
	f.and(f.owned(t, "matter", "to_matter"))
	return many(ctx, t, scanLink, f.query(linkColumns, "matter_link", " ORDER BY from_matter, to_matter, kind"), f.args...)
}

func (t *tx) EventsSince(ctx context.Context, r gov.Realm, k gov.MatterKind, since time.Time) ([]gov.MatterEvent, error) {
	// From the matters of the kind to their events: an index of all events by day would be written with each step for one report a week.
	f := asked(r, k, since)
	f.from = "matter AS m CROSS JOIN "
	f.and("m.realm = $1 AND m.stand IN (0, 1, 2) AND m.kind = $2 AND matter_event.realm = $1 AND matter_event.matter = m.id AND matter_event.at >= $3")
	f.and(f.owned(t, "matter", "m.id"))
	columns := "matter_event." + strings.ReplaceAll(eventColumns, ", ", ", matter_event.")
	return many(ctx, t, scanEvent, f.query(columns, "matter_event", " ORDER BY matter_event.at, matter_event.matter, matter_event.seq"), f.args...)
}
