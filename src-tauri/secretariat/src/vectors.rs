//! Checks the program against published test vectors: holidays, business days, quorum and majorities.
//!
//! A file is a JSON object with its cases under `vectors` or `holidays`, or a bare array of them. What a case is
//! follows from its fields, so that one file may hold several kinds. A case that cannot be read is a failed case:
//! expected values are normative, and one that is silently skipped proves nothing.
//!
//! ```
//! let report = secretariat::vectors::check_vectors(
//!     r#"{"vectors": [{"id": "a", "start": "2025-03-27", "n": 5, "direction": "backward", "expected": "2025-03-19"}]}"#,
//! )?;
//! assert_eq!((report.passed, report.failed.len()), (1, 0));
//! # Ok::<(), secretariat::Failure>(())
//! ```

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use crate::calendar::{Calendar, Direction, Holiday, easter};
use crate::rules::{Base, ChairAtVote, QuorumRule, RecusalTreatment, Rule, Tally, Threshold, Tie, VoteCount};
use crate::rules::{VoteInput, count};
use crate::{Code, Failure, Result, spanish, text};

/// What came of checking a file of test vectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VectorReport {
    /// How many cases gave the expected values.
    pub passed: usize,
    /// The cases that did not.
    pub failed: Vec<FailedCase>,
}

/// A case that did not give the expected values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FailedCase {
    /// The case's id, or its place in the file: "#3".
    pub case: String,
    /// What the file expects.
    #[ts(type = "unknown")]
    pub expected: Value,
    /// What the program gives; `{"error": …}` for a case that cannot be read.
    #[ts(type = "unknown")]
    pub got: Value,
}

/// Checks every case of a file of test vectors with the calendar of the law.
///
/// # Errors
/// [`Code::InvalidInput`] if the text is not JSON or holds no cases.
pub fn check_vectors(json: &str) -> Result<VectorReport> {
    let file: Value = serde_json::from_str(json).map_err(|e| {
        Failure::new(
            Code::InvalidInput,
            text!("El archivo no es JSON válido: {e}.", "The file is not valid JSON: {e}."),
        )
    })?;
    let cases = ["vectors", "holidays"].iter().find_map(|key| file.get(key)).unwrap_or(&file);
    let cases = cases.as_array().filter(|cases| !cases.is_empty()).ok_or_else(|| {
        Failure::new(
            Code::InvalidInput,
            text!(
                "El archivo no trae casos: se espera una lista en «vectors» o en «holidays».",
                "The file holds no cases: a list is expected under \"vectors\" or \"holidays\"."
            ),
        )
    })?;
    let mut check = Check { calendar: Calendar::default(), holidays: Vec::new(), failed: Vec::new() };
    let mut passed = 0;
    for (i, case) in cases.iter().enumerate() {
        let outcome = check.case(case);
        match outcome {
            Ok((expected, got)) if expected == got => passed += 1,
            Ok((expected, got)) => check.fail(&name_of(case, i), expected, got),
            Err(reason) => {
                let expected = case.get("expected").unwrap_or(case).clone();
                check.fail(&name_of(case, i), expected, json!({ "error": reason }));
            }
        }
    }
    check.declared_years(&file);
    Ok(VectorReport { passed, failed: check.failed })
}

/// The case's id, or for a holiday its year and name, else its place in the file.
fn name_of(case: &Value, index: usize) -> String {
    let text = |key: &str| case.get(key).and_then(Value::as_str);
    match (text("id"), text("date"), text("name")) {
        (Some(id), ..) => id.to_owned(),
        (None, Some(date), Some(name)) => format!("{date} {name}"),
        _ => format!("#{}", index + 1),
    }
}

/// Expected and computed values of a case, or why it cannot be read.
type Outcome = std::result::Result<(Value, Value), String>;

