//! What must be true before minutes are adopted. Each failed check names the rule and the place to mend it.

use std::collections::BTreeSet;

use crate::codes::{
    AgendaOutcome, Capacity, DecisionKind, EventKind, MinutesKind, RecusalKind, RecusalOutcome, SessionMode,
    SessionStatus, VoteStatus,
};
use crate::decision::{self, Decision};
use crate::failure::Text;
use crate::ids::{AgendaItemId, PersonId};
use crate::preflight::{PlaceToMend, PreflightCheck};
use crate::print::MissingGlyph;
use crate::rules::VoteResult;
use crate::spanish;
use crate::text;
use crate::vote::Vote;

use super::assembly::{Assembly, BlockKind, MinutesPiece};
use super::life::approval_fallen;
use super::material::Material;
use super::narrative;

struct Checks<'a> {
    m: &'a Material,
    found: Vec<PreflightCheck>,
}

impl Checks<'_> {
    fn fail(
        &mut self,
        check: String,
        norm: Option<String>,
        text: Text,
        place: (&str, &str),
        overridable: bool,
    ) {
        // What was left so, with its reason, when the session was adjourned is not asked again.
        let left = format!("unresolved:{check}");
        let adjourning = self.m.facts.session.overrides.iter().map(|o| (o.check == left, &o.reason));
        let adopting = self.m.minutes.overrides.iter().map(|o| (o.check == check, &o.reason));
        let reason = adopting
            .chain(adjourning)
            .find(|(same, reason)| *same && overridable && !reason.trim().is_empty())
            .map(|(_, reason)| reason.clone());
        self.found.push(PreflightCheck {
            check,
            ok: reason.is_some(),
            norm,
            text,
            place: Some(PlaceToMend { screen: place.0.to_owned(), id: place.1.to_owned() }),
            overridable,
            advises: false,
            override_reason: reason,
        });
    }

    /// Says that a check passed, when nothing of its name was found.
    fn passed(&mut self, check: &str, norm: Option<String>, text: Text) {
        let prefix = format!("{check}:");
        if !self.found.iter().any(|c| c.check == check || c.check.starts_with(&prefix)) {
            self.found.push(PreflightCheck {
                check: check.to_owned(),
                ok: true,
                norm,
                text,
                place: None,
                overridable: false,
                advises: false,
                override_reason: None,
            });
        }
    }
}

/// Checks minutes before adoption. `missing` are the characters that no embedded font has.
#[must_use]
pub fn preflight(m: &Material, a: &Assembly, missing: &[MissingGlyph]) -> Vec<PreflightCheck> {
    let mut checks = Checks { m, found: Vec::new() };
    closed(&mut checks);
    people(&mut checks);
    votes(&mut checks);
    recusals(&mut checks);
    items(&mut checks, a);
    delegations(&mut checks);
    commitments(&mut checks);
    words(&mut checks, a, missing);
    remarks(&mut checks);
    checks.found
}

fn closed(c: &mut Checks<'_>) {
    let id = c.m.facts.session.id.to_string();
    if c.m.course.closed_at.is_none() {
        c.fail(
            "session_closed".into(),
            None,
            text!(
                "La sesión no se ha levantado. Levántela antes de adoptar el acta.",
                "The session is still open. Adjourn it before adopting the minutes."
            ),
            ("session", &id),
            false,
        );
    }
    c.passed("session_closed", None, text!("La sesión terminó.", "The session ended."));
    let m = c.m;
    for finding in &m.course.findings {
        let (screen, id) = match (&finding.event_id, &finding.vote_id) {
            (Some(event), _) => ("event", event.to_string()),
            (None, Some(vote)) => ("vote", vote.to_string()),
            (None, None) => ("session", id.clone()),
        };
        // Who presided is entered as missed, when anybody did; when nobody did, it is told with its reason.
        let gone_by = finding.code == "vote_without_presider";
        let screen = if gone_by { "missed" } else { screen };
        let place = if gone_by { "chair_changed" } else { id.as_str() };
        c.fail(format!("record:{}:{id}", finding.code), None, finding.text.clone(), (screen, place), gone_by);
    }
    approved(c);
    convened(c);
    quorum_told(c);
    attended(c);
    c.passed(
        "record",
        None,
        text!("Los hechos registrados son coherentes.", "The recorded facts fit together."),
    );
}

