package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// boundaryRow is the one row of its kind that a realm has.
const boundaryRow = "communes"

// A boundary says which file holds the boundaries of the units. The file itself is a blob.
type boundary struct {
	Blob  string
	Name  string
	Areas int
}

// BoundaryInput is a boundary file whose areas somebody has read.
type BoundaryInput struct {
	Name  string
	Data  []byte
	Codes []string // of its areas
}

// Boundaries is the boundary file of the realm and its SHA-256; both empty where none was brought in.
func (a *App) Boundaries(ctx context.Context, p access.Principal) (data []byte, sum string, err error) {
	err = a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
		list, err := tx.Entries(ctx, gov.Realm(p.Realm), gov.EntryBoundary)
		if err != nil || len(list) == 0 {
			return err
		}
		b, err := decodeEntry[boundary](list[0])
		if err != nil || b.Blob == "" {
			return err
		}
		sum = b.Blob
		data, err = a.blobs.Get(sum)
		return err
	})
	return data, sum, err
}

// SetBoundaries brings in the boundaries of the units; the file before stays. It says how many of the units of the realm have one now; a file that has none
// of them is of another province, or of codes from before July 2025, and is refused.
func (a *App) SetBoundaries(ctx context.Context, p access.Principal, in BoundaryInput) (matched, units int, err error) {
	if err := permit(p, access.CatalogueEdit); err != nil {
		return 0, 0, err
	}
	have := map[string]bool{}
	for _, c := range in.Codes {
		have[c] = true
	}
	err = a.withRegister(func(register gov.Units) error {
		sum := ""
		return a.update(ctx, p, access.CatalogueEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
			home, err := homeOf(ctx, tx, gov.Realm(p.Realm))
			if err != nil {
				return act{}, err
			}
			matched, units = 0, 0
			for _, u := range register.Children(home.Code, "") {
				if units++; have[u.Code] {
					matched++
				}
			}
			if matched == 0 {
				return act{}, gov.Errorf(gov.Invalid, "error.boundary_none", len(in.Codes))
			}
			if sum == "" {
				if sum, err = a.blobs.Put(in.Data); err != nil {
					return act{}, err
				}
			}
			return act{"boundary.set", "boundary", boundaryRow}, putEntry(ctx, tx, gov.Realm(p.Realm), gov.EntryBoundary, boundaryRow, in.Name, s,
				boundary{Blob: sum, Name: in.Name, Areas: len(in.Codes)})
		})
	})
	return matched, units, err
}