struct Check {
    calendar: Calendar,
    /// Holidays computed so far for the years the file names, and whether a case has named them.
    holidays: Vec<(Holiday, bool)>,
    failed: Vec<FailedCase>,
}

impl Check {
    fn fail(&mut self, case: &str, expected: Value, got: Value) {
        self.failed.push(FailedCase { case: case.to_owned(), expected, got });
    }

    fn case(&mut self, case: &Value) -> Outcome {
        let fields = case.as_object().ok_or("the case is not an object")?;
        if fields.contains_key("input") {
            vote(fields)
        } else if fields.contains_key("direction") {
            self.business_days(fields)
        } else if fields.contains_key("date") {
            self.holiday(fields)
        } else {
            Err("neither a holiday, nor a term, nor a vote".to_owned())
        }
    }

    fn business_days(&self, fields: &Map<String, Value>) -> Outcome {
        let start: NaiveDate = field(fields, "start")?;
        let n: u64 = field(fields, "n")?;
        let direction: Direction = field(fields, "direction")?;
        let expected: NaiveDate = field(fields, "expected")?;
        Ok((json!(expected), json!(self.calendar.nth_business_day(start, n, direction))))
    }

    /// Compares the fields a record gives with the holiday it means: the one of its name, else of its dates.
    fn holiday(&mut self, fields: &Map<String, Value>) -> Outcome {
        let date: NaiveDate = field(fields, "date")?;
        let name: Option<String> = fields.get("name").map(|_| field(fields, "name")).transpose()?;
        let nominal: Option<NaiveDate> =
            fields.get("nominal_date").map(|_| field(fields, "nominal_date")).transpose()?;
        let year = nominal.unwrap_or(date).year();
        self.compute(year);
        let free = |(h, named): &(Holiday, bool)| !named && h.nominal_date.year() == year;
        let found = [
            self.holidays.iter().position(|h| free(h) && Some(&h.0.name) == name.as_ref()),
            self.holidays.iter().position(|h| free(h) && Some(h.0.nominal_date) == nominal),
            self.holidays.iter().position(|h| free(h) && h.0.date == date),
        ];
        let Some((holiday, named)) =
            found.into_iter().flatten().next().and_then(|i| self.holidays.get_mut(i))
        else {
            return Ok((Value::Object(fields.clone()), Value::Null));
        };
        *named = true;
        let computed = json!({
            "date": holiday.date, "year": holiday.date.year(), "weekday": spanish::weekday(holiday.date),
            "name": holiday.name, "rule": holiday.rule.label(), "nominal_date": holiday.nominal_date,
            "law": holiday.norm,
        });
        let given = |(key, _): &(&String, &Value)| fields.contains_key(key.as_str());
        let got: Map<String, Value> = computed
            .as_object()
            .into_iter()
            .flatten()
            .filter(given)
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        let expected = fields.iter().filter(|(key, _)| computed.get(key).is_some());
        Ok((Value::Object(expected.map(|(k, v)| (k.clone(), v.clone())).collect()), Value::Object(got)))
    }

    fn compute(&mut self, year: i32) {
        if !self.holidays.iter().any(|(h, _)| h.nominal_date.year() == year) {
            self.holidays.extend(self.calendar.holidays(year).into_iter().map(|h| (h, false)));
        }
    }

    /// A file that declares its years (`meta.easter_sunday`) is complete for them: a holiday that it does not list is
    /// one that the program invents.
    fn declared_years(&mut self, file: &Value) {
        let Some(years) = file.pointer("/meta/easter_sunday").and_then(Value::as_object) else { return };
        for (year, sunday) in years {
            let computed = year.parse().ok().and_then(|year| Some((year, easter(year)?)));
            let Some((year, computed)) = computed else {
                self.fail(&format!("easter_sunday {year}"), sunday.clone(), Value::Null);
                continue;
            };
            if *sunday != json!(computed) {
                self.fail(&format!("easter_sunday {year}"), sunday.clone(), json!(computed));
            }
            self.compute(year);
            let unlisted: Vec<Holiday> = self
                .holidays
                .iter()
                .filter(|(h, named)| !named && h.nominal_date.year() == year)
                .map(|(h, _)| h.clone())
                .collect();
            for holiday in unlisted {
                self.fail(&format!("{} {}", holiday.date, holiday.name), Value::Null, json!(holiday));
            }
        }
    }
}

