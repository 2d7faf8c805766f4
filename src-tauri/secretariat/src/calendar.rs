//! Holidays and business days of Colombia, and Bogotá's clock.
//!
//! Saturdays, Sundays and holidays are not business days (Ley 4/1913 art. 62; that Saturdays are not is a
//! setting). Holidays follow Ley 51/1983. A term never counts the day it starts from:
//!
//! ```
//! use secretariat::calendar::Calendar;
//! let session = "2025-03-27".parse()?;
//! // Five business days before; Monday 24 March is a holiday.
//! assert_eq!(Calendar::default().latest_notice_date(session, 5), Some("2025-03-19".parse()?));
//! # Ok::<(), chrono::ParseError>(())
//! ```

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The years for which days are computed; outside them every answer is `None` or empty.
const YEARS: std::ops::RangeInclusive<i32> = 1..=9998;

const LEY_51: &str = "Ley 51 de 1983";
const LEY_2578: &str = "Ley 2578 de 2026";

/// Which days count. The settings of a body's calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(default)]
pub struct Calendar {
    /// True if Saturdays are business days. By default they are not.
    pub saturdays_count: bool,
    /// First year in which 9 July, Nuestra Señora del Rosario de Chiquinquirá, is a holiday; `None` if it is not.
    pub chiquinquira_from: Option<i32>,
    /// The norm cited for that holiday.
    pub chiquinquira_norm: String,
    /// Further holidays of one day.
    pub extra: Vec<ExtraHoliday>,
    /// Days on which the entity is closed.
    pub closures: Vec<Closure>,
}

impl Default for Calendar {
    fn default() -> Self {
        Calendar {
            saturdays_count: false,
            chiquinquira_from: Some(2026),
            chiquinquira_norm: LEY_2578.to_owned(),
            extra: Vec::new(),
            closures: Vec::new(),
        }
    }
}

/// A holiday declared for one date, such as a día cívico.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ExtraHoliday {
    /// The day.
    pub date: NaiveDate,
    /// Its name.
    pub name: String,
    /// The norm that declares it.
    pub norm: String,
}

/// Days on which the entity is closed, both included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Closure {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Why: "Vacaciones colectivas".
    pub reason: String,
    /// The norm or circular that says so, if there is one.
    #[serde(default)]
    pub norm: Option<String>,
}

/// How a holiday's date is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HolidayRule {
    /// Kept on its own date, even on a Sunday.
    Fixed,
    /// Moved to the next Monday when it is not one.
    MovedToMonday,
    /// Counted from Easter and not moved.
    Easter,
    /// Counted from Easter and moved to the next Monday.
    EasterMovedToMonday,
    /// Declared for one date.
    Declared,
}

impl HolidayRule {
    /// The rule's name in Spanish: "trasladado al lunes".
    pub fn label(self) -> &'static str {
        match self {
            HolidayRule::Fixed => "fijo",
            HolidayRule::MovedToMonday => "trasladado al lunes",
            HolidayRule::Easter => "relativo a la Pascua",
            HolidayRule::EasterMovedToMonday => "relativo a la Pascua, trasladado al lunes",
            HolidayRule::Declared => "declarado",
        }
    }
}

/// A holiday.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Holiday {
    /// The day of rest.
    pub date: NaiveDate,
    /// The day it commemorates.
    pub nominal_date: NaiveDate,
    /// Its name in Spanish.
    pub name: String,
    /// How its date is fixed.
    pub rule: HolidayRule,
    /// The norm: "Ley 51 de 1983".
    pub norm: String,
}

/// Why a day is not a business day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DayOff {
    /// Sábado.
    Saturday,
    /// Domingo.
    Sunday,
    /// One or, when two fall together, two holidays.
    Holiday {
        /// Their names.
        names: Vec<String>,
    },
    /// The entity is closed.
    Closed {
        /// Why.
        reason: String,
    },
}

/// Which way a term is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Towards later days.
    Forward,
    /// Towards earlier days.
    Backward,
}

impl Direction {
    fn next(self, day: NaiveDate) -> Option<NaiveDate> {
        let day = match self {
            Direction::Forward => day.succ_opt(),
            Direction::Backward => day.pred_opt(),
        };
        day.filter(|d| YEARS.contains(&d.year()))
    }
}

