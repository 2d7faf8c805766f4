//! Spanish wording of numbers, dates, lists and agreement, as official minutes write them.
//!
//! Numbers that decide something are written in words and figures ("doce (12) puestos"); words agree in gender and
//! number with what they count ("veintiún votos", "una abstención") and with the treatment of a person ("la
//! presidenta", "el presidente", "quien presidía").

use crate::codes::{ActKind, Gender, Treatment};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

impl Gender {
    /// The word for this gender: `g.of("elegida", "elegido", "quien fue elegido")`.
    pub fn of<'a>(self, f: &'a str, m: &'a str, neutral: &'a str) -> &'a str {
        match self {
            Gender::F => f,
            Gender::M => m,
            Gender::Neutral => neutral,
        }
    }

    /// "la presidenta", "el presidente", "quien presidía".
    pub fn presiding(self) -> &'static str {
        self.of("la presidenta", "el presidente", "quien presidía")
    }

    /// "la secretaria técnica", "el secretario técnico", "la secretaría técnica".
    pub fn technical_secretary(self) -> &'static str {
        self.of("la secretaria técnica", "el secretario técnico", "la secretaría técnica")
    }

    /// How somebody attends for another: "como delegada", "como delegado", "en delegación".
    pub fn as_delegate(self) -> &'static str {
        self.of("como delegada", "como delegado", "en delegación")
    }

    /// What somebody declares: "impedida", "impedido", "en impedimento".
    pub fn recused(self) -> &'static str {
        self.of("impedida", "impedido", "en impedimento")
    }

    /// "encargada", "encargado", "en encargo".
    pub fn acting(self) -> &'static str {
        self.of("encargada", "encargado", "en encargo")
    }

    /// "invitada", "invitado", "en calidad de invitación".
    pub fn guest(self) -> &'static str {
        self.of("invitada", "invitado", "por invitación")
    }
}

impl Treatment {
    /// The word alone: "doctora"; empty without treatment.
    pub fn word(self) -> &'static str {
        if self == Treatment::None { "" } else { self.label() }
    }

    /// The gender of the treatment itself, neutral without one.
    pub fn gender(self) -> Gender {
        match self {
            Treatment::Doctora | Treatment::Ingeniera | Treatment::Profesora | Treatment::Senora => Gender::F,
            Treatment::Doctor | Treatment::Ingeniero | Treatment::Profesor | Treatment::Senor => Gender::M,
            Treatment::None => Gender::Neutral,
        }
    }

    /// A person inside a sentence: "la doctora Ana Pérez"; the bare name without treatment.
    pub fn person(self, name: &str) -> String {
        match self.gender() {
            Gender::F => format!("la {} {name}", self.word()),
            Gender::M => format!("el {} {name}", self.word()),
            Gender::Neutral => name.to_owned(),
        }
    }
}

/// Several people inside a sentence: "la doctora Ana Pérez, el doctor Luis Gil e Inés Mora".
pub fn people<'a>(who: impl IntoIterator<Item = (Treatment, &'a str)>) -> String {
    list(&who.into_iter().map(|(treatment, name)| treatment.person(name)).collect::<Vec<_>>())
}

/// "de" before a noun phrase, contracted with the article: "del doctor Gil", "de la doctora Paz", "de El Salvador".
pub fn de(phrase: &str) -> String {
    phrase.strip_prefix("el ").map_or_else(|| format!("de {phrase}"), |rest| format!("del {rest}"))
}

/// "a" before a noun phrase, contracted with the article: "al doctor Gil", "a la doctora Paz".
pub fn a(phrase: &str) -> String {
    phrase.strip_prefix("el ").map_or_else(|| format!("a {phrase}"), |rest| format!("al {rest}"))
}

/// The singular or the plural, whichever agrees with `n`; zero takes the plural.
pub fn agree<'a>(n: u64, singular: &'a str, plural: &'a str) -> &'a str {
    if n == 1 { singular } else { plural }
}

