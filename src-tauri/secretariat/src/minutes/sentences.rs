//! The model sentences of the minutes, as official Colombian style writes them (GTC 185): past tense, no opening
//! gerund, numbers in words and figures where they decide something.
//!
//! Each function takes what it says and nothing else, so that each sentence is a row in a table of tests. People come
//! as they are named inside a sentence ("la doctora Ana Pérez"); a norm is printed only when it is registered.

use chrono::{NaiveDate, NaiveTime};

use crate::codes::{BallotValue, Gender, HolderKind};
use crate::rules::{Source, Tally, Threshold};
use crate::spanish::{
    self, ABSTENTION, COMMITMENT, Form, MINUTE, SEAT, SEAT_PRESENT, VOTE, VOTE_AGAINST, VOTE_FOR, agree,
    capitalized, cardinal_with_figures, clock, date, day_and_month, de, list, minutes_name, sentence,
};

/// A clock time as sentences say it: with its day where that is not the day of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The clock.
    pub time: NaiveTime,
    /// The day.
    pub day: NaiveDate,
    /// Whether the day is another than the session's.
    pub another_day: bool,
}

impl Moment {
    /// " del 13 de marzo", or nothing on the day of the session.
    fn of_day(self) -> String {
        if self.another_day { format!(" del {}", day_and_month(self.day)) } else { String::new() }
    }
}

/// "a las 8:05 a. m.", "a las 9:12 a. m. del 13 de marzo".
pub fn at_clock(at: Moment) -> String {
    format!("{}{}", spanish::at_clock(at.time), at.of_day())
}

/// "9:12 a. m.", "9:12 a. m. del 13 de marzo".
pub fn clock_of(at: Moment) -> String {
    format!("{}{}", clock(at.time), at.of_day())
}

/// " (Acuerdo 001 de 2024, art. 8)", or nothing while the norm is not registered.
pub fn cited(norm: Option<&Source>) -> String {
    norm.map_or_else(String::new, |norm| format!(" ({})", norm.citation))
}

/// "nueve (9)".
fn number(n: u64) -> String {
    cardinal_with_figures(n, Form::Alone)
}

/// The text without blanks around and without its final full stop, to stand inside a sentence.
pub fn inside(text: &str) -> &str {
    text.trim().trim_end_matches('.').trim_end()
}

/// The text [`inside`] a sentence between guillemets. What it quotes itself goes between “”, and what that quotes
/// between ‘’, as Spanish spelling has it: guillemets inside guillemets do not show which of them close.
pub fn quoted(text: &str) -> String {
    let text = inside(text).chars().map(|c| match c {
        '«' => '“',
        '»' => '”',
        '“' => '‘',
        '”' => '’',
        c => c,
    });
    std::iter::once('«').chain(text).chain(std::iter::once('»')).collect()
}

/// A phrase that begins in lower case, unless its first word is an acronym or a quotation.
pub fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// The name of a seat, an entity or an act with its article, to stand inside a sentence: "el Sector Ambiente", "la
/// Resolución 5 de 2026". What begins with another word, or has its article already, stays as it is.
pub fn with_article(name: &str) -> String {
    const FEMININE: [&str; 16] = [
        "secretaría",
        "agencia",
        "alta",
        "consejería",
        "unidad",
        "universidad",
        "empresa",
        "dirección",
        "oficina",
        "corporación",
        "resolución",
        "comunicación",
        "carta",
        "circular",
        "decisión",
        "certificación",
    ];
    const MASCULINE: [&str; 12] = [
        "sector",
        "instituto",
        "departamento",
        "consejo",
        "jardín",
        "oficio",
        "acuerdo",
        "decreto",
        "memorando",
        "auto",
        "acto",
        "correo",
    ];
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let article = if FEMININE.contains(&first.as_str()) {
        "la "
    } else if MASCULINE.contains(&first.as_str()) {
        "el "
    } else {
        ""
    };
    format!("{article}{name}")
}

/// The means of a virtual session inside a sentence: a common noun begins in lower case, a name of a platform stays.
fn means(platform: &str) -> String {
    const COMMON: [&str; 10] = [
        "videoconferencia",
        "videollamada",
        "plataforma",
        "llamada",
        "teleconferencia",
        "audioconferencia",
        "medios",
        "reunión",
        "sala",
        "correo",
    ];
    let first = platform.split_whitespace().next().unwrap_or_default().to_lowercase();
    if COMMON.contains(&first.as_str()) { uncapitalized(platform) } else { platform.to_owned() }
}

/// The call to order of a session that has its quorum.
pub fn opening(at: Moment, presiding: &str) -> String {
    format!("{} {presiding} declaró instalada la sesión.", capitalized(&at_clock(at)))
}

/// The call to order when the quorum was still missing.
pub fn called_to_order(at: Moment, presiding: &str) -> String {
    format!("{} {presiding} abrió la reunión y dispuso llamar a lista.", capitalized(&at_clock(at)))
}

/// What happened to the date of a session and to its notice before it was held: each postponement, why, and the notice
/// that took the place of an earlier one; `over` in the minutes, which tell it as past.
pub fn history(session: &crate::session::Session, over: bool) -> Vec<String> {
    let mut told: Vec<String> = session
        .postponements
        .iter()
        .map(|p| {
            format!("La sesión prevista para el {} se aplazó. Razón: {}.", date(p.from), inside(&p.reason))
        })
        .collect();
    let notice = session.notice.as_ref().filter(|notice| notice.sequence > 0);
    let why = notice.and_then(|notice| notice.reason.as_deref());
    // The notice after a postponement has its reason, told already.
    let postponed = |why: &&str| session.postponements.iter().any(|p| p.reason == *why);
    if let Some((notice, why)) = notice.zip(why.filter(|why| !postponed(why))) {
        let sent = crate::context::local(notice.convened_at).date();
        let replaces = if over { "reemplazó" } else { "reemplaza" };
        told.push(format!(
            "La convocatoria del {} {replaces} la anterior. Razón: {}.",
            date(sent),
            inside(why)
        ));
    }
    told
}

/// When a session that began at another time had been convened for, after the sentence of its beginning.
pub fn convened_for(day: NaiveDate, start: Option<NaiveTime>) -> String {
    let at = start.map_or_else(String::new, |start| format!(" {}", spanish::at_clock(start)));
    sentence(format!(" Se había convocado para el {}{at}", date(day)))
}

/// The first count of the quorum.
pub fn quorum(have: u64, base: u64, need: u64, met: bool, norm: Option<&Source>) -> String {
    let answered = match have {
        0 => "No respondió ningún puesto".to_owned(),
        _ => format!("{} {}", agree(have, "Respondió", "Respondieron"), SEAT.count_one_in_words(have)),
    };
    let had = if met { "hubo quórum" } else { "no hubo quórum" };
    format!("{answered} de {}; {had}, fijado en {}{}.", number(base), number(need), cited(norm))
}

/// A later count of the quorum; `regained` when there was none just before it.
pub fn quorum_again(at: Moment, have: u64, base: u64, met: bool, regained: bool) -> String {
    let counted = agree(have, "se contó", "se contaron");
    let turn = match (met, regained) {
        (true, true) => "se recuperó el quórum",
        (true, false) => "se mantuvo el quórum",
        (false, _) => "no hubo quórum",
    };
    format!(
        "{} {counted} {} de {}; {turn}.",
        capitalized(&at_clock(at)),
        SEAT.count_one_in_words(have),
        number(base)
    )
}

/// The wait for a quorum is announced; `until` is when it ends by the rules, and how many minutes that is after the hour
/// from which it runs, where it is still to come.
pub fn waiting(at: Moment, presiding: &str, until: Option<(Moment, u64)>, norm: Option<&Source>) -> String {
    let ends = until.map_or_else(String::new, |(until, minutes)| {
        let end = at_clock(until);
        let end = end.strip_prefix("a ").unwrap_or(&end);
        format!(" hasta {end}, {} después de la hora convocada{}", MINUTE.count(minutes), cited(norm))
    });
    format!("{} {presiding} dispuso esperar el quórum{ends}.", capitalized(&at_clock(at)))
}

/// The quorum lost, the session goes on with what asks for no decision.
pub fn continued_informative(at: Moment, presiding: &str) -> String {
    format!(
        "{} {presiding} dispuso seguir de manera informativa, sin decidir mientras faltara el quórum.",
        capitalized(&at_clock(at))
    )
}