/// The vote that approved adopted minutes still approves them.
fn approved(c: &mut Checks<'_>) {
    let Some(vote) = &c.m.approving_vote else { return };
    if let Some(fallen) = approval_fallen(c.m) {
        c.fail(format!("approval:{}", vote.id), None, fallen, ("session", vote.session_id.as_str()), false);
    }
    c.passed(
        "approval",
        None,
        text!("La votación que aprobó el acta se mantiene.", "The vote that approved the minutes stands."),
    );
}

/// The notice is on record where the rules ask for one: a session kept on paper may have been opened without it.
fn convened(c: &mut Checks<'_>) {
    let m = c.m;
    let rules = &m.facts.frame.rule_set;
    let session = &m.facts.session;
    let Some(need) = rules.notice_needed(session.kind) else { return };
    let norm = rules.source(rules.notice.article.as_deref()).map(|s| s.citation);
    let days = spanish::BUSINESS_DAY.count_in_figures(u64::from(need.business_days));
    let business_days = need.business_days;
    if session.notice.is_none() {
        c.fail(
            "notice".into(),
            norm.clone(),
            text!(
                "No consta la convocatoria, que debe enviarse con {days}. Registre cuándo y por qué medio se envió, o diga por qué falta.",
                "The notice, due {business_days} business days ahead, is not recorded. Record when and by which channel it went out, or say why it is missing."
            ),
            ("notice", session.id.as_str()),
            true,
        );
    }
    c.passed("notice", norm, text!("Consta la convocatoria.", "The notice is recorded."));
}

/// Whoever spoke, moved or made a statement was in the session.
fn attended(c: &mut Checks<'_>) {
    let m = c.m;
    let mut named: Vec<(&str, &str, &PersonId)> = Vec::new();
    for event in m.facts.events.iter().filter(|e| e.struck.is_none()) {
        if let (EventKind::Presentation | EventKind::Intervention, Some(person)) =
            (event.kind, &event.person_id)
        {
            named.push(("event", event.id.as_str(), person));
        }
    }
    // In writing a motion is put before the session, by whoever may not reply in it.
    let met = m.facts.session.mode != SessionMode::Written;
    for motion in m.facts.motions.iter().filter(|_| met) {
        named.extend(motion.mover_person_id.as_ref().map(|p| ("item", motion.item_id.as_str(), p)));
    }
    for statement in &m.facts.statements {
        let all = std::iter::once(&statement.person_id).chain(&statement.adhered_person_ids);
        named.extend(all.map(|p| ("item", statement.item_id.as_str(), p)));
    }
    let mut told = BTreeSet::new();
    for (screen, id, person) in named {
        if m.facts.attended(&m.course, person, None) || !told.insert(person) {
            continue;
        }
        let who = m.full_name(person);
        c.fail(
            format!("attended:{person}"),
            None,
            text!(
                "{who} habló, propuso o dejó constancia y no consta que asistiera. Corríjalo, o agregue a esa persona como invitada.",
                "{who} spoke, moved or made a statement and did not attend by the record. Correct it, or add them as a guest."
            ),
            (screen, id),
            false,
        );
    }
    c.passed(
        "attended",
        None,
        text!(
            "Asistió todo el que habló, propuso o dejó constancia.",
            "Whoever spoke, moved or made a statement attended."
        ),
    );
}

