// Package score compares readings with gold labels, by the rules of the reading contract: figures match when their spans overlap
// and value and measure agree, items when at least half of their union is shared, people and units by name, checks by rule;
// then fields are compared on what matched. A field is judged where the gold has its key: an empty gold field wants an empty one.
package score
