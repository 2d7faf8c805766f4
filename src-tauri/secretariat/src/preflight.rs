//! What each step of a session asks before it is taken: to convene, to open, to put a motion to the vote, to adjourn, to
//! adopt its minutes.
//!
//! A step's list is made once and read twice: [`session_preflight`] shows it, and the act itself refuses by it, so that
//! no screen promises what the act would refuse. What may be gone past is gone past with a reason, which the session
//! keeps and its minutes print.

mod adjourning;
mod convening;
mod opening;
mod voting;

pub(crate) use adjourning::{asks as before_adjourning, left_unresolved};
pub(crate) use convening::asks as before_convening;
pub(crate) use opening::{Opening, asks as before_opening};
pub(crate) use voting::{Way, asks as before_voting, asks_again_of_way, asks_of_way};

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::codes::{SessionMode, VoteMethod};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{MotionId, PersonId, SeatId, SessionId};
use crate::journal::Read;
use crate::live::{self, SessionRef};
use crate::minutes::get_minutes_view;
use crate::rules::RuleSet;
use crate::session::Session;
use crate::{course, text, typed};

/// A step of a session that is checked before it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The notice goes out.
    Convene,
    /// The chair calls it to order.
    Open,
    /// A motion is put to the vote.
    Vote,
    /// It is adjourned.
    Adjourn,
    /// Its minutes are adopted.
    Adopt,
}

/// Where something is mended: a screen and what to open on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PlaceToMend {
    /// `vote`, `item`, `narrative`, `delegation`, `commitment`, `session`, `notice`, `agenda`, `rules`, `members`,
    /// `motion`, `event`, `recusal`, `remark`; `opening`, the event that called to order, for who presided or acted as
    /// secretary; `missed`, a fact that nobody wrote down; `presiding`, who presides from now on; `resume`, a session in
    /// recess or suspended; `replies`, the closing of a written session's.
    pub screen: String,
    /// Its id; the kind of event, for `missed`.
    pub id: String,
}

/// One check before a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PreflightCheck {
    /// Its name; with what it is about after a colon when it failed: `delegation_file:ID`.
    pub check: String,
    /// Whether it passed, or was gone past with a reason.
    pub ok: bool,
    /// The norm behind it, where one is registered.
    pub norm: Option<String>,
    /// In words: what is wrong, or what was checked.
    pub text: Text,
    /// Where to mend it.
    pub place: Option<PlaceToMend>,
    /// Whether it can be gone past with a reason that is printed.
    pub overridable: bool,
    /// Whether it only advises: what it finds stops nothing and asks no reason.
    pub advises: bool,
    /// The reason it was gone past with.
    pub override_reason: Option<String>,
}

/// A check that the secretary went past, with the reason that is printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Override {
    /// The check.
    pub check: String,
    /// Why it was gone past.
    pub reason: String,
}

/// A check that was gone past at a step of a session, as its minutes print it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct StepOverride {
    /// The step.
    pub step: Step,
    /// The check.
    pub check: String,
    /// What was gone past, in Spanish as printed, without its final stop.
    pub told: String,
    /// Why.
    pub reason: String,
}

/// Which step of which session to check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionPreflight {
    /// The session.
    pub session_id: SessionId,
    /// The step.
    pub step: Step,
    /// The motion that would be put to the vote.
    #[serde(default)]
    #[ts(optional)]
    pub motion_id: Option<MotionId>,
    /// The rule that would settle that vote; the one of its matter when not said.
    #[serde(default)]
    #[ts(optional)]
    pub rule_id: Option<String>,
    /// How that vote would be taken.
    #[serde(default)]
    #[ts(optional)]
    pub method: Option<VoteMethod>,
    /// When it would be; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
    /// Who would preside, to open it.
    #[serde(default)]
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// From which seat.
    #[serde(default)]
    #[ts(optional)]
    pub seat_id: Option<SeatId>,
    /// It would be adjourned as informative.
    #[serde(default)]
    #[ts(optional)]
    pub informative: Option<bool>,
}

/// The checks of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Preflight {
    /// The step.
    pub step: Step,
    /// Whether the step may be taken now, once the reasons asked for are given.
    pub ready: bool,
    /// The checks: those that stop it first, then those that ask a reason, those that advise, those that passed.
    pub checks: Vec<PreflightCheck>,
    /// The whole in a sentence.
    pub told: Text,
}

