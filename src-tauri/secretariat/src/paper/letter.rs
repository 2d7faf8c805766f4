//! Letters that tell facts of the record: an absence without an excuse, a commitment that is due.

use serde::Serialize;

use super::{Drawn, Head, Signatory, Told, fictitious, minutes_name, said_secretariat, secretary};
use crate::attendance::statistics::{SeatAttendance, of_seat};
use crate::body::Body;
use crate::catalog::Entity;
use crate::codes::{Capacity, CommitmentStatus, DocumentKind, SessionMode, SessionStatus, Treatment};
use crate::commitment::{GetCommitmentView, view};
use crate::course::{self, Course, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{CommitmentId, SeatId, SessionId};
use crate::journal::Read;
use crate::minutes::{adopted, sentences};
use crate::person::Person;
use crate::session::{Session, plan};
use crate::spanish::{capitalized, clock, date, list, long_date};
use crate::text;

/// A letter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Letter {
    /// Place and day.
    pub dated: String,
    /// To whom, line by line.
    pub addressee: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Who signs.
    pub signatory: Signatory,
}

fn refused(text: Text) -> Failure {
    Failure::new(Code::WrongState, text)
}

fn addressee(treatment: Treatment, name: &str, position: Option<&str>, entity: Option<&str>) -> Vec<String> {
    let lines = [Some(capitalized(treatment.word())), Some(name.to_owned())]
        .into_iter()
        .chain([position.map(str::to_owned), entity.map(str::to_owned)])
        .flatten();
    lines.filter(|line| !line.trim().is_empty()).collect()
}

/// How the session went, inside a sentence: "realizada el jueves, 27 de marzo de 2025, de 8:03 a. m. a 11:42 a. m., en …".
fn held(facts: &Facts, course: &Course) -> String {
    let session = &facts.session;
    let day = long_date(session.date);
    if session.status == SessionStatus::NotHeldNoQuorum {
        return format!("convocada para el {day}, que no se realizó por falta de quórum");
    }
    let hours = match (course.opened_at, course.closed_at) {
        (Some(from), Some(to)) if crate::local(from).date() == crate::local(to).date() => {
            format!(", de {} a {}", clock(crate::local(from).time()), clock(crate::local(to).time()))
        }
        _ => String::new(),
    };
    let place = [&session.place, &session.platform]
        .into_iter()
        .flatten()
        .map(|place| sentences::inside(place))
        .find(|place| !place.is_empty());
    let place = place.map_or_else(String::new, |place| format!(" ({place})"));
    format!("realizada el {day}{hours}{place}")
}

/// The letter about an absence without an excuse.
pub(super) fn absence(read: &Read<'_>, session: &SessionId, seat: &SeatId) -> Result<Drawn> {
    let session: Session = read.get(session)?;
    let over = matches!(
        session.status,
        SessionStatus::Adjourned | SessionStatus::Informative | SessionStatus::NotHeldNoQuorum
    );
    let facts = match over {
        true => course::presence_facts(read, session.clone())?,
        false => None,
    };
    let Some(facts) = facts.filter(|_| session.mode != SessionMode::Written) else {
        return Err(refused(text!(
            "La comunicación se hace de una sesión que terminó y en la que se llamó a lista.",
            "The letter is about a session that has ended and in which the roll was called."
        )));
    };
    let course = course::course(&facts);
    let frame_seat = facts.frame.seat(seat).ok_or_else(|| Failure::not_found("seat", seat.as_str()))?;
    let title = &frame_seat.seat.title;
    match of_seat(&facts, &course, seat) {
        SeatAttendance::Absent => {}
        SeatAttendance::Excused => {
            return Err(refused(text!(
                "El puesto «{title}» presentó excusa por escrito: no hay inasistencia sin excusa que comunicar.",
                "The seat “{title}” was excused in writing: there is no unexcused absence to tell."
            )));
        }
        SeatAttendance::Vacant => {
            return Err(refused(text!(
                "Nadie ocupaba el puesto «{title}» ese día: no hay a quién comunicar.",
                "Nobody held the seat “{title}” that day: there is nobody to write to."
            )));
        }
        SeatAttendance::Holder | SeatAttendance::Acting | SeatAttendance::Represented => {
            return Err(refused(text!(
                "El puesto «{title}» asistió a esa sesión: no hay inasistencia que comunicar.",
                "The seat “{title}” attended that session: there is no absence to tell."
            )));
        }
    }
    let body: Body = read.get(&session.body_id)?;
    let day = course.opened_at.map_or(session.date, |opened| facts.sitting(opened));
    let person = facts.frame.holder_on(seat, day).and_then(|holder| facts.frame.person(&holder.person_id));
    let entity = frame_seat.entity.as_deref();
    let to = match person {
        Some(person) => addressee(person.treatment, &person.full_name, person.position.as_deref(), entity),
        None => addressee(Treatment::None, title, None, entity),
    };
    let name = sentences::uncapitalized(&plan::name(&session).es);
    let secretariat = capitalized(&said_secretariat(&facts.frame.body_name));
    let sent = session.notice.as_ref().map(|sent| crate::local(sent.convened_at).date());
    let sent = sent.map_or_else(String::new, |day| format!(" La convocatoria se envió el {}.", date(day)));
    let mut paragraphs = vec![format!(
        "{secretariat} informa que en la {name}, {}, el puesto «{title}» no tuvo asistencia de su titular ni de quien lo \
         representara.{sent}",
        held(&facts, &course)
    )];
    for (capacity, lacked) in
        [(Capacity::NoValidDelegation, "delegación"), (Capacity::NotAccredited, "acreditación")]
    {
        let mut uncounted: Vec<String> = course
            .of_seat(seat)
            .filter(|p| p.capacity == capacity)
            .filter_map(|p| facts.frame.person(&p.person_id))
            .map(|p| p.treatment.person(&p.full_name))
            .collect();
        uncounted.dedup();
        if uncounted.is_empty() {
            continue;
        }
        let (came, had, counted) = match uncounted.len() {
            1 => ("Asistió", "tuvo", "se contó"),
            _ => ("Asistieron", "tuvieron", "se contaron"),
        };
        paragraphs.push(format!(
            "{came} {} sin {lacked} vigente: {had} voz, y no {counted} para el quórum ni \
             para las votaciones.",
            list(&uncounted)
        ));
    }
    let told = match crate::minutes::kept_of(read, &session.id)? {
        Some(minutes) => {
            let state = if adopted(minutes.status) { "consta en el" } else { "se registrará en el" };
            format!(" La asistencia {state} {}.", sentences::uncapitalized(&minutes_name(&minutes)))
        }
        None => String::new(),
    };
    paragraphs.push(format!(
        "En el archivo de la sesión no hay excusa presentada por escrito. Si la hubo, se solicita remitir copia a la \
         secretaría técnica para incorporarla al archivo; el quórum y las decisiones de la sesión no cambian.{told}"
    ));
    Ok(Drawn {
        kind: DocumentKind::AbsenceLetter,
        session_id: Some(session.id.clone()),
        minutes_id: None,
        stem: format!("inasistencia-{}-puesto-{:02}", session.stem(), frame_seat.seat.number),
        head: Head {
            body: facts.frame.body_name.clone(),
            title: "Comunicación de inasistencia".to_owned(),
            subtitle: String::new(),
            facts: Vec::new(),
            fictitious: facts.frame.rule_set.adopted_by.fictitious,
        },
        told: Told::Letter(Letter {
            dated: format!("Bogotá, D. C., {}", date(read.ctx.today())),
            addressee: to,
            subject: format!("Inasistencia a la {name}"),
            paragraphs,
            signatory: secretary(read, &body, read.ctx.today())?,
        }),
        body,
    })
}