/// The second call, after the wait, with the quorum that a registered norm lowers: seats present, of how many, how many
/// are asked for, and whether they are enough.
pub fn second_call(
    at: Moment,
    presiding: &str,
    waited: u64,
    (have, base, need, met): (u64, u64, u64, bool),
    norm: Option<&Source>,
) -> String {
    let counted = match have {
        0 => "no se contó ningún puesto".to_owned(),
        _ => format!("{} {}", agree(have, "se contó", "se contaron"), SEAT.count_one_in_words(have)),
    };
    let had = if met { "hubo quórum" } else { "no hubo quórum" };
    format!(
        "{}, {} {} de espera, {presiding} hizo la segunda convocatoria: {counted} de {}; {had}, fijado en {}{}.",
        capitalized(&at_clock(at)),
        agree(waited, "cumplido", "cumplidos"),
        MINUTE.count(waited),
        number(base),
        number(need),
        cited(norm)
    )
}

/// The lack of quorum is declared, after a wait of so many minutes if there was one: the session is not held, or those who
/// came go on meeting for information.
pub fn no_quorum(waited: Option<u64>, at: Moment, (have, need): (u64, u64), informative: bool) -> String {
    let when = match waited {
        Some(minutes) => {
            format!("{} {}", agree(minutes, "Transcurrido", "Transcurridos"), MINUTE.count(minutes))
        }
        None => capitalized(&at_clock(at)),
    };
    let counted = match have {
        0 => "no se contó ninguno".to_owned(),
        1 => "se contó un (1) puesto".to_owned(),
        _ => format!("se contaron {}", number(have)),
    };
    let required = match need {
        1 => "del puesto requerido".to_owned(),
        _ => format!("de los {} puestos requeridos", number(need)),
    };
    let came = match informative {
        true => "no hubo quórum y la reunión siguió de manera informativa",
        false => "la sesión no se realizó por falta de quórum",
    };
    format!("{when}, {counted} {required}; {came}.")
}

/// The lack of quorum was declared before the wait of the rules was over, and why.
pub fn declared_early(until: Moment, norm: Option<&Source>, reason: &str) -> String {
    let end = at_clock(until);
    let end = end.strip_prefix("a ").unwrap_or(&end);
    sentence(format!(
        "Se declaró antes de {end}, cuando terminaba la espera{}{}",
        cited(norm),
        because(Some(reason))
    ))
}

/// Somebody came after the lack of quorum was declared.
pub fn late_after_declaration(at: Moment, who: &[String]) -> String {
    format!(
        "{}, después de declarada la falta de quórum, {} {}; no se {}.",
        capitalized(&at_clock(at)),
        agree(who.len() as u64, "llegó", "llegaron"),
        list(who),
        agree(who.len() as u64, "contó", "contaron")
    )
}

/// What a movement did to the count of seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// There are now so many: after arrivals.
    Left(u64),
    /// There are now so many, and with them a quorum again.
    Regained(u64),
    /// There are now so many, and with them a quorum to decide again.
    RegainedToDecide(u64),
    /// The quorum stands: after departures.
    Kept,
    /// The seat did not count, or counting has no meaning here.
    Silent,
}

/// A movement of one or more people: "A las 8:17 a. m. ingresó la doctora X; quedaron trece (13) puestos."
pub fn movement(at: Moment, verbs: (&str, &str), who: &[String], count: Count) -> String {
    let verb = agree(who.len() as u64, verbs.0, verbs.1);
    moved(at, &format!("{verb} {}", list(who)), count)
}

/// A connection lost or recovered: "A las 2:58 p. m. la doctora X perdió la conexión; se mantuvo el quórum."
pub fn connection(at: Moment, verbs: (&str, &str), who: &[String], count: Count) -> String {
    let verb = agree(who.len() as u64, verbs.0, verbs.1);
    moved(at, &format!("{} {verb}", list(who)), count)
}

/// Who left for a recusal that is over and has not come back, to stand after a clock time.
pub fn not_back(who: &[String]) -> String {
    let had = agree(who.len() as u64, "había", "habían");
    format!("no {had} regresado {}, que {had} salido por impedimento", list(who))
}

/// A movement in words, with its clock time and what it did to the count.
pub fn moved(at: Moment, clause: &str, count: Count) -> String {
    let seats = |n: u64| format!("{} {}", agree(n, "quedó", "quedaron"), SEAT.count_one_in_words(n));
    let tail = match count {
        Count::Left(n) => format!("; {}", seats(n)),
        Count::Regained(n) => format!("; {} y se recuperó el quórum", seats(n)),
        Count::RegainedToDecide(n) => format!("; {} y se recuperó el quórum para decidir", seats(n)),
        Count::Kept => "; se mantuvo el quórum".to_owned(),
        Count::Silent => String::new(),
    };
    format!("{} {clause}{tail}.", capitalized(&at_clock(at)))
}

/// The quorum is lost; `pending` are the numbers of the items left.
pub fn quorum_lost(at: Moment, moved: &str, have: u64, pending: &[String]) -> String {
    let moved = if moved.is_empty() { String::new() } else { format!("{moved}; ") };
    let pending = left_pending(pending);
    let left = match have {
        0 => "no quedó ningún puesto".to_owned(),
        _ => format!("{} {}", agree(have, "quedó", "quedaron"), SEAT.count_one_in_words(have)),
    };
    format!("{} {moved}{left} y se perdió el quórum{pending}.", capitalized(&at_clock(at)))
}

/// What the loss of the quorum to decide says, where there is still one to debate; `moved` is who left or came, and
/// `pending` the numbers of the items left without a decision.
pub fn decision_quorum_lost(at: Moment, moved: &str, have: u64, need: u64, pending: &[String]) -> String {
    let moved = if moved.is_empty() { String::new() } else { format!("{moved}; ") };
    let left = match have {
        0 => "no quedó ningún puesto".to_owned(),
        _ => format!("{} {}", agree(have, "quedó", "quedaron"), SEAT.count_one_in_words(have)),
    };
    format!(
        "{} {moved}{left} y se perdió el quórum para decidir, que es de {}{}.",
        capitalized(&at_clock(at)),
        number(need),
        left_pending(pending)
    )
}

/// "; quedaron pendientes los puntos 5 y 6", or nothing.
fn left_pending(pending: &[String]) -> String {
    match pending {
        [] => String::new(),
        [one] => format!("; quedó pendiente el punto {one}"),
        many => format!("; quedaron pendientes los puntos {}", list(many)),
    }
}

/// An item was treated as far as it went: the quorum was lost and it ended without one. `talked` when it was opened
/// without one already.
pub fn without_quorum(talked: bool) -> String {
    if talked {
        "El punto se abrió sin quórum: solo se conversó sobre él y quedó pendiente.".to_owned()
    } else {
        "Al terminar el punto no había quórum: no se pudo decidir.".to_owned()
    }
}

/// A recusal is declared; `authority` decides it.
pub fn recusal_declared(who: &str, gender: Gender, ground: &str, authority: &str) -> String {
    format!(
        "{} se declaró {} por {}; el punto quedó suspendido hasta la decisión {}.",
        capitalized(who),
        gender.recused(),
        uncapitalized(inside(ground)),
        de(authority)
    )
}

/// Somebody is challenged by another; `authority` decides it.
pub fn recusal_challenged(challenger: &str, who: &str, ground: &str, authority: &str) -> String {
    format!(
        "{} recusó {} por {}; el punto quedó suspendido hasta la decisión {}.",
        capitalized(challenger),
        spanish::a(who),
        uncapitalized(inside(ground)),
        de(authority)
    )
}

/// What a challenged person answered.
pub fn challenge_answered(who: &str, accepts: bool, words: Option<&str>) -> String {
    let accepted = if accepts { "aceptó" } else { "no aceptó" };
    let words = words.map_or_else(String::new, |words| format!(": {}", quoted(words)));
    format!("{} {accepted} la causal de la recusación{words}.", capitalized(who))
}

/// A recusal, declared or of a challenge, is accepted by an act or a vote.
pub fn recusal_accepted(who: &str, act: &str, left: bool, challenged: bool) -> String {
    let went = if left { "salió y no participó" } else { "no participó" };
    let what = if challenged { "Aceptada la recusación" } else { "Aceptado el impedimento" };
    format!("{what} mediante {act}, {who} {went} en el punto.")
}

/// A recusal, declared or of a challenge, is denied.
pub fn recusal_rejected(who: &str, act: &str, challenged: bool) -> String {
    let what = if challenged { "Negada la recusación" } else { "Negado el impedimento" };
    format!("{what} mediante {act}, {who} siguió en el punto.")
}

/// A recusal, declared or of a challenge, that was decided when the session was over.
pub fn recusal_decided_later(who: &str, act: &str, accepted: bool, challenged: bool) -> String {
    let what = if challenged { "la recusación" } else { "el impedimento" };
    let decided = if accepted { "se aceptó" } else { "se negó" };
    format!("Después de la sesión, mediante {act}, {decided} {what} {}.", de(who))
}