/// The quorum at the opening, the wait before its lack is declared, and what "informative" says.
fn quorum_told(c: &mut Checks<'_>) {
    let m = c.m;
    let rules = &m.facts.frame.rule_set;
    let id = m.facts.session.id.to_string();
    let norm = rules.source(rules.quorum.article.as_deref()).map(|s| s.citation);
    let counted = m.course.opening_check().is_some() || m.course.no_quorum_at.is_some();
    if m.course.closed_at.is_some() && !counted && m.facts.session.mode != SessionMode::Written {
        c.fail(
            "opening_quorum".into(),
            norm.clone(),
            text!(
                "No consta el quórum con que se abrió la sesión: nadie llamó a lista ni lo verificó.",
                "The quorum at the opening is not recorded: nobody called the roll or checked it."
            ),
            ("missed", "quorum_check"),
            true,
        );
    }
    c.passed(
        "opening_quorum",
        norm.clone(),
        text!("Consta el quórum de apertura.", "The quorum at the opening is recorded."),
    );
    let grace = &rules.grace_minutes;
    if let Some((declared, until)) = m.course.no_quorum_at.zip(crate::live::grace_end(&m.facts, &m.course))
        && declared < until
        && !c.m.facts.events.iter().any(|e| {
            // Its reason is printed beside it.
            e.kind == EventKind::NoQuorumDeclared && e.struck.is_none() && e.detail.is_some()
        })
    {
        let (minutes, clock) = (grace.value, spanish::clock(m.clock(declared)));
        c.fail(
            "grace".into(),
            rules.source(grace.article.as_deref()).map(|s| s.citation),
            text!(
                "La falta de quórum se declaró a las {clock}, antes de la espera de {minutes} minutos.",
                "The lack of quorum was declared at {clock}, before the wait of {minutes} minutes."
            ),
            ("session", &id),
            true,
        );
    }
    if m.facts.session.status == SessionStatus::Informative && m.course.quorum_reached_at.is_some() {
        c.fail(
            "informative".into(),
            norm,
            text!(
                "La sesión se levantó como informativa, y hubo quórum.",
                "The session was adjourned as informative, and it had a quorum."
            ),
            ("session", &id),
            true,
        );
    }
}

fn people(c: &mut Checks<'_>) {
    let id = c.m.facts.session.id.to_string();
    let presides = c.m.facts.frame.rule_set.source(c.m.facts.frame.rule_set.minutes.article.as_deref());
    let norm = presides.map(|s| s.citation);
    let called = c.m.facts.events.iter().find(|e| e.kind == EventKind::CallToOrder && e.struck.is_none());
    let called = called.map(|e| e.id.to_string());
    let place = called.as_ref().map_or(("session", &id), |event| ("opening", event));
    let place = (place.0, place.1.as_str());
    if c.m.course.presides().is_none() {
        c.fail(
            "presider".into(),
            norm.clone(),
            text!(
                "No se registró quién presidió. Regístrelo en la apertura.",
                "Who presided is not recorded. Record it at the call to order."
            ),
            place,
            false,
        );
    }
    if c.m.course.secretaries.is_empty() && c.m.facts.session.secretary_person_id.is_none() {
        c.fail(
            "secretary".into(),
            norm.clone(),
            text!(
                "No se registró quién actuó en la secretaría técnica.",
                "Who acted as technical secretary is not recorded."
            ),
            place,
            false,
        );
    }
    c.passed("presider", norm.clone(), text!("Consta quién presidió.", "Who presided is recorded."));
    c.passed(
        "secretary",
        norm,
        text!("Consta quién actuó en la secretaría.", "Who acted as secretary is recorded."),
    );
}