/// The letter about a commitment that is due or overdue.
pub(super) fn commitment(read: &Read<'_>, id: &CommitmentId) -> Result<Drawn> {
    let today = read.ctx.today();
    let found = view(read, GetCommitmentView { id: id.clone(), on: None })?;
    let (line, commitment) = (&found.line, &found.line.commitment);
    if !matches!(line.status, CommitmentStatus::InProgress | CommitmentStatus::Overdue) {
        let state = line.status.label();
        return Err(refused(text!(
            "El compromiso está {state}: no hay plazo que recordar.",
            "The commitment is no longer open: there is no term to remind of."
        )));
    }
    let person: Option<Person> = match &commitment.responsible_person_id {
        Some(id) => read.find(id)?,
        None => None,
    };
    let entity: Option<Entity> = match &commitment.responsible_entity_id {
        Some(id) => read.find(id)?,
        None => None,
    };
    let entity = entity.map(|entity| entity.name);
    let to = match (&person, &entity) {
        (Some(person), _) => addressee(
            person.treatment,
            &person.full_name,
            person.position.as_deref(),
            entity.as_deref().or(person.organization.as_deref()),
        ),
        (None, Some(entity)) => vec![entity.clone()],
        (None, None) => {
            return Err(refused(text!(
                "El compromiso no tiene responsable. Asígnelo antes de comunicarlo.",
                "Nobody answers for the commitment. Say who before writing to them."
            )));
        }
    };
    let body: Body = read.get(&commitment.body_id)?;
    let session: Session = read.get(&commitment.session_id)?;
    let name = sentences::uncapitalized(&found.session.name.es);
    let item = found.item.as_ref().map_or_else(String::new, |item| format!(", en el punto {item}"));
    let mut paragraphs = vec![format!(
        "{} informa que en la {name}, del {}{item}, se adquirió este compromiso:",
        capitalized(&said_secretariat(&body.name)),
        date(session.date)
    )];
    paragraphs.push(sentences::quoted(&commitment.text));
    let overdue = line.status == CommitmentStatus::Overdue;
    paragraphs.push(match (commitment.due_on, overdue) {
        (Some(due), true) => format!(
            "La fecha límite era el {}. A la fecha de esta comunicación el compromiso no se ha registrado como cumplido.",
            long_date(due)
        ),
        (Some(due), false) if due == today => format!("La fecha límite es hoy, {}.", long_date(due)),
        (Some(due), false) => format!("La fecha límite es el {}.", long_date(due)),
        (None, _) => "El compromiso se registró sin fecha límite.".to_owned(),
    });
    paragraphs.push(
        "Se solicita informar a la secretaría técnica el avance y remitir la evidencia de su cumplimiento, para dar cuenta \
         de él en la siguiente sesión."
            .to_owned(),
    );
    Ok(Drawn {
        kind: DocumentKind::CommitmentLetter,
        session_id: Some(session.id.clone()),
        minutes_id: None,
        stem: format!("compromiso-{}-{}", session.stem(), commitment.id),
        head: Head {
            title: if overdue { "Compromiso vencido" } else { "Compromiso por cumplir" }.to_owned(),
            subtitle: String::new(),
            facts: Vec::new(),
            fictitious: fictitious(read, &body.id)?,
            body: body.name.clone(),
        },
        told: Told::Letter(Letter {
            dated: format!("Bogotá, D. C., {}", date(today)),
            addressee: to,
            subject: format!("Compromiso de la {name}"),
            paragraphs,
            signatory: secretary(read, &body, today)?,
        }),
        body,
    })
}