/// The same text with its first letter in upper case, for the beginning of a sentence.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Which form a cardinal takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Before a masculine noun: "un", "veintiún", "treinta y un".
    Masculine,
    /// Before a feminine noun, or alone for one: "una", "veintiuna", "doscientas".
    Feminine,
    /// Alone, as in counting: "uno", "veintiuno", "treinta y uno".
    Alone,
}

/// A cardinal in words up to 999 999; larger numbers in figures.
pub fn cardinal(n: u64, form: Form) -> String {
    match n {
        0..1000 => hundreds(n, form),
        1000..1_000_000 => {
            // "mil" is counted with apocope in the masculine: "veintiún mil uno".
            let before_mil = if form == Form::Feminine { Form::Feminine } else { Form::Masculine };
            let thousands = if n / 1000 == 1 {
                "mil".to_owned()
            } else {
                format!("{} mil", hundreds(n / 1000, before_mil))
            };
            if n.is_multiple_of(1000) {
                thousands
            } else {
                format!("{thousands} {}", hundreds(n % 1000, form))
            }
        }
        _ => figures(n),
    }
}

fn hundreds(n: u64, form: Form) -> String {
    const MASCULINE: [&str; 10] = [
        "",
        "ciento",
        "doscientos",
        "trescientos",
        "cuatrocientos",
        "quinientos",
        "seiscientos",
        "setecientos",
        "ochocientos",
        "novecientos",
    ];
    match n {
        0..100 => tens(n, form),
        100 => "cien".to_owned(),
        _ => {
            let hundred = MASCULINE.get(usize::try_from(n / 100).unwrap_or(0)).copied().unwrap_or("");
            let hundred = if form == Form::Feminine {
                hundred.replace("cientos", "cientas").replace("quinientos", "quinientas")
            } else {
                hundred.to_owned()
            };
            if n.is_multiple_of(100) { hundred } else { format!("{hundred} {}", tens(n % 100, form)) }
        }
    }
}

fn tens(n: u64, form: Form) -> String {
    const SMALL: [&str; 30] = [
        "cero",
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "dieciséis",
        "diecisiete",
        "dieciocho",
        "diecinueve",
        "veinte",
        "veintiuno",
        "veintidós",
        "veintitrés",
        "veinticuatro",
        "veinticinco",
        "veintiséis",
        "veintisiete",
        "veintiocho",
        "veintinueve",
    ];
    const TENS: [&str; 10] =
        ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
    let at = |words: &[&'static str], i: u64| {
        usize::try_from(i).ok().and_then(|i| words.get(i).copied()).unwrap_or("")
    };
    match (n, form) {
        (1, Form::Masculine) => "un".to_owned(),
        (1, Form::Feminine) => "una".to_owned(),
        (21, Form::Masculine) => "veintiún".to_owned(),
        (21, Form::Feminine) => "veintiuna".to_owned(),
        (0..30, _) => at(&SMALL, n).to_owned(),
        _ if n.is_multiple_of(10) => at(&TENS, n / 10).to_owned(),
        _ => format!("{} y {}", at(&TENS, n / 10), tens(n % 10, form)),
    }
}

/// A number in figures with the thousands' points of es-CO: "1.234.567".
pub fn figures(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A cardinal in words and figures: "doce (12)", "veintiún (21)". Beyond 999 999, figures alone.
pub fn cardinal_with_figures(n: u64, form: Form) -> String {
    if n > 999_999 { figures(n) } else { format!("{} ({})", cardinal(n, form), figures(n)) }
}

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// One of them: "voto".
    pub singular: &'static str,
    /// Several: "votos".
    pub plural: &'static str,
    /// True if feminine: "una abstención".
    pub feminine: bool,
}

/// voto.
pub const VOTE: Noun = Noun { singular: "voto", plural: "votos", feminine: false };
/// voto a favor.
pub const VOTE_FOR: Noun = Noun { singular: "voto a favor", plural: "votos a favor", feminine: false };
/// voto en contra.
pub const VOTE_AGAINST: Noun =
    Noun { singular: "voto en contra", plural: "votos en contra", feminine: false };
