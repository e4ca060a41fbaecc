package app

import (
	"context"
	"errors"

	"haicap/internal/extract"
	"haicap/internal/gov"
)

// LayerOf makes the text layer of a file, for whatever way it comes in; scans and pictures too where the programs for that are
// installed. What cannot be read, and a document that bears a mark of secrecy in its text or in a running head, is refused in the
// domain's terms; nothing has been kept then.
func LayerOf(ctx context.Context, name string, data []byte) (extract.Layer, error) {
	layer, err := extract.FindOCR().Extract(ctx, name, data)
	var refused *extract.Error
	switch {
	case errors.As(err, &refused):
		code, key, args := refused.Refusal()
		return extract.Layer{}, gov.Errorf(gov.Code(code), key, args...).Because(refused.Err)
	case err != nil:
		return extract.Layer{}, err
	}
	if err := gov.RefuseSecret("", append([]string{layer.Text}, layer.Margins...)...); err != nil {
		return extract.Layer{}, err
	}
	return layer, nil
}
