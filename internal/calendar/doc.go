// Package calendar knows on which days offices work in Viet Nam and when a time limit ends. It knows no petition, task or document.
//
// Four things build on each other:
//
//   - a Day is a calendar day, a number, so that days can be counted; Lunar gives its date in the lunar calendar of Viet Nam, which is
//     computed from the new moons and the sun (UTC+7) and needs no table;
//   - a Calendar says of each day what it is: a working day, a weekend, a holiday, a day off instead, a Saturday that is worked. Holidays
//     are rows with their source; an office adds its own (Load). A year whose official schedule nobody entered is made from the rules of the
//     law, and everything that was counted through it carries a warning;
//   - a Rule is a time limit of the law with the days between which it holds: a case keeps the rule of the day on which it was accepted;
//   - a Clock is a start, a limit and what happened since: stops, resumptions, extensions, the end and the reopening. Its due day is a
//     function of that history and nothing else, so it can be computed again at any time and always comes out the same.
//
// Every answer is a Due, and a Due explains itself: its Steps say from which day was counted, how much, which days were left out and why,
// what moved and by which law; Text writes them in a language. DESIGN.md says how it counts and why.
package calendar