/// abstención.
pub const ABSTENTION: Noun = Noun { singular: "abstención", plural: "abstenciones", feminine: true };
/// puesto.
pub const SEAT: Noun = Noun { singular: "puesto", plural: "puestos", feminine: false };
/// puesto presente.
pub const SEAT_PRESENT: Noun =
    Noun { singular: "puesto presente", plural: "puestos presentes", feminine: false };
/// integrante.
pub const MEMBER: Noun = Noun { singular: "integrante", plural: "integrantes", feminine: false };
/// asistente.
pub const ATTENDEE: Noun = Noun { singular: "asistente", plural: "asistentes", feminine: false };
/// persona.
pub const PERSON: Noun = Noun { singular: "persona", plural: "personas", feminine: true };
/// minuto.
pub const MINUTE: Noun = Noun { singular: "minuto", plural: "minutos", feminine: false };
/// hora.
pub const HOUR: Noun = Noun { singular: "hora", plural: "horas", feminine: true };
/// día.
pub const DAY: Noun = Noun { singular: "día", plural: "días", feminine: false };
/// día hábil.
pub const BUSINESS_DAY: Noun = Noun { singular: "día hábil", plural: "días hábiles", feminine: false };
/// sesión.
pub const SESSION: Noun = Noun { singular: "sesión", plural: "sesiones", feminine: true };
/// punto.
pub const AGENDA_ITEM: Noun = Noun { singular: "punto", plural: "puntos", feminine: false };
/// compromiso.
pub const COMMITMENT: Noun = Noun { singular: "compromiso", plural: "compromisos", feminine: false };
/// decisión.
pub const DECISION: Noun = Noun { singular: "decisión", plural: "decisiones", feminine: true };
/// anexo.
pub const ANNEX: Noun = Noun { singular: "anexo", plural: "anexos", feminine: false };
/// observación.
pub const REMARK: Noun = Noun { singular: "observación", plural: "observaciones", feminine: true };

impl Noun {
    /// The form of a cardinal before this noun.
    pub fn form(self) -> Form {
        if self.feminine { Form::Feminine } else { Form::Masculine }
    }

    /// The noun that agrees with `n`.
    pub fn agreeing(self, n: u64) -> &'static str {
        agree(n, self.singular, self.plural)
    }

    /// In words and figures: "once (11) votos a favor", "una (1) abstención".
    pub fn count(self, n: u64) -> String {
        format!("{} {}", cardinal_with_figures(n, self.form()), self.agreeing(n))
    }

    /// In words: "veintiún votos".
    pub fn count_in_words(self, n: u64) -> String {
        format!("{} {}", cardinal(n, self.form()), self.agreeing(n))
    }

    /// In figures: "21 votos".
    pub fn count_in_figures(self, n: u64) -> String {
        format!("{} {}", figures(n), self.agreeing(n))
    }

    /// As §8's sentences count seats that do something: one in words alone ("un puesto"), more in words and figures
    /// ("doce (12) puestos").
    pub fn count_one_in_words(self, n: u64) -> String {
        if n == 1 { self.count_in_words(n) } else { self.count(n) }
    }
}

/// An ordinal in words up to the ninety-ninth, else in figures: "tercera", "tercer" before a masculine noun, "100.ª".
pub fn ordinal(n: u64, form: Form) -> String {
    const UNITS: [&str; 10] =
        ["", "primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven"];
    const TENS: [&str; 10] = [
        "",
        "décim",
        "vigésim",
        "trigésim",
        "cuadragésim",
        "quincuagésim",
        "sexagésim",
        "septuagésim",
        "octogésim",
        "nonagésim",
    ];
    let ending = if form == Form::Feminine { "a" } else { "o" };
    let at = |words: &[&'static str], i: u64| {
        usize::try_from(i).ok().and_then(|i| words.get(i).copied()).unwrap_or("")
    };
    let unit = |u: u64| match (u, form) {
        (1 | 3, Form::Masculine) => at(&UNITS, u).to_owned(),
        _ => format!("{}{ending}", at(&UNITS, u)),
    };
    match n {
        1..=9 => unit(n),
        // One word and one accent: "undécima", "duodécimo", "decimotercer".
        11 => format!("undécim{ending}"),
        12 => format!("duodécim{ending}"),
        13..=19 => format!("decimo{}", unit(n - 10)),
        10 | 20..=99 if n.is_multiple_of(10) => format!("{}{ending}", at(&TENS, n / 10)),
        20..=99 => format!("{}{ending} {}", at(&TENS, n / 10), unit(n % 10)),
        _ => match form {
            Form::Feminine => format!("{}.ª", figures(n)),
            Form::Masculine if matches!(n % 10, 1 | 3) => format!("{}.er", figures(n)),
            Form::Masculine | Form::Alone => format!("{}.º", figures(n)),
        },
    }
}