impl Calendar {
    /// The holidays of a year in order of date. Two may fall on one day: they are two entries.
    pub fn holidays(&self, year: i32) -> Vec<Holiday> {
        if !YEARS.contains(&year) {
            return Vec::new();
        }
        let mut days: Vec<Holiday> = NATIONAL
            .iter()
            .filter_map(|(when, name)| {
                let (nominal, rule) = when.nominal(year)?;
                Some(holiday(nominal, rule, name, LEY_51))
            })
            .collect();
        if self.chiquinquira_from.is_some_and(|from| year >= from)
            && let Some(nominal) = NaiveDate::from_ymd_opt(year, 7, 9)
        {
            let name = "Nuestra Señora del Rosario de Chiquinquirá";
            days.push(holiday(nominal, HolidayRule::MovedToMonday, name, &self.chiquinquira_norm));
        }
        days.extend(self.extra.iter().filter(|e| e.date.year() == year).map(|e| Holiday {
            date: e.date,
            nominal_date: e.date,
            name: e.name.clone(),
            rule: HolidayRule::Declared,
            norm: e.norm.clone(),
        }));
        days.sort_by_key(|h| (h.date, h.nominal_date));
        days
    }

    /// Why a day does not count, or `None` if it is a business day.
    pub fn day_off(&self, day: NaiveDate) -> Option<DayOff> {
        let names: Vec<String> =
            self.holidays(day.year()).into_iter().filter(|h| h.date == day).map(|h| h.name).collect();
        if !names.is_empty() {
            return Some(DayOff::Holiday { names });
        }
        match day.weekday() {
            Weekday::Sun => Some(DayOff::Sunday),
            Weekday::Sat if !self.saturdays_count => Some(DayOff::Saturday),
            _ => self.closure_on(day).map(|c| DayOff::Closed { reason: c.reason.clone() }),
        }
    }

    /// True if the day counts in a term.
    pub fn is_business_day(&self, day: NaiveDate) -> bool {
        Days::of(self).count(day)
    }

    /// The day that a term of `n` business days ends on.
    ///
    /// `start` is never counted: forward gives the n-th business day strictly after it, backward the n-th strictly
    /// before. With `n = 0` it is `start` itself if it is a business day, else the nearest one in that direction.
    /// `None` if the count leaves the years 1 to 9998.
    pub fn nth_business_day(&self, start: NaiveDate, n: u64, direction: Direction) -> Option<NaiveDate> {
        let mut days = Days::of(self);
        let mut day = Some(start).filter(|d| YEARS.contains(&d.year()))?;
        if n == 0 {
            while !days.count(day) {
                day = direction.next(day)?;
            }
            return Some(day);
        }
        let mut left = n;
        while left > 0 {
            day = direction.next(day)?;
            if days.count(day) {
                left -= 1;
            }
        }
        Some(day)
    }

    /// How many business days after `start` up to and including `end`; negative when `end` is earlier.
    ///
    /// It undoes [`Calendar::nth_business_day`]: a term of `n` days from `start` ends `n` business days away.
    pub fn business_days_between(&self, start: NaiveDate, end: NaiveDate) -> i64 {
        let mut days = Days::of(self);
        let (direction, sign) =
            if end >= start { (Direction::Forward, 1) } else { (Direction::Backward, -1) };
        let mut total = 0;
        let mut day = start;
        while day != end {
            let Some(next) = direction.next(day) else { break };
            day = next;
            total += i64::from(days.count(day));
        }
        total * sign
    }

    /// The last day on which a notice gives `n` business days before the session.
    pub fn latest_notice_date(&self, session_date: NaiveDate, n: u32) -> Option<NaiveDate> {
        self.nth_business_day(session_date, u64::from(n), Direction::Backward)
    }

    /// How many business days' notice a session gets: the largest `n` whose latest notice date is not before
    /// `sent_on`. Zero when it is sent on the day of the session or later.
    pub fn business_days_given(&self, sent_on: NaiveDate, session_date: NaiveDate) -> u64 {
        if sent_on >= session_date {
            return 0;
        }
        self.business_days_between(session_date, sent_on).unsigned_abs()
    }

    /// The weekdays from `from` to `to`, both included, that do not count, each with its reason: what explains to a
    /// person why a term ends when it ends. Saturdays and Sundays are left out.
    pub fn holidays_and_closures_between(&self, from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, DayOff)> {
        let mut found = Vec::new();
        let mut day = Some(from).filter(|d| YEARS.contains(&d.year()));
        while let Some(d) = day.filter(|d| *d <= to) {
            match self.day_off(d) {
                Some(off @ (DayOff::Holiday { .. } | DayOff::Closed { .. }))
                    if d.weekday() != Weekday::Sun =>
                {
                    found.push((d, off));
                }
                _ => {}
            }
            day = Direction::Forward.next(d);
        }
        found
    }

