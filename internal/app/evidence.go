package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// MaxStepFiles is how many files can be handed in with one step.
const MaxStepFiles = 5

// keepFiles keeps the files that come with a step: each is read and checked as a document is, so that nothing that bears a mark of secrecy and
// nothing that cannot be opened is kept.
func (a *App) keepFiles(ctx context.Context, p access.Principal, files []FileInput) ([]gov.MatterFile, error) {
	if len(files) == 0 {
		return nil, nil
	}
	if err := permit(p, access.MattersReport); err != nil {
		return nil, err
	}
	if len(files) > MaxStepFiles {
		return nil, gov.Errorf(gov.Invalid, "error.too_many_files", MaxStepFiles)
	}
	var kept []gov.MatterFile
	for _, f := range files {
		layer, err := LayerOf(ctx, f.Name, f.Data)
		if err != nil {
			return nil, err
		}
		sum, err := a.blobs.Put(f.Data)
		if err != nil {
			return nil, err
		}
		kept = append(kept, gov.MatterFile{Realm: gov.Realm(p.Realm), SHA256: sum, Name: f.Name, Format: layer.Format, Size: int64(len(f.Data))})
	}
	return kept, nil
}

// addFiles writes the kept files to the step that was written last.
func addFiles(ctx context.Context, tx gov.Tx, matter gov.ID, kept []gov.MatterFile) error {
	for _, f := range kept {
		f.Matter = matter
		if err := tx.AddMatterFile(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// MatterFile gives a file of a matter with its bytes, and writes down who took it.
func (a *App) MatterFile(ctx context.Context, p access.Principal, matter gov.ID, sha256 string) (gov.MatterFile, []byte, error) {
	var file gov.MatterFile
	err := a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
		files, err := tx.MatterFiles(ctx, gov.Realm(p.Realm), matter)
		for _, f := range files {
			if f.SHA256 == sha256 {
				file = f
				return err
			}
		}
		if err == nil {
			err = gov.Errorf(gov.NotFound, "error.not_found")
		}
		return err
	})
	if err != nil {
		return file, nil, err
	}
	if err := a.look(ctx, p, access.BooksRead, act{"matter.download", "matter", matter}); err != nil {
		return file, nil, err
	}
	data, err := a.blobs.Get(file.SHA256)
	return file, data, err
}