fn votes(c: &mut Checks<'_>) {
    let m = c.m;
    let quorum_norm =
        m.facts.frame.rule_set.source(m.facts.frame.rule_set.quorum.article.as_deref()).map(|s| s.citation);
    for vote in m.facts.votes.iter().filter(|v| v.status != VoteStatus::Annulled) {
        let id = vote.id.to_string();
        let question = &vote.question;
        if vote.status == VoteStatus::Open {
            c.fail(
                format!("vote_closed:{id}"),
                None,
                text!(
                    "La votación «{question}» sigue abierta. Ciérrela.",
                    "The vote “{question}” is open. Close it."
                ),
                ("vote", &id),
                false,
            );
            continue;
        }
        let Some(course) = m.course.vote(&vote.id) else { continue };
        let Some(verdict) = &course.verdict else {
            c.fail(
                format!("vote_rule:{id}"),
                None,
                text!(
                    "La regla de la votación «{question}» no está en el reglamento de la sesión.",
                    "The rule of the vote “{question}” is not in the session's rule set."
                ),
                ("vote", &id),
                false,
            );
            continue;
        };
        if course.changed {
            c.fail(
                format!("vote_changed:{id}"),
                None,
                text!(
                    "La votación «{question}» cambió por una corrección posterior al cierre. Revise el resultado.",
                    "The vote “{question}” changed by a correction made after it closed. Review its result."
                ),
                ("vote", &id),
                false,
            );
        }
        let same_matter = |item: &AgendaItemId| m.facts.voted_on(vote, item);
        for decision in m.facts.decisions.iter().filter(|d| d.vote_id.as_ref() == Some(&vote.id)) {
            if !same_matter(&decision.item_id) {
                let words = &decision.text;
                c.fail(
                    format!("decision_item:{}", decision.id),
                    None,
                    text!(
                        "La decisión «{words}» nombra una votación de otro punto. Indique la que la tomó.",
                        "The decision “{words}” names a vote of another item. Name the one that took it."
                    ),
                    ("item", decision.item_id.as_str()),
                    false,
                );
            }
        }
        let decided =
            m.facts.decisions.iter().any(|d| d.vote_id.as_ref() == Some(&vote.id) && same_matter(&d.item_id));
        if decided && verdict.count.quorum_met != Some(true) {
            let text = verdict.quorum.as_ref().map_or_else(
                || text!("Hay una decisión sin quórum.", "A decision has no quorum."),
                |q| {
                    let (es, en) = (&q.explanation.es, &q.explanation.en);
                    text!("Hay una decisión sin quórum. {es}.", "A decision has no quorum. {en}.")
                },
            );
            c.fail(format!("quorum:{id}"), quorum_norm.clone(), text, ("vote", &id), false);
        }
        if decided && verdict.count.result != VoteResult::Approved {
            // A negative decision may be written down; a positive one needs its votes.
            let contradicts =
                |d: &Decision| d.vote_id.as_ref() == Some(&vote.id) && !decision::says_no(&d.text);
            if m.facts.decisions.iter().any(contradicts) {
                c.fail(
                    format!("decision_without_votes:{id}"),
                    verdict.source.as_ref().map(|s| s.citation.clone()),
                    text!(
                        "La votación «{question}» no aprobó, y hay una decisión que dice lo contrario.",
                        "The vote “{question}” did not approve, and a decision says otherwise."
                    ),
                    ("vote", &id),
                    false,
                );
            }
        }
    }
    for vote in crate::vote::unwritten(&m.facts, &m.course) {
        let question = &vote.question;
        c.fail(
            format!("decision:{}", vote.id),
            None,
            text!(
                "La moción «{question}» se aprobó y no tiene el texto de su decisión.",
                "The motion “{question}” was approved and the text of its decision is missing."
            ),
            ("item", vote.item_id.as_str()),
            true,
        );
    }
    for open in crate::vote::unresolved(&m.facts, &m.course).into_iter().filter(|u| u.kind != "recusal") {
        let vote = m.facts.votes.iter().find(|v| v.id.as_str() == open.id);
        let verdict = vote.and_then(|v| v.verdict.as_ref());
        let norm = verdict.and_then(|v| v.source.as_ref()).map(|s| s.citation.clone());
        let motion = m.facts.motions.iter().find(|x| x.id.as_str() == open.id);
        let item = motion.map_or("", |x| x.item_id.as_str());
        let place = if vote.is_some() { ("vote", open.id.as_str()) } else { ("item", item) };
        // The session is over and cannot take it up any more: it is told with its reason.
        let over = m.course.closed_at.is_some();
        c.fail(format!("{}:{}", open.kind, open.id), norm, open.text, place, over);
    }
    for decision in m.facts.decisions.iter().filter(|d| d.kind == DecisionKind::Substantive) {
        if decision.vote_id.is_some() {
            continue;
        }
        let words = &decision.text;
        let rule = m.facts.frame.rule_set.rule(&m.facts.frame.rule_set.default_rule_id);
        c.fail(
            format!("decision_vote:{}", decision.id),
            rule.and_then(|r| m.facts.frame.rule_set.source(r.article.as_deref())).map(|s| s.citation),
            text!(
                "La decisión «{words}» no dice qué votación la tomó. Indíquela; si nadie votó, es de procedimiento o no es decisión.",
                "The decision “{words}” does not say which vote took it. Name it; if nobody voted, it is procedural or no decision."
            ),
            ("item", decision.item_id.as_str()),
            false,
        );
    }
    c.passed(
        "decision_vote",
        None,
        text!("Cada decisión sustantiva tiene su votación.", "Each substantive decision has its vote."),
    );
    c.passed("motion", None, text!("Cada moción se resolvió.", "Each motion was settled."));
    c.passed("vote_closed", None, text!("Las votaciones están cerradas.", "The votes are closed."));
    c.passed("quorum", quorum_norm, text!("Cada decisión tuvo quórum.", "Each decision had a quorum."));
    let counted_again = m.facts.votes.iter().any(|v| !v.recounts.is_empty());
    c.passed(
        "vote_changed",
        None,
        match counted_again {
            true => text!(
                "Las votaciones que cambiaron después de cerradas se contaron de nuevo.",
                "The votes that changed after they closed were counted again."
            ),
            false => text!("Ninguna votación cambió después de cerrada.", "No vote changed after it closed."),
        },
    );
    c.passed(
        "decision",
        None,
        text!("Cada moción aprobada tiene su decisión.", "Each approved motion has its decision."),
    );
}