    fn closure_on(&self, day: NaiveDate) -> Option<&Closure> {
        self.closures.iter().find(|c| c.from <= day && day <= c.to)
    }
}

/// Counts days, keeping one year's holidays at hand: a long term asks for the same year many times.
struct Days<'a> {
    calendar: &'a Calendar,
    year: Option<i32>,
    holidays: Vec<NaiveDate>,
}

impl<'a> Days<'a> {
    fn of(calendar: &'a Calendar) -> Self {
        Days { calendar, year: None, holidays: Vec::new() }
    }

    fn count(&mut self, day: NaiveDate) -> bool {
        match day.weekday() {
            Weekday::Sun => return false,
            Weekday::Sat if !self.calendar.saturdays_count => return false,
            _ => {}
        }
        if self.year != Some(day.year()) {
            self.year = Some(day.year());
            self.holidays = self.calendar.holidays(day.year()).into_iter().map(|h| h.date).collect();
        }
        !self.holidays.contains(&day) && self.calendar.closure_on(day).is_none()
    }
}

/// When a national holiday falls.
enum When {
    /// Month and day, kept.
    Fixed(u32, u32),
    /// Month and day, moved to Monday.
    Moved(u32, u32),
    /// Days from Easter, kept.
    Easter(i64),
    /// Days from Easter, moved to Monday.
    EasterMoved(i64),
}

impl When {
    fn nominal(&self, year: i32) -> Option<(NaiveDate, HolidayRule)> {
        match *self {
            When::Fixed(m, d) => Some((NaiveDate::from_ymd_opt(year, m, d)?, HolidayRule::Fixed)),
            When::Moved(m, d) => Some((NaiveDate::from_ymd_opt(year, m, d)?, HolidayRule::MovedToMonday)),
            When::Easter(n) => Some((easter(year)? + TimeDelta::days(n), HolidayRule::Easter)),
            When::EasterMoved(n) => {
                Some((easter(year)? + TimeDelta::days(n), HolidayRule::EasterMovedToMonday))
            }
        }
    }
}

/// The holidays of Ley 51/1983 art. 1.
const NATIONAL: [(When, &str); 18] = [
    (When::Fixed(1, 1), "Año Nuevo"),
    (When::Moved(1, 6), "Día de los Reyes Magos"),
    (When::Moved(3, 19), "Día de San José"),
    (When::Easter(-3), "Jueves Santo"),
    (When::Easter(-2), "Viernes Santo"),
    (When::Fixed(5, 1), "Día del Trabajo"),
    (When::EasterMoved(39), "Ascensión del Señor"),
    (When::EasterMoved(60), "Corpus Christi"),
    (When::EasterMoved(68), "Sagrado Corazón de Jesús"),
    (When::Moved(6, 29), "San Pedro y San Pablo"),
    (When::Fixed(7, 20), "Día de la Independencia"),
    (When::Fixed(8, 7), "Batalla de Boyacá"),
    (When::Moved(8, 15), "Asunción de la Virgen"),
    (When::Moved(10, 12), "Día de la Raza"),
    (When::Moved(11, 1), "Todos los Santos"),
    (When::Moved(11, 11), "Independencia de Cartagena"),
    (When::Fixed(12, 8), "Inmaculada Concepción"),
    (When::Fixed(12, 25), "Navidad"),
];

fn holiday(nominal_date: NaiveDate, rule: HolidayRule, name: &str, norm: &str) -> Holiday {
    let date = match rule {
        HolidayRule::MovedToMonday | HolidayRule::EasterMovedToMonday => monday_from(nominal_date),
        HolidayRule::Fixed | HolidayRule::Easter | HolidayRule::Declared => nominal_date,
    };
    Holiday { date, nominal_date, name: name.to_owned(), rule, norm: norm.to_owned() }
}

/// The day itself if it is a Monday, else the next Monday.
fn monday_from(day: NaiveDate) -> NaiveDate {
    day + TimeDelta::days((7 - i64::from(day.weekday().num_days_from_monday())) % 7)
}

/// Easter Sunday in the Gregorian calendar (the anonymous computus).
pub fn easter(year: i32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) {
        return None;
    }
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

/// Bogotá's offset from UTC, in hours: Colombia keeps no summer time.
pub const BOGOTA_OFFSET_HOURS: i64 = -5;

/// What a clock in Bogotá shows at an instant.
pub fn bogota_clock(instant: DateTime<Utc>) -> NaiveDateTime {
    instant
        .naive_utc()
        .checked_add_signed(TimeDelta::hours(BOGOTA_OFFSET_HOURS))
        .unwrap_or(NaiveDateTime::MIN)
}