/// The checks of a step of a session, as the act itself would make them now.
///
/// # Errors
/// `not_found` for an unknown session or motion; `invalid_input` when a vote is checked without its motion; `wrong_state`
/// when a vote or the close is checked of a session that was never opened.
pub fn session_preflight(read: &Read<'_>, request: SessionPreflight) -> Result<Preflight> {
    let session: Session = read.get(&request.session_id)?;
    let at = request.occurred_at.unwrap_or(read.ctx.now);
    let asked = match request.step {
        Step::Convene => before_convening(read, &session, at)?,
        Step::Open => {
            let at = request.occurred_at.or(live::term_opened(&session, at)).unwrap_or(at);
            let presider = request.seat_id.as_ref().zip(request.person_id.as_ref());
            before_opening(read, &session, &Opening { at, presider })?
        }
        Step::Vote => {
            let Some(motion) = &request.motion_id else {
                return Err(Failure::field(
                    "motion_id",
                    text!("Diga qué moción se pone a votación.", "Say which motion is put to the vote."),
                ));
            };
            let facts = course::facts(read, &session.id)?;
            let way = (request.rule_id.as_deref(), request.method);
            before_voting(&facts, &course::course(&facts), motion, way)?
        }
        Step::Adjourn => {
            let facts = course::facts(read, &session.id)?;
            before_adjourning(&facts, &course::course(&facts), request.informative == Some(true))
        }
        Step::Adopt => {
            let view = get_minutes_view(read, SessionRef { session_id: session.id })?;
            return Ok(told(Step::Adopt, view.preflight));
        }
    };
    Ok(told(request.step, asked.into_iter().map(Asked::into_check).collect()))
}

/// Orders the checks of a step and says the whole.
fn told(step: Step, mut checks: Vec<PreflightCheck>) -> Preflight {
    checks.sort_by_key(|c| (c.ok, c.advises, c.overridable));
    let failing = checks.iter().filter(|c| !c.ok && !c.advises);
    let (asking, stopping): (Vec<_>, Vec<_>) = failing.partition(|c| c.overridable);
    let (stops, reasons) = (stopping.len(), asking.len());
    let (what, what_en) = match step {
        Step::Convene => ("convocar", "convene"),
        Step::Open => ("instalar la sesión", "open the session"),
        Step::Vote => ("votar", "vote"),
        Step::Adjourn => ("levantar la sesión", "adjourn"),
        Step::Adopt => ("adoptar el acta", "adopt the minutes"),
    };
    let told = match (stops, reasons) {
        (0, 0) => text!("Se puede {what}.", "Ready to {what_en}."),
        (0, 1) => text!(
            "Se puede {what}, con una razón que consta.",
            "Ready to {what_en}, with a reason on record."
        ),
        (0, n) => text!(
            "Se puede {what}, con {n} razones que constan.",
            "Ready to {what_en}, with {n} reasons on record."
        ),
        (1, _) => text!("Falta una cosa para {what}.", "One thing is missing to {what_en}."),
        (n, _) => text!("Faltan {n} cosas para {what}.", "{n} things are missing to {what_en}."),
    };
    Preflight { step, ready: stops == 0, checks, told }
}

/// One thing that a step asks, as its list and its act both see it.
pub(crate) struct Asked {
    check: String,
    norm: Option<String>,
    place: PlaceToMend,
    passed: Text,
    outcome: Outcome,
}

/// What came of asking.
enum Outcome {
    Passed,
    /// The act refuses.
    Stops(Failure),
    /// The act asks for a reason; `printed` is what the minutes say of it, without its final stop.
    AsksReason {
        text: Text,
        printed: String,
        field: Option<&'static str>,
    },
    /// It is told and stops nothing.
    Advises(Text),
}

/// A step's list while it is made.
#[derive(Default)]
pub(crate) struct Asks(Vec<Asked>);

/// The check that a session meets in a mode that its rules admit; gone past when it was convened, it is not asked again
/// when it is opened.
fn ask_mode(asks: &mut Asks, rules: Option<&RuleSet>, session: &Session) {
    let Some(rules) = rules.filter(|_| session.mode != SessionMode::Written) else { return };
    let left_out = rules.mode_left_out(session.mode);
    let article = left_out.unwrap_or(rules.sessions.article.as_deref());
    let norm = rules.source(article).map(|source| source.citation);
    let told = norm.as_ref().map_or_else(String::new, |norm| format!(" ({norm})"));
    let check = mode_check(session);
    let wrong = left_out.filter(|_| !session.overrides.iter().any(|o| o.check == check)).map(|_| {
        let (mode, mode_en) = match session.mode {
            SessionMode::InPerson => ("presenciales", "in person"),
            SessionMode::Virtual => ("virtuales", "virtual"),
            SessionMode::Mixed => ("mixtas", "mixed"),
            SessionMode::Written => ("no presenciales", "written"),
        };
        let was = session.mode.label();
        let text = text!(
            "El reglamento no admite sesiones {mode}{told}. Cambie la modalidad.",
            "The rules do not admit {mode_en} sessions{told}. Change the mode."
        );
        (text, format!("La sesión fue {was}; el reglamento no admite sesiones {mode}{told}"))
    });
    let check = if wrong.is_some() { check.as_str() } else { "mode" };
    asks.reason(
        About(check, norm, ("session", session.id.as_str())),
        text!("El reglamento admite la modalidad de la sesión.", "The rules admit the session's mode."),
        wrong,
        None,
    );
}