/// A challenge was decided and whoever was challenged had not answered; why nobody waited, if they still could.
pub fn challenge_unanswered(who: &str, reason: Option<&str>) -> String {
    let why = reason
        .map_or_else(String::new, |reason| format!(", y se decidió sin su respuesta: {}", quoted(reason)));
    format!("{} no había respondido la recusación{why}.", capitalized(who))
}

/// Somebody is named to take the place of a recused person in the item, from when they came in.
pub fn ad_hoc(at: Moment, who: &str, recused: &str, act: &str) -> String {
    format!(
        "{}, mediante {act}, se designó ad hoc {}, en lugar {}, solo para el punto.",
        capitalized(&at_clock(at)),
        spanish::a(who),
        de(recused)
    )
}

/// A delegation was revoked in the middle of a session, to stand after a clock time.
pub fn delegation_revoked(who: &str, act: &str) -> String {
    format!("quedó revocada {act}, por la que asistía {who}, con voz y sin voto desde entonces")
}

/// Whoever attends by a delegation limited to some items stops counting, to stand after a clock time.
pub fn outside_delegation(who: &[String]) -> String {
    let stopped = agree(who.len() as u64, "dejó", "dejaron");
    format!("{stopped} de contarse {}, por tener delegación o designación solo para otro punto", list(who))
}

/// Whoever attends by a delegation limited to some items counts in one of them, to stand after a clock time.
pub fn inside_delegation(who: &[String]) -> String {
    let counted = agree(who.len() as u64, "se contó", "se contaron");
    format!("{counted} {}, por tener delegación para el punto", list(who))
}

/// Somebody came for a seat that another occupied.
pub fn seat_taken(sits: &str) -> String {
    format!("El puesto lo ocupaba {sits}: asistió con voz y sin voto.")
}

/// Whoever was for the seat without counting stays when another comes who counts.
pub fn stays_with_voice(who: &str) -> String {
    format!("{} siguió con voz y sin voto.", capitalized(who))
}

/// The holder came after their delegate, or their alternate, and took the seat back.
pub fn delegate_stays(delegate: &str, alternate: bool) -> String {
    let by = if alternate { "como suplente" } else { "por delegación" };
    format!("Ocupó su puesto; {delegate}, que asistía {by}, siguió con voz y sin voto.")
}

/// A delegate, or an alternate, beyond those that the rules admit for a seat.
pub fn another_delegate(who: &str, act: &str, first: &str, alternate: bool, norm: Option<&Source>) -> String {
    let by = if alternate { "como suplente" } else { "por delegación" };
    format!(
        "{} presentó {act}, pero {first} ya había asistido {by} para ese puesto, que no admite otra en la sesión{}: tuvo voz, no votó ni se contó para el quórum.",
        capitalized(who),
        cited(norm)
    )
}

/// Whoever attends for a seat already was not admitted for a second one.
pub fn second_seat_refused(at: Moment, who: &str, seat: &str, other: &str, why: &str) -> String {
    let why = inside(why);
    let why = if why.is_empty() { String::new() } else { format!(" Razón: {why}.") };
    format!(
        "{} la secretaría técnica no admitió {} por el puesto «{seat}», porque ya asistía por el puesto «{other}» y nadie ocupa dos a la vez.{why}",
        capitalized(&at_clock(at)),
        spanish::a(who)
    )
}

/// Somebody represents an organisation without a letter that accredits them, or after their term.
pub fn not_accredited(who: &str, term_over: Option<NaiveDate>) -> String {
    let why = match term_over {
        Some(last) => format!("su periodo venció el {}", date(last)),
        None => "no consta la carta que acredita su representación".to_owned(),
    };
    format!(
        "{} asistió sin acreditación vigente, pues {why}: tuvo voz, no votó ni se contó para el quórum.",
        capitalized(who)
    )
}

/// What was voted, and the participles that agree with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// With its article: "La propuesta".
    pub noun: &'static str,
    /// "aprobada".
    pub approved: &'static str,
    /// "negada".
    pub rejected: &'static str,
}

impl Subject {
    /// A feminine noun that is approved or denied.
    pub const fn feminine(noun: &'static str) -> Self {
        Self { noun, approved: "aprobada", rejected: "negada" }
    }

    /// A masculine noun that is approved or denied.
    pub const fn masculine(noun: &'static str) -> Self {
        Self { noun, approved: "aprobado", rejected: "negado" }
    }

    /// "la propuesta".
    fn inside(self) -> String {
        uncapitalized(self.noun)
    }
}

/// Approved by all the seats present; `recused` is true when some of those present could not vote.
pub fn unanimous(subject: Subject, seats: u64, recused: bool) -> String {
    let Subject { noun, approved, .. } = subject;
    let seats = match (seats, recused) {
        (1, _) => "del único puesto presente".to_owned(),
        (n, false) => format!("de los {}", SEAT_PRESENT.count(n)),
        (n, true) => format!("de los {} habilitados para votar", SEAT.count(n)),
    };
    format!("{noun} fue {approved} por unanimidad {seats}.")
}

/// "once (11) votos a favor, un (1) voto en contra y una (1) abstención".
pub fn tally(votes: Tally) -> String {
    list(&[
        VOTE_FOR.count(votes.in_favor),
        VOTE_AGAINST.count(votes.against),
        ABSTENTION.count(votes.abstain),
    ])
}

/// The majority's name inside a sentence.
pub fn majority_name(threshold: Threshold) -> String {
    match threshold {
        Threshold::Simple => "mayoría simple".to_owned(),
        Threshold::Absolute => "mayoría absoluta".to_owned(),
        Threshold::TwoThirds => "mayoría de dos tercios".to_owned(),
        Threshold::ThreeQuarters => "mayoría de tres cuartos".to_owned(),
        Threshold::Unanimous => "unanimidad".to_owned(),
        Threshold::Fixed { value } => format!("la mayoría requerida de {}", VOTE.count(value)),
    }
}

/// Approved by a majority.
pub fn majority(subject: Subject, threshold: Threshold, votes: Tally) -> String {
    let Subject { noun, approved, .. } = subject;
    format!("{noun} fue {approved} por {}: {}.", majority_name(threshold), tally(votes))
}

/// Denied: it did not obtain the votes required.
pub fn rejected(subject: Subject, votes: Tally, required: u64) -> String {
    let Subject { noun, rejected, .. } = subject;
    let obtained = match (votes.in_favor, required) {
        (0, 1) => "no obtuvo el voto requerido".to_owned(),
        (0, n) => format!("no obtuvo ninguno de los {} votos requeridos", number(n)),
        (had, 1) => format!("obtuvo {} del voto requerido", number(had)),
        (had, n) => format!("obtuvo {} de los {} votos requeridos", number(had), number(n)),
    };
    format!("{noun} fue {rejected}: {obtained}.")
}

/// A tie is declared.
pub fn tie(votes: Tally) -> String {
    format!("Se declaró el empate: {} y {} en contra.", VOTE_FOR.count(votes.in_favor), number(votes.against))
}

/// The chair settles a tie.
pub fn casting_vote(norm: Option<&Source>, presiding: &str, value: BallotValue) -> String {
    let voted = match value {
        BallotValue::For => "votó a favor",
        BallotValue::Against => "votó en contra",
        BallotValue::Abstain => "se abstuvo",
    };
    format!("En ejercicio del voto dirimente{}, {presiding} {voted}.", cited(norm))
}

/// The second round ends in a tie again.
pub fn second_round_tied(subject: Subject, norm: Option<&Source>) -> String {
    format!(
        "Repetida la votación, subsistió el empate y {} no fue {}{}.",
        subject.inside(),
        subject.approved,
        cited(norm)
    )
}

/// Why something was done, to stand after it: ", por falta de cifras". What already says how it joins does so by itself:
/// ", hasta mañana"; what is a sentence of its own stands in parentheses: " (se fue la luz)".
pub fn because(reason: Option<&str>) -> String {
    const JOINS: [&str; 19] = [
        "por", "porque", "para", "hasta", "a", "ante", "con", "en", "mientras", "debido", "tras", "según",
        "dado", "dada", "dados", "dadas", "como", "pues", "sin",
    ];
    const SENTENCES: [&str; 14] = [
        "se", "no", "hubo", "hay", "había", "fue", "es", "son", "falló", "fallaron", "faltó", "faltaron",
        "quedó", "quedaron",
    ];
    let Some(reason) = reason.map(|reason| uncapitalized(inside(reason))).filter(|reason| !reason.is_empty())
    else {
        return String::new();
    };
    let first = reason.split_whitespace().next().unwrap_or_default().to_lowercase();
    match first.as_str() {
        first if SENTENCES.contains(&first) => format!(" ({reason})"),
        first if JOINS.contains(&first) => format!(", {reason}"),
        _ => format!(", por {reason}"),
    }
}

/// One or more items are postponed, and why.
pub fn postponed(items: u64, reason: Option<&str>) -> String {
    let what = agree(items, "Se aplazó el punto", "Se aplazaron los puntos");
    sentence(format!("{what} hasta la siguiente sesión{}", because(reason)))
}

