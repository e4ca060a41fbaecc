// Package gov is the domain of Hai Cấp: the nouns of the four books, their rules, and the ports through which they are kept.
//
//   - Units book: UnitVersion and Succession. The key of a unit is (code, valid_from): codes are used again for other units.
//   - Documents book: Document, and the Review in which a person settles what the reader made of it.
//   - Figures book: Indicator, Target and Figure. A figure is a claim with scope, vintage and source; claims are
//     superseded, never overwritten, and two that disagree stand side by side.
//     What is made of them is worked out anew whenever it is asked for and never kept: an Assessor holds claims against
//     targets, RollUp puts units together by the indicator's rule, a Restater shows a series on the units of another day,
//     Plausible says what looks wrong.
//   - Matters book: Matter, one record for difficulties, recommendations, directives, tasks and commitments, each moved by
//     the table Flow and by nothing else; every step is an event that stays.
//
// A Session ties them together; a Brief is made from them. The package knows no SQL, no HTTP and no words of the interface:
// errors carry a code and the key of a message, and the outermost layer chooses the words.
//
// Times are UTC instants given by the caller (no clock is read here), days are Day values, money and measures stay in the
// words of their source. Every record that grows with the country carries its realm, the id of the province-level holding
// that it belongs to, and every key begins with it.
package gov