fn recusals(c: &mut Checks<'_>) {
    let m = c.m;
    let norm = m.facts.frame.rule_set.recusal_decider().1.map(|s| s.citation);
    for recusal in &m.facts.recusals {
        if recusal.outcome == RecusalOutcome::Pending {
            let who = m.full_name(&recusal.person_id);
            c.fail(
                format!("recusal:{}", recusal.id),
                norm.clone(),
                text!(
                    "El impedimento de {who} sigue por decidir; el punto está suspendido.",
                    "The recusal of {who} is undecided; the item is suspended."
                ),
                ("recusal", recusal.id.as_str()),
                m.course.closed_at.is_some(),
            );
        }
    }
    let (unwritten, norm) = crate::recusal::unwritten(&m.facts);
    for recusal in unwritten {
        let who = m.full_name(&recusal.person_id);
        let (what, what_en) = match recusal.kind {
            RecusalKind::Declared => ("El impedimento", "The recusal"),
            RecusalKind::Challenged => ("La recusación", "The challenge"),
        };
        c.fail(
            format!("recusal_in_writing:{}", recusal.id),
            norm.clone(),
            text!(
                "{what} de {who} no consta por escrito, como pide el reglamento. Adjunte el escrito, o diga por qué falta.",
                "{what_en} of {who} is not on record in writing, as the rules ask. Attach it, or say why it is missing."
            ),
            ("recusal", recusal.id.as_str()),
            true,
        );
    }
    if m.facts.frame.rule_set.recusal.ground_in_writing && !m.facts.recusals.is_empty() {
        let written =
            text!("Los impedimentos constan por escrito.", "The recusals are on record in writing.");
        c.passed("recusal_in_writing", norm, written);
    }
}