/// Where the commitments of earlier sessions stand, as a whole.
pub fn follow_up(pending: u64, late: u64, closed: u64) -> String {
    if pending + closed == 0 {
        return "No hay compromisos pendientes de sesiones anteriores.".to_owned();
    }
    let mut parts = Vec::new();
    if pending > 0 {
        let late = match late {
            0 => String::new(),
            _ if late == pending => ", con el plazo vencido".to_owned(),
            _ => format!(", {} con el plazo vencido", cardinal_with_figures(late, Form::Masculine)),
        };
        let are = agree(pending, "pendiente", "pendientes");
        parts.push(format!("{} {are}{late}", COMMITMENT.count(pending)));
    }
    if closed > 0 {
        let what = if pending > 0 {
            cardinal_with_figures(closed, Form::Masculine)
        } else {
            COMMITMENT.count(closed)
        };
        parts.push(format!("{what} {} desde la sesión anterior", agree(closed, "cerrado", "cerrados")));
    }
    sentence(format!("De las sesiones anteriores: {}", parts.join("; ")))
}

/// Where one commitment of an earlier session stands.
pub fn followed_up(
    text: &str,
    who: &[String],
    session: &str,
    due: Option<NaiveDate>,
    closed: Option<NaiveDate>,
    overdue: bool,
) -> String {
    let who = if who.is_empty() { String::new() } else { format!(" ({})", who.join(", ")) };
    let state = match (closed, due) {
        (Some(day), _) => format!("cerrado el {}", date(day)),
        (None, Some(day)) if overdue => format!("pendiente, con plazo vencido el {}", date(day)),
        (None, Some(day)) => format!("pendiente, con plazo hasta el {}", date(day)),
        (None, None) => "pendiente, sin plazo".to_owned(),
    };
    sentence(format!("Sesión {session}, {}{who}: {state}", quoted(text)))
}

/// A recess or a suspension, why, and the seats counted when it ended. One that ends on another day says both days.
pub fn pause(
    suspension: bool,
    from: Moment,
    to: Option<Moment>,
    seats: Option<u64>,
    reason: Option<&str>,
) -> String {
    let what = if suspension { "Se suspendió la sesión" } else { "Se decretó un receso" };
    let counted = |seats: u64| {
        format!("{} {}", agree(seats, "se contó", "se contaron"), SEAT.count_one_in_words(seats))
    };
    let why = because(reason);
    let aside = if why.starts_with(',') { format!("{why},") } else { why.clone() };
    match (to, seats) {
        // On another day the roll is called again, and its count is told after it.
        (Some(to), seats) if from.day != to.day => format!(
            "{what}{aside} {} del {} y se reanudó {} del {}{}.",
            spanish::at_clock(from.time),
            date(from.day),
            spanish::at_clock(to.time),
            date(to.day),
            seats.map_or_else(String::new, |seats| format!("; al reanudar {}", counted(seats)))
        ),
        (Some(to), Some(seats)) => sentence(format!(
            "{what}{why}; al reanudar {}. Duró de {} a {}",
            counted(seats),
            spanish::at_clock(from.time).trim_start_matches("a "),
            at_clock(to).trim_start_matches("a ")
        )),
        _ => sentence(format!("{what} {}{why}", at_clock(from))),
    }
}

/// When a session that is suspended was announced to go on.
pub fn announced(until: Moment) -> String {
    sentence(format!("Se anunció que seguiría el {} {}", date(until.day), spanish::at_clock(until.time)))
}

/// A suspended session that was never resumed: it ended with its suspension, and was closed later.
pub fn never_resumed(closed: Moment) -> String {
    let at = match closed.another_day {
        true => format!("{} del {}", spanish::at_clock(closed.time), date(closed.day)),
        false => spanish::at_clock(closed.time),
    };
    sentence(format!("La sesión no se reanudó: terminó cuando se suspendió. Su cierre se registró {at}"))
}

/// The session is adjourned, and why if that was said; `exhausted` when every item was treated.
pub fn adjourned(at: Moment, exhausted: bool, reason: Option<&str>) -> String {
    let done = if exhausted { "Agotado el orden del día, se" } else { "Se" };
    sentence(format!("{done} levantó la sesión {}{}", at_clock(at), because(reason)))
}

/// The end of a meeting that was not a session.
pub fn meeting_ended(at: Moment, reason: Option<&str>) -> String {
    sentence(format!("La reunión terminó {}{}", at_clock(at), because(reason)))
}

/// Somebody attends by a written delegation "como delegada", or by a letter "como suplente".
pub fn delegate(who: &str, role: &str, principal: &str, act: &str) -> String {
    format!("{} asistió {role} {}, según {act}.", capitalized(who), de(principal))
}

/// Somebody attends by a written delegation that gives voice and no vote.
pub fn delegate_with_voice(who: &str, role: &str, principal: &str, act: &str) -> String {
    format!(
        "{} asistió {role} {} con voz y sin voto, según {act}: no votó ni se contó para el quórum.",
        capitalized(who),
        de(principal)
    )
}

/// Somebody attends in the place of a holder, by an acting appointment and its act, where that is registered.
pub fn acting(who: &str, gender: Gender, seat: &str, act: Option<&str>) -> String {
    let role = gender.of("como encargada", "como encargado", "en encargo");
    let by = act.map_or_else(String::new, |act| format!(", según {act}"));
    format!("{} asistió {role} {}{by}.", capitalized(who), de(seat))
}

/// What somebody lacks who attends for a seat without an act: an alternate of an organisation has a letter.
fn lacking(alternate: bool) -> &'static str {
    if alternate { "acreditación vigente como suplente" } else { "delegación vigente" }
}

/// Somebody attends for a seat without a delegation in force, or without the letter of an alternate.
pub fn no_delegation(who: &str, alternate: bool) -> String {
    format!(
        "{} asistió sin {}: tuvo voz, no votó ni se contó para el quórum.",
        capitalized(who),
        lacking(alternate)
    )
}

/// An alternate of an organisation attends by their letter when nobody held the seat.
pub fn alternate_of_nobody(who: &str, act: &str) -> String {
    format!(
        "{}, suplente según {act}, asistió con voz: nadie ocupaba el puesto; no votó ni se contó para el quórum.",
        capitalized(who)
    )
}

/// Somebody attends for a seat that they held, or were in charge of, until a day before.
pub fn former_holder(who: &str, kind: HolderKind, last: NaiveDate) -> String {
    let ceased = match kind {
        HolderKind::Holder => "que dejó de ser titular",
        HolderKind::Acting => "cuyo encargo terminó",
    };
    format!(
        "{}, {ceased} el {}, asistió con voz: no votó ni se contó para el quórum.",
        capitalized(who),
        date(last)
    )
}

/// Somebody attends for a seat without an act in force until theirs was received.
pub fn no_delegation_until(until: Moment, who: &str, alternate: bool) -> String {
    format!(
        "Hasta {}, {who} asistió sin {}: tuvo voz, no votó ni se contó para el quórum.",
        from_or_until(until),
        lacking(alternate)
    )
}

/// Somebody attends by a written delegation, or as an alternate, since their act was received.
pub fn delegate_since(since: Moment, who: &str, role: &str, principal: &str, act: &str) -> String {
    let since = from_or_until(since);
    format!("Desde {since}, {who} asistió {role} {}, según {act}.", de(principal))
}

/// "las 8:30 a. m.": an hour after "desde" or "hasta".
fn from_or_until(at: Moment) -> String {
    at_clock(at).trim_start_matches("a ").to_owned()
}

/// Seats that nobody held: they can neither come nor excuse themselves.
pub fn vacant(seats: &[String]) -> String {
    let seats: Vec<String> = seats.iter().map(|seat| with_article(seat)).collect();
    format!("{} sin titular {}.", agree(seats.len() as u64, "Estaba", "Estaban"), list(&seats))
}

/// Seats that could vote and did not.
pub fn not_voted(seats: &[String]) -> String {
    let seats: Vec<String> = seats.iter().map(|seat| with_article(seat)).collect();
    format!("{} sin votar {}.", agree(seats.len() as u64, "Quedó", "Quedaron"), list(&seats))
}

/// How many seats did not vote in a count that names nobody.
pub fn uncounted(seats: u64) -> String {
    format!("{} sin votar {}.", agree(seats, "Quedó", "Quedaron"), SEAT.count_one_in_words(seats))
}

/// How many seats voted in a secret vote, of which no ballot is known.
pub fn secret(seats: u64) -> String {
    format!(
        "{} {}; el voto de cada uno es secreto.",
        agree(seats, "Votó", "Votaron"),
        SEAT.count_one_in_words(seats)
    )
}

