// Package register is the units book's register: which administrative unit existed when, what it came from and what became of it.
//
// The register is a list of unit versions, keyed by (code, first day), and a list of successions between versions. It is
// read once, never changes in memory, and implements gov.Units. There are two:
//
//   - The embedded one (Load). It is made by the generator in gen from an npm package (see THIRD_PARTY.md) and corrected by
//     facts.csv, the table of facts that this project keeps. It knows all current units, all communes of 30 June 2025 with the
//     unit that took most of each, and more only where a fact says so. Former units begin on "" there: before the register.
//   - The imported one (Import), the complete history in the CSV form of docs/units-import.md. It lies in the data folder
//     and is used by Open instead of the embedded one.
//
// What is not known stays open. A succession without a known extent is gov.ExtentUnknown, never the whole. A district whose
// official code the source does not give has a marker in its place: the code of its province, "~" and its folded name, as in
// "58~huyen-ninh-phuoc". A marker is never shown as a code (gov.UnitVersion.Official says which is which), and an imported
// register still finds the district by it.
//
// Nothing is loaded when the program starts: a command that needs no unit pays nothing.
package register