/// A field read as its type, or which one is wrong.
fn field<T: DeserializeOwned>(fields: &Map<String, Value>, key: &str) -> std::result::Result<T, String> {
    let value = fields.get(key).ok_or_else(|| format!("\"{key}\" is missing"))?;
    T::deserialize(value).map_err(|e| format!("\"{key}\": {e}"))
}

/// The numbers of a vote as the file writes them.
#[derive(Deserialize)]
struct VoteCase {
    seats: u64,
    present: u64,
    recused: u64,
    #[serde(default)]
    recusal_treatment: RecusalTreatment,
    votes: Tally,
    #[serde(default)]
    chair: ChairAtVote,
    rule: RuleCase,
    #[serde(default)]
    round: Option<u32>,
}

#[derive(Deserialize)]
struct RuleCase {
    quorum: QuorumRule,
    base: Base,
    threshold: Threshold,
    tie: Tie,
}

fn vote(fields: &Map<String, Value>) -> Outcome {
    let mut input: Map<String, Value> = field(fields, "input")?;
    let expected: Map<String, Value> = field(fields, "expected")?;
    input.remove("present_at_opening"); // Informative: it takes no part.
    let counted = if input.values().any(has_negative) {
        VoteCount::INVALID
    } else {
        let case = VoteCase::deserialize(Value::Object(input)).map_err(|e| format!("\"input\": {e}"))?;
        let rule = Rule {
            id: String::new(),
            name: String::new(),
            applies_to: Vec::new(),
            quorum: case.rule.quorum,
            base: case.rule.base,
            threshold: case.rule.threshold,
            tie: case.rule.tie,
            consensus_first: false,
            article: None,
        };
        let numbers = VoteInput {
            seats: case.seats,
            present: case.present,
            recused: case.recused,
            recusal_treatment: case.recusal_treatment,
            votes: case.votes,
            chair: case.chair,
            round: case.round.unwrap_or(1),
        };
        count(&rule, &numbers)
    };
    let computed = serde_json::to_value(counted).map_err(|e| e.to_string())?;
    // Only what the case expects is compared; what the program does not compute is never equal.
    let got: Map<String, Value> = expected
        .keys()
        .filter_map(|key| computed.get(key).map(|value| (key.clone(), value.clone())))
        .collect();
    if expected.get("result").is_none() {
        return Err("\"expected\" has no \"result\"".to_owned());
    }
    Ok((Value::Object(expected), Value::Object(got)))
}

