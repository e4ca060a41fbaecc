package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"haicap/internal/gov"
)

//go:embed static
var static embed.FS

// assets are the style sheets and scripts under one version: the hash of all of them. A script may so import another by a
// relative name, and a browser keeps them for good.
type assets struct {
	version string
	files   map[string][]byte
}

func loadAssets(fsys fs.FS) (*assets, error) {
	a := &assets{files: map[string][]byte{}}
	sum := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		a.files[name] = data
		sum.Write([]byte(name))
		sum.Write(data)
		return nil
	})
	a.version = hex.EncodeToString(sum.Sum(nil))[:12]
	return a, err
}

// URL is the address of a file.
func (a *assets) URL(name string) string { return "/static/" + a.version + "/" + name }

// mediaTypes are those of the files that exist; the machine's own table is not asked, it differs from place to place.
var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

func (s *server) static(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	data, ok := s.assets.files[name]
	if !ok {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	kind := mediaTypes[path.Ext(name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	w.Header().Set("Content-Type", kind)
	cache := "public, max-age=31536000, immutable"
	if r.PathValue("version") != s.assets.version {
		cache = "no-cache" // a page from before an upgrade: it gets today's file and does not keep it
	}
	w.Header().Set("Cache-Control", cache)
	_, err := w.Write(data)
	return err
}
