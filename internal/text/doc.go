// Package text knows Vietnamese writing: its Unicode forms, how words are folded for search, and where
// paragraphs, sentences and tokens begin and end. It knows nothing of documents, units or figures.
//
// Three forms of one string matter:
//
//   - as written: what spans point into, never changed;
//   - Norm: lower case, NFC, single spaces, tone marks placed the one way (hoà = hòa, thuỷ = thủy), for comparing words exactly;
//   - Fold: Norm without any marks (hộ nghèo → ho ngheo, đất đai → dat dai), for finding what people type.
//
// Folding loses meaning (họ, hộ and hổ become one), so whoever searches by Fold ranks by Norm.
package text
