//! Reports as each platform writes them, rows that do not read, and that no input breaks the reader.

use proptest::prelude::*;

use super::*;

const DAY: NaiveDate = NaiveDate::from_ymd_opt(2025, 3, 27).unwrap();

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff_u16).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn utf16_big(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff_u16).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// Each person and their stretches in Bogotá's clock: "Ana 8:01:10-8:40:00, 8:52:00-".
fn told(report: &Report) -> Vec<String> {
    let clock = |at: DateTime<Utc>| crate::local(at).format("%-H:%M:%S").to_string();
    let stretch = |c: &Connection| format!("{}-{}", clock(c.from), c.to.map_or_else(String::new, clock));
    let stretches = |p: &Connected| p.connections.iter().map(stretch).collect::<Vec<_>>().join(", ");
    report.people.iter().map(|p| format!("{} {}", p.name, stretches(p))).collect()
}

fn lines(report: &Report) -> Vec<(u32, &str)> {
    report.problems.iter().map(|p| (p.line, p.text.es.as_str())).collect()
}

#[test]
fn the_report_of_each_platform() {
    let teams_sections = "1. Summary\nMeeting title\tSesión ordinaria\nAttended participants\t2\nStart time\t3/27/25, 8:00:02 AM\n\n2. Participants\n\
        Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n\
        Ana Ruiz\t3/27/25, 8:01:10 AM\t3/27/25, 9:30:00 AM\t1h 17m\tana@x.co\tana@x.co\tOrganizer\n\
        Luis Peña (Guest)\t3/27/25, 8:05:00 AM\t3/27/25, 9:30:00 AM\t1h\t\t\tAttendee\n\n\
        3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n\
        Ana Ruiz\t3/27/25, 8:01:10 AM\t3/27/25, 8:40:00 AM\t39m\tana@x.co\tOrganizer\n\
        Ana Ruiz\t3/27/25, 8:52:00 AM\t3/27/25, 9:30:00 AM\t38m\tana@x.co\tOrganizer\n\
        Luis Peña (Guest)\t3/27/25, 8:05:00 AM\t3/27/25, 9:30:00 AM\t1h\t\tAttendee\n";
    let teams_spanish = "1. Resumen\nTítulo de la reunión\tSesión\n\n2. Participantes\n\
        Nombre\tPrimera unión\tÚltima salida\tDuración de la reunión\tCorreo electrónico\tId. de participante (UPN)\tRol\n\
        Ana Ruiz\t27/3/25, 8:01:10\t27/3/25, 14:30:00\t1h\tana@x.co\tana@x.co\tOrganizador\n";
    let teams_old = "Full Name\tUser Action\tTimestamp\nAna Ruiz\tJoined\t3/27/2025, 8:01:10 AM\nLuis Peña\tJoined before\t3/27/2025, 8:00:00 AM\n\
        Ana Ruiz\tLeft\t3/27/2025, 8:40:00 AM\nAna Ruiz\tJoined\t3/27/2025, 8:52:00 AM\n";
    let zoom = "\u{feff}Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n\
        812 3456,\"Sesión, ordinaria\",03/27/2025 08:00:05 AM,03/27/2025 11:42:00 AM,x@x.co,221,2\n\n\
        Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n\
        \"Ruiz, Ana\",ana@x.co,03/27/2025 08:01:10 AM,03/27/2025 08:40:00 AM,39,No\n\
        \"Ruiz, Ana\",ana@x.co,03/27/2025 08:39:00 AM,03/27/2025 12:10:00 PM,39,No\n";
    let meet = "Nombre,Apellido,Correo electrónico,Duración,Hora a la que se unió,Hora a la que salió\n\
        Ana,Ruiz,ana@x.co,1 h,8:01 a. m.,2:30 p. m.\nLuis,Peña,,1 h,8:05 a. m.,\n";
    let generic = "Asistente;Ingreso;Salida\nAna Ruiz;27 mar 2025 8:01;27 mar 2025 9:30\n";
    let utc = "name,email,join time (UTC),leave time (UTC)\nAna Ruiz,ana@x.co,2025-03-27 13:01:10,2025-03-27T14:30:00Z\n";
    let zoned = "name,joined,left\nAna Ruiz,2025-03-27T08:01:10-05:00,2025-03-27T16:30:00+02:00\n";
    for (bytes, platform, people) in [
        (
            utf16(teams_sections),
            ReportPlatform::Teams,
            vec!["Ana Ruiz 8:01:10-8:40:00, 8:52:00-9:30:00", "Luis Peña (Guest) 8:05:00-9:30:00"],
        ),
        (utf16(teams_spanish), ReportPlatform::Teams, vec!["Ana Ruiz 8:01:10-14:30:00"]),
        (
            utf16(teams_old),
            ReportPlatform::Teams,
            vec!["Luis Peña 8:00:00-", "Ana Ruiz 8:01:10-8:40:00, 8:52:00-"],
        ),
        (zoom.into(), ReportPlatform::Zoom, vec!["Ruiz, Ana 8:01:10-12:10:00"]),
        (meet.into(), ReportPlatform::Meet, vec!["Ana Ruiz 8:01:00-14:30:00", "Luis Peña 8:05:00-"]),
        (generic.into(), ReportPlatform::Other, vec!["Ana Ruiz 8:01:00-9:30:00"]),
        (utc.into(), ReportPlatform::Other, vec!["Ana Ruiz 8:01:10-9:30:00"]),
        (zoned.into(), ReportPlatform::Other, vec!["Ana Ruiz 8:01:10-9:30:00"]),
    ] {
        let report = read(&bytes, &[DAY]).unwrap();
        assert_eq!(
            (report.platform, told(&report)),
            (platform, people.iter().map(|p| (*p).to_owned()).collect())
        );
        assert_eq!(report.problems, [], "{people:?}");
    }
}