/// The date in Bogotá at an instant.
pub fn bogota_date(instant: DateTime<Utc>) -> NaiveDate {
    bogota_clock(instant).date()
}

/// The instant at which a clock in Bogotá shows a date and time.
pub fn bogota_instant(clock: NaiveDateTime) -> DateTime<Utc> {
    clock.checked_sub_signed(TimeDelta::hours(BOGOTA_OFFSET_HOURS)).unwrap_or(NaiveDateTime::MAX).and_utc()
}

/// An instant with Bogotá's offset, in ISO 8601 to the second: "2025-03-18T09:00:00-05:00".
pub fn bogota_iso(instant: DateTime<Utc>) -> String {
    format!("{}-05:00", bogota_clock(instant).format("%Y-%m-%dT%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_sundays() {
        let known = "1583-04-10 1818-03-22 1943-04-25 1961-04-02 1984-04-22 2000-04-23 2008-03-23 2011-04-24 2019-04-21 \
                     2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2038-04-25 2100-03-28";
        for date in known.split_whitespace().map(day) {
            assert_eq!(easter(date.year()), Some(date));
        }
        assert_eq!((easter(0), easter(9999), easter(i32::MIN)), (None, None, None));
    }

    #[test]
    fn the_ninth_of_july_is_a_setting() {
        let july =
            |c: &Calendar, y| c.holidays(y).iter().any(|h| h.nominal_date == day(&format!("{y}-07-09")));
        let law = Calendar::default();
        assert!(!july(&law, 2025) && july(&law, 2026) && july(&law, 2060));
        assert_eq!((law.holidays(2025).len(), law.holidays(2026).len()), (18, 19));
        assert_eq!(law.day_off(day("2026-07-13")).map(|_| ()), Some(()));
        let without = Calendar { chiquinquira_from: None, ..Calendar::default() };
        assert!(!july(&without, 2026) && without.is_business_day(day("2026-07-13")));
        let confirmed = Calendar { chiquinquira_from: Some(2027), chiquinquira_norm: "Ley X".into(), ..law };
        assert!(!july(&confirmed, 2026));
        assert!(confirmed.holidays(2027).iter().any(|h| h.norm == "Ley X"));
    }

    #[test]
    fn why_a_day_does_not_count() {
        let calendar = Calendar {
            extra: vec![ExtraHoliday {
                date: day("2025-03-28"),
                name: "Día cívico".into(),
                norm: "Decreto 1".into(),
            }],
            closures: vec![Closure {
                from: day("2025-12-22"),
                to: day("2026-01-02"),
                reason: "Vacaciones colectivas".into(),
                norm: None,
            }],
            ..Calendar::default()
        };
        let holiday =
            |names: &[&str]| Some(DayOff::Holiday { names: names.iter().map(|n| (*n).to_owned()).collect() });
        for (date, expect) in [
            ("2025-03-27", None),
            ("2025-03-22", Some(DayOff::Saturday)),
            ("2025-03-23", Some(DayOff::Sunday)),
            ("2025-03-24", holiday(&["Día de San José"])),
            ("2025-03-28", holiday(&["Día cívico"])),
            ("2025-06-30", holiday(&["Sagrado Corazón de Jesús", "San Pedro y San Pablo"])),
            ("2025-07-20", holiday(&["Día de la Independencia"])), // a Sunday
            ("2025-12-25", holiday(&["Navidad"])),
            ("2025-12-26", Some(DayOff::Closed { reason: "Vacaciones colectivas".into() })),
            ("2026-01-02", Some(DayOff::Closed { reason: "Vacaciones colectivas".into() })),
            ("2026-01-05", None),
        ] {
            assert_eq!(calendar.day_off(day(date)), expect, "{date}");
            assert_eq!(calendar.is_business_day(day(date)), expect.is_none(), "{date}");
        }
        assert!(Calendar { saturdays_count: true, ..Calendar::default() }.is_business_day(day("2025-03-22")));
    }

    #[test]
    fn notice_given() {
        let calendar = Calendar::default();
        for (sent, session, given) in [
            ("2025-03-18", "2025-03-27", 6),
            ("2025-03-19", "2025-03-27", 5),
            ("2025-03-20", "2025-03-27", 4),
            ("2025-03-22", "2025-03-27", 2), // a Saturday: only Tuesday and Wednesday are left
            ("2025-03-24", "2025-03-27", 2),
            ("2025-03-27", "2025-03-27", 0),
            ("2025-03-28", "2025-03-27", 0),
            ("2025-11-18", "2025-11-20", 2),
        ] {
            assert_eq!(calendar.business_days_given(day(sent), day(session)), given, "{sent} → {session}");
        }
    }

    #[test]
    fn what_explains_a_term() {
        let found = Calendar::default().holidays_and_closures_between(day("2025-04-11"), day("2025-04-22"));
        assert_eq!(found.iter().map(|(d, _)| *d).collect::<Vec<_>>(), [day("2025-04-17"), day("2025-04-18")]);
    }

    #[test]
    fn absurd_terms_end() {
        let calendar = Calendar::default();
        assert_eq!(calendar.nth_business_day(day("2025-01-01"), u64::MAX, Direction::Forward), None);
        assert_eq!(calendar.nth_business_day(NaiveDate::MAX, 1, Direction::Forward), None);
        assert_eq!(calendar.nth_business_day(NaiveDate::MIN, 0, Direction::Backward), None);
        assert!(calendar.holidays(i32::MAX).is_empty());
        let shut = Closure { from: NaiveDate::MIN, to: NaiveDate::MAX, reason: String::new(), norm: None };
        let closed = Calendar { closures: vec![shut], ..calendar };
        assert_eq!(closed.nth_business_day(day("9990-01-01"), 0, Direction::Forward), None);
    }

    #[test]
    fn bogota() {
        let instant: DateTime<Utc> = "2025-03-28T03:30:00Z".parse().unwrap();
        assert_eq!(bogota_date(instant), day("2025-03-27"));
        assert_eq!(bogota_iso(instant), "2025-03-27T22:30:00-05:00");
        assert_eq!(bogota_instant(bogota_clock(instant)), instant);
        bogota_clock(DateTime::<Utc>::MIN_UTC);
        bogota_instant(NaiveDateTime::MAX);
    }

    #[test]
    fn settings_may_be_partial() {
        let read: Calendar = serde_json::from_str(r#"{"saturdays_count": true}"#).unwrap();
        assert_eq!(read, Calendar { saturdays_count: true, ..Calendar::default() });
    }

    proptest! {
        /// There and back again: a term counted forwards and undone backwards, and its length.
        #[test]
        fn terms_are_undone(offset in 0i64..30_000, n in 1u64..400, saturdays_count: bool) {
            let calendar = Calendar { saturdays_count, ..Calendar::default() };
            let start = day("1984-01-01") + TimeDelta::days(offset);
            for (direction, back) in [(Direction::Forward, Direction::Backward), (Direction::Backward, Direction::Forward)] {
                let end = calendar.nth_business_day(start, n, direction).unwrap();
                prop_assert!(calendar.is_business_day(end));
                let signed = i64::try_from(n).unwrap() * if direction == Direction::Forward { 1 } else { -1 };
                prop_assert_eq!(calendar.business_days_between(start, end), signed);
                let home = calendar.nth_business_day(start, 0, direction).unwrap();
                if home == start {
                    prop_assert_eq!(calendar.nth_business_day(end, n, back), Some(start));
                } else {
                    // From a day off the term starts at the business day before it.
                    prop_assert_eq!(calendar.nth_business_day(end, n - 1, back), Some(home));
                }
            }
        }

        /// A notice sent on the latest date gives exactly the days asked; a day later it does not.
        #[test]
        fn latest_notice_is_latest(offset in 0i64..30_000, n in 1u32..40) {
            let calendar = Calendar::default();
            let session = day("1990-01-01") + TimeDelta::days(offset);
            let latest = calendar.latest_notice_date(session, n).unwrap();
            prop_assert_eq!(calendar.business_days_given(latest, session), u64::from(n));
            let late = latest.succ_opt().unwrap();
            prop_assert_eq!(calendar.business_days_given(late, session), u64::from(n) - 1);
        }

        /// Every moved holiday is the Monday within the week that starts at its nominal date.
        #[test]
        fn moved_holidays_are_mondays(year in 1984i32..2200) {
            for h in Calendar::default().holidays(year) {
                prop_assert_eq!(h.date.year(), year);
                let moved = (h.date - h.nominal_date).num_days();
                match h.rule {
                    HolidayRule::MovedToMonday | HolidayRule::EasterMovedToMonday => {
                        prop_assert_eq!(h.date.weekday(), Weekday::Mon);
                        prop_assert!((0..7).contains(&moved));
                    }
                    HolidayRule::Fixed | HolidayRule::Easter | HolidayRule::Declared => prop_assert_eq!(moved, 0),
                }
            }
        }
    }
}
