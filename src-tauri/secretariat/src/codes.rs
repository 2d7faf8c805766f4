//! The codes of the record: each enum's value as stored, and its Spanish word as printed.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident $label:literal),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = $label] $variant),* }
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The Spanish word, as printed.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }
        // Stored and compared in SQL as it is written in JSON.
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                match serde_json::to_value(self) {
                    Ok(serde_json::Value::String(code)) => Ok(code.into()),
                    _ => Err(rusqlite::Error::InvalidQuery),
                }
            }
        }
    )* };
}

codes! {
    /// What kind of body it is.
    BodyKind { IntersectoralCommission "comisión intersectorial", PublicPrivateGroup "instancia público-privada", Other "instancia" }
    /// Whose functions they are.
    FunctionScope { General "generales", Specific "específicas", Secretariat "secretaría técnica" }
    /// A seat's part in the body.
    SeatRole { Chair "presidencia", Member "integrante" }
    /// How a person holds a seat.
    HolderKind { Holder "titular", Acting "encargo" }
    /// Form of address.
    Treatment { Doctora "doctora", Doctor "doctor", Ingeniera "ingeniera", Ingeniero "ingeniero", Profesora "profesora", Profesor "profesor", Senora "señora", Senor "señor", None "sin tratamiento" }
    /// Grammatical gender that sentences agree with.
    Gender { F "femenino", M "masculino", Neutral "neutro" }
    /// Hierarchical level of a public servant (Ley 489/1998 art. 9).
    Level { Directive "directivo", Adviser "asesor", Professional "profesional", Contractor "contratista" }
    /// What a delegation gives.
    DelegationScope { VoiceAndVote "voz y voto", Voice "voz" }
    /// Whether a delegation is in force on a date.
    DelegationStatus { Valid "vigente", Expired "vencida", Revoked "revocada", Rejected "rechazada", NotYet "aún no vigente" }
    /// Life of a session.
    SessionStatus { Scheduled "programada", Convened "convocada", Open "instalada", Suspended "suspendida", Adjourned "levantada", Postponed "aplazada", Cancelled "cancelada", NotHeldNoQuorum "no realizada por falta de quórum", Informative "informativa" }
    /// Kind of session.
    SessionKind { Ordinary "ordinaria", Extraordinary "extraordinaria" }
    /// How people meet.
    SessionMode { InPerson "presencial", Virtual "virtual", Mixed "mixta", Written "no presencial (escrita)" }
    /// Kind of agenda item.
    AgendaKind { Opening "instalación", Procedure "procedimiento", PreviousMinutes "acta anterior", FollowUp "seguimiento a compromisos", Proposal "propuesta", Report "informe", ReportDecision "informe y decisión", InternalRules "norma interna", OtherBusiness "proposiciones y varios" }
    /// What came of an agenda item.
    AgendaOutcome { Informed "informado", Approved "aprobado", Rejected "negado", Prioritized "priorizada", PrioritizedWithConditions "priorizada con condiciones", NotPrioritized "no priorizada", Postponed "aplazado", Returned "devuelta", Pending "pendiente", NoQuorum "sin quórum", NotTreated "no tratado" }
    /// In what capacity a person attends for a seat.
    Capacity { Holder "titular", Acting "encargo", Delegate "delegado", NoValidDelegation "sin delegación vigente", NotAccredited "sin acreditación vigente", AdHoc "ad hoc", Absent "ausente" }
    /// How one person attends.
    AttendanceMode { InPerson "presencial", Virtual "virtual" }
    /// A seat's announced answer before a session.
    Answer { WillAttend "asistirá", WillDelegate "enviará delegado", Excused "se excusó", Unknown "sin respuesta" }
    /// What happened in a session.
    EventKind {
        CallToOrder "apertura", RecordingStarted "inicio de grabación", RollAnswer "respuesta al llamado a lista", QuorumCheck "verificación de quórum",
        WaitingStarted "inicio de espera", SecondCall "segunda convocatoria", NoQuorumDeclared "declaración de falta de quórum", ContinuedInformative "continuación informativa", LateArrivalAfterDeclaration "llegada posterior a la declaración",
        Arrival "llegada", Departure "retiro", TemporaryDeparture "retiro temporal", Return "reingreso", ConnectionLost "pérdida de conexión", Reconnected "reconexión",
        InvalidDelegation "delegación no válida", DelegationRevoked "revocatoria de una delegación", ItemStart "inicio de punto", ItemEnd "fin de punto", ItemPostponed "aplazamiento de punto",
        Presentation "presentación", Intervention "intervención", MotionFiled "presentación de moción", MotionDenied "moción negada de plano", MotionWithdrawn "retiro de moción",
        RecusalDeclared "declaración de impedimento", RecusalChallenged "recusación", RecusalLeftRoom "salida por impedimento", VoteOpen "apertura de votación", VoteClose "cierre de votación",
        TieDeclared "declaración de empate", CastingVote "voto dirimente", StatementRecorded "constancia", DissentRecorded "constancia de disenso",
        RecessStart "inicio de receso", RecessEnd "fin de receso", SessionSuspended "suspensión de la sesión", SessionResumed "reanudación de la sesión",
        ChairChanged "cambio de quien preside", SecretaryChanged "cambio de secretaría", SessionClosed "cierre de la sesión",
        ReplyReceived "respuesta escrita", TermExtended "ampliación del plazo", TermOpened "apertura de un nuevo plazo", TermClosed "cierre del plazo",
    }
    /// How a vote is taken.
    VoteMethod { Ordinary "ordinaria", RollCall "nominal", ShowOfHands "a mano alzada contada", Consensus "por consenso", Secret "secreta", Written "por escrito" }
    /// By which means a written reply came.
    ReplyMeans { InstitutionalEmail "correo institucional", OtherEmail "otro correo", Letter "comunicación escrita", Other "otro medio" }
    /// A ballot's sense.
    BallotValue { For "a favor", Against "en contra", Abstain "abstención" }
    /// Where a vote stands.
    VoteStatus { Open "abierta", Closed "cerrada", Annulled "anulada" }
    /// Kind of motion.
    MotionKind { Substantive "ordinaria", Procedural "de procedimiento", Recusal "sobre impedimento", Postponement "de aplazamiento", Amendment "de modificación", AgendaAddition "de adición al orden del día", Return "de devolución", Reopening "de reapertura" }
    /// What came of a motion.
    MotionStatus { Filed "presentada", Approved "aprobada", Rejected "negada", Dismissed "negada de plano", Withdrawn "retirada" }
    /// Whether a decision is numbered.
    DecisionKind { Substantive "sustantiva", Procedural "de procedimiento" }
    /// Kind of statement for the record.
    StatementKind { Statement "constancia", Dissent "constancia de disenso" }
    /// Whether somebody declares a recusal or is challenged by another.
    RecusalKind { Declared "impedimento", Challenged "recusación" }
    /// What came of a recusal.
    RecusalOutcome { Pending "por decidir", Accepted "aceptado", Rejected "negado" }
    /// Where a commitment stands.
    CommitmentStatus { InProgress "en curso", Fulfilled "cumplido", FulfilledLate "cumplido fuera de plazo", Overdue "vencido", Cancelled "retirado" }
    /// Where an activity of the work plan stands.
    ActivityStatus { InProgress "en curso", Fulfilled "cumplida", FulfilledLate "cumplida fuera de plazo", NotFulfilled "no cumplida" }
    /// Life of a proposal.
    ProposalStatus { Draft "borrador", Filed "radicada", UnderReview "en estudio", Returned "devuelta", Scheduled "agendada", Prioritized "priorizada", PrioritizedWithConditions "priorizada con condiciones", Postponed "aplazada", NotPrioritized "no priorizada", Withdrawn "retirada", InExecution "en ejecución", Closed "cerrada" }
    /// Kind of minutes.
    MinutesKind { Minutes "acta", NotHeldRecord "constancia de sesión no realizada", Correcting "acta aclaratoria" }
    /// Life of minutes.
    MinutesStatus { Draft "borrador", InReview "en observaciones", Adjusted "ajustada", Approved "aprobada", Signed "firmada", Published "publicada" }
    /// By which exception a passage is kept from the public (Ley 1712/2014 art. 18, 19).
    InformationClass { Classified "clasificada", Reserved "reservada" }
    /// What an annex is.
    AnnexKind { Notice "convocatoria", AttendanceList "lista de asistencia", Delegation "acto de delegación", Presentation "presentación", Report "informe o concepto", Recusal "impedimento", Statement "constancia", PreviousMinutes "acta anterior", Document "documento", Accord "acuerdo", Spreadsheet "hoja de cálculo", Image "imagen", Mail "correo", ProofOfSending "constancia de envío" }
    /// What an annex belongs to.
    AnnexOwner { Session "sesión", Proposal "propuesta", Minutes "acta", Delegation "delegación", Body "instancia" }
    /// What an official document is.
    DocumentKind { Notice "convocatoria", Minutes "acta", SignedMinutes "acta firmada", PublicVersion "versión pública", AttendanceSheet "lista de asistencia", ChairScript "guion de la presidencia",
        Excerpt "extracto del acta", DecisionCertificate "certificación de decisión", Accord "acuerdo", VoteResult "resultado de una votación", QuorumLedger "registro de quórum", PaperKit "cuaderno de la sesión",
        AbsenceLetter "comunicación de inasistencia", CommitmentLetter "comunicación de un compromiso", DecisionRegister "registro de decisiones", CommitmentRegister "registro de compromisos",
        WorkPlan "plan anual de trabajo", ProjectProfile "ficha de proyecto", ManagementReport "informe de gestión",
    }
    /// Typeface of a paper's running text.
    Typeface { Serif "con remates", Sans "sin remates" }
    /// Where a fixed phrase stands on a paper.
    PhrasePlace { Opening "bajo el encabezado", Closing "antes de las firmas" }
    /// What an act is (resolución, oficio…).
    ActKind { Resolution "resolución", Letter "oficio", Decree "decreto", Accord "acuerdo", Agreement "convenio", Other "acto" }
}