#[test]
fn whatever_its_encoding_and_its_line_ends() {
    let text = "Asistente;Correo;Ingreso;Salida\nLuis Peña;l@x.co;2025-03-27 8:01;2025-03-27 9:30\n\nInés Ávila;;ayer;\n";
    let (page, ..) = WINDOWS_1252.encode(text);
    let marked = format!("\u{feff}{text}");
    let returns = text.replace('\n', "\r");
    let unmarked = |bytes: Vec<u8>| bytes[2..].to_vec();
    for (what, bytes) in [
        ("UTF-8", text.into()),
        ("UTF-8 with its mark", marked.into()),
        ("Windows-1252 and Latin-1", page.into_owned()),
        ("UTF-16", utf16(text)),
        ("UTF-16 without its mark", unmarked(utf16(text))),
        ("UTF-16 the other way round", utf16_big(text)),
        ("UTF-16 the other way round without its mark", unmarked(utf16_big(text))),
        ("UTF-16 cut in half a letter", utf16(text)[..utf16(text).len() - 1].to_vec()),
        ("returns and line feeds", text.replace('\n', "\r\n").into()),
        ("returns alone", returns.clone().into()),
        ("returns alone in UTF-16", utf16(&returns)),
    ] {
        let report = read(&bytes, &[DAY]).unwrap_or_else(|failure| panic!("{what}: {failure}"));
        assert_eq!(told(&report), ["Luis Peña 8:01:00-9:30:00"], "{what}");
        assert_eq!(lines(&report)[0], (4, "La hora «ayer» no se entiende."), "{what}");
        assert_eq!((report.rows, report.unread), (2, 1), "{what}");
    }
}

#[test]
fn the_columns_that_were_read_are_told_as_the_report_writes_them() {
    let of = |head: &str, row: &str| read(format!("{head}\n{row}\n").as_bytes(), &[DAY]).unwrap().columns;
    let some = |head: &str| Some(head.to_owned());
    assert_eq!(
        of(
            "Nombre,Apellido,Correo electrónico,Duración,Hora a la que se unió,Hora a la que salió",
            "Ana,Ruiz,,1 h,8:01 a. m.,9:30 a. m."
        ),
        ReportColumns {
            name: some("Nombre"),
            surname: some("Apellido"),
            email: some("Correo electrónico"),
            join: some("Hora a la que se unió"),
            leave: some("Hora a la que salió"),
            ..ReportColumns::default()
        }
    );
    assert_eq!(
        of("Full Name\tUser Action\tTimestamp", "Ana Ruiz\tJoined\t3/27/2025, 8:01:10 AM"),
        ReportColumns {
            name: some("Full Name"),
            action: some("User Action"),
            at: some("Timestamp"),
            ..ReportColumns::default()
        }
    );
}