/// Items joined with "y", or "e" before the sound /i/: "A, B e Inés". When an item holds a comma, with semicolons.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    join(items, |next| if starts_with_i(next) { "e" } else { "y" })
}

/// Items joined with "o", or "u" before the sound /o/: "siete u ocho".
pub fn list_or<S: AsRef<str>>(items: &[S]) -> String {
    join(items, |next| if starts_with_o(next) { "u" } else { "o" })
}

fn join<S: AsRef<str>>(items: &[S], conjunction: impl Fn(&str) -> &'static str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => {
            let complex = items.iter().any(|item| item.contains(','));
            let (comma, before_last) = if complex { ("; ", ";") } else { (", ", "") };
            format!("{}{before_last} {} {last}", rest.join(comma), conjunction(last))
        }
    }
}

/// The first letters that sound, without quotes or brackets before them, in lower case.
fn sounding(text: &str) -> impl Iterator<Item = char> {
    text.chars().skip_while(|c| !c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// True before the vowel /i/ ("Inés", "hijos", "Ybarra"), false before a diphthong ("hielo", "Ionia", "Yolanda").
fn starts_with_i(text: &str) -> bool {
    let mut letters = sounding(text).skip_while({
        let mut first = true;
        move |c| std::mem::take(&mut first) && *c == 'h'
    });
    match letters.next() {
        Some('í') => true,
        Some('i') => !matches!(letters.next(), Some('a' | 'e' | 'o' | 'u' | 'á' | 'é' | 'ó' | 'ú')),
        Some('y') => letters.next().is_some_and(|c| !"aeiouáéíóú".contains(c) && c.is_alphabetic()),
        _ => false,
    }
}

/// True before the vowel /o/: "ocho", "hotel", "8", "11 000".
fn starts_with_o(text: &str) -> bool {
    let digits: String = sounding(text).take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return digits.starts_with('8') || digits == "11";
    }
    let mut letters = sounding(text);
    match letters.next() {
        Some('o' | 'ó') => true,
        Some('h') => matches!(letters.next(), Some('o' | 'ó')),
        _ => false,
    }
}

/// "lunes" … "domingo".
pub fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "lunes",
        Weekday::Tue => "martes",
        Weekday::Wed => "miércoles",
        Weekday::Thu => "jueves",
        Weekday::Fri => "viernes",
        Weekday::Sat => "sábado",
        Weekday::Sun => "domingo",
    }
}

/// "enero" … "diciembre".
pub fn month(day: NaiveDate) -> &'static str {
    const MONTHS: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    usize::try_from(day.month0()).ok().and_then(|m| MONTHS.get(m).copied()).unwrap_or("")
}

/// "27 de marzo de 2025".
pub fn date(day: NaiveDate) -> String {
    format!("{} de {} de {}", day.day(), month(day), day.year())
}

/// "jueves, 27 de marzo de 2025".
pub fn long_date(day: NaiveDate) -> String {
    format!("{}, {}", weekday(day), date(day))
}

/// "27 de marzo".
pub fn day_and_month(day: NaiveDate) -> String {
    format!("{} de {}", day.day(), month(day))
}

/// "marzo de 2025".
pub fn month_and_year(day: NaiveDate) -> String {
    format!("{} de {}", month(day), day.year())
}

/// "27 mar 2025", for tables.
pub fn short_date(day: NaiveDate) -> String {
    format!("{} {}", short_day(day), day.year())
}

/// "27 mar", beside an hour.
pub fn short_day(day: NaiveDate) -> String {
    let short: String = month(day).chars().take(3).collect();
    format!("{} {short}", day.day())
}

