// Package web is the interface in the browser: routes, handlers, pages, styles and scripts.
//
// routes.go is the site map: one row for each address with the permission that it needs. A handler is a function that returns an
// error; it asks one use case of package app, puts the view into a page struct and renders it. One place (errors.go) turns errors
// into pages. A noun has the same file name here as in the other layers: document.go holds the handlers, document.templ the pages.
//
// Pages are whole without scripts. What a list shows stands in its address; what a form changes ends in a redirect, so that
// reloading never repeats it. Nothing that people upload touches the disk before package app has taken it: a secret document
// must leave no trace, so bodies are read in memory only.
package web
