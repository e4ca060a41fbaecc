package calendar

import "math"

// A LunarDate is a date of the lunar calendar of Viet Nam.
type LunarDate struct {
	Year, Month, Day int
	Leap             bool // the month is a leap month: the second of its number
}

// A month begins on the day, in UTC+7, on which the moon is new. The month that holds the winter solstice is the eleventh. Where thirteen
// months begin from one eleventh month to the next, the first of them in which the sun enters no twelfth of its way (no "trung khí") is
// a leap month and takes the number of the one before it.

// zone is UTC+7 in days.
const zone = 7.0 / 24

// Lunar is the lunar date of the day.
func Lunar(d Day) LunarDate {
	k := moonBefore(d)
	start := newMoon(k)
	y, _, _ := d.Date()
	first := eleventh(y)
	if first <= start {
		y++
	} else {
		first = eleventh(y - 1)
	}
	months := monthsFrom(first, eleventh(y))
	for _, m := range months {
		if m.start != start {
			continue
		}
		year := y
		if m.number >= 11 {
			year--
		}
		return LunarDate{Year: year, Month: m.number, Day: int(d-start) + 1, Leap: m.leap}
	}
	return LunarDate{}
}

// LunarDay is the day with the date in the lunar calendar; false where the year has no such month or the month no such day.
func LunarDay(date LunarDate) (Day, bool) {
	from, to := eleventh(date.Year-1), eleventh(date.Year)
	if date.Month >= 11 {
		from, to = to, eleventh(date.Year+1)
	}
	for _, m := range monthsFrom(from, to) {
		if m.number == date.Month && m.leap == date.Leap {
			return m.start + Day(date.Day) - 1, date.Day >= 1 && date.Day <= m.days
		}
	}
	return 0, false
}

// A lunarMonth is one month between two eleventh months.
type lunarMonth struct {
	start  Day
	days   int
	number int
	leap   bool
}

// monthsFrom lists the months from an eleventh month up to, and without, the next one.
func monthsFrom(first, next Day) []lunarMonth {
	k := moonBefore(first)
	months := make([]lunarMonth, 0, 13)
	for start := first; start < next; {
		k++
		end := newMoon(k)
		months = append(months, lunarMonth{start: start, days: int(end - start)})
		start = end
	}
	number, leapDue := 11, len(months) == 13
	for i := range months {
		m := &months[i]
		if leapDue && i > 0 && twelfth(m.start) == twelfth(m.start+Day(m.days)) {
			m.leap, leapDue = true, false
			m.number = months[i-1].number
			continue
		}
		m.number = number
		number = number%12 + 1
	}
	return months
}

// eleventh is the first day of the eleventh month of the year: of the month that holds the winter solstice.
func eleventh(year int) Day {
	k := moonBefore(Date(year, 12, 31))
	start := newMoon(k)
	if twelfth(start) >= 9 { // the sun has passed 270° when the month begins
		return newMoon(k - 1)
	}
	return start
}

// moonBefore is the number of the last new moon that falls on d or before it.
func moonBefore(d Day) int {
	k := int(math.Floor((julian(d) - 2451550.09766) / 29.530588861))
	for newMoon(k+1) <= d {
		k++
	}
	for newMoon(k) > d {
		k--
	}
	return k
}

// julian is the Julian day number of the beginning of d in UTC+7, as an instant.
func julian(d Day) float64 { return float64(d) + 1721424.5 - zone }

// dayAt is the day in UTC+7 in which an instant, given as a Julian day number, falls.
func dayAt(jd float64) Day { return Day(math.Floor(jd - 1721424.5 + zone)) }

// deltaT is the difference between the even time of astronomy and the time of clocks, in days: about a minute in these centuries.
func deltaT(t float64) float64 { return (63.8 + 33*t + 25*t*t) / 86400 }

func sin(deg float64) float64 { return math.Sin(deg * math.Pi / 180) }

// A lunarTerm is one periodic term of the time of a new moon: an amplitude in days and the multiples of the four arguments, with the
// power of the eccentricity that it takes.
type lunarTerm struct {
	days          float64
	sun, moon, la float64
	e             int
}

// The theory is that of Meeus, Astronomical Algorithms, chapter 49; the terms that matter to a minute.
var lunarTerms = []lunarTerm{
	{-0.40720, 0, 1, 0, 0}, {0.17241, 1, 0, 0, 1}, {0.01608, 0, 2, 0, 0}, {0.01039, 0, 0, 2, 0}, {0.00739, -1, 1, 0, 1},
	{-0.00514, 1, 1, 0, 1}, {0.00208, 2, 0, 0, 2}, {-0.00111, 0, 1, -2, 0}, {-0.00057, 0, 1, 2, 0}, {0.00056, 1, 2, 0, 1},
	{-0.00042, 0, 3, 0, 0}, {0.00042, 1, 0, 2, 1}, {0.00038, 1, 0, -2, 1}, {-0.00024, -1, 2, 0, 1}, {-0.00007, 2, 1, 0, 0},
	{0.00004, 0, 2, -2, 0}, {0.00004, 3, 0, 0, 0}, {0.00003, 1, 1, -2, 0}, {0.00003, 0, 2, 2, 0}, {-0.00003, 1, 1, 2, 0}, {0.00003, -1, 1, 2, 0},
}

// newMoon is the day of the new moon with the number k; 0 is the one of 6 January 2000.
func newMoon(k int) Day {
	n := float64(k)
	t := n / 1236.85
	at := 2451550.09766 + 29.530588861*n + 0.00015437*t*t
	sun := 2.5534 + 29.10535670*n - 0.0000014*t*t
	moon := 201.5643 + 385.81693528*n + 0.0107582*t*t
	latitude := 160.7108 + 390.67050284*n - 0.0016118*t*t
	e := 1 - 0.002516*t
	for _, term := range lunarTerms {
		at += term.days * math.Pow(e, float64(term.e)) * sin(term.sun*sun+term.moon*moon+term.la*latitude)
	}
	at -= 0.00017 * sin(124.7746-1.56375588*n)
	at += 0.000325*sin(299.77+0.107408*n) + 0.000165*sin(251.88+0.016321*n) + 0.000164*sin(251.83+26.651886*n) + 0.000126*sin(349.42+36.412478*n)
	return dayAt(at - deltaT(t))
}

// twelfth is in which twelfth of its way (0 to 11, 0 from the spring equinox) the sun stands when d begins. Meeus, chapter 25.
func twelfth(d Day) int {
	t := (julian(d) - 2451545) / 36525
	t += deltaT(t) / 36525
	mean := 280.46646 + 36000.76983*t + 0.0003032*t*t
	m := 357.52911 + 35999.05029*t - 0.0001537*t*t
	centre := (1.914602-0.004817*t)*sin(m) + (0.019993-0.000101*t)*sin(2*m) + 0.000289*sin(3*m)
	long := mean + centre - 0.00569 - 0.00478*sin(125.04-1934.136*t)
	return int(math.Mod(math.Mod(long, 360)+360, 360) / 30)
}