/// As acts are dated: "a los veintisiete (27) días del mes de marzo de 2025", "al primer (1.er) día del mes…".
pub fn date_of_act(day: NaiveDate) -> String {
    let n = u64::from(day.day());
    let days = if n == 1 {
        "al primer (1.er) día".to_owned()
    } else {
        format!("a los {} días", cardinal_with_figures(n, Form::Masculine))
    };
    format!("{days} del mes de {} de {}", month(day), day.year())
}

/// Two dates as a span, saying each thing once: "del 3 al 7 de marzo de 2025"; one date if they are equal.
pub fn date_span(from: NaiveDate, to: NaiveDate) -> String {
    let (same_month, same_year) = (from.month() == to.month(), from.year() == to.year());
    match (same_year, same_month) {
        _ if from == to => format!("el {}", date(from)),
        (true, true) => format!("del {} al {}", from.day(), date(to)),
        (true, false) => format!("del {} al {}", day_and_month(from), date(to)),
        _ => format!("del {} al {}", date(from), date(to)),
    }
}

/// "8:05 a. m."; noon is "12:00 m.", as Colombia writes it.
pub fn clock(time: NaiveTime) -> String {
    let (_, hour) = time.hour12();
    let half = match (time.hour(), time.minute()) {
        (12, 0) => "m.",
        (0..12, _) => "a. m.",
        _ => "p. m.",
    };
    format!("{hour}:{:02} {half}", time.minute())
}

/// "08:05".
pub fn clock24(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The article of a clock time: "la" at one o'clock, else "las".
pub fn clock_article(time: NaiveTime) -> &'static str {
    if time.hour12().1 == 1 { "la" } else { "las" }
}

/// "a las 8:05 a. m.", "a la 1:30 p. m.".
pub fn at_clock(time: NaiveTime) -> String {
    format!("a {} {}", clock_article(time), clock(time))
}

/// The text as a sentence: with the full stop that a closing abbreviation ("a. m.") may already bring.
pub fn sentence(text: impl Into<String>) -> String {
    let mut text = text.into();
    if !text.ends_with('.') {
        text.push('.');
    }
    text
}

/// A duration in minutes: "45 min", "2 h", "2 h 5 min".
pub fn duration(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m} min"),
    }
}

/// A duration in minutes, in words: "una hora y quince minutos".
pub fn duration_in_words(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => MINUTE.count_in_words(m),
        (h, 0) => HOUR.count_in_words(h),
        (h, m) => format!("{} y {}", HOUR.count_in_words(h), MINUTE.count_in_words(m)),
    }
}

impl ActKind {
    /// The article of its word: "la" resolución, "el" acuerdo.
    pub fn article(self) -> &'static str {
        if self == ActKind::Resolution { "la" } else { "el" }
    }
}

/// An act by number and year: "Resolución 14 de 2025", "Acuerdo 001 de 2024" (accords have three figures).
pub fn act(kind: ActKind, number: u32, year: i32) -> String {
    let word = capitalized(kind.label());
    if kind == ActKind::Accord {
        format!("{word} {number:03} de {year}")
    } else {
        format!("{word} {number} de {year}")
    }
}