/// An item taken out of a block because somebody asked to vote it apart.
pub fn taken_out(who: &str, item: &str) -> String {
    format!("A solicitud {}, el punto {item} salió del bloque para votarse aparte.", de(who))
}

/// Under an item of a block, where its vote is told: under the item of that number.
pub fn voted_in_block(items: &str, told_at: &str, approved: bool) -> String {
    let came = if approved { "fue aprobada" } else { "no fue aprobada" };
    format!("Se votó en bloque con {items}: la proposición {came}. La votación consta en el punto {told_at}.")
}

/// Who objected to a consensus, and why.
pub fn objection(who: &str, reason: Option<&str>) -> String {
    let reason = reason.filter(|reason| !inside(reason).is_empty());
    let reason = reason.map_or_else(String::new, |reason| format!(": {}", quoted(reason)));
    format!("{} objetó{reason}.", capitalized(who))
}

/// A consensus that was not reached and that no majority may replace.
pub fn no_consensus() -> String {
    "No hubo consenso y, sin norma registrada que permita decidir por mayoría, el asunto quedó sin decisión."
        .to_owned()
}

/// A consensus that was not reached in a session that ended without the majority vote of its rules.
pub fn no_majority_after_consensus(norm: &Source) -> String {
    format!(
        "No hubo consenso y la sesión terminó sin la votación por mayoría{}; el asunto quedó sin decisión.",
        cited(Some(norm))
    )
}

/// Who excused themselves in writing, and who neither came nor did; `None` when everybody came.
pub fn absences(excused: &[String], absent: &[String]) -> Option<String> {
    let by_excuse =
        format!("{} por escrito {}", agree(excused.len() as u64, "se excusó", "se excusaron"), list(excused));
    let without = format!(
        "{} {}",
        agree(absent.len() as u64, "no asistió ni se excusó", "no asistieron ni se excusaron"),
        list(absent)
    );
    let said = match (excused, absent) {
        ([], []) => return None,
        (_, []) => by_excuse,
        ([], _) => without,
        _ => format!("{by_excuse}; {without}"),
    };
    Some(format!("{}.", capitalized(&said)))
}

/// A statement for the record, and when it was made if that is known; its words are printed as they are.
pub fn statement(at: Option<Moment>, who: &str, text: &str, adhered: &[String]) -> String {
    let who = at.map_or_else(|| who.to_owned(), |at| format!("{} {who}", at_clock(at)));
    let words = format!("{} dejó constancia: {}", capitalized(&who), quoted(text));
    adhering(&words, adhered)
}

/// What is told of a statement or dissent that came after the term of the rules.
pub fn handed_in_late(came: NaiveDate, until: NaiveDate, norm: Option<&Source>) -> String {
    let (came, until) = (crate::spanish::date(came), crate::spanish::date(until));
    format!(" Se recibió el {came}, vencido el plazo, que terminó el {until}{}.", cited(norm))
}

/// A dissent for the record.
pub fn dissent(at: Option<Moment>, who: &str, text: &str, adhered: &[String]) -> String {
    let dissenting = match at {
        Some(at) => format!("{}, en disenso,", capitalized(&at_clock(at))),
        None => "En disenso,".to_owned(),
    };
    adhering(&format!("{dissenting} {who} dejó constancia: {}", quoted(text)), adhered)
}

fn adhering(words: &str, adhered: &[String]) -> String {
    match adhered.len() as u64 {
        0 => format!("{words}."),
        n => format!("{words}; {} {}.", agree(n, "adhirió", "adhirieron"), list(adhered)),
    }
}

/// One correction of earlier minutes: "En el acta n.º 1 de 2025, donde dice «10:30», léase «10:20»."
pub fn correction(number: u32, year: i32, says: &str, reads: &str) -> String {
    format!(
        "En el {}, donde dice «{}», léase «{}».",
        uncapitalized(&minutes_name(number, year)),
        says.trim(),
        reads.trim()
    )
}

/// Of how many of those who connected somebody recorded that their identity was verified, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Of how many.
    pub verified: u64,
    /// How many connected.
    pub connected: u64,
    /// By what means, each once.
    pub means: Vec<String>,
    /// Whether others attended in the room.
    pub mixed: bool,
}

impl Identity {
    /// "se verificó la identidad de quienes asistieron"; nothing when nobody recorded it.
    fn clause(&self) -> Option<String> {
        let whose = match (self.verified, self.connected) {
            (0, _) => return None,
            (some, all) if some < all => format!(
                "{} de las {} personas que se conectaron",
                cardinal_with_figures(some, Form::Feminine),
                cardinal_with_figures(all, Form::Feminine)
            ),
            (_, 1) if self.mixed => "quien se conectó".to_owned(),
            _ if self.mixed => "quienes se conectaron".to_owned(),
            _ => "quienes asistieron".to_owned(),
        };
        Some(format!("se verificó la identidad de {whose}"))
    }

    /// " Medio de verificación: cámara encendida.", or nothing.
    fn by(&self) -> String {
        let means: Vec<String> = self.means.iter().map(|means| uncapitalized(inside(means))).collect();
        match (self.verified, means.len()) {
            (0, _) | (_, 0) => String::new(),
            (_, 1) => format!(" Medio de verificación: {}.", means[0]),
            _ => format!(" Medios de verificación: {}.", means.join("; ")),
        }
    }
}

/// A session by virtual means: what was verified and told (CPACA art. 63).
pub fn by_virtual_means(platform: &str, identity: &Identity, recording: bool) -> String {
    let platform = if platform.trim().is_empty() { "medios virtuales" } else { inside(platform) };
    let held = format!("La sesión se realizó por {}", means(platform));
    let told = match (identity.clause(), recording) {
        (Some(clause), true) => format!("; {clause} y se informó de la grabación"),
        (Some(clause), false) => format!("; {clause}"),
        (None, true) => "; se informó de la grabación".to_owned(),
        (None, false) => String::new(),
    };
    format!("{held}{told}.{}", identity.by())
}

/// The call to order of a written session, and until when it was replied.
pub fn opened_in_writing(at: Moment, presiding: &str, until: Moment, norm: Option<&Source>) -> String {
    format!(
        "{} {presiding} abrió la sesión no presencial y el plazo para responder por escrito, hasta {}{}.",
        capitalized(&at_clock(at)),
        at_clock(until).trim_start_matches("a "),
        cited(norm)
    )
}

/// A term of a written session extended, and why.
pub fn term_extended(at: Moment, presiding: &str, until: Moment, reason: Option<&str>) -> String {
    sentence(format!(
        "{} {presiding} amplió el plazo para responder hasta {}{}",
        capitalized(&at_clock(at)),
        at_clock(until).trim_start_matches("a "),
        because(reason)
    ))
}

/// A written session suspended and resumed: why, and until when it was replied from then on where that changed.
pub fn suspended_in_writing(
    from: Moment,
    to: Option<Moment>,
    reason: Option<&str>,
    until: Option<(Moment, Option<&str>)>,
) -> String {
    let why = because(reason);
    let mut said = format!("Se suspendió la sesión {}{why}", at_clock(from));
    if let Some(to) = to {
        let comma = if why.starts_with(',') { "," } else { "" };
        said.push_str(&format!("{comma} y se reanudó {}", at_clock(to)));
    }
    if let Some((until, why)) = until {
        let until = at_clock(until);
        let until = until.trim_start_matches("a ");
        said.push_str(&format!("; el plazo para responder se fijó hasta {until}{}", because(why)));
    }
    sentence(said)
}

/// A new term, to repeat a tied vote in writing.
pub fn second_term(at: Moment, until: Moment, reason: Option<&str>) -> String {
    sentence(format!(
        "Para repetir la votación empatada, {} se abrió un nuevo plazo para responder, hasta {}{}",
        at_clock(at),
        at_clock(until).trim_start_matches("a "),
        because(reason)
    ))
}

/// The quorum of a written session: seats needed, of how many.
pub fn quorum_in_writing(base: u64, need: u64, norm: Option<&Source>) -> String {
    format!("Hubo quórum, fijado en {} de {}{}.", number(need), number(base), cited(norm))
}

/// A written session that is not held: too few replied in time.
pub fn no_quorum_in_writing(have: u64, need: u64, norm: Option<&Source>) -> String {
    let replied = match have {
        0 => "no respondió ninguno".to_owned(),
        1 => "respondió uno (1)".to_owned(),
        n => format!("respondieron {}", number(n)),
    };
    let required = match need {
        1 => "Del puesto requerido".to_owned(),
        n => format!("De los {} puestos requeridos", number(n)),
    };
    format!("{required}{} {replied}; la sesión no se realizó por falta de quórum.", cited(norm))
}

/// Whose seats did not reply in a written session.
pub fn not_replied(who: &[String]) -> String {
    format!("{} {}.", agree(who.len() as u64, "No respondió", "No respondieron"), list(who))
}

