//! Terms in business days: notice, minutes, signature, publication.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Deadline, DeadlineFrom, RuleSet, Source, said};
use crate::Text;
use crate::calendar::{Calendar, DayOff, Direction};
use crate::codes::SessionKind;
use crate::spanish;

/// The days that a session's terms are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Milestones {
    /// The date of the session.
    pub session_date: NaiveDate,
    /// The day the draft minutes were sent, once they were.
    pub draft_sent: Option<NaiveDate>,
    /// The day the minutes were signed, once they were.
    pub signed: Option<NaiveDate>,
}

impl Deadline {
    /// The last day of the term; `None` while the day it is counted from has not come.
    pub fn date(self, milestones: &Milestones, calendar: &Calendar) -> Option<NaiveDate> {
        let (start, direction) = match self.from {
            DeadlineFrom::BeforeSession => (Some(milestones.session_date), Direction::Backward),
            DeadlineFrom::SessionDate => (Some(milestones.session_date), Direction::Forward),
            DeadlineFrom::DraftSent => (milestones.draft_sent, Direction::Forward),
            DeadlineFrom::Signed => (milestones.signed, Direction::Forward),
        };
        calendar.nth_business_day(start?, u64::from(self.business_days), direction)
    }
}

/// A notice checked against the rules. A late one warns, and its reason is recorded; it never blocks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoticeVerdict {
    /// Business days given.
    #[ts(type = "number")]
    pub have: u64,
    /// Business days needed.
    pub need: u32,
    /// The last day on which the notice is in time.
    pub latest_date: NaiveDate,
    /// True if it is in time.
    pub met: bool,
    /// The weekdays in between that do not count.
    pub days_off: Vec<(NaiveDate, DayOff)>,
    /// What it cites, if the norm is registered.
    pub source: Option<Source>,
    /// The whole in one sentence.
    pub explanation: Text,
}

impl RuleSet {
    /// The notice a kind of session needs, if the rules ask for one.
    pub fn notice_needed(&self, kind: SessionKind) -> Option<Deadline> {
        match kind {
            SessionKind::Ordinary => self.notice.ordinary,
            SessionKind::Extraordinary => self.notice.extraordinary,
        }
    }

    /// Checks a notice sent, or to be sent, on a day. `None` if the rules ask for no notice.
    pub fn check_notice(
        &self,
        kind: SessionKind,
        session_date: NaiveDate,
        sent_on: NaiveDate,
        calendar: &Calendar,
    ) -> Option<NoticeVerdict> {
        let need = self.notice_needed(kind)?.business_days;
        let latest_date = calendar.latest_notice_date(session_date, need)?;
        let have = calendar.business_days_given(sent_on, session_date);
        let met = sent_on <= latest_date;
        let source = self.source(self.notice.article.as_deref());
        let cited = source.as_ref().map_or_else(String::new, |s| format!(" ({})", s.citation));
        let latest = spanish::long_date(latest_date);
        let needed = spanish::BUSINESS_DAY.count_in_figures(u64::from(need));
        let (es, en) = if met { ("a tiempo", "in time") } else { ("fuera de plazo", "late") };
        let explanation = said(
            format!("Convocatoria con {needed}{cited}, a más tardar el {latest}: hay {have}, {es}"),
            format!("Notice of {need} business days{cited}, by {latest_date}: {have} given, {en}"),
        );
        let days_off = calendar.holidays_and_closures_between(sent_on.min(latest_date), session_date);
        Some(NoticeVerdict { have, need, latest_date, met, days_off, source, explanation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rule_set::tests::demo;
    use serde_json::Value;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The demo's own deadlines, recomputed: convocations, drafts, observations, signatures.
    #[test]
    fn the_demo_years_deadlines() {
        let path = format!("{}/../../assets/demo/demo/sessions.json", env!("CARGO_MANIFEST_DIR"));
        let json: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let calendar = Calendar::default();
        let date = |value: &Value| value.as_str().map(day);
        let mut checked = 0;
        for session in json["sessions"].as_array().unwrap() {
            let rules = demo(session["rule_set_id"].as_str().unwrap());
            let minutes = &session["minutes"];
            let days = Milestones {
                session_date: day(session["date"].as_str().unwrap()),
                draft_sent: date(&minutes["draft_sent_on"]),
                signed: date(&minutes["signed_on"]),
            };
            let kind: SessionKind = serde_json::from_value(session["kind"].clone()).unwrap();
            let notice = rules
                .check_notice(
                    kind,
                    days.session_date,
                    day(session["convocation"]["sent_on"].as_str().unwrap()),
                    &calendar,
                )
                .unwrap();
            assert_eq!(Some(notice.latest_date), date(&session["convocation"]["latest_valid_date"]));
            for (term, snapshot) in [
                (rules.deadlines.minutes_draft, "draft_deadline"),
                (rules.deadlines.minutes_remarks, "remarks_until"),
                (rules.deadlines.minutes_signature, "signature_deadline"),
            ] {
                let Some(expect) = date(&minutes[snapshot]) else { continue };
                assert_eq!(
                    term.unwrap().date(&days, &calendar),
                    Some(expect),
                    "{} {snapshot}",
                    session["id"]
                );
                checked += 1;
            }
        }
        assert!(checked >= 9);
    }

    #[test]
    fn notice_explained() {
        let rules = demo("rs-comision-2024");
        let check = |sent| {
            rules
                .check_notice(SessionKind::Ordinary, day("2025-03-27"), day(sent), &Calendar::default())
                .unwrap()
        };
        let on_time = check("2025-03-19");
        assert!(on_time.met);
        assert_eq!(
            on_time.explanation.es,
            "Convocatoria con 5 días hábiles (Acuerdo 001 de 2024, art. 6), a más tardar el miércoles, 19 de marzo de \
             2025: hay 5, a tiempo"
        );
        assert_eq!(on_time.days_off.len(), 1, "Monday 24 March");
        let late = check("2025-03-25");
        assert_eq!((late.met, late.have), (false, 2));
        assert_eq!(
            late.explanation.en,
            "Notice of 5 business days (Acuerdo 001 de 2024, art. 6), by 2025-03-19: 2 given, late"
        );
    }

    #[test]
    fn a_term_waits_for_its_day() {
        let days = Milestones { session_date: day("2025-03-27"), draft_sent: None, signed: None };
        let term = |from| Deadline { business_days: 5, from }.date(&days, &Calendar::default());
        assert_eq!(term(DeadlineFrom::SessionDate), Some(day("2025-04-03")));
        assert_eq!(term(DeadlineFrom::BeforeSession), Some(day("2025-03-19")));
        assert_eq!((term(DeadlineFrom::DraftSent), term(DeadlineFrom::Signed)), (None, None));
    }
}