#[test]
fn one_person_by_name_or_address_whatever_the_order_of_their_rows() {
    let of = |rows: &[&str]| {
        let csv = format!("name,email,joined,left\n{}\n", rows.join("\n"));
        let report = read(csv.as_bytes(), &[DAY]).unwrap();
        let person = |p: &Connected| format!("{} {}", p.name, p.email.as_deref().unwrap_or("-"));
        report.people.iter().map(person).collect::<Vec<_>>()
    };
    let (bare, addressed) = ("Ana,,8:00,8:10", "ANA,ana@x.co,8:20,8:30");
    assert_eq!(of(&[bare, addressed]), ["Ana ana@x.co"]);
    assert_eq!(of(&[addressed, bare]), ["ANA ana@x.co"]);
    assert_eq!(of(&[addressed, "Otra,ana@x.co,8:40,8:50"]), ["ANA ana@x.co"]);
    assert_eq!(
        of(&[addressed, "Ana,otra@x.co,8:40,8:50", "Ana,,9:00,9:10"]),
        ["ANA ana@x.co", "Ana otra@x.co"]
    );
    assert_eq!(of(&[",ana@x.co,8:40,8:50", bare]), ["Ana -", " ana@x.co"]);
}

#[test]
fn what_is_too_large_is_refused_and_what_is_odd_is_bounded() {
    let refused = |text: String| read(text.as_bytes(), &[DAY]).unwrap_err();
    let head = "name,joined,left\n".to_owned();
    let crowd: String = (0..=MAX_PEOPLE).map(|n| format!("Persona {n},8:00,\n")).collect();
    for (file, sentence) in [
        (head.clone() + &"A,8:00,\n".repeat(MAX_ROWS + 5), "20.000 filas"),
        (head.clone() + &crowd, "2.000 personas"),
        ("a".repeat(MAX_BYTES + 1), "4 MB"),
    ] {
        let failure = refused(file);
        assert!(failure.message.es.contains(sentence), "{failure}");
        assert_eq!(failure.details["field"], "file");
    }
    // As many of each as are read, and none of what is not looked at.
    let full = read((head.clone() + &"A,8:00,\n".repeat(MAX_ROWS - 1)).as_bytes(), &[DAY]).unwrap();
    assert_eq!((full.rows, full.people.len()), (MAX_ROWS - 1, 1));
    let wide = ",".repeat(MAX_BYTES / 4);
    let wide = read(format!("{head}Ana,8:00,{wide}\n{wide}\n").as_bytes(), &[DAY]).unwrap();
    assert_eq!((wide.people.len(), wide.problems.len()), (1, 0));
    let far = format!("{}name,joined,left\n", "x,".repeat(MAX_COLUMNS));
    assert_eq!(refused(far).details["field"], "file", "a head beyond the columns that are read");
    let long = format!("{head}{},8:00,9:00\n", "largo ".repeat(50_000));
    assert_eq!(read(long.as_bytes(), &[DAY]).unwrap().people[0].name.chars().count(), MAX_CELL);
    let heads = read("name,joined,left\nAna,8:00,9:00\n".repeat(9_000).as_bytes(), &[DAY]).unwrap();
    assert_eq!(heads.people.len(), 1);
    // A quotation mark that is never closed takes the rest of the file.
    let open =
        read(format!("{head}Ana,8:00,9:00\n\"Luis,8:00,9:00\nEva,8:00,9:00\n").as_bytes(), &[DAY]).unwrap();
    assert_eq!(told(&open), ["Ana 8:00:00-9:00:00"]);
    assert_eq!((open.rows, open.unread), (2, 1));
}

#[test]
fn the_days_of_the_session_tell_the_order_of_day_and_month() {
    let of = |join: &str, day: (i32, u32, u32)| {
        let csv = format!("name,joined,left\nAna,{join},\n");
        let report = read(csv.as_bytes(), &[NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap()]).unwrap();
        (report.day_first, report.people.len())
    };
    assert_eq!(of("4/3/2025 8:01:00", (2025, 3, 4)), (true, 1));
    assert_eq!(of("3/4/2025 8:01:00", (2025, 3, 4)), (false, 1));
    assert_eq!(of("3/3/2025 8:01:00", (2025, 3, 3)), (true, 1));
    assert_eq!(
        of("5/20/2025 8:01:00", (2025, 3, 3)),
        (false, 0),
        "possible one way alone, and of another day"
    );
}