fn items(c: &mut Checks<'_>, a: &Assembly) {
    let m = c.m;
    for (item, printed) in m.facts.items.iter().zip(&a.items) {
        let (number, title) = (&printed.number, &item.title);
        let parent = m.facts.items.iter().any(|i| i.parent_id.as_ref() == Some(&item.id));
        if item.outcome.is_none() && !parent {
            c.fail(
                format!("outcome:{}", item.id),
                None,
                text!(
                    "El punto {number}, «{title}», no tiene resultado. Diga qué pasó con él.",
                    "Item {number}, “{title}”, has no outcome. Say what came of it."
                ),
                ("item", item.id.as_str()),
                false,
            );
        }
        let votes: Vec<Vote> = m.facts.votes.iter().filter(|v| v.item_id == item.id).cloned().collect();
        if item.outcome.is_some_and(crate::live::approves) && crate::live::votes_deny(&votes) {
            c.fail(
                format!("outcome_votes:{}", item.id),
                None,
                text!(
                    "El punto {number}, «{title}», consta como aprobado y ninguna votación suya aprobó. Corrija su resultado.",
                    "Item {number}, “{title}”, is recorded as approved and no vote of it approved. Correct its outcome."
                ),
                ("item", item.id.as_str()),
                false,
            );
        }
        // The end of the session stands in its last item, and says nothing of it.
        let ends = |piece: &MinutesPiece| matches!(piece, MinutesPiece::Computed { block } if block.kind == BlockKind::Closing);
        let silent = printed.pieces.iter().all(ends)
            && !matches!(
                item.outcome,
                Some(AgendaOutcome::NotTreated | AgendaOutcome::Pending | AgendaOutcome::NoQuorum)
            );
        if silent && !parent && m.minutes.kind == MinutesKind::Minutes {
            c.fail(
                format!("empty_item:{}", item.id),
                None,
                text!(
                    "El punto {number}, «{title}», no dice nada. Escriba su desarrollo.",
                    "Item {number}, “{title}”, says nothing. Write its development."
                ),
                ("narrative", item.id.as_str()),
                true,
            );
        }
    }
    c.passed("outcome", None, text!("Cada punto tiene resultado.", "Each item has an outcome."));
}

fn delegations(c: &mut Checks<'_>) {
    let m = c.m;
    let norm = m
        .facts
        .frame
        .rule_set
        .source(m.facts.frame.rule_set.delegation.article.as_deref())
        .map(|s| s.citation);
    let mut seen = BTreeSet::new();
    for presence in m.course.presence.iter().filter(|p| p.capacity == Capacity::Delegate) {
        let Some(id) = &presence.delegation_id else { continue };
        let Some(delegation) = m.facts.frame.delegations.iter().find(|d| d.id == *id) else { continue };
        let has_file = delegation.blob_id.is_some() || m.delegation_files.contains(id);
        if !seen.insert(id) || has_file || attached(m, delegation) {
            continue;
        }
        let who = m.full_name(&presence.person_id);
        let act = delegation.act.cited();
        c.fail(
            format!("delegation_file:{id}"),
            norm.clone(),
            text!(
                "Falta el archivo de la delegación de {who} ({act}). Adjúntelo, o diga por qué falta.",
                "The file of {who}'s delegation ({act}) is missing. Attach it, or say why it is missing."
            ),
            ("delegation", id.as_str()),
            true,
        );
    }
    c.passed(
        "delegation_file",
        norm,
        text!("Las delegaciones tienen su acto anexo.", "The delegations have their act attached."),
    );
}

/// Whether the act is an annex of the session, under the name of its file.
fn attached(m: &Material, delegation: &crate::delegation::Delegation) -> bool {
    let files = [delegation.file.as_deref(), delegation.act.file.as_deref()];
    m.annexes.iter().any(|a| files.contains(&Some(a.file.as_str())))
}

fn commitments(c: &mut Checks<'_>) {
    let m = c.m;
    for commitment in &m.facts.commitments {
        let words = &commitment.text;
        let owner = commitment.responsible_person_id.is_some() || commitment.responsible_entity_id.is_some();
        let lacks = match (owner, commitment.due_on.is_some()) {
            (true, true) => continue,
            (false, true) => ("responsable", "an owner"),
            (true, false) => ("fecha límite", "a due date"),
            (false, false) => ("responsable ni fecha límite", "an owner and a due date"),
        };
        let (es, en) = lacks;
        c.fail(
            format!("commitment:{}", commitment.id),
            None,
            text!("El compromiso «{words}» no tiene {es}.", "The commitment “{words}” lacks {en}."),
            ("commitment", commitment.id.as_str()),
            true,
        );
    }
    c.passed(
        "commitment",
        None,
        text!("Los compromisos tienen responsable y fecha.", "The commitments have an owner and a date."),
    );
}