/// Somebody replied for a seat without a delegation in force, or without the letter of an alternate.
pub fn replied_without_delegation(who: &str, seat: &str, alternate: bool) -> String {
    format!(
        "{} respondió por {} sin {}: su respuesta consta y no se contó.",
        capitalized(who),
        with_article(seat),
        lacking(alternate)
    )
}

/// A reply that came before the term opened, or while the session was suspended and was not resumed.
pub fn reply_out_of_term(who: &str, at: Moment, before: bool) -> String {
    let when = if before { "antes de la apertura" } else { "con la sesión suspendida" };
    format!("La respuesta {}, recibida {}, {when}, no se contó.", de(who), at_clock(at))
}

/// A reply that came in time, while the session was suspended, and counted.
pub fn reply_while_suspended(who: &str, at: Moment) -> String {
    format!("La respuesta {}, recibida {}, con la sesión suspendida, se contó.", de(who), at_clock(at))
}

/// A reply that said again what an earlier one said.
pub fn replied_again(who: &str, at: Moment) -> String {
    format!(
        "{} respondió de nuevo lo mismo {}; se contó la primera respuesta.",
        capitalized(who),
        at_clock(at)
    )
}

/// A reply changed within the term: which of the two stands by the rules.
pub fn reply_changed(who: &str, at: Moment, last: bool, norm: Option<&Source>) -> String {
    let which = if last { "la última" } else { "la primera" };
    format!("{} cambió su respuesta {}; se contó {which}{}.", capitalized(who), at_clock(at), cited(norm))
}

/// A seat that said which of its replies stands.
pub fn reply_clarified(who: &str, at: Moment) -> String {
    format!("{} aclaró {} cuál de sus respuestas valía; se contó esa.", capitalized(who), at_clock(at))
}

/// Replies of one seat that differ, of which it did not say which stands.
pub fn replies_differ(who: &[String], at: &[Moment]) -> String {
    let times: Vec<String> = at.iter().map(|at| at_clock(*at)).collect();
    format!(
        "{} {} de distinta manera {} y no se supo cuál respuesta valía; ninguna se contó.",
        capitalized(&list(who)),
        agree(who.len() as u64, "respondió", "respondieron"),
        list(&times)
    )
}

/// Somebody replied for a second seat.
pub fn replied_for_another(who: &str, seat: &str) -> String {
    format!(
        "{} respondió también por {}; nadie responde por dos puestos y esa respuesta no se contó.",
        capitalized(who),
        with_article(seat)
    )
}

/// A reply for a seat without a vote.
pub fn replied_with_voice(who: &str) -> String {
    format!("{} respondió con voz y sin voto: su respuesta consta y no se contó.", capitalized(who))
}

/// A reply on a matter that its seat is recused of.
pub fn replied_recused(who: &str) -> String {
    format!("La respuesta {} en el asunto de su impedimento contó para el quórum y no como voto.", de(who))
}

/// Seats whose silence counts in favour, by a norm.
pub fn silent_in_favour(seats: &[String], norm: Option<&Source>) -> String {
    let seats: Vec<String> = seats.iter().map(|seat| with_article(seat)).collect();
    format!(
        "Por su silencio{} {} a favor {}.",
        cited(norm),
        agree(seats.len() as u64, "se contó", "se contaron"),
        list(&seats)
    )
}

/// The end of a written session whose replies were counted.
pub fn adjourned_in_writing(at: Moment, reason: Option<&str>) -> String {
    sentence(format!("Contadas las respuestas, se levantó la sesión {}{}", at_clock(at), because(reason)))
}

/// The replies of a written session by its closing time, and those that came too late.
pub fn written_replies(until: Moment, replied: u64, late: &[(String, Moment)]) -> String {
    let replied = match replied {
        0 => "no respondió ningún puesto".to_owned(),
        n => format!("{} {}", agree(n, "respondió", "respondieron"), SEAT.count_one_in_words(n)),
    };
    let mut said = format!("Hasta {} {replied}", at_clock(until).trim_start_matches("a "));
    for (who, at) in late {
        said.push_str(&format!("; la respuesta {}, recibida {}, no se contó", de(who), at_clock(*at)));
    }
    said.push('.');
    said
}

/// The sentence above the signatures.
pub fn closing(signers: usize, day: NaiveDate) -> String {
    let sign = if signers == 1 { "se firma" } else { "firman" };
    format!("En constancia {sign} en Bogotá, D. C., el {}.", date(day))
}