#[test]
fn a_row_that_does_not_read_is_told_by_its_line_and_the_rest_are_read() {
    let csv = "name,joined,left\nAna,2025-03-27 8:01,2025-03-27 9:30\n,2025-03-27 8:01,\nLuis,ayer,\nPía,2025-03-27 9:00,2025-03-27 8:00\n\
        Rosa,2025-02-01 8:00,\nJuan,,2025-03-27 9:00\nInés,2025-03-27 25:61,\nEva,2025-03-27 8:30,\n";
    let report = read(csv.as_bytes(), &[DAY]).unwrap();
    assert_eq!(told(&report), ["Ana 8:01:00-9:30:00", "Eva 8:30:00-"]);
    assert_eq!(
        lines(&report),
        [
            (3, "No dice de quién es: falta el nombre."),
            (4, "La hora «ayer» no se entiende."),
            (5, "La salida es anterior a la entrada."),
            (6, "Es del 1 de febrero de 2025, que no es día de la sesión."),
            (7, "Falta la hora de entrada."),
            (8, "La hora «2025-03-27 25:61» no se entiende."),
        ]
    );
    for nothing in ["", "hola", "name,email\nAna,a@x.co\n", "\u{0}\u{0}"] {
        assert_eq!(read(nothing.as_bytes(), &[DAY]).unwrap_err().details["field"], "file", "{nothing:?}");
    }
    let many = "name,joined,left\n".to_owned() + &"Ana,ayer,\n".repeat(300);
    let report = read(many.as_bytes(), &[DAY]).unwrap();
    assert_eq!((report.problems.len(), report.rows, report.unread), (MAX_PROBLEMS + 1, 300, 300));
    assert_eq!(report.problems[MAX_PROBLEMS].text.es, "Otras 200 filas tampoco se leyeron.");
}

#[test]
fn short_drops_are_passed_over() {
    let at = |minute: i64| DAY.and_hms_opt(13, 0, 0).unwrap().and_utc() + TimeDelta::minutes(minute);
    let spans = [(30, Some(40)), (0, Some(10)), (13, Some(20)), (60, None)];
    let connections: Vec<Connection> =
        spans.iter().map(|(from, to)| Connection { from: at(*from), to: to.map(at) }).collect();
    let (whole, passed) = joined(&connections, TimeDelta::minutes(5));
    let minutes: Vec<_> = whole
        .iter()
        .map(|c| ((c.from - at(0)).num_minutes(), c.to.map(|to| (to - at(0)).num_minutes())))
        .collect();
    assert_eq!(minutes, [(0, Some(20)), (30, Some(40)), (60, None)]);
    assert_eq!(passed, [Connection { from: at(10), to: Some(at(13)) }]);
}

/// Something like a cell of a report.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Name".to_owned()),
        Just("Hora de unión".to_owned()),
        Just("Hora de salida".to_owned()),
        Just("User Action".to_owned()),
        Just("Timestamp".to_owned()),
        Just("3. En la reunión".to_owned()),
        "[0-9]{1,4}[/:.-][0-9]{1,3}[/:T ][0-9]{0,4}[, ]{0,2}[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( [ap]\\. ?m\\.|Z|[+-][0-9]{2}:?[0-9]{2})?",
        "\\PC{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, &[DAY]);
    }

    /// Whatever cells it has: each stretch ends after it begins, and none overlaps the next.
    #[test]
    fn no_table_breaks_the_reader(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..7), 0..12),
        separator in prop_oneof![Just("\t"), Just(","), Just(";")],
        wide in any::<bool>(),
    ) {
        let text = rows.iter().map(|row| row.join(separator)).collect::<Vec<_>>().join("\n");
        let text = format!("Name{separator}Join{separator}Leave\n{text}");
        let bytes = if wide { utf16(&text) } else { text.into_bytes() };
        if let Ok(report) = read(&bytes, &[DAY]) {
            for person in &report.people {
                prop_assert!(!person.connections.is_empty());
                prop_assert!(person.connections.iter().all(|c| c.to.is_none_or(|to| c.from <= to)));
                let apart = |pair: &[Connection]| pair[0].to.is_some_and(|to| to < pair[1].from);
                prop_assert!(person.connections.windows(2).all(apart));
            }
        }
    }
}