fn words(c: &mut Checks<'_>, a: &Assembly, missing: &[MissingGlyph]) {
    let m = c.m;
    for (item, printed) in m.facts.items.iter().zip(&a.items) {
        let number = &printed.number;
        for key in &printed.unknown_keys {
            c.fail(
                format!("placed:{}:{key}", item.id),
                None,
                text!(
                    "En el punto {number}, «{{{{block:{key}}}}}» no nombra un bloque de ese punto. Quite la línea.",
                    "In item {number}, “{{{{block:{key}}}}}” names no block of that item. Remove the line."
                ),
                ("narrative", item.id.as_str()),
                false,
            );
        }
        for mark in ["XX", "TODO", "[por completar]", "[completar]", "____", "???"] {
            if item.narrative.contains(mark) {
                c.fail(
                    format!("placeholder:{}:{mark}", item.id),
                    None,
                    text!(
                        "En el punto {number} quedó una marca de borrador: «{mark}».",
                        "In item {number} a draft mark was left: “{mark}”."
                    ),
                    ("narrative", item.id.as_str()),
                    true,
                );
            }
        }
        for mismatch in narrative::mismatches(m, item) {
            let words = &mismatch.words;
            let (es, en) = (&mismatch.why.es, &mismatch.why.en);
            c.fail(
                format!("narrative:{}:{words}", item.id),
                None,
                text!("En el punto {number} dice «{words}»: {es}.", "Item {number} says “{words}”: {en}."),
                ("narrative", item.id.as_str()),
                true,
            );
        }
    }
    c.passed(
        "narrative",
        None,
        text!(
            "Las horas, cifras y nombres del relato concuerdan con lo registrado.",
            "Times, numbers and names in the narrative agree with the record."
        ),
    );
    if !missing.is_empty() {
        let characters: Vec<String> =
            missing.iter().map(|g| format!("U+{:04X}", u32::from(g.character))).collect();
        let (n, shown) = (missing.len(), spanish::list(&characters));
        c.fail(
            "glyphs".into(),
            None,
            text!(
                "Hay {n} caracteres que la letra no tiene y se imprimen con su código: {shown}.",
                "{n} characters are not in the font and print as their code: {shown}."
            ),
            ("session", m.facts.session.id.as_str()),
            true,
        );
    }
    c.passed("glyphs", None, text!("Todo el texto se puede imprimir.", "All the text can be printed."));
}

fn remarks(c: &mut Checks<'_>) {
    let m = c.m;
    for remark in m.remarks.iter().filter(|r| r.accepted.is_none()) {
        let who = m.full_name(&remark.person_id);
        c.fail(
            format!("remark:{}", remark.id),
            None,
            text!("La observación de {who} está sin respuesta.", "The remark of {who} is unanswered."),
            ("remark", remark.id.as_str()),
            false,
        );
    }
    for event in &m.facts.events {
        // A statement that was announced and whose text never came would be lost.
        if event.struck.is_some()
            || !matches!(event.kind, EventKind::StatementRecorded | EventKind::DissentRecorded)
        {
            continue;
        }
        let Some(person) = &event.person_id else { continue };
        if !m.facts.statements.iter().any(|s| s.person_id == *person) {
            let who = m.full_name(person);
            c.fail(
                format!("statement:{}", event.id),
                None,
                text!(
                    "{who} dejó una constancia y falta su texto.",
                    "{who} made a statement for the record and its text is missing."
                ),
                ("event", event.id.as_str()),
                true,
            );
        }
    }
    c.passed("remark", None, text!("Las observaciones tienen respuesta.", "The remarks are answered."));
}