/// "8:03 a. m." of a clock time, or a dash.
pub fn clock_or_dash(time: Option<NaiveTime>) -> String {
    time.map_or_else(|| "—".to_owned(), clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        let day = "2026-03-12".parse().unwrap();
        Moment { time: NaiveTime::parse_from_str(text, "%H:%M").unwrap(), day, another_day: false }
    }

    fn next_day(text: &str) -> Moment {
        Moment { day: "2026-03-13".parse().unwrap(), another_day: true, ..at(text) }
    }

    fn norm(citation: &str) -> Source {
        Source { citation: citation.into(), article: None, text: None, fictitious: false }
    }

    fn verified(verified: u64, connected: u64, mixed: bool) -> Identity {
        Identity { verified, connected, mixed, means: vec![] }
    }

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn what_is_quoted_quotes_with_other_marks() {
        for (text, quote) in [
            ("Aprobar el informe.", "«Aprobar el informe»"),
            (
                " Aprobar la propuesta «Planta piloto de biogás» y firmar. ",
                "«Aprobar la propuesta “Planta piloto de biogás” y firmar»",
            ),
            ("El concepto «Sobre la “ciudad”» no basta", "«El concepto “Sobre la ‘ciudad’” no basta»"),
        ] {
            assert_eq!(quoted(text), quote);
        }
    }

    const PROPOSAL: Subject = Subject::feminine("La propuesta");

    #[test]
    fn every_model_sentence() {
        let art8 = norm("Acuerdo 001 de 2024, art. 8");
        let art11 = norm("Acuerdo 001 de 2024, art. 11");
        let votes = |in_favor, against, abstain| Tally { in_favor, against, abstain };
        for (said, expect) in [
            (
                opening(at("08:05"), Gender::F.presiding()),
                "A las 8:05 a. m. la presidenta declaró instalada la sesión.",
            ),
            (
                opening(at("13:05"), Gender::Neutral.presiding()),
                "A la 1:05 p. m. quien presidía declaró instalada la sesión.",
            ),
            (
                quorum(12, 16, 9, true, Some(&art8)),
                "Respondieron doce (12) puestos de dieciséis (16); hubo quórum, fijado en nueve (9) (Acuerdo 001 de 2024, art. 8).",
            ),
            (
                quorum(1, 16, 9, false, None),
                "Respondió un puesto de dieciséis (16); no hubo quórum, fijado en nueve (9).",
            ),
            (
                quorum(0, 16, 9, false, None),
                "No respondió ningún puesto de dieciséis (16); no hubo quórum, fijado en nueve (9).",
            ),
            (
                no_quorum(Some(30), at("08:36"), (3, 4), true),
                "Transcurridos treinta (30) minutos, se contaron tres (3) de los cuatro (4) puestos requeridos; no hubo quórum y la reunión siguió de manera informativa.",
            ),
            (
                declared_early(at("08:30"), Some(&art8), "Porque tres entidades avisaron que no venían."),
                "Se declaró antes de las 8:30 a. m., cuando terminaba la espera (Acuerdo 001 de 2024, art. 8), porque tres entidades avisaron que no venían.",
            ),
            (
                no_quorum(Some(30), at("08:36"), (8, 9), false),
                "Transcurridos treinta (30) minutos, se contaron ocho (8) de los nueve (9) puestos requeridos; la sesión no se realizó por falta de quórum.",
            ),
            (
                movement(at("08:17"), ("ingresó", "ingresaron"), &names(&["la doctora X"]), Count::Left(13)),
                "A las 8:17 a. m. ingresó la doctora X; quedaron trece (13) puestos.",
            ),
            (
                movement(at("08:17"), ("ingresó", "ingresaron"), &names(&["X", "Y"]), Count::Left(14)),
                "A las 8:17 a. m. ingresaron X y Y; quedaron catorce (14) puestos.",
            ),
            (
                movement(
                    at("09:50"),
                    ("se reincorporó", "se reincorporaron"),
                    &names(&["la doctora X", "Y", "Inés"]),
                    Count::Regained(9),
                ),
                "A las 9:50 a. m. se reincorporaron la doctora X, Y e Inés; quedaron nueve (9) puestos y se recuperó el quórum.",
            ),
            (
                moved(at("09:40"), &not_back(&names(&["la doctora X"])), Count::Kept),
                "A las 9:40 a. m. no había regresado la doctora X, que había salido por impedimento; se mantuvo el quórum.",
            ),
            (
                without_quorum(true),
                "El punto se abrió sin quórum: solo se conversó sobre él y quedó pendiente.",
            ),
            (without_quorum(false), "Al terminar el punto no había quórum: no se pudo decidir."),
            (
                decision_quorum_lost(at("08:40"), "se retiró el doctor X", 1, 4, &names(&["4", "5"])),
                "A las 8:40 a. m. se retiró el doctor X; quedó un puesto y se perdió el quórum para decidir, que es de cuatro (4); quedaron pendientes los puntos 4 y 5.",
            ),
            (rejected(PROPOSAL, votes(0, 0, 5), 1), "La propuesta fue negada: no obtuvo el voto requerido."),
            (
                movement(at("10:20"), ("se retiró", "se retiraron"), &names(&["el doctor X"]), Count::Kept),
                "A las 10:20 a. m. se retiró el doctor X; se mantuvo el quórum.",
            ),
            (
                recusal_declared("la doctora X", Gender::F, "Vínculo familiar.", "la Comisión"),
                "La doctora X se declaró impedida por vínculo familiar; el punto quedó suspendido hasta la decisión de la Comisión.",
            ),
            (
                recusal_accepted("la doctora X", "la Resolución 3 de 2025", true, false),
                "Aceptado el impedimento mediante la Resolución 3 de 2025, la doctora X salió y no participó en el punto.",
            ),
            (
                recusal_challenged("el señor Z", "la doctora X", "Vínculo familiar.", "la Comisión"),
                "El señor Z recusó a la doctora X por vínculo familiar; el punto quedó suspendido hasta la decisión de la Comisión.",
            ),
            (
                challenge_answered("la doctora X", false, Some("No hay vínculo.")),
                "La doctora X no aceptó la causal de la recusación: «No hay vínculo».",
            ),
            (
                recusal_accepted("la doctora X", "la Resolución 3 de 2025", true, true),
                "Aceptada la recusación mediante la Resolución 3 de 2025, la doctora X salió y no participó en el punto.",
            ),
            (
                recusal_rejected("la doctora X", "la Resolución 3 de 2025", true),
                "Negada la recusación mediante la Resolución 3 de 2025, la doctora X siguió en el punto.",
            ),
            (
                ad_hoc(at("08:40"), "el doctor W", "la doctora X", "la Resolución 3 de 2025"),
                "A las 8:40 a. m., mediante la Resolución 3 de 2025, se designó ad hoc al doctor W, en lugar de la doctora X, solo para el punto.",
            ),
            (
                not_accredited("la doctora X", NaiveDate::from_ymd_opt(2026, 8, 31)),
                "La doctora X asistió sin acreditación vigente, pues su periodo venció el 31 de agosto de 2026: tuvo voz, no votó ni se contó para el quórum.",
            ),
            (
                unanimous(PROPOSAL, 14, false),
                "La propuesta fue aprobada por unanimidad de los catorce (14) puestos presentes.",
            ),
            (
                unanimous(Subject::masculine("El informe"), 1, false),
                "El informe fue aprobado por unanimidad del único puesto presente.",
            ),
            (
                majority(PROPOSAL, Threshold::Simple, votes(11, 1, 1)),
                "La propuesta fue aprobada por mayoría simple: once (11) votos a favor, un (1) voto en contra y una (1) abstención.",
            ),
            (
                majority(PROPOSAL, Threshold::TwoThirds, votes(21, 0, 21)),
                "La propuesta fue aprobada por mayoría de dos tercios: veintiún (21) votos a favor, cero (0) votos en contra y veintiuna (21) abstenciones.",
            ),
            (
                rejected(Subject::feminine("La moción"), votes(8, 5, 1), 11),
                "La moción fue negada: obtuvo ocho (8) de los once (11) votos requeridos.",
            ),
            (tie(votes(6, 6, 1)), "Se declaró el empate: seis (6) votos a favor y seis (6) en contra."),
            (
                casting_vote(Some(&art11), Gender::F.presiding(), BallotValue::For),
                "En ejercicio del voto dirimente (Acuerdo 001 de 2024, art. 11), la presidenta votó a favor.",
            ),
            (
                second_round_tied(PROPOSAL, Some(&art11)),
                "Repetida la votación, subsistió el empate y la propuesta no fue aprobada (Acuerdo 001 de 2024, art. 11).",
            ),
            (
                postponed(1, Some("Falta de cifras.")),
                "Se aplazó el punto hasta la siguiente sesión, por falta de cifras.",
            ),
            (
                postponed(1, Some("por falta del anexo")),
                "Se aplazó el punto hasta la siguiente sesión, por falta del anexo.",
            ),
            (postponed(2, None), "Se aplazaron los puntos hasta la siguiente sesión."),
            (
                quorum_lost(at("11:01"), "", 8, &names(&["9"])),
                "A las 11:01 a. m. quedaron ocho (8) puestos y se perdió el quórum; quedó pendiente el punto 9.",
            ),
            (
                quorum_lost(at("11:01"), "se retiró X", 1, &names(&["9", "10"])),
                "A las 11:01 a. m. se retiró X; quedó un puesto y se perdió el quórum; quedaron pendientes los puntos 9 y 10.",
            ),
            (
                pause(false, at("09:33"), Some(at("09:40")), Some(14), None),
                "Se decretó un receso; al reanudar se contaron catorce (14) puestos. Duró de las 9:33 a. m. a las 9:40 a. m.",
            ),
            (pause(true, at("09:33"), None, None, None), "Se suspendió la sesión a las 9:33 a. m."),
            (
                pause(true, at("09:33"), None, None, Some("Falla del fluido eléctrico.")),
                "Se suspendió la sesión a las 9:33 a. m., por falla del fluido eléctrico.",
            ),
            (
                pause(false, at("09:33"), Some(at("09:40")), Some(14), Some("se fue la luz")),
                "Se decretó un receso (se fue la luz); al reanudar se contaron catorce (14) puestos. Duró de las 9:33 a. m. a las 9:40 a. m.",
            ),
            (
                never_resumed(next_day("09:00")),
                "La sesión no se reanudó: terminó cuando se suspendió. Su cierre se registró a las 9:00 a. m. del 13 de marzo de 2026.",
            ),
            (
                adjourned(at("11:42"), false, Some("Por falta de tiempo.")),
                "Se levantó la sesión a las 11:42 a. m., por falta de tiempo.",
            ),
            (
                pause(true, at("08:50"), Some(next_day("09:00")), Some(10), Some("Hasta mañana.")),
                "Se suspendió la sesión, hasta mañana, a las 8:50 a. m. del 12 de marzo de 2026 y se reanudó a las 9:00 a. m. del 13 de marzo de 2026; al reanudar se contaron diez (10) puestos.",
            ),
            (
                pause(true, next_day("09:10"), Some(next_day("09:20")), Some(1), None),
                "Se suspendió la sesión; al reanudar se contó un puesto. Duró de las 9:10 a. m. a las 9:20 a. m. del 13 de marzo.",
            ),
            (
                movement(next_day("09:06"), ("se retiró", "se retiraron"), &names(&["X"]), Count::Kept),
                "A las 9:06 a. m. del 13 de marzo se retiró X; se mantuvo el quórum.",
            ),
            (
                adjourned(next_day("09:12"), false, None),
                "Se levantó la sesión a las 9:12 a. m. del 13 de marzo.",
            ),
            (
                adjourned(at("11:42"), true, None),
                "Agotado el orden del día, se levantó la sesión a las 11:42 a. m.",
            ),
            (adjourned(at("12:00"), false, None), "Se levantó la sesión a las 12:00 m."),
            (
                delegate("la doctora X", Gender::F.as_delegate(), "el doctor Y", "la Resolución 14 de 2025"),
                "La doctora X asistió como delegada del doctor Y, según la Resolución 14 de 2025.",
            ),
            (
                former_holder("la doctora X", HolderKind::Holder, "2025-03-26".parse().unwrap()),
                "La doctora X, que dejó de ser titular el 26 de marzo de 2025, asistió con voz: no votó ni se contó para el quórum.",
            ),
            (
                acting("la doctora X", Gender::F, "la Secretaría de Salud", Some("la Resolución 5 de 2025")),
                "La doctora X asistió como encargada de la Secretaría de Salud, según la Resolución 5 de 2025.",
            ),
            (
                alternate_of_nobody("el profesor X", "la comunicación del 5 de enero de 2025"),
                "El profesor X, suplente según la comunicación del 5 de enero de 2025, asistió con voz: nadie ocupaba el puesto; no votó ni se contó para el quórum.",
            ),
            (
                no_delegation("el profesor X", true),
                "El profesor X asistió sin acreditación vigente como suplente: tuvo voz, no votó ni se contó para el quórum.",
            ),
            (
                no_delegation_until(at("08:30"), "el doctor X", false),
                "Hasta las 8:30 a. m., el doctor X asistió sin delegación vigente: tuvo voz, no votó ni se contó para el quórum.",
            ),
            (
                delegate_since(
                    at("08:30"),
                    "el doctor X",
                    Gender::M.as_delegate(),
                    "la doctora Y",
                    "la Resolución 14 de 2025",
                ),
                "Desde las 8:30 a. m., el doctor X asistió como delegado de la doctora Y, según la Resolución 14 de 2025.",
            ),
            (
                no_delegation("el doctor X", false),
                "El doctor X asistió sin delegación vigente: tuvo voz, no votó ni se contó para el quórum.",
            ),
            (
                absences(&names(&["X"]), &names(&["Y", "Z"])).unwrap(),
                "Se excusó por escrito X; no asistieron ni se excusaron Y y Z.",
            ),
            (absences(&[], &names(&["Y"])).unwrap(), "No asistió ni se excusó Y."),
            (
                statement(None, "la doctora X", "Voto en contra.", &names(&["la doctora Y"])),
                "La doctora X dejó constancia: «Voto en contra»; adhirió la doctora Y.",
            ),
            (
                dissent(None, "la doctora X", "No comparto.", &names(&["Y", "Z"])),
                "En disenso, la doctora X dejó constancia: «No comparto»; adhirieron Y y Z.",
            ),
            (
                correction(1, 2025, "10:30", "10:20"),
                "En el acta n.º 1 de 2025, donde dice «10:30», léase «10:20».",
            ),
            (
                statement(Some(at("09:10")), "la doctora X", "No voté.", &[]),
                "A las 9:10 a. m. la doctora X dejó constancia: «No voté».",
            ),
            (
                dissent(Some(at("09:10")), "la doctora X", "No comparto.", &[]),
                "A las 9:10 a. m., en disenso, la doctora X dejó constancia: «No comparto».",
            ),
            (
                by_virtual_means("Teams «Ñ»", &Identity::default(), false),
                "La sesión se realizó por Teams «Ñ».",
            ),
            (vacant(&names(&["Sector Gestión Jurídica"])), "Estaba sin titular el Sector Gestión Jurídica."),
            (
                not_voted(&names(&["Sector Ambiente", "Agencia ATENEA"])),
                "Quedaron sin votar el Sector Ambiente y la Agencia ATENEA.",
            ),
            (uncounted(1), "Quedó sin votar un puesto."),
            (secret(11), "Votaron once (11) puestos; el voto de cada uno es secreto."),
            (
                taken_out("la doctora Ana Ruiz", "6"),
                "A solicitud de la doctora Ana Ruiz, el punto 6 salió del bloque para votarse aparte.",
            ),
            (
                voted_in_block("los puntos 5, 6 y 7", "5", true),
                "Se votó en bloque con los puntos 5, 6 y 7: la proposición fue aprobada. La votación consta en el punto 5.",
            ),
            (secret(1), "Votó un puesto; el voto de cada uno es secreto."),
            (
                objection("la doctora Ana Ruiz", Some("Falta el concepto.")),
                "La doctora Ana Ruiz objetó: «Falta el concepto».",
            ),
            (objection("el doctor Luis Ruiz", None), "El doctor Luis Ruiz objetó."),
            (
                no_majority_after_consensus(&art11),
                "No hubo consenso y la sesión terminó sin la votación por mayoría (Acuerdo 001 de 2024, art. 11); el asunto quedó sin decisión.",
            ),
            (with_article("Resolución 5 de 2026"), "la Resolución 5 de 2026"),
            (with_article("la Resolución 5"), "la Resolución 5"),
            (
                by_virtual_means("Videoconferencia institucional", &verified(14, 14, false), true),
                "La sesión se realizó por videoconferencia institucional; se verificó la identidad de quienes asistieron y se informó de la grabación.",
            ),
            (
                by_virtual_means("Teams", &verified(0, 14, false), true),
                "La sesión se realizó por Teams; se informó de la grabación.",
            ),
            (
                by_virtual_means("Teams", &verified(13, 14, false), false),
                "La sesión se realizó por Teams; se verificó la identidad de trece (13) de las catorce (14) personas que se conectaron.",
            ),
            (
                by_virtual_means(
                    "Teams",
                    &Identity { means: names(&["Cámara encendida."]), ..verified(1, 1, true) },
                    false,
                ),
                "La sesión se realizó por Teams; se verificó la identidad de quien se conectó. Medio de verificación: cámara encendida.",
            ),
            (
                written_replies(at("17:00"), 12, &[("la doctora X".into(), at("17:12"))]),
                "Hasta las 5:00 p. m. respondieron doce (12) puestos; la respuesta de la doctora X, recibida a las 5:12 p. m., no se contó.",
            ),
            (
                opened_in_writing(at("08:00"), Gender::M.presiding(), at("17:00"), Some(&art8)),
                "A las 8:00 a. m. el presidente abrió la sesión no presencial y el plazo para responder por escrito, hasta las 5:00 p. m. (Acuerdo 001 de 2024, art. 8).",
            ),
            (
                opened_in_writing(at("13:00"), Gender::F.presiding(), next_day("13:00"), None),
                "A la 1:00 p. m. la presidenta abrió la sesión no presencial y el plazo para responder por escrito, hasta la 1:00 p. m. del 13 de marzo.",
            ),
            (
                term_extended(
                    at("16:10"),
                    Gender::F.presiding(),
                    at("18:00"),
                    Some("Por solicitud de dos sectores."),
                ),
                "A las 4:10 p. m. la presidenta amplió el plazo para responder hasta las 6:00 p. m., por solicitud de dos sectores.",
            ),
            (
                suspended_in_writing(at("10:00"), Some(at("11:00")), Some("Falla del correo."), None),
                "Se suspendió la sesión a las 10:00 a. m., por falla del correo, y se reanudó a las 11:00 a. m.",
            ),
            (
                suspended_in_writing(
                    at("10:00"),
                    Some(at("11:00")),
                    None,
                    Some((at("18:00"), Some("para reponer el tiempo"))),
                ),
                "Se suspendió la sesión a las 10:00 a. m. y se reanudó a las 11:00 a. m.; el plazo para responder se fijó hasta las 6:00 p. m., para reponer el tiempo.",
            ),
            (suspended_in_writing(at("10:00"), None, None, None), "Se suspendió la sesión a las 10:00 a. m."),
            (
                quorum_in_writing(16, 9, Some(&art8)),
                "Hubo quórum, fijado en nueve (9) de dieciséis (16) (Acuerdo 001 de 2024, art. 8).",
            ),
            (
                no_quorum_in_writing(1, 9, None),
                "De los nueve (9) puestos requeridos respondió uno (1); la sesión no se realizó por falta de quórum.",
            ),
            (not_replied(&names(&["X", "Y"])), "No respondieron X y Y."),
            (
                reply_changed("la doctora X", at("10:12"), true, Some(&art8)),
                "La doctora X cambió su respuesta a las 10:12 a. m.; se contó la última (Acuerdo 001 de 2024, art. 8).",
            ),
            (
                replies_differ(&names(&["el doctor X"]), &[at("09:10"), at("10:12")]),
                "El doctor X respondió de distinta manera a las 9:10 a. m. y a las 10:12 a. m. y no se supo cuál respuesta valía; ninguna se contó.",
            ),
            (
                replied_without_delegation("el doctor X", "Sector Salud", false),
                "El doctor X respondió por el Sector Salud sin delegación vigente: su respuesta consta y no se contó.",
            ),
            (
                replied_for_another("el doctor X", "Sector Salud"),
                "El doctor X respondió también por el Sector Salud; nadie responde por dos puestos y esa respuesta no se contó.",
            ),
            (
                reply_out_of_term("el doctor X", at("07:40"), true),
                "La respuesta del doctor X, recibida a las 7:40 a. m., antes de la apertura, no se contó.",
            ),
            (
                silent_in_favour(&names(&["Sector Salud", "Sector Hacienda"]), Some(&art8)),
                "Por su silencio (Acuerdo 001 de 2024, art. 8) se contaron a favor el Sector Salud y el Sector Hacienda.",
            ),
            (written_replies(at("17:00"), 1, &[]), "Hasta las 5:00 p. m. respondió un puesto."),
            (
                closing(2, "2025-06-27".parse().unwrap()),
                "En constancia firman en Bogotá, D. C., el 27 de junio de 2025.",
            ),
            (
                closing(1, "2025-06-27".parse().unwrap()),
                "En constancia se firma en Bogotá, D. C., el 27 de junio de 2025.",
            ),
        ] {
            assert_eq!(said, expect);
            assert!(!said.contains("Siendo"), "no opening gerund: {said}");
        }
        assert_eq!(absences(&[], &[]), None);
    }
}