/// Minutes by number and year: "Acta n.º 3 de 2025".
pub fn minutes_name(number: u32, year: i32) -> String {
    format!("Acta n.º {number} de {year}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    #[test]
    fn cardinals() {
        for (n, masculine, feminine, alone) in [
            (0, "cero", "cero", "cero"),
            (1, "un", "una", "uno"),
            (2, "dos", "dos", "dos"),
            (16, "dieciséis", "dieciséis", "dieciséis"),
            (20, "veinte", "veinte", "veinte"),
            (21, "veintiún", "veintiuna", "veintiuno"),
            (22, "veintidós", "veintidós", "veintidós"),
            (29, "veintinueve", "veintinueve", "veintinueve"),
            (30, "treinta", "treinta", "treinta"),
            (31, "treinta y un", "treinta y una", "treinta y uno"),
            (99, "noventa y nueve", "noventa y nueve", "noventa y nueve"),
            (100, "cien", "cien", "cien"),
            (101, "ciento un", "ciento una", "ciento uno"),
            (121, "ciento veintiún", "ciento veintiuna", "ciento veintiuno"),
            (200, "doscientos", "doscientas", "doscientos"),
            (500, "quinientos", "quinientas", "quinientos"),
            (531, "quinientos treinta y un", "quinientas treinta y una", "quinientos treinta y uno"),
            (700, "setecientos", "setecientas", "setecientos"),
            (
                999,
                "novecientos noventa y nueve",
                "novecientas noventa y nueve",
                "novecientos noventa y nueve",
            ),
            (1000, "mil", "mil", "mil"),
            (1001, "mil un", "mil una", "mil uno"),
            (1100, "mil cien", "mil cien", "mil cien"),
            (2025, "dos mil veinticinco", "dos mil veinticinco", "dos mil veinticinco"),
            (21_000, "veintiún mil", "veintiuna mil", "veintiún mil"),
            (
                31_021,
                "treinta y un mil veintiún",
                "treinta y una mil veintiuna",
                "treinta y un mil veintiuno",
            ),
            (100_000, "cien mil", "cien mil", "cien mil"),
            (200_200, "doscientos mil doscientos", "doscientas mil doscientas", "doscientos mil doscientos"),
            (
                999_999,
                "novecientos noventa y nueve mil novecientos noventa y nueve",
                "novecientas noventa y nueve mil novecientas noventa y nueve",
                "novecientos noventa y nueve mil novecientos noventa y nueve",
            ),
            (1_000_000, "1.000.000", "1.000.000", "1.000.000"),
            (
                u64::MAX,
                "18.446.744.073.709.551.615",
                "18.446.744.073.709.551.615",
                "18.446.744.073.709.551.615",
            ),
        ] {
            assert_eq!(cardinal(n, Form::Masculine), masculine);
            assert_eq!(cardinal(n, Form::Feminine), feminine);
            assert_eq!(cardinal(n, Form::Alone), alone);
        }
    }

    #[test]
    fn counts() {
        for (text, expect) in [
            (VOTE_FOR.count(11), "once (11) votos a favor"),
            (VOTE_AGAINST.count(1), "un (1) voto en contra"),
            (ABSTENTION.count(1), "una (1) abstención"),
            (ABSTENTION.count(0), "cero (0) abstenciones"),
            (VOTE.count_in_words(21), "veintiún votos"),
            (ABSTENTION.count_in_words(21), "veintiuna abstenciones"),
            (VOTE.count_in_figures(1234), "1.234 votos"),
            (SEAT.count_one_in_words(1), "un puesto"),
            (SEAT.count_one_in_words(12), "doce (12) puestos"),
            (SEAT_PRESENT.count(14), "catorce (14) puestos presentes"),
            (MINUTE.count(30), "treinta (30) minutos"),
            (VOTE.count(1_000_001), "1.000.001 votos"),
            (cardinal_with_figures(16, Form::Alone), "dieciséis (16)"),
            (agree(1, "ingresó", "ingresaron").to_owned(), "ingresó"),
            (agree(0, "ingresó", "ingresaron").to_owned(), "ingresaron"),
        ] {
            assert_eq!(text, expect);
        }
    }

    #[test]
    fn ordinals() {
        for (n, masculine, feminine, alone) in [
            (1, "primer", "primera", "primero"),
            (2, "segundo", "segunda", "segundo"),
            (3, "tercer", "tercera", "tercero"),
            (7, "séptimo", "séptima", "séptimo"),
            (10, "décimo", "décima", "décimo"),
            (11, "undécimo", "undécima", "undécimo"),
            (12, "duodécimo", "duodécima", "duodécimo"),
            (13, "decimotercer", "decimotercera", "decimotercero"),
            (17, "decimoséptimo", "decimoséptima", "decimoséptimo"),
            (20, "vigésimo", "vigésima", "vigésimo"),
            (21, "vigésimo primer", "vigésima primera", "vigésimo primero"),
            (99, "nonagésimo noveno", "nonagésima novena", "nonagésimo noveno"),
            (100, "100.º", "100.ª", "100.º"),
            (101, "101.er", "101.ª", "101.º"),
            (0, "0.º", "0.ª", "0.º"),
        ] {
            assert_eq!(ordinal(n, Form::Masculine), masculine);
            assert_eq!(ordinal(n, Form::Feminine), feminine);
            assert_eq!(ordinal(n, Form::Alone), alone);
        }
    }

    #[test]
    fn lists() {
        for (items, expect) in [
            (vec![], ""),
            (vec!["Ana"], "Ana"),
            (vec!["Ana", "Luis"], "Ana y Luis"),
            (vec!["Ana", "Luis", "Inés"], "Ana, Luis e Inés"),
            (vec!["padres", "hijos"], "padres e hijos"),
            (vec!["agua", "hielo"], "agua y hielo"),
            (vec!["Ana", "Ionia"], "Ana y Ionia"),
            (vec!["Ana", "Íngrid"], "Ana e Íngrid"),
            (vec!["Ana", "Ybarra"], "Ana e Ybarra"),
            (vec!["Ana", "Yolanda"], "Ana y Yolanda"),
            (vec!["Ana", "la doctora Inés"], "Ana y la doctora Inés"),
            (vec!["una", "«Innovación»"], "una e «Innovación»"),
            (vec!["Ana, de Hacienda", "Luis"], "Ana, de Hacienda; y Luis"),
            (vec!["Ana, de Hacienda", "Luis", "Iván"], "Ana, de Hacienda; Luis; e Iván"),
            (vec!["5", "6", "9"], "5, 6 y 9"),
            (vec!["Ana", ""], "Ana y "),
        ] {
            assert_eq!(list(&items), expect);
        }
        for (items, expect) in [
            (vec!["uno", "dos"], "uno o dos"),
            (vec!["siete", "ocho"], "siete u ocho"),
            (vec!["7", "8"], "7 u 8"),
            (vec!["10", "11"], "10 u 11"),
            (vec!["casa", "hotel"], "casa u hotel"),
            (vec!["1", "110"], "1 o 110"),
        ] {
            assert_eq!(list_or(&items), expect);
        }
    }

    #[test]
    fn dates() {
        let thursday = day("2026-11-19");
        assert_eq!(long_date(thursday), "jueves, 19 de noviembre de 2026");
        assert_eq!(date(day("2025-03-27")), "27 de marzo de 2025");
        assert_eq!(date(day("2025-01-01")), "1 de enero de 2025");
        assert_eq!(short_date(day("2025-09-05")), "5 sep 2025");
        assert_eq!(month_and_year(thursday), "noviembre de 2026");
        assert_eq!(date_of_act(day("2025-06-27")), "a los veintisiete (27) días del mes de junio de 2025");
        assert_eq!(date_of_act(day("2025-06-21")), "a los veintiún (21) días del mes de junio de 2025");
        assert_eq!(date_of_act(day("2025-06-01")), "al primer (1.er) día del mes de junio de 2025");
        for (from, to, expect) in [
            ("2025-03-03", "2025-03-07", "del 3 al 7 de marzo de 2025"),
            ("2025-03-31", "2025-04-04", "del 31 de marzo al 4 de abril de 2025"),
            ("2024-12-30", "2025-01-03", "del 30 de diciembre de 2024 al 3 de enero de 2025"),
            ("2024-03-03", "2025-03-03", "del 3 de marzo de 2024 al 3 de marzo de 2025"),
            ("2025-03-03", "2025-03-03", "el 3 de marzo de 2025"),
        ] {
            assert_eq!(date_span(day(from), day(to)), expect);
        }
        let week = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
        for (i, name) in week.iter().enumerate() {
            assert_eq!(
                weekday(NaiveDate::from_ymd_opt(2025, 9, 1 + u32::try_from(i).unwrap()).unwrap()),
                *name
            );
        }
    }

    #[test]
    fn a_sentence_ends_with_one_full_stop() {
        let at = |hour| NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
        assert_eq!(sentence(format!("Se levantó {}", at_clock(at(8)))), "Se levantó a las 8:30 a. m.");
        assert_eq!(sentence("Se levantó el jueves"), "Se levantó el jueves.");
    }

    #[test]
    fn clocks() {
        for (given, twelve) in [
            ("00:00", "a las 12:00 a. m."),
            ("01:05", "a la 1:05 a. m."),
            ("08:05", "a las 8:05 a. m."),
            ("11:42", "a las 11:42 a. m."),
            ("12:00", "a las 12:00 m."),
            ("12:30", "a las 12:30 p. m."),
            ("13:30", "a la 1:30 p. m."),
            ("17:00", "a las 5:00 p. m."),
            ("23:59", "a las 11:59 p. m."),
        ] {
            assert_eq!(at_clock(time(given)), twelve);
            assert_eq!(clock24(time(given)), given);
        }
        assert_eq!(duration(45), "45 min");
        assert_eq!(duration(120), "2 h");
        assert_eq!(duration(217), "3 h 37 min");
        assert_eq!(duration_in_words(75), "una hora y quince minutos");
        assert_eq!(duration_in_words(61), "una hora y un minuto");
        assert_eq!(duration_in_words(1260), "veintiuna horas");
    }

    #[test]
    fn people_and_agreement() {
        assert_eq!(Treatment::Doctora.person("Ana Pérez"), "la doctora Ana Pérez");
        assert_eq!(Treatment::Senor.person("Luis Gil"), "el señor Luis Gil");
        assert_eq!(Treatment::None.person("Alex Mora"), "Alex Mora");
        let who = [
            (Treatment::Doctora, "Ana Paz"),
            (Treatment::Ingeniero, "Luis Gil"),
            (Treatment::None, "Inés Mora"),
        ];
        assert_eq!(people(who), "la doctora Ana Paz, el ingeniero Luis Gil e Inés Mora");
        assert_eq!(de(&Treatment::Doctor.person("Gil")), "del doctor Gil");
        assert_eq!(de(&Treatment::Doctora.person("Paz")), "de la doctora Paz");
        assert_eq!(de("El Salvador"), "de El Salvador");
        assert_eq!(a("el doctor Gil"), "al doctor Gil");
        assert_eq!(a("Inés"), "a Inés");
        let words = |g: Gender| [g.presiding(), g.technical_secretary(), g.as_delegate(), g.recused()];
        assert_eq!(words(Gender::F), ["la presidenta", "la secretaria técnica", "como delegada", "impedida"]);
        assert_eq!(words(Gender::M), ["el presidente", "el secretario técnico", "como delegado", "impedido"]);
        assert_eq!(
            words(Gender::Neutral),
            ["quien presidía", "la secretaría técnica", "en delegación", "en impedimento"]
        );
        assert_eq!(capitalized("ánimo"), "Ánimo");
        assert_eq!(capitalized(""), "");
    }

    #[test]
    fn acts() {
        assert_eq!(act(ActKind::Resolution, 14, 2025), "Resolución 14 de 2025");
        assert_eq!(act(ActKind::Accord, 1, 2024), "Acuerdo 001 de 2024");
        assert_eq!(minutes_name(3, 2025), "Acta n.º 3 de 2025");
        assert_eq!(format!("{} {}", ActKind::Decree.article(), ActKind::Decree.label()), "el decreto");
    }

    proptest! {
        /// Distinct numbers have distinct words, and the forms differ only where the number ends in one or in hundreds.
        #[test]
        fn words_are_injective(a in 0u64..1_000_000, b in 0u64..1_000_000) {
            for form in [Form::Masculine, Form::Feminine, Form::Alone] {
                prop_assert_eq!(a == b, cardinal(a, form) == cardinal(b, form));
                prop_assert!(!cardinal(a, form).contains("  "));
                prop_assert_eq!(cardinal(a, form).trim().to_owned(), cardinal(a, form));
            }
        }

        #[test]
        fn lists_never_panic(items in proptest::collection::vec(".{0,12}", 0..5)) {
            list(&items);
            list_or(&items);
            items.iter().for_each(|i| { capitalized(i); de(i); a(i); });
        }
    }
}