/// True if there is a negative number anywhere in the value: such a vote is invalid.
fn has_negative(value: &Value) -> bool {
    match value {
        Value::Number(n) => n.as_f64().is_some_and(|n| n < 0.0),
        Value::Array(items) => items.iter().any(has_negative),
        Value::Object(fields) => fields.values().any(has_negative),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOLIDAYS: &str = include_str!("../../../tests/vectors/holidays.json");
    const BUSINESS_DAYS: &str = include_str!("../../../tests/vectors/business_days.json");
    const QUORUM: &str = include_str!("../../../tests/vectors/quorum.json");

    #[test]
    fn the_published_vectors() {
        for (file, cases) in [(HOLIDAYS, 131), (BUSINESS_DAYS, 40), (QUORUM, 50)] {
            let report = check_vectors(file).unwrap();
            assert_eq!((report.passed, report.failed), (cases, vec![]));
        }
    }

    /// Every expected value matters: spoil any one and that case, and no other, fails.
    #[test]
    fn a_spoiled_expectation_fails() {
        for file in [BUSINESS_DAYS, QUORUM, HOLIDAYS] {
            let whole: Value = serde_json::from_str(file).unwrap();
            let list = if whole.get("vectors").is_some() { "vectors" } else { "holidays" };
            for i in 0..whole[list].as_array().unwrap().len() {
                let case = &whole[list][i];
                let keys: Vec<String> = match &case["expected"] {
                    Value::Object(fields) => {
                        fields.keys().map(|k| format!("/{list}/{i}/expected/{k}")).collect()
                    }
                    Value::String(_) => vec![format!("/{list}/{i}/expected")],
                    _ => ["date", "nominal_date", "name", "rule", "law", "weekday"]
                        .map(|k| format!("/{list}/{i}/{k}"))
                        .to_vec(),
                };
                for key in keys {
                    let mut spoiled = whole.clone();
                    let value = spoiled.pointer_mut(&key).unwrap();
                    *value = match value.as_str() {
                        Some(date) if date.parse::<NaiveDate>().is_ok() => json!("2024-02-29"),
                        _ => json!("otra cosa"),
                    };
                    if whole.pointer(&key) == spoiled.pointer(&key) {
                        continue; // It was that leap day already.
                    }
                    let report = check_vectors(&spoiled.to_string()).unwrap();
                    assert!(!report.failed.is_empty(), "{key}");
                    if list == "vectors" {
                        assert_eq!(report.failed.len(), 1, "{key}");
                        assert_eq!(report.failed[0].case, case["id"].as_str().unwrap());
                    }
                }
            }
        }
    }

    #[test]
    fn a_moved_date_fails_once() {
        let report = check_vectors(&HOLIDAYS.replacen("2026-07-13", "2026-07-09", 1)).unwrap();
        assert_eq!((report.passed, report.failed.len()), (130, 1));
        assert_eq!(report.failed[0].got["date"], "2026-07-13");
    }

    #[test]
    fn a_holiday_left_out_is_noticed() {
        let mut file: Value = serde_json::from_str(HOLIDAYS).unwrap();
        file["holidays"].as_array_mut().unwrap().retain(|h| h["nominal_date"] != "2027-07-09");
        let report = check_vectors(&file.to_string()).unwrap();
        assert_eq!((report.passed, report.failed.len()), (130, 1));
        assert_eq!(report.failed[0].expected, Value::Null);
        // Without declared years a list is only a list.
        file["meta"] = Value::Null;
        assert_eq!(check_vectors(&file.to_string()).unwrap().failed, []);
    }

    fn one_vote(change: impl Fn(&mut Value)) -> FailedCase {
        let mut case: Value = serde_json::from_str::<Value>(QUORUM).unwrap()["vectors"][0].clone();
        case["expected"] = json!({ "result": "?" });
        change(&mut case);
        check_vectors(&json!([case]).to_string()).unwrap().failed.remove(0)
    }

    #[test]
    fn impossible_and_absurd_numbers() {
        type Change = fn(&mut Value);
        let cases: [(Change, &str); 12] = [
            (|c| c["input"]["seats"] = json!(-1), "invalid"),
            (|c| c["input"]["votes"]["against"] = json!(-3), "invalid"),
            (|c| c["input"]["rule"]["quorum"] = json!({"kind": "fixed", "value": -5}), "invalid"),
            (|c| c["input"]["rule"]["quorum"] = json!({"kind": "fraction", "num": 1, "den": 0}), "invalid"),
            (|c| c["input"]["seats"] = json!(0), "invalid"),
            (|c| c["input"]["votes"]["for"] = json!(u64::MAX), "invalid"),
            (|c| c["input"]["recused"] = json!(10), "invalid"),
            (|c| c["input"]["present_at_opening"] = json!(-4), "approved"),
            (|c| c["input"]["seats"] = json!(u64::MAX), "no_quorum"),
            (
                |c| {
                    c["input"]["seats"] = json!(u64::MAX);
                    c["input"]["present"] = json!(u64::MAX);
                },
                "approved",
            ),
            (
                |c| {
                    c["input"]["rule"]["tie"] = json!("second_round");
                    c["input"]["votes"] = json!({"for": 4, "against": 4, "abstain": 0});
                },
                "second_round",
            ),
            (
                |c| {
                    c["input"]["rule"]["tie"] = json!("second_round");
                    c["input"]["round"] = json!(2);
                    c["input"]["votes"] = json!({"for": 4, "against": 4, "abstain": 0});
                },
                "rejected",
            ),
        ];
        for (i, (change, expect)) in cases.into_iter().enumerate() {
            assert_eq!(one_vote(change).got["result"], expect, "case {i}");
        }
        // The chair recused, or absent, or silent.
        for (chair, expect) in [
            (json!({"present": true, "recused": true, "casting_vote": "for"}), "tie_unresolved"),
            (json!({"present": false, "recused": false, "casting_vote": "for"}), "tie_unresolved"),
            (json!({"present": true, "recused": false, "casting_vote": null}), "tie_unresolved"),
            (json!({"present": true, "recused": false, "casting_vote": "against"}), "rejected"),
            (json!({"present": true, "recused": false, "casting_vote": "for"}), "approved"),
        ] {
            let got = one_vote(|c| {
                c["input"]["votes"] = json!({"for": 4, "against": 4, "abstain": 1});
                c["input"]["chair"] = chair.clone();
            });
            assert_eq!(got.got["result"], expect, "{chair}");
        }
    }

    #[test]
    fn cases_that_cannot_be_read_are_failures() {
        for case in [
            json!(null),
            json!(7),
            json!({}),
            json!({"start": "2025-02-30", "n": 1, "direction": "forward", "expected": "2025-03-03"}),
            json!({"start": "2025-02-28", "n": -1, "direction": "forward", "expected": "2025-03-03"}),
            json!({"start": "2025-02-28", "n": 1.5, "direction": "forward", "expected": "2025-03-03"}),
            json!({"start": "2025-02-28", "n": 1, "direction": "sideways", "expected": "2025-03-03"}),
            json!({"start": "2025-02-28", "n": 1, "direction": "forward"}),
            json!({"date": "ayer"}),
            json!({"date": "2025-12-25", "name": 25}),
            json!({"input": null, "expected": {}}),
            json!({"input": {}, "expected": {"result": "approved"}}),
            json!({"input": {"seats": "dieciséis"}, "expected": {"result": "approved"}}),
        ] {
            let report = check_vectors(&json!({ "vectors": [case] }).to_string()).unwrap();
            assert_eq!((report.passed, report.failed.len()), (0, 1), "{case}");
            assert!(report.failed[0].got["error"].is_string(), "{case}");
        }
        // A term beyond the calendar has no end.
        let endless =
            json!([{"start": "2025-02-28", "n": u64::MAX, "direction": "forward", "expected": "2025-03-03"}]);
        assert_eq!(check_vectors(&endless.to_string()).unwrap().failed[0].got, Value::Null);
    }

    #[test]
    fn files_that_are_not_vectors() {
        let deep = "[".repeat(100_000);
        for text in [
            "",
            "{",
            "[]",
            "{}",
            "null",
            "7",
            "\"vectors\"",
            r#"{"vectors": []}"#,
            r#"{"vectors": 3}"#,
            &deep,
        ] {
            assert_eq!(check_vectors(text).map_err(|f| f.code), Err(Code::InvalidInput));
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}", cut in 0usize..20_000) {
            let _ = check_vectors(&text);
            let cut = (0..=cut.min(QUORUM.len())).rev().find(|i| QUORUM.is_char_boundary(*i)).unwrap_or(0);
            let _ = check_vectors(&QUORUM[..cut]);
        }
    }
}
