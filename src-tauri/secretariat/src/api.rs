//! One way in: every call, declared once. The window, the terminal and the tests dispatch this list, and the
//! UI's types come from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::{Config, TS, TypeVisitor};

use crate::context::Context;
use crate::failure::{Code, Failure, Result, Text};
use crate::journal::Touched;
use crate::{
    Secretariat, agenda, annex, attendance, binder, body, catalog, commitment, course, decision, delegation,
    document, draft, expected, file, import, journal, live, mail, minutes, notice, paper, person, preflight,
    proposal, publish, recusal, room, search, session, text, today, verify, vote, work_plan, written,
};

/// A request without fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}

/// Reads a field of an edit: absent leaves what is there, `null` clears it. Use with
/// `#[serde(default, deserialize_with = "given")]` on an `Option<Option<T>>`.
///
/// # Errors
/// Those of reading a `T`.
pub fn given<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Whether an act can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// By a compensating entry.
    Yes,
    /// Never; another act corrects it.
    Never {
        /// Which one.
        corrected_by: &'static str,
    },
}

/// One call as declared.
pub struct Call {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Whether it writes.
    pub writes: bool,
    /// Whether it does an act and takes it back: it asks for an archive that can be written, and leaves nothing.
    pub rehearses: bool,
    /// Whether it can be undone; meaningful when it writes.
    pub undo: Undo,
    request: fn(&mut SchemaGenerator) -> schemars::Schema,
    reply: fn(&mut SchemaGenerator) -> schemars::Schema,
    export: fn(&mut Exported<'_>) -> Result<(String, String)>,
}

macro_rules! undo_rule {
    (undo) => {
        Undo::Yes
    };
    (never $by:literal) => {
        Undo::Never { corrected_by: $by }
    };
}

macro_rules! calls {
    (
        queries { $( $(#[doc = $qdoc:literal])+ $query:ident ($qrequest:ty) -> $qreply:ty = $qhandler:path; )* }
        rehearsals { $( $(#[doc = $rdoc:literal])+ $rehearsal:ident ($rrequest:ty) -> $rreply:ty = $rhandler:path; )* }
        acts { $( $(#[doc = $adoc:literal])+ $op:ident $act:ident ($arequest:ty) -> $areply:ty = $ahandler:path, $undo:ident $($by:literal)?; )* }
    ) => {
        /// What an entry of the journal did.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Op {
            /// The archive was made.
            CreateArchive,
            /// Data was imported.
            Import,
            /// A new archive got the catalogs that come with the program.
            LoadCatalogs,
            /// An entry was undone.
            Undo,
            /// An undo was taken back.
            Redo,
            /// The format was updated; the fold starts here.
            Checkpoint,
            $( $(#[doc = $adoc])+ $op, )*
        }

        impl Op {
            /// Its name in the journal.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::CreateArchive => "create_archive",
                    Self::Import => "import",
                    Self::LoadCatalogs => "load_catalogs",
                    Self::Undo => "undo",
                    Self::Redo => "redo",
                    Self::Checkpoint => "checkpoint",
                    $( Self::$op => stringify!($act), )*
                }
            }

            /// Whether an entry with that name can be undone. Names of older programs are never undone.
            #[must_use]
            pub fn undo_of(name: &str) -> Undo {
                match name {
                    "undo" | "redo" => Undo::Yes,
                    $( stringify!($act) => undo_rule!($undo $($by)?), )*
                    _ => Undo::Never { corrected_by: "—" },
                }
            }
        }

        /// Every call on an archive.
        pub const CALLS: &[Call] = &[
            $( Call {
                name: stringify!($query), doc: concat!($($qdoc),+), writes: false, undo: Undo::Yes,
                rehearses: false,
                request: |g| g.subschema_for::<$qrequest>(), reply: |g| g.subschema_for::<$qreply>(),
                export: export::<$qrequest, $qreply>,
            }, )*
            $( Call {
                name: stringify!($rehearsal), doc: concat!($($rdoc),+), writes: false, undo: Undo::Yes,
                rehearses: true,
                request: |g| g.subschema_for::<$rrequest>(), reply: |g| g.subschema_for::<$rreply>(),
                export: export::<$rrequest, $rreply>,
            }, )*
            $( Call {
                name: stringify!($act), doc: concat!($($adoc),+), writes: true, undo: undo_rule!($undo $($by)?),
                rehearses: false,
                request: |g| g.subschema_for::<$arequest>(), reply: |g| g.subschema_for::<$areply>(),
                export: export::<$arequest, $areply>,
            }, )*
        ];

        fn run(archive: &Secretariat, ctx: &Context, name: &str, request: Value) -> Result<(Value, Vec<Touched>)> {
            match name {
                $( stringify!($query) => {
                    let request: $qrequest = parse(request)?;
                    let reply: $qreply = archive.query(ctx, |read| $qhandler(read, request))?;
                    Ok((to_json(&reply)?, Vec::new()))
                } )*
                $( stringify!($rehearsal) => {
                    let request: $rrequest = parse(request)?;
                    let reply: $rreply = archive.rehearse(ctx, |tx| $rhandler(tx, request))?;
                    Ok((to_json(&reply)?, Vec::new()))
                } )*
                $( stringify!($act) => {
                    let request: $arequest = parse(request)?;
                    let (reply, touched): ($areply, _) = archive.transact(ctx, Op::$op, |tx| $ahandler(tx, request))?;
                    Ok((to_json(&reply)?, touched))
                } )*
                _ => Err(Failure::new(
                    Code::UnknownCall,
                    text!("No hay una llamada «{name}».", "There is no call “{name}”."),
                )),
            }
        }
    };
}

calls! {
    queries {
        // ── Hoy ──
        /// What comes next, what is due and where the year stands, for each body; an open session first.
        get_today(today::Today) -> today::TodayView = today::today;

        // ── Bodies, seats, holders, rule sets ──
        /// The bodies of the archive.
        list_bodies(Nothing) -> Vec<body::Body> = body::list;
        /// How the papers of a body look.
        get_template(body::GetTemplate) -> body::Template = body::get_template;
        /// The newest minutes of a body under a template that is not saved.
        preview_template(body::PreviewTemplate) -> minutes::PaperPreview = body::preview_template;
        /// A body with its functions, invitees, rules in force and what is missing.
        get_body(body::BodyOnDay) -> body::BodyOverview = body::overview;
        /// The members of a body on a day: seats, holders, liaisons, delegations, findings.
        list_members(body::BodyOnDay) -> body::MembersView = body::list_members;
        /// Who holds a seat on a day.
        get_holder(body::SeatOnDay) -> Option<body::Holder> = body::get_holder;
        /// The rule sets of a body, newest first.
        list_rule_sets(body::BodyOnDay) -> Vec<body::RuleSetLine> = body::list_rule_sets;
        /// A rule set with its rules in words and what is amiss.
        get_rule_set(body::GetRuleSet) -> body::RuleSetView = body::get_rule_set;
        /// What a new version of a body's rules begins from; nothing is kept.
        begin_rule_set(body::BeginRuleSet) -> body::RuleSetView = body::begin_rule_set;
        /// What rules being written say, and what is amiss in them.
        check_rules(body::CheckRules) -> body::CheckedRules = body::check_rules;
        /// Tries rules being written on the newest sessions held: what would have come out otherwise.
        try_rules(body::CheckRules) -> body::TriedRules = body::try_rules;

        // ── People and delegations ──
        /// The people of the archive, by surname.
        list_people(person::ListPeople) -> person::PeopleView = person::list;
        /// A person with their contact, seats and delegations.
        get_person(person::GetPerson) -> person::PersonView = person::get;
        /// Delegations with their status on a day.
        list_delegations(delegation::ListDelegations) -> Vec<delegation::DelegationLine> = delegation::list;

        // ── Commitments and the work plan ──
        /// The commitments that a request asks for, with their status on a day.
        list_commitments(commitment::ListCommitments) -> commitment::CommitmentsView = commitment::list;
        /// A commitment with the item and session it was made in, and what was done with it.
        get_commitment_view(commitment::GetCommitmentView) -> commitment::CommitmentView = commitment::view;
        /// The commitments of earlier sessions that a session follows up.
        pending_commitments(commitment::PendingCommitments) -> commitment::FollowUp = commitment::pending;
        /// A body's plan of a year with its progress.
        get_work_plan(work_plan::GetWorkPlan) -> work_plan::WorkPlanView = work_plan::get;
        /// An activity of a work plan and what was done with it.
        get_activity_view(work_plan::GetActivityView) -> work_plan::ActivityView = work_plan::activity_view;

        // ── Catalogs, settings, files ──
        /// The catalogs that forms choose from.
        list_catalogs(Nothing) -> catalog::Catalogs = catalog::list;
        /// Which days count, and a year's holidays.
        get_calendar(catalog::GetCalendar) -> catalog::CalendarView = catalog::get_calendar;
        /// A kept file with its bytes.
        get_file(file::GetFile) -> file::CarriedFile = file::get;

        // ── The live session ──
        /// The quorum ledger of a session: each movement in words, and the seats present over time; nothing before it opens.
        quorum_ledger(live::SessionRef) -> Option<course::ledger::QuorumLedger> = course::ledger::quorum_ledger;
        /// What a step of a session asks before it is taken: to convene, open, vote, adjourn or adopt.
        session_preflight(preflight::SessionPreflight) -> preflight::Preflight = preflight::session_preflight;
        /// All that the live screen shows of a session, opened or about to be.
        live_session(live::SessionRef) -> live::LiveView = live::live_session;
        /// What everybody in the room may see of a session: the item, the quorum, the vote; never a ballot nor a tally of an open one.
        room_view(live::SessionRef) -> room::RoomView = room::room_view;
        /// The arithmetic of a vote: have, need, base, rule, source.
        explain_vote(vote::VoteRef) -> vote::VoteExplained = vote::explain_vote;

        // ── Minutes ──
        /// The minutes of every session and those older than the archive, newest first: state, signatures, terms, file.
        list_minutes(minutes::ListMinutes) -> minutes::MinutesList = minutes::list_minutes;
        /// The minutes of a session: what they say, their checks, remarks, terms and versions.
        get_minutes_view(live::SessionRef) -> minutes::MinutesView = minutes::get_minutes_view;
        /// What differs between two versions of a session's minutes, word by word.
        compare_minutes(minutes::CompareMinutes) -> minutes::MinutesComparison = minutes::compare_minutes;
        /// The minutes of a session as they print now.
        preview_minutes(minutes::PreviewMinutes) -> minutes::PaperPreview = minutes::preview_minutes;
        /// The draft of a session's minutes as a Word document, to circulate it.
        draft_docx(live::SessionRef) -> publish::ExportedFile = minutes::draft_docx;
        /// The public version of some minutes: passages left out, annexes, what is missing, those issued.
        get_public_version(minutes::MinutesRef) -> minutes::PublicVersionView = minutes::get_public_version;
        /// The public version as it would print now.
        preview_public_version(minutes::MinutesRef) -> minutes::PaperPreview = minutes::preview_public_version;
        /// The index of classified and reserved information in the minutes of a body.
        withheld_index(minutes::ListWithheld) -> Vec<minutes::WithheldEntry> = minutes::withheld_index;
        /// Correcting minutes as they print now.
        preview_correction(minutes::MinutesRef) -> minutes::PaperPreview = minutes::preview_correction;
        /// The notice of a session with its agenda, as it prints now.
        render_notice(document::RenderPaper) -> minutes::PaperPreview = document::render_notice;
        /// The attendance sheet of a session, to sign by hand.
        render_attendance_sheet(document::RenderPaper) -> minutes::PaperPreview = document::render_attendance_sheet;
        /// A paper of the record as it prints now: extract, certificate, register, letter, plan, profile, report.
        render_paper(paper::RenderPaperOf) -> paper::PaperDraft = paper::render_paper;
        /// What the binder of a session holds: every paper and annex of it.
        get_binder(binder::GetBinder) -> binder::BinderView = binder::get_binder;
        /// The chair's script of a session.
        render_chair_script(document::RenderPaper) -> minutes::PaperPreview = document::render_chair_script;

        /// The paper that the code of a scan names.
        read_scan(minutes::ReadScan) -> minutes::ScanFound = minutes::read_scan;
        /// Whether a paper is one of the archive's, altered or unknown, and what its electronic signatures say.
        verify_document(verify::VerifyDocument) -> verify::VerifiedPaper = verify::verify_document;
        /// The official copies of a session or of a body, newest first: notices, sheets, scripts, minutes, certificates, reports.
        list_documents(document::ListDocuments) -> Vec<document::Document> = document::list_documents;

        // ── The journal ──
        /// The journal's newest entries, newest first.
        list_journal(journal::ListJournal) -> Vec<journal::EntryLine> = journal::list;
        /// The entries in which every word is found, newest first.
        find_in_journal(journal::FindInJournal) -> journal::JournalFound = journal::find;
        /// One entry of the journal with its changes.
        get_journal_entry(journal::GetJournalEntry) -> journal::EntryView = journal::get;
        /// Whether the archive is what its journal says, naming whatever is not.
        verify_archive(verify::VerifyArchive) -> verify::VerifyReport = verify::archive;
        /// Looks for what a person typed in everything written: accents do not matter, ñ does, the last word may be unfinished.
        search(search::Search) -> Vec<search::SearchGroup> = search::search;
        /// Texts that were being typed and were not finished, newest first: what a power cut left.
        list_drafts(draft::ListDrafts) -> Vec<draft::Draft> = draft::list;
        /// The text that was being typed in a field.
        get_draft(draft::GetDraft) -> Option<draft::Draft> = draft::get;

        // ── Sessions before they open ──
        /// The sessions, newest first, a page at a time.
        list_sessions(session::year::ListSessions) -> session::year::SessionList = session::year::list;
        /// How each seat attended in a period, over the sessions while it was held.
        attendance_statistics(attendance::statistics::AttendanceStatistics) -> attendance::statistics::AttendanceView = attendance::statistics::attendance;
        /// Reads a meeting platform's attendance report and proposes movements; records nothing.
        read_attendance_report(attendance::remote::ReadAttendanceReport) -> attendance::remote::AttendanceReport = attendance::remote::proposals;
        /// A list of the record as a CSV file or an Excel workbook: whole, by the filter of its own call, without private contact.
        export_list(publish::ExportList) -> publish::ExportedFile = publish::export_list;
        /// Reads an Excel workbook or a CSV file: its sheets, columns and first rows, and what each column seems to be; keeps nothing.
        read_sheet(import::ReadSheet) -> import::FileRead = import::read_sheet;
        /// The calendar of a body's year: sessions, holidays, minimum.
        get_session_year(session::year::GetSessionYear) -> session::year::SessionYear = session::year::year;
        /// A session with its names and what is left to prepare.
        get_session(session::year::GetSession) -> session::year::SessionDetail = session::year::get;
        /// Checks the notice of a session against the rules in force.
        check_notice(notice::CheckNotice) -> notice::NoticeCheck = notice::check;
        /// The messages and the invitation that the notice leaves as.
        notice_mail(notice::NoticeMailRequest) -> notice::NoticeMail = notice::mail;
        /// What each seat answered, the expected quorum, and whom to call.
        expected_quorum(expected::GetExpectedQuorum) -> expected::ExpectedQuorum = expected::expected_quorum;

        // ── Agenda ──
        /// The agenda of a session, numbered and timed.
        get_agenda(agenda::view::GetAgenda) -> agenda::view::AgendaView = agenda::view::get;
        /// The items that the record suggests for a session.
        suggest_agenda(agenda::suggest::GetAgendaSuggestions) -> Vec<agenda::suggest::SuggestedItem> = agenda::suggest::suggestions;
        /// What changed between two versions of an agenda.
        compare_agenda(agenda::version::CompareAgenda) -> agenda::version::AgendaComparison = agenda::version::comparison;

        // ── Proposals ──
        /// The proposals that the filters leave, a page at a time.
        list_proposals(proposal::view::ListProposals) -> proposal::view::ProposalList = proposal::view::list;
        /// A proposal whole, with its completeness, life and versions.
        get_proposal(proposal::view::GetProposal) -> proposal::view::ProposalDetail = proposal::view::get;
        /// A version of a proposal as it was filed, whole.
        get_proposal_version(proposal::view::GetProposalVersion) -> proposal::view::FiledProposal = proposal::view::filed;
        /// What changed between two versions of a proposal, field by field.
        compare_proposal(proposal::view::CompareProposal) -> Vec<proposal::view::FieldDifference> = proposal::view::comparison;

        // ── Annexes ──
        /// Reads a dropped .eml, .msg, PDF or photo and says what it seems to be; keeps nothing.
        read_mail(mail::ReadMail) -> mail::MailPreview = mail::preview;
        /// The annexes of something, by number.
        list_annexes(annex::ListAnnexes) -> Vec<annex::AnnexLine> = annex::list;
        /// An annex's file.
        download_annex(annex::AnnexRef) -> file::CarriedFile = annex::download;
    }
    rehearsals {
        // ── Sheets ──
        /// What each row of a sheet would do if it were imported: new, the same, changes, refused and why. It leaves nothing.
        preview_import(import::PreviewImport) -> import::ImportOutcome = import::preview;
    }
    acts {
        // ── Sheets ──
        /// Records the rows of a sheet: people, seats with their holders, proposals or commitments, all or none.
        ImportRows import_rows(import::ImportRows) -> import::ImportOutcome = import::import_rows, undo;

        // ── Minutes ──
        /// Sends the draft minutes to members and opens the term for remarks.
        SendDraft send_draft(minutes::SendDraft) -> minutes::Minutes = minutes::send_draft, undo;
        /// Records a member's remark on the draft.
        PutRemark put_remark(minutes::PutRemark) -> minutes::ReceivedRemark = minutes::put_remark, undo;
        /// Answers a remark.
        AnswerRemark answer_remark(minutes::AnswerRemark) -> minutes::Remark = minutes::answer_remark, undo;
        /// Closes the remarks: the text is final.
        AdjustMinutes adjust_minutes(minutes::MinutesRef) -> minutes::Minutes = minutes::adjust_minutes, undo;
        /// Adopts minutes: checks them and freezes the official file.
        AdoptMinutes adopt_minutes(minutes::AdoptMinutes) -> minutes::Minutes = minutes::adopt_minutes, never "correct_minutes";
        /// Records a signature of adopted minutes, or why it is missing.
        SignMinutes sign_minutes(minutes::SignMinutes) -> minutes::Minutes = minutes::sign_minutes, never "correct_minutes";
        /// Signs adopted minutes with the signer's certificate.
        SignElectronically sign_electronically(minutes::SignElectronically) -> minutes::SignedElectronically = minutes::sign_electronically, never "correct_minutes";
        /// Files the signed original of adopted minutes as it came.
        FileSignedMinutes file_signed_minutes(minutes::FileSignedMinutes) -> document::Document = minutes::file_signed_minutes, never "file_signed_minutes";
        /// Records that signed minutes were published.
        PublishMinutes publish_minutes(minutes::PublishMinutes) -> minutes::Minutes = minutes::publish_minutes, never "correct_minutes";
        /// Drafts correcting minutes, linked to those they correct.
        CorrectMinutes correct_minutes(minutes::CorrectMinutes) -> minutes::Minutes = minutes::correct_minutes, undo;
        /// Notes a passage that the public version leaves out.
        PutWithholding put_withholding(minutes::PutWithholding) -> minutes::Withholding = minutes::put_withholding, undo;
        /// Takes such a note back.
        RemoveWithholding remove_withholding(minutes::WithholdingRef) -> () = minutes::remove_withholding, undo;
        /// Keeps the public version of signed minutes as an official file.
        IssuePublicVersion issue_public_version(minutes::IssuePublicVersion) -> document::Document = minutes::issue_public_version, never "issue_public_version";
        /// Keeps the notice of a session as an official file.
        IssueNotice issue_notice(document::IssuePaper) -> document::Document = document::issue_notice, never "issue_notice";
        /// Keeps the attendance sheet of a session as an official file.
        IssueAttendanceSheet issue_attendance_sheet(document::IssuePaper) -> document::Document = document::issue_attendance_sheet, never "issue_attendance_sheet";
        /// Keeps the chair's script of a session as an official file.
        IssueChairScript issue_chair_script(document::IssuePaper) -> document::Document = document::issue_chair_script, never "issue_chair_script";
        /// Keeps a paper of the record as an official file.
        IssuePaper issue_paper(paper::IssuePaperOf) -> document::Document = paper::issue_paper, never "issue_paper";

        // ── Bodies, seats, holders, rule sets ──
        /// Creates or edits a body.
        PutBody put_body(body::PutBody) -> body::Body = body::put, undo;
        /// Saves how a body's papers look: letterhead, seal, formats, typeface, phrases, free sections.
        PutTemplate put_template(body::PutTemplate) -> body::Template = body::put_template, undo;
        /// Adds a function to a body or edits one.
        PutFunction put_function(body::PutFunction) -> body::BodyFunction = body::put_function, undo;
        /// Retires a function of a body, or brings it back.
        RetireFunction retire_function(body::RetireFunction) -> body::BodyFunction = body::retire_function, undo;
        /// Adds a seat to a body or edits one.
        PutSeat put_seat(body::PutSeat) -> body::Seat = body::put_seat, undo;
        /// Closes a seat: from the next day it is no member.
        CloseSeat close_seat(body::CloseSeat) -> body::Seat = body::close_seat, undo;
        /// Puts a person in a seat from a day on, and closes whoever was there in the same capacity.
        AppointHolder appoint_holder(body::AppointHolder) -> body::Appointment = body::appoint_holder, undo;
        /// Corrects who held a seat and when.
        EditHolder edit_holder(body::EditHolder) -> body::Holder = body::edit_holder, undo;
        /// Ends somebody's time in a seat.
        CloseHolder close_holder(body::CloseHolder) -> body::Holder = body::close_holder, undo;
        /// Removes a holder's record made by mistake.
        RemoveHolder remove_holder(body::RemoveHolder) -> () = body::remove_holder, undo;
        /// Adds a permanent invitee to a body or edits one.
        PutInvitee put_invitee(body::PutInvitee) -> body::Invitee = body::put_invitee, undo;
        /// Removes a permanent invitee.
        RemoveInvitee remove_invitee(body::RemoveInvitee) -> () = body::remove_invitee, undo;
        /// Keeps a new version of a body's rules and closes the one before.
        CreateRuleSet create_rule_set(body::CreateRuleSet) -> body::StoredRuleSet = body::create_rule_set, undo;
        /// Corrects rules that no session has used yet.
        EditRuleSet edit_rule_set(body::EditRuleSet) -> body::StoredRuleSet = body::edit_rule_set, undo;
        /// Keeps the file of the act that adopts rules, whether sessions use them or not.
        AttachRuleSetFile attach_rule_set_file(body::AttachRuleSetFile) -> body::StoredRuleSet = body::attach_rule_set_file, undo;
        /// Removes rules that no session has used.
        RemoveRuleSet remove_rule_set(body::GetRuleSet) -> () = body::remove_rule_set, undo;

        // ── People and delegations ──
        /// Creates a person or edits one.
        PutPerson put_person(person::PutPerson) -> person::Person = person::put, undo;
        /// Keeps a person's private contact.
        SetContact set_contact(person::SetContact) -> () = person::set_contact, never "set_contact";
        /// Erases a person's private contact for good.
        EraseContact erase_contact(person::GetPerson) -> () = person::erase_contact, never "set_contact";
        /// Records a delegation received.
        RecordDelegation record_delegation(delegation::RecordDelegation) -> delegation::Delegation = delegation::record, undo;
        /// Corrects a recorded delegation.
        EditDelegation edit_delegation(delegation::RecordDelegation) -> delegation::Delegation = delegation::edit, undo;
        /// Rejects a delegation: its delegate never counts.
        RejectDelegation reject_delegation(delegation::RejectDelegation) -> delegation::Delegation = delegation::reject, undo;
        /// Takes back the rejection of a delegation.
        AcceptDelegation accept_delegation(delegation::GetDelegation) -> delegation::Delegation = delegation::accept, undo;
        /// Revokes a delegation from a day on.
        RevokeDelegation revoke_delegation(delegation::RevokeDelegation) -> delegation::Delegation = delegation::revoke, undo;
        /// Keeps the file of a delegation's act.
        AttachDelegationFile attach_delegation_file(delegation::AttachDelegationFile) -> delegation::Delegation = delegation::attach_file, undo;

        // ── Commitments and the work plan ──
        /// Creates a commitment or edits one.
        PutCommitment put_commitment(commitment::PutCommitment) -> commitment::Commitment = commitment::put, undo;
        /// Gives a commitment more time.
        ExtendCommitment extend_commitment(commitment::ExtendCommitment) -> commitment::Commitment = commitment::extend, undo;
        /// Adds what its owner reports to a commitment's note.
        ReportCommitment report_commitment(commitment::ReportCommitment) -> commitment::Commitment = commitment::report, undo;
        /// Closes a commitment as fulfilled, with its evidence.
        CloseCommitment close_commitment(commitment::CloseCommitment) -> commitment::Commitment = commitment::close, undo;
        /// Withdraws a commitment, which stays in the record with the reason.
        CancelCommitment cancel_commitment(commitment::CommitmentReason) -> commitment::Commitment = commitment::cancel, undo;
        /// Reopens a commitment that was closed or withdrawn.
        ReopenCommitment reopen_commitment(commitment::CommitmentReason) -> commitment::Commitment = commitment::reopen, undo;
        /// Removes a commitment recorded by mistake.
        RemoveCommitment remove_commitment(commitment::GetCommitment) -> () = commitment::remove, undo;
        /// Makes a body's work plan for a year.
        CreateWorkPlan create_work_plan(work_plan::CreateWorkPlan) -> work_plan::WorkPlan = work_plan::create, undo;
        /// Records how a work plan was approved.
        EditWorkPlan edit_work_plan(work_plan::EditWorkPlan) -> work_plan::WorkPlan = work_plan::edit, undo;
        /// Adds an activity to a work plan or edits one.
        PutActivity put_activity(work_plan::PutActivity) -> work_plan::Activity = work_plan::put_activity, undo;
        /// Reports an activity's progress.
        ReportActivity report_activity(work_plan::ReportActivity) -> work_plan::Activity = work_plan::report_activity, undo;
        /// Removes an activity from a work plan.
        RemoveActivity remove_activity(work_plan::GetActivity) -> () = work_plan::remove_activity, undo;
        /// Puts the activities of a work plan in a new order.
        OrderActivities order_activities(work_plan::OrderActivities) -> Vec<work_plan::Activity> = work_plan::order_activities, undo;

        // ── Catalogs and settings ──
        /// Sets which days count.
        SetCalendar set_calendar(catalog::SetCalendar) -> catalog::CalendarView = catalog::set_calendar, undo;
        /// Creates or edits a sector of the administration.
        PutSector put_sector(catalog::PutSector) -> catalog::Sector = catalog::put_sector, undo;
        /// Creates or edits an entity.
        PutEntity put_entity(catalog::PutEntity) -> catalog::Entity = catalog::put_entity, undo;
        /// Creates or edits an international partner.
        PutPartner put_partner(catalog::PutPartner) -> catalog::Partner = catalog::put_partner, undo;

        // ── The live session ──
        /// Opens a session: the chair calls it to order.
        OpenSession open_session(live::OpenSession) -> live::LiveView = live::open_session, never "correct_event";
        /// Records an arrival, a departure, an item, an intervention, a recess.
        RecordEvent record_event(live::RecordEvent) -> attendance::Event = live::record_event, undo;
        /// Corrects an event, with trace: another time, seat, person or words, or struck out.
        CorrectEvent correct_event(live::CorrectEvent) -> attendance::Event = live::correct_event, undo;
        /// Records the chosen movements of a meeting platform's report, all at once.
        ApplyAttendance apply_attendance(attendance::remote::ApplyAttendance) -> attendance::remote::AppliedAttendance = attendance::remote::apply, undo;
        /// Adjourns a session, or closes it for lack of quorum.
        AdjournSession adjourn_session(live::AdjournSession) -> live::LiveView = live::adjourn_session, never "correct_event";
        /// Writes the narrative of an item.
        SetNarrative set_narrative(live::SetNarrative) -> agenda::AgendaItem = live::set_narrative, undo;
        /// Writes the conclusions of a session, until the minutes are adopted.
        SetConclusions set_conclusions(live::SetConclusions) -> session::Session = live::set_conclusions, undo;
        /// Says what came of an item.
        SetOutcome set_outcome(live::SetOutcome) -> agenda::AgendaItem = live::set_outcome, undo;
        /// Adds or edits a guest.
        PutGuest put_guest(live::PutGuest) -> session::Guest = live::put_guest, undo;
        /// Records whether a permanent invitee came to a session.
        MarkInvitee mark_invitee(live::MarkInvitee) -> session::Session = live::mark_invitee, undo;
        /// Takes a guest off the list.
        RemoveGuest remove_guest(live::GuestRef) -> () = live::remove_guest, undo;
        /// Puts a motion to the body.
        FileMotion file_motion(vote::FileMotion) -> vote::Motion = vote::file_motion, undo;
        /// Takes back a motion of a written session that has not been opened.
        RemoveMotion remove_motion(written::RemoveMotion) -> () = written::remove_motion, undo;
        /// Records a written reply as it came; late, repeated or without a delegation too.
        RecordReply record_reply(written::RecordReply) -> written::ReplyLine = written::record, undo;
        /// Corrects a written reply, with trace, or strikes it out.
        CorrectReply correct_reply(written::CorrectReply) -> written::ReplyLine = written::correct, undo;
        /// Closes the term of a written session and makes its votes from the replies that stand.
        CloseReplies close_replies(written::CloseReplies) -> live::LiveView = written::close, never "correct_reply";
        /// Rewords a motion that has not been voted.
        EditMotion edit_motion(vote::EditMotion) -> vote::Motion = vote::edit_motion, undo;
        /// Dismisses or withdraws a motion.
        SettleMotion settle_motion(vote::SettleMotion) -> vote::Motion = vote::settle_motion, undo;
        /// Takes an item out of a block vote, to be voted apart.
        TakeOutOfBlock take_out_of_block(vote::TakeOutOfBlock) -> vote::Motion = vote::take_out_of_block, undo;
        /// Opens a vote.
        OpenVote open_vote(vote::OpenVote) -> vote::VoteExplained = vote::open_vote, undo;
        /// Records a seat's vote, or takes back a mis-keyed one, while the vote is open.
        CastBallot cast_ballot(vote::CastBallot) -> vote::VoteExplained = vote::cast_ballot, undo;
        /// Changes the vote that a seat cast, while the vote is open.
        ChangeBallot change_ballot(vote::ChangeBallot) -> vote::VoteExplained = vote::change_ballot, undo;
        /// Records the totals of a show of hands.
        SetCount set_count(vote::SetCount) -> vote::VoteExplained = vote::set_count, undo;
        /// Records that a seat objects to a consensus, and why.
        RecordObjection record_objection(vote::RecordObjection) -> vote::VoteExplained = vote::record_objection, undo;
        /// Records who voted in a secret vote and its totals, and closes it.
        RecordSecretVote record_secret_vote(vote::RecordSecretVote) -> vote::VoteExplained = vote::record_secret_vote, never "file_motion";
        /// Closes a vote and settles its motion.
        CloseVote close_vote(vote::CloseVote) -> vote::VoteExplained = vote::close_vote, never "file_motion";
        /// The chair settles a tie.
        CastCastingVote cast_casting_vote(vote::CastCastingVote) -> vote::VoteExplained = vote::cast_casting_vote, never "file_motion";
        /// Annuls a vote opened by mistake.
        AnnulVote annul_vote(vote::AnnulVote) -> vote::Vote = vote::annul_vote, undo;
        /// Keeps the reasons a seat gives with its vote.
        ExplainBallot explain_ballot(vote::ExplainBallot) -> vote::Vote = vote::explain_ballot, undo;
        /// Records that a seat declares itself recused.
        DeclareRecusal declare_recusal(recusal::DeclareRecusal) -> recusal::Recusal = recusal::declare_recusal, undo;
        /// Records what a challenged person answers.
        AnswerChallenge answer_challenge(recusal::AnswerChallenge) -> recusal::Recusal = recusal::answer, undo;
        /// Keeps the file of a recusal's declaration.
        AttachRecusalFile attach_recusal_file(recusal::AttachRecusalFile) -> recusal::Recusal = recusal::attach_file, undo;
        /// Names who takes the place of a recused seat in its item.
        NameAdHoc name_ad_hoc(recusal::NameAdHoc) -> recusal::Recusal = recusal::name_ad_hoc, undo;
        /// Settles a recusal.
        DecideRecusal decide_recusal(recusal::DecideRecusal) -> recusal::Recusal = recusal::decide_recusal, undo;
        /// Records that a recused person comes back.
        ReturnFromRecusal return_from_recusal(recusal::ReturnFromRecusal) -> recusal::Recusal = recusal::return_from_recusal, undo;
        /// Records or edits a decision.
        PutDecision put_decision(decision::PutDecision) -> decision::Decision = decision::put_decision, undo;
        /// Writes the accord that says a decision, or edits it before it is issued.
        PutAccord put_accord(decision::PutAccord) -> decision::Decision = decision::put_accord, undo;
        /// Takes an accord that was not issued away from its decision.
        RemoveAccord remove_accord(decision::DecisionRef) -> () = decision::remove_accord, undo;
        /// Records the publication of an accord in the Registro Distrital.
        PublishAccord publish_accord(decision::PublishAccord) -> decision::Decision = decision::publish_accord, undo;
        /// Takes back a decision recorded by mistake.
        RemoveDecision remove_decision(decision::DecisionRef) -> () = decision::remove_decision, undo;
        /// Takes down or edits a statement for the record.
        PutStatement put_statement(decision::PutStatement) -> decision::Statement = decision::put_statement, undo;
        /// Takes back a statement taken down by mistake.
        RemoveStatement remove_statement(decision::StatementRef) -> () = decision::remove_statement, undo;

        // ── Sessions before they open ──
        /// Programmes a session, or enters one kept on paper.
        CreateSession create_session(session::plan::CreateSession) -> session::plan::PlannedSession = session::plan::create, undo;
        /// Edits a session that has not been opened.
        EditSession edit_session(session::plan::EditSession) -> session::plan::PlannedSession = session::plan::edit, undo;
        /// Deletes a session that is only a plan.
        DeleteSession delete_session(session::plan::DeleteSession) -> () = session::plan::delete, undo;
        /// Postpones a session, with its reason.
        PostponeSession postpone_session(session::plan::PostponeSession) -> session::Session = session::plan::postpone, undo;
        /// Cancels a session, with its reason.
        CancelSession cancel_session(session::plan::CancelSession) -> session::Session = session::plan::cancel, undo;
        /// Convenes a session: freezes its agenda and fixes its rules.
        ConveneSession convene_session(notice::ConveneSession) -> session::Session = notice::convene, never "postpone_session, cancel_session, renotify_session";
        /// Sends a new notice of a convened session.
        RenotifySession renotify_session(notice::RenotifySession) -> session::Session = notice::renotify, never "postpone_session, cancel_session, renotify_session";
        /// Records what a seat answered to the notice.
        SetConfirmation set_confirmation(expected::SetConfirmation) -> attendance::Confirmation = expected::set_confirmation, undo;
        /// Takes back a seat's answer.
        ClearConfirmation clear_confirmation(expected::ClearConfirmation) -> () = expected::clear_confirmation, undo;

        // ── Agenda ──
        /// Adds an item to an agenda.
        AddAgendaItem add_agenda_item(agenda::edit::AddAgendaItem) -> agenda::AgendaItem = agenda::edit::add, undo;
        /// Edits an agenda item.
        EditAgendaItem edit_agenda_item(agenda::edit::EditAgendaItem) -> agenda::AgendaItem = agenda::edit::edit, undo;
        /// Moves an agenda item, with its sub-items.
        MoveAgendaItem move_agenda_item(agenda::edit::MoveAgendaItem) -> Vec<agenda::AgendaItem> = agenda::edit::arrange, undo;
        /// Makes an item a sub-item of the one above.
        IndentAgendaItem indent_agenda_item(agenda::edit::AgendaItemRef) -> Vec<agenda::AgendaItem> = agenda::edit::indent, undo;
        /// Takes an item out of the one it hangs from.
        OutdentAgendaItem outdent_agenda_item(agenda::edit::AgendaItemRef) -> Vec<agenda::AgendaItem> = agenda::edit::outdent, undo;
        /// Removes an item and its sub-items.
        RemoveAgendaItem remove_agenda_item(agenda::edit::AgendaItemRef) -> () = agenda::edit::remove, undo;
        /// Puts suggested items on the agenda, each in its place.
        BuildAgenda build_agenda(agenda::suggest::BuildAgenda) -> Vec<agenda::AgendaItem> = agenda::suggest::build, undo;

        // ── Proposals ──
        /// Drafts a proposal.
        CreateProposal create_proposal(proposal::life::CreateProposal) -> proposal::Proposal = proposal::life::create, undo;
        /// Edits a proposal.
        EditProposal edit_proposal(proposal::life::EditProposal) -> proposal::Proposal = proposal::life::edit, undo;
        /// Deletes a draft that was never filed.
        DeleteProposal delete_proposal(proposal::life::DeleteProposal) -> () = proposal::life::delete, undo;
        /// Files a proposal: gives it its reception number and freezes what was filed.
        FileProposal file_proposal(proposal::life::FileProposal) -> proposal::Proposal = proposal::life::file, undo;
        /// Takes a filed proposal under study.
        ReviewProposal review_proposal(proposal::life::ReviewProposal) -> proposal::Proposal = proposal::life::review, undo;
        /// Returns a proposal, with its reason.
        ReturnProposal return_proposal(proposal::life::ProposalReason) -> proposal::Proposal = proposal::life::send_back, undo;
        /// Puts a proposal on the agenda of a session.
        ScheduleProposal schedule_proposal(proposal::life::ScheduleProposal) -> proposal::Proposal = proposal::life::schedule, undo;
        /// Withdraws a proposal before it is decided, with its reason.
        WithdrawProposal withdraw_proposal(proposal::life::ProposalReason) -> proposal::Proposal = proposal::life::withdraw, undo;
        /// Records that a prioritised proposal is being executed.
        ExecuteProposal execute_proposal(proposal::life::ExecuteProposal) -> proposal::Proposal = proposal::life::start_execution, undo;
        /// Records that a proposal's execution ended.
        CloseProposal close_proposal(proposal::life::ExecuteProposal) -> proposal::Proposal = proposal::life::close, undo;

        // ── Annexes ──
        /// Files a dropped paper as an excuse, confirmation, delegation, proposal or annex.
        FileMail file_mail(mail::FileMail) -> mail::FiledMail = mail::file, undo;
        /// Keeps a file as an annex.
        AddAnnex add_annex(annex::AddAnnex) -> annex::Annex = annex::add, undo;
        /// Edits an annex: title, kind, number, publication.
        EditAnnex edit_annex(annex::EditAnnex) -> annex::Annex = annex::edit, undo;
        /// Settles whether an annex is published, and why when not.
        ReviewAnnex review_annex(annex::ReviewAnnex) -> annex::Annex = annex::review, undo;
        /// Removes an annex.
        RemoveAnnex remove_annex(annex::AnnexRef) -> () = annex::remove, undo;
    }
}

pub(crate) fn parse<T: serde::de::DeserializeOwned>(request: Value) -> Result<T> {
    serde_json::from_value(request).map_err(Failure::from)
}

fn to_json<T: Serialize>(reply: &T) -> Result<Value> {
    serde_json::to_value(reply).map_err(Failure::internal)
}

pub(crate) fn export<Q: TS + 'static, R: TS + 'static>(
    exported: &mut Exported<'_>,
) -> Result<(String, String)> {
    exported.visit::<Q>();
    exported.visit::<R>();
    match &exported.failed {
        Some(failed) => Err(Failure::internal(failed)),
        None => Ok((Q::name(exported.config), R::name(exported.config))),
    }
}

/// Writes the file of each type it meets. A type without a name of its own (a list, a string) has no file, but what
/// it holds has.
pub(crate) struct Exported<'a> {
    config: &'a Config,
    /// Each file's type: two types of one name would overwrite each other.
    names: BTreeMap<PathBuf, &'static str>,
    seen: BTreeSet<&'static str>,
    failed: Option<String>,
}

impl TypeVisitor for Exported<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if let Some(path) = T::output_path() {
            if path.starts_with("serde_json") {
                return; // any JSON: two types of the library stand for it, and one file
            }
            let this = std::any::type_name::<T>();
            let other = *self.names.entry(path.clone()).or_insert(this);
            if other != this {
                self.failed.get_or_insert(format!("{} is both {other} and {this}", path.display()));
            }
            if !self.seen.insert(this) {
                return;
            }
            T::visit_dependencies(self);
            if let Err(error) = T::export_all(self.config) {
                self.failed.get_or_insert(error.to_string());
            }
        } else {
            T::visit_generics(self);
        }
    }
}

/// Makes the call `name` with a JSON request; gives `{ "value": …, "changed": [{concept, id}] }`.
///
/// `undo` and `redo` take `{ "entry": SEQ }` or `{}`.
///
/// # Errors
/// Whatever the call fails with; nothing has changed then.
pub fn dispatch(archive: &Secretariat, ctx: &Context, name: &str, request: Value) -> Result<Value> {
    let (value, changed) = match name {
        "undo" | "redo" => {
            let request: UndoRequest = parse(request)?;
            let (undone, touched) = archive.undo(ctx, request.entry, name == "redo")?;
            (to_json(&undone)?, touched)
        }
        "save_draft" => {
            let request: draft::SaveDraft = parse(request)?;
            archive.write(|conn| draft::save(conn, ctx, &request))?;
            (Value::Null, Vec::new())
        }
        _ => run(archive, ctx, name, request)?,
    };
    Ok(json!({ "value": value, "changed": changed }))
}

/// Which entry to undo; the newest when not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoRequest {
    /// Position in the journal.
    #[serde(default)]
    #[ts(optional)]
    pub entry: Option<i64>,
}

/// What was undone or redone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Undone {
    /// The entry.
    pub entry: i64,
    /// Its act.
    pub op: String,
    /// What the act did, whether taken back or done again: "Llega Ana Pérez, a las 8:12 a. m.".
    pub fact: Text,
    /// The same as a sentence, with the session it belongs to: "Se deshizo: Llega Ana Pérez, a las 8:12 a. m. (Sesión
    /// ordinaria n.º 3 de 2025)".
    pub message: Text,
}

/// The JSON Schema of every call: name → doc, request, reply, and the shared definitions.
#[must_use]
pub fn schema() -> Value {
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let mut calls = serde_json::Map::new();
    for call in CALLS {
        let undo = match call.undo {
            _ if !call.writes => Value::Null,
            Undo::Yes => json!("yes"),
            Undo::Never { corrected_by } => json!({ "never": { "corrected_by": corrected_by } }),
        };
        let (request, reply) = ((call.request)(&mut generator), (call.reply)(&mut generator));
        calls.insert(
            call.name.to_owned(),
            json!({ "doc": call.doc.trim(), "writes": call.writes, "undo": undo, "request": request, "reply": reply }),
        );
    }
    let undone = generator.subschema_for::<Undone>();
    let nothing = generator.subschema_for::<()>();
    for (name, doc, request, reply) in [
        (
            "undo",
            "Undoes an entry of the journal; the newest when not said, unless its act is never undone.",
            generator.subschema_for::<UndoRequest>(),
            &undone,
        ),
        ("redo", "Takes back the newest undo.", generator.subschema_for::<UndoRequest>(), &undone),
        (
            "save_draft",
            "Keeps text being typed, without an entry.",
            generator.subschema_for::<draft::SaveDraft>(),
            &nothing,
        ),
    ] {
        calls.insert(
            name.to_owned(),
            json!({ "doc": doc, "writes": true, "undo": Value::Null, "request": request, "reply": reply }),
        );
    }
    json!({ "calls": calls, "$defs": generator.take_definitions(true) })
}

/// Writes the UI's types into `dir`: one file a type, and `calls.ts` with every call's request and reply.
///
/// # Errors
/// When a file cannot be written.
pub fn export_types(dir: &Path) -> Result<()> {
    use std::fmt::Write;
    let config = Config::new().with_out_dir(dir).with_large_int("number");
    let mut exported =
        Exported { config: &config, names: BTreeMap::new(), seen: BTreeSet::new(), failed: None };
    let exported = &mut exported;
    let mut lines = Vec::new();
    for call in CALLS {
        let (request, reply) = (call.export)(exported)?;
        lines.push((call.doc, call.name, request, reply, call.writes));
    }
    for (doc, name, request, reply) in [
        (" Undoes an entry of the journal.", "undo", export::<UndoRequest, Undone>(exported)?),
        (" Takes back the newest undo.", "redo", export::<UndoRequest, Undone>(exported)?),
    ]
    .map(|(doc, name, (q, r))| (doc, name, q, r))
    {
        lines.push((doc, name, request, reply, true));
    }
    let (request, _) = export::<draft::SaveDraft, Nothing>(exported)?;
    lines.push((" Keeps text being typed.", "save_draft", request, "null".to_owned(), true));
    for (doc, name, writes, (request, reply)) in crate::desk::exports(exported)? {
        lines.push((doc, name, request, reply, writes));
    }
    export::<crate::FailureReply, Touched>(exported)?;

    let mut names = BTreeSet::new();
    let mut body = String::new();
    for (doc, name, request, reply, _) in &lines {
        for word in format!("{request} {reply}").split(|c: char| !c.is_alphanumeric() && c != '_') {
            if dir.join(format!("{word}.ts")).is_file() {
                names.insert(word.to_owned());
            }
        }
        let _ =
            writeln!(body, "  /** {} */\n  {name}: {{ request: {request}; reply: {reply} }};", doc.trim());
    }
    let mut file = String::from("// Written by the core; do not edit.\n");
    for name in &names {
        let _ = writeln!(file, "import type {{ {name} }} from './{name}';");
    }
    let writes: Vec<String> = lines.iter().filter(|l| l.4).map(|l| format!("'{}'", l.1)).collect();
    let _ = write!(
        file,
        "\n/** Every call: its request and its reply. */\nexport interface Calls {{\n{body}}}\n\n/** Calls that write. */\nexport const WRITES: ReadonlySet<keyof Calls> = new Set<keyof Calls>([{}]);\n",
        writes.join(", ")
    );
    std::fs::write(dir.join("calls.ts"), file)?;
    Ok(())
}