/// The name of the check of a session's mode: another mode is another question.
pub(crate) fn mode_check(session: &Session) -> String {
    match session.mode {
        SessionMode::InPerson => "mode:in_person".to_owned(),
        SessionMode::Virtual => "mode:virtual".to_owned(),
        SessionMode::Mixed => "mode:mixed".to_owned(),
        SessionMode::Written => "mode:written".to_owned(),
    }
}

/// What a check is: its name, the norm behind it, and where it is mended.
struct About<'a>(&'a str, Option<String>, (&'a str, &'a str));

impl Asks {
    fn add(&mut self, About(check, norm, (screen, id)): About<'_>, passed: Text, outcome: Outcome) {
        let place = PlaceToMend { screen: screen.to_owned(), id: id.to_owned() };
        self.0.push(Asked { check: check.to_owned(), norm, place, passed, outcome });
    }

    /// What the act refuses.
    fn stop(&mut self, about: About<'_>, passed: Text, outcome: Result<()>) {
        self.add(about, passed, outcome.map_or_else(Outcome::Stops, |()| Outcome::Passed));
    }

    /// What is gone past with a reason: what is wrong, and how the minutes print it.
    fn reason(
        &mut self,
        about: About<'_>,
        passed: Text,
        wrong: Option<(Text, String)>,
        field: Option<&'static str>,
    ) {
        let asks = |(text, printed)| Outcome::AsksReason { text, printed, field };
        self.add(about, passed, wrong.map_or(Outcome::Passed, asks));
    }

    /// What is told and stops nothing.
    fn advise(&mut self, about: About<'_>, passed: Text, found: Option<Text>) {
        self.add(about, passed, found.map_or(Outcome::Passed, Outcome::Advises));
    }
}

impl Asked {
    fn into_check(self) -> PreflightCheck {
        let (overridable, advises) =
            (matches!(self.outcome, Outcome::AsksReason { .. }), matches!(self.outcome, Outcome::Advises(_)));
        let (ok, text) = match self.outcome {
            Outcome::Passed => (true, self.passed),
            Outcome::Stops(failure) => (false, failure.message),
            Outcome::AsksReason { text, .. } | Outcome::Advises(text) => (false, text),
        };
        let place = Some(self.place).filter(|_| !ok);
        PreflightCheck {
            check: self.check,
            ok,
            norm: self.norm,
            text,
            place,
            overridable,
            advises,
            override_reason: None,
        }
    }
}

/// Refuses a step by its list: gives what was gone past, with the reasons given.
///
/// # Errors
/// The failure of the first check that stops it; `needs_confirmation` with the checks in `details.checks` when a reason is
/// missing; `invalid_input` for a reason that is too long.
pub(crate) fn settle(
    step: Step,
    asked: Vec<Asked>,
    given: Option<Vec<Override>>,
) -> Result<Vec<StepOverride>> {
    let given = given.unwrap_or_default();
    let (mut gone_past, mut left) = (Vec::new(), Vec::new());
    for one in asked {
        let said = given.iter().find(|o| o.check == one.check && !o.reason.trim().is_empty());
        match (&one.outcome, said) {
            (Outcome::Passed | Outcome::Advises(_), _) => {}
            (Outcome::Stops(_), _) => {
                let Outcome::Stops(failure) = one.outcome else { continue };
                return Err(failure);
            }
            (Outcome::AsksReason { printed, .. }, Some(said)) => {
                let reason = typed::prose("overrides", &text!("la razón", "the reason"), &said.reason)?;
                gone_past.push(StepOverride { step, check: one.check, told: printed.clone(), reason });
            }
            (Outcome::AsksReason { .. }, None) => left.push(one),
        }
    }
    let Some(Asked { outcome: Outcome::AsksReason { field, .. }, .. }) = left.first() else {
        return Ok(gone_past);
    };
    let field = *field;
    let checks: Vec<PreflightCheck> = left.into_iter().map(Asked::into_check).collect();
    let es: Vec<&str> = checks.iter().map(|c| c.text.es.as_str()).collect();
    let en: Vec<&str> = checks.iter().map(|c| c.text.en.as_str()).collect();
    let (es, en) = (es.join(" "), en.join(" "));
    let mut details = json!({ "confirm": "overrides", "checks": checks });
    if let Some(field) = field {
        details["field"] = json!(field);
    }
    Err(Failure::new(
        Code::NeedsConfirmation,
        text!(
            "{es} Corríjalo; o escriba la razón de seguir así, que el acta imprime.",
            "{en} Mend it; or write the reason to go on so, which the minutes print."
        ),
    )
    .with(details))
}
