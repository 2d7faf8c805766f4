// Written by the core; do not edit.
import type { Activity } from './Activity';
import type { ActivityView } from './ActivityView';
import type { AddAgendaItem } from './AddAgendaItem';
import type { AddAnnex } from './AddAnnex';
import type { AdjournSession } from './AdjournSession';
import type { AdoptMinutes } from './AdoptMinutes';
import type { AgendaComparison } from './AgendaComparison';
import type { AgendaItem } from './AgendaItem';
import type { AgendaItemRef } from './AgendaItemRef';
import type { AgendaView } from './AgendaView';
import type { Annex } from './Annex';
import type { AnnexLine } from './AnnexLine';
import type { AnnexRef } from './AnnexRef';
import type { AnnulVote } from './AnnulVote';
import type { AnswerChallenge } from './AnswerChallenge';
import type { AnswerRemark } from './AnswerRemark';
import type { AppliedAttendance } from './AppliedAttendance';
import type { ApplyAttendance } from './ApplyAttendance';
import type { AppointHolder } from './AppointHolder';
import type { Appointment } from './Appointment';
import type { ArchivePath } from './ArchivePath';
import type { ArchiveState } from './ArchiveState';
import type { AttachDelegationFile } from './AttachDelegationFile';
import type { AttachRecusalFile } from './AttachRecusalFile';
import type { AttachRuleSetFile } from './AttachRuleSetFile';
import type { AttendanceReport } from './AttendanceReport';
import type { AttendanceStatistics } from './AttendanceStatistics';
import type { AttendanceView } from './AttendanceView';
import type { Backup } from './Backup';
import type { BackupFolder } from './BackupFolder';
import type { BackupState } from './BackupState';
import type { BeginRuleSet } from './BeginRuleSet';
import type { BinderState } from './BinderState';
import type { BinderView } from './BinderView';
import type { Body } from './Body';
import type { BodyFunction } from './BodyFunction';
import type { BodyOnDay } from './BodyOnDay';
import type { BodyOverview } from './BodyOverview';
import type { BuildAgenda } from './BuildAgenda';
import type { CalendarView } from './CalendarView';
import type { CancelSession } from './CancelSession';
import type { CarriedFile } from './CarriedFile';
import type { CastBallot } from './CastBallot';
import type { CastCastingVote } from './CastCastingVote';
import type { Catalogs } from './Catalogs';
import type { ChangeBallot } from './ChangeBallot';
import type { CheckNotice } from './CheckNotice';
import type { CheckRules } from './CheckRules';
import type { CheckedRules } from './CheckedRules';
import type { ClearConfirmation } from './ClearConfirmation';
import type { CloseCommitment } from './CloseCommitment';
import type { CloseHolder } from './CloseHolder';
import type { CloseReplies } from './CloseReplies';
import type { CloseSeat } from './CloseSeat';
import type { CloseVote } from './CloseVote';
import type { Commitment } from './Commitment';
import type { CommitmentReason } from './CommitmentReason';
import type { CommitmentView } from './CommitmentView';
import type { CommitmentsView } from './CommitmentsView';
import type { CompareAgenda } from './CompareAgenda';
import type { CompareMinutes } from './CompareMinutes';
import type { CompareProposal } from './CompareProposal';
import type { Confirmation } from './Confirmation';
import type { ConveneSession } from './ConveneSession';
import type { CorrectEvent } from './CorrectEvent';
import type { CorrectMinutes } from './CorrectMinutes';
import type { CorrectReply } from './CorrectReply';
import type { CreateArchive } from './CreateArchive';
import type { CreateProposal } from './CreateProposal';
import type { CreateRuleSet } from './CreateRuleSet';
import type { CreateSession } from './CreateSession';
import type { CreateWorkPlan } from './CreateWorkPlan';
import type { CreatedArchive } from './CreatedArchive';
import type { DecideRecusal } from './DecideRecusal';
import type { Decision } from './Decision';
import type { DecisionRef } from './DecisionRef';
import type { DeclareRecusal } from './DeclareRecusal';
import type { Delegation } from './Delegation';
import type { DelegationLine } from './DelegationLine';
import type { DeleteProposal } from './DeleteProposal';
import type { DeleteSession } from './DeleteSession';
import type { Document } from './Document';
import type { Draft } from './Draft';
import type { EditAgendaItem } from './EditAgendaItem';
import type { EditAnnex } from './EditAnnex';
import type { EditHolder } from './EditHolder';
import type { EditMotion } from './EditMotion';
import type { EditProposal } from './EditProposal';
import type { EditRuleSet } from './EditRuleSet';
import type { EditSession } from './EditSession';
import type { EditWorkPlan } from './EditWorkPlan';
import type { Entity } from './Entity';
import type { EntryLine } from './EntryLine';
import type { EntryView } from './EntryView';
import type { Event } from './Event';
import type { ExecuteProposal } from './ExecuteProposal';
import type { ExpectedQuorum } from './ExpectedQuorum';
import type { ExplainBallot } from './ExplainBallot';
import type { ExportList } from './ExportList';
import type { ExportedFile } from './ExportedFile';
import type { ExtendCommitment } from './ExtendCommitment';
import type { FieldDifference } from './FieldDifference';
import type { FileMail } from './FileMail';
import type { FileMotion } from './FileMotion';
import type { FileProposal } from './FileProposal';
import type { FileRead } from './FileRead';
import type { FileSignedMinutes } from './FileSignedMinutes';
import type { FiledMail } from './FiledMail';
import type { FiledProposal } from './FiledProposal';
import type { FindInJournal } from './FindInJournal';
import type { FollowUp } from './FollowUp';
import type { GetActivity } from './GetActivity';
import type { GetActivityView } from './GetActivityView';
import type { GetAgenda } from './GetAgenda';
import type { GetAgendaSuggestions } from './GetAgendaSuggestions';
import type { GetBinder } from './GetBinder';
import type { GetCalendar } from './GetCalendar';
import type { GetCommitment } from './GetCommitment';
import type { GetCommitmentView } from './GetCommitmentView';
import type { GetDelegation } from './GetDelegation';
import type { GetDraft } from './GetDraft';
import type { GetExpectedQuorum } from './GetExpectedQuorum';
import type { GetFile } from './GetFile';
import type { GetJournalEntry } from './GetJournalEntry';
import type { GetPerson } from './GetPerson';
import type { GetProposal } from './GetProposal';
import type { GetProposalVersion } from './GetProposalVersion';
import type { GetRuleSet } from './GetRuleSet';
import type { GetSession } from './GetSession';
import type { GetSessionYear } from './GetSessionYear';
import type { GetTemplate } from './GetTemplate';
import type { GetWorkPlan } from './GetWorkPlan';
import type { Guest } from './Guest';
import type { GuestRef } from './GuestRef';
import type { Holder } from './Holder';
import type { ImportOutcome } from './ImportOutcome';
import type { ImportRows } from './ImportRows';
import type { Invitee } from './Invitee';
import type { IssuePaper } from './IssuePaper';
import type { IssuePaperOf } from './IssuePaperOf';
import type { IssuePublicVersion } from './IssuePublicVersion';
import type { JournalFound } from './JournalFound';
import type { ListAnnexes } from './ListAnnexes';
import type { ListCommitments } from './ListCommitments';
import type { ListDelegations } from './ListDelegations';
import type { ListDocuments } from './ListDocuments';
import type { ListDrafts } from './ListDrafts';
import type { ListJournal } from './ListJournal';
import type { ListMinutes } from './ListMinutes';
import type { ListPeople } from './ListPeople';
import type { ListProposals } from './ListProposals';
import type { ListSessions } from './ListSessions';
import type { ListWithheld } from './ListWithheld';
import type { LiveView } from './LiveView';
import type { MailPreview } from './MailPreview';
import type { MakeBinder } from './MakeBinder';
import type { MarkInvitee } from './MarkInvitee';
import type { MembersView } from './MembersView';
import type { Minutes } from './Minutes';
import type { MinutesComparison } from './MinutesComparison';
import type { MinutesList } from './MinutesList';
import type { MinutesRef } from './MinutesRef';
import type { MinutesView } from './MinutesView';
import type { Motion } from './Motion';
import type { MoveAgendaItem } from './MoveAgendaItem';
import type { NameAdHoc } from './NameAdHoc';
import type { Nothing } from './Nothing';
import type { NoticeCheck } from './NoticeCheck';
import type { NoticeMail } from './NoticeMail';
import type { NoticeMailRequest } from './NoticeMailRequest';
import type { OpenSession } from './OpenSession';
import type { OpenVote } from './OpenVote';
import type { OrderActivities } from './OrderActivities';
import type { PaperDraft } from './PaperDraft';
import type { PaperPreview } from './PaperPreview';
import type { Partner } from './Partner';
import type { PendingCommitments } from './PendingCommitments';
import type { PeopleView } from './PeopleView';
import type { Person } from './Person';
import type { PersonView } from './PersonView';
import type { PlannedSession } from './PlannedSession';
import type { PostponeSession } from './PostponeSession';
import type { Preflight } from './Preflight';
import type { PreviewImport } from './PreviewImport';
import type { PreviewMinutes } from './PreviewMinutes';
import type { PreviewTemplate } from './PreviewTemplate';
import type { Proposal } from './Proposal';
import type { ProposalDetail } from './ProposalDetail';
import type { ProposalList } from './ProposalList';
import type { ProposalReason } from './ProposalReason';
import type { PublicVersionView } from './PublicVersionView';
import type { PublishAccord } from './PublishAccord';
import type { PublishMinutes } from './PublishMinutes';
import type { PutAccord } from './PutAccord';
import type { PutActivity } from './PutActivity';
import type { PutBody } from './PutBody';
import type { PutCommitment } from './PutCommitment';
import type { PutDecision } from './PutDecision';
import type { PutEntity } from './PutEntity';
import type { PutFunction } from './PutFunction';
import type { PutGuest } from './PutGuest';
import type { PutInvitee } from './PutInvitee';
import type { PutPartner } from './PutPartner';
import type { PutPerson } from './PutPerson';
import type { PutRemark } from './PutRemark';
import type { PutSeat } from './PutSeat';
import type { PutSector } from './PutSector';
import type { PutStatement } from './PutStatement';
import type { PutTemplate } from './PutTemplate';
import type { PutWithholding } from './PutWithholding';
import type { QuorumLedger } from './QuorumLedger';
import type { ReadAttendanceReport } from './ReadAttendanceReport';
import type { ReadMail } from './ReadMail';
import type { ReadScan } from './ReadScan';
import type { ReadSheet } from './ReadSheet';
import type { ReceivedRemark } from './ReceivedRemark';
import type { RecordDelegation } from './RecordDelegation';
import type { RecordEvent } from './RecordEvent';
import type { RecordObjection } from './RecordObjection';
import type { RecordReply } from './RecordReply';
import type { RecordSecretVote } from './RecordSecretVote';
import type { Recusal } from './Recusal';
import type { RejectDelegation } from './RejectDelegation';
import type { Remark } from './Remark';
import type { RemoveHolder } from './RemoveHolder';
import type { RemoveInvitee } from './RemoveInvitee';
import type { RemoveMotion } from './RemoveMotion';
import type { RenderPaper } from './RenderPaper';
import type { RenderPaperOf } from './RenderPaperOf';
import type { RenotifySession } from './RenotifySession';
import type { ReplyLine } from './ReplyLine';
import type { ReportActivity } from './ReportActivity';
import type { ReportCommitment } from './ReportCommitment';
import type { RestoreBackup } from './RestoreBackup';
import type { RetireFunction } from './RetireFunction';
import type { ReturnFromRecusal } from './ReturnFromRecusal';
import type { ReviewAnnex } from './ReviewAnnex';
import type { ReviewProposal } from './ReviewProposal';
import type { RevokeDelegation } from './RevokeDelegation';
import type { RoomView } from './RoomView';
import type { RuleSetLine } from './RuleSetLine';
import type { RuleSetView } from './RuleSetView';
import type { SaveDraft } from './SaveDraft';
import type { ScanFound } from './ScanFound';
import type { ScheduleProposal } from './ScheduleProposal';
import type { Search } from './Search';
import type { SearchGroup } from './SearchGroup';
import type { Seat } from './Seat';
import type { SeatOnDay } from './SeatOnDay';
import type { Sector } from './Sector';
import type { SendDraft } from './SendDraft';
import type { Session } from './Session';
import type { SessionDetail } from './SessionDetail';
import type { SessionList } from './SessionList';
import type { SessionPreflight } from './SessionPreflight';
import type { SessionRef } from './SessionRef';
import type { SessionYear } from './SessionYear';
import type { SetCalendar } from './SetCalendar';
import type { SetConclusions } from './SetConclusions';
import type { SetConfirmation } from './SetConfirmation';
import type { SetContact } from './SetContact';
import type { SetCount } from './SetCount';
import type { SetNarrative } from './SetNarrative';
import type { SetOutcome } from './SetOutcome';
import type { SettleMotion } from './SettleMotion';
import type { SignElectronically } from './SignElectronically';
import type { SignMinutes } from './SignMinutes';
import type { SignedElectronically } from './SignedElectronically';
import type { Statement } from './Statement';
import type { StatementRef } from './StatementRef';
import type { StoredRuleSet } from './StoredRuleSet';
import type { SuggestedItem } from './SuggestedItem';
import type { TakeOutOfBlock } from './TakeOutOfBlock';
import type { Template } from './Template';
import type { Today } from './Today';
import type { TodayView } from './TodayView';
import type { TriedRules } from './TriedRules';
import type { UndoRequest } from './UndoRequest';
import type { Undone } from './Undone';
import type { VerifiedPaper } from './VerifiedPaper';
import type { VerifyArchive } from './VerifyArchive';
import type { VerifyDocument } from './VerifyDocument';
import type { VerifyReport } from './VerifyReport';
import type { Vote } from './Vote';
import type { VoteExplained } from './VoteExplained';
import type { VoteRef } from './VoteRef';
import type { WithheldEntry } from './WithheldEntry';
import type { Withholding } from './Withholding';
import type { WithholdingRef } from './WithholdingRef';
import type { WorkPlan } from './WorkPlan';
import type { WorkPlanView } from './WorkPlanView';

/** Every call: its request and its reply. */
export interface Calls {
  /** What comes next, what is due and where the year stands, for each body; an open session first. */
  get_today: { request: Today; reply: TodayView };
  /** The bodies of the archive. */
  list_bodies: { request: Nothing; reply: Array<Body> };
  /** How the papers of a body look. */
  get_template: { request: GetTemplate; reply: Template };
  /** The newest minutes of a body under a template that is not saved. */
  preview_template: { request: PreviewTemplate; reply: PaperPreview };
  /** A body with its functions, invitees, rules in force and what is missing. */
  get_body: { request: BodyOnDay; reply: BodyOverview };
  /** The members of a body on a day: seats, holders, liaisons, delegations, findings. */
  list_members: { request: BodyOnDay; reply: MembersView };
  /** Who holds a seat on a day. */
  get_holder: { request: SeatOnDay; reply: Holder | null };
  /** The rule sets of a body, newest first. */
  list_rule_sets: { request: BodyOnDay; reply: Array<RuleSetLine> };
  /** A rule set with its rules in words and what is amiss. */
  get_rule_set: { request: GetRuleSet; reply: RuleSetView };
  /** What a new version of a body's rules begins from; nothing is kept. */
  begin_rule_set: { request: BeginRuleSet; reply: RuleSetView };
  /** What rules being written say, and what is amiss in them. */
  check_rules: { request: CheckRules; reply: CheckedRules };
  /** Tries rules being written on the newest sessions held: what would have come out otherwise. */
  try_rules: { request: CheckRules; reply: TriedRules };
  /** The people of the archive, by surname. */
  list_people: { request: ListPeople; reply: PeopleView };
  /** A person with their contact, seats and delegations. */
  get_person: { request: GetPerson; reply: PersonView };
  /** Delegations with their status on a day. */
  list_delegations: { request: ListDelegations; reply: Array<DelegationLine> };
  /** The commitments that a request asks for, with their status on a day. */
  list_commitments: { request: ListCommitments; reply: CommitmentsView };
  /** A commitment with the item and session it was made in, and what was done with it. */
  get_commitment_view: { request: GetCommitmentView; reply: CommitmentView };
  /** The commitments of earlier sessions that a session follows up. */
  pending_commitments: { request: PendingCommitments; reply: FollowUp };
  /** A body's plan of a year with its progress. */
  get_work_plan: { request: GetWorkPlan; reply: WorkPlanView };
  /** An activity of a work plan and what was done with it. */
  get_activity_view: { request: GetActivityView; reply: ActivityView };
  /** The catalogs that forms choose from. */
  list_catalogs: { request: Nothing; reply: Catalogs };
  /** Which days count, and a year's holidays. */
  get_calendar: { request: GetCalendar; reply: CalendarView };
  /** A kept file with its bytes. */
  get_file: { request: GetFile; reply: CarriedFile };
  /** The quorum ledger of a session: each movement in words, and the seats present over time; nothing before it opens. */
  quorum_ledger: { request: SessionRef; reply: QuorumLedger | null };
  /** What a step of a session asks before it is taken: to convene, open, vote, adjourn or adopt. */
  session_preflight: { request: SessionPreflight; reply: Preflight };
  /** All that the live screen shows of a session, opened or about to be. */
  live_session: { request: SessionRef; reply: LiveView };
  /** What everybody in the room may see of a session: the item, the quorum, the vote; never a ballot nor a tally of an open one. */
  room_view: { request: SessionRef; reply: RoomView };
  /** The arithmetic of a vote: have, need, base, rule, source. */
  explain_vote: { request: VoteRef; reply: VoteExplained };
  /** The minutes of every session and those older than the archive, newest first: state, signatures, terms, file. */
  list_minutes: { request: ListMinutes; reply: MinutesList };
  /** The minutes of a session: what they say, their checks, remarks, terms and versions. */
  get_minutes_view: { request: SessionRef; reply: MinutesView };
  /** What differs between two versions of a session's minutes, word by word. */
  compare_minutes: { request: CompareMinutes; reply: MinutesComparison };
  /** The minutes of a session as they print now. */
  preview_minutes: { request: PreviewMinutes; reply: PaperPreview };
  /** The draft of a session's minutes as a Word document, to circulate it. */
  draft_docx: { request: SessionRef; reply: ExportedFile };
  /** The public version of some minutes: passages left out, annexes, what is missing, those issued. */
  get_public_version: { request: MinutesRef; reply: PublicVersionView };
  /** The public version as it would print now. */
  preview_public_version: { request: MinutesRef; reply: PaperPreview };
  /** The index of classified and reserved information in the minutes of a body. */
  withheld_index: { request: ListWithheld; reply: Array<WithheldEntry> };
  /** Correcting minutes as they print now. */
  preview_correction: { request: MinutesRef; reply: PaperPreview };
  /** The notice of a session with its agenda, as it prints now. */
  render_notice: { request: RenderPaper; reply: PaperPreview };
  /** The attendance sheet of a session, to sign by hand. */
  render_attendance_sheet: { request: RenderPaper; reply: PaperPreview };
  /** A paper of the record as it prints now: extract, certificate, register, letter, plan, profile, report. */
  render_paper: { request: RenderPaperOf; reply: PaperDraft };
  /** What the binder of a session holds: every paper and annex of it. */
  get_binder: { request: GetBinder; reply: BinderView };
  /** The chair's script of a session. */
  render_chair_script: { request: RenderPaper; reply: PaperPreview };
  /** The paper that the code of a scan names. */
  read_scan: { request: ReadScan; reply: ScanFound };
  /** Whether a paper is one of the archive's, altered or unknown, and what its electronic signatures say. */
  verify_document: { request: VerifyDocument; reply: VerifiedPaper };
  /** The official copies of a session or of a body, newest first: notices, sheets, scripts, minutes, certificates, reports. */
  list_documents: { request: ListDocuments; reply: Array<Document> };
  /** The journal's newest entries, newest first. */
  list_journal: { request: ListJournal; reply: Array<EntryLine> };
  /** The entries in which every word is found, newest first. */
  find_in_journal: { request: FindInJournal; reply: JournalFound };
  /** One entry of the journal with its changes. */
  get_journal_entry: { request: GetJournalEntry; reply: EntryView };
  /** Whether the archive is what its journal says, naming whatever is not. */
  verify_archive: { request: VerifyArchive; reply: VerifyReport };
  /** Looks for what a person typed in everything written: accents do not matter, ñ does, the last word may be unfinished. */
  search: { request: Search; reply: Array<SearchGroup> };
  /** Texts that were being typed and were not finished, newest first: what a power cut left. */
  list_drafts: { request: ListDrafts; reply: Array<Draft> };
  /** The text that was being typed in a field. */
  get_draft: { request: GetDraft; reply: Draft | null };
  /** The sessions, newest first, a page at a time. */
  list_sessions: { request: ListSessions; reply: SessionList };
  /** How each seat attended in a period, over the sessions while it was held. */
  attendance_statistics: { request: AttendanceStatistics; reply: AttendanceView };
  /** Reads a meeting platform's attendance report and proposes movements; records nothing. */
  read_attendance_report: { request: ReadAttendanceReport; reply: AttendanceReport };
  /** A list of the record as a CSV file or an Excel workbook: whole, by the filter of its own call, without private contact. */
  export_list: { request: ExportList; reply: ExportedFile };
  /** Reads an Excel workbook or a CSV file: its sheets, columns and first rows, and what each column seems to be; keeps nothing. */
  read_sheet: { request: ReadSheet; reply: FileRead };
  /** The calendar of a body's year: sessions, holidays, minimum. */
  get_session_year: { request: GetSessionYear; reply: SessionYear };
  /** A session with its names and what is left to prepare. */
  get_session: { request: GetSession; reply: SessionDetail };
  /** Checks the notice of a session against the rules in force. */
  check_notice: { request: CheckNotice; reply: NoticeCheck };
  /** The messages and the invitation that the notice leaves as. */
  notice_mail: { request: NoticeMailRequest; reply: NoticeMail };
  /** What each seat answered, the expected quorum, and whom to call. */
  expected_quorum: { request: GetExpectedQuorum; reply: ExpectedQuorum };
  /** The agenda of a session, numbered and timed. */
  get_agenda: { request: GetAgenda; reply: AgendaView };
  /** The items that the record suggests for a session. */
  suggest_agenda: { request: GetAgendaSuggestions; reply: Array<SuggestedItem> };
  /** What changed between two versions of an agenda. */
  compare_agenda: { request: CompareAgenda; reply: AgendaComparison };
  /** The proposals that the filters leave, a page at a time. */
  list_proposals: { request: ListProposals; reply: ProposalList };
  /** A proposal whole, with its completeness, life and versions. */
  get_proposal: { request: GetProposal; reply: ProposalDetail };
  /** A version of a proposal as it was filed, whole. */
  get_proposal_version: { request: GetProposalVersion; reply: FiledProposal };
  /** What changed between two versions of a proposal, field by field. */
  compare_proposal: { request: CompareProposal; reply: Array<FieldDifference> };
  /** Reads a dropped .eml, .msg, PDF or photo and says what it seems to be; keeps nothing. */
  read_mail: { request: ReadMail; reply: MailPreview };
  /** The annexes of something, by number. */
  list_annexes: { request: ListAnnexes; reply: Array<AnnexLine> };
  /** An annex's file. */
  download_annex: { request: AnnexRef; reply: CarriedFile };
  /** What each row of a sheet would do if it were imported: new, the same, changes, refused and why. It leaves nothing. */
  preview_import: { request: PreviewImport; reply: ImportOutcome };
  /** Records the rows of a sheet: people, seats with their holders, proposals or commitments, all or none. */
  import_rows: { request: ImportRows; reply: ImportOutcome };
  /** Sends the draft minutes to members and opens the term for remarks. */
  send_draft: { request: SendDraft; reply: Minutes };
  /** Records a member's remark on the draft. */
  put_remark: { request: PutRemark; reply: ReceivedRemark };
  /** Answers a remark. */
  answer_remark: { request: AnswerRemark; reply: Remark };
  /** Closes the remarks: the text is final. */
  adjust_minutes: { request: MinutesRef; reply: Minutes };
  /** Adopts minutes: checks them and freezes the official file. */
  adopt_minutes: { request: AdoptMinutes; reply: Minutes };
  /** Records a signature of adopted minutes, or why it is missing. */
  sign_minutes: { request: SignMinutes; reply: Minutes };
  /** Signs adopted minutes with the signer's certificate. */
  sign_electronically: { request: SignElectronically; reply: SignedElectronically };
  /** Files the signed original of adopted minutes as it came. */
  file_signed_minutes: { request: FileSignedMinutes; reply: Document };
  /** Records that signed minutes were published. */
  publish_minutes: { request: PublishMinutes; reply: Minutes };
  /** Drafts correcting minutes, linked to those they correct. */
  correct_minutes: { request: CorrectMinutes; reply: Minutes };
  /** Notes a passage that the public version leaves out. */
  put_withholding: { request: PutWithholding; reply: Withholding };
  /** Takes such a note back. */
  remove_withholding: { request: WithholdingRef; reply: null };
  /** Keeps the public version of signed minutes as an official file. */
  issue_public_version: { request: IssuePublicVersion; reply: Document };
  /** Keeps the notice of a session as an official file. */
  issue_notice: { request: IssuePaper; reply: Document };
  /** Keeps the attendance sheet of a session as an official file. */
  issue_attendance_sheet: { request: IssuePaper; reply: Document };
  /** Keeps the chair's script of a session as an official file. */
  issue_chair_script: { request: IssuePaper; reply: Document };
  /** Keeps a paper of the record as an official file. */
  issue_paper: { request: IssuePaperOf; reply: Document };
  /** Creates or edits a body. */
  put_body: { request: PutBody; reply: Body };
  /** Saves how a body's papers look: letterhead, seal, formats, typeface, phrases, free sections. */
  put_template: { request: PutTemplate; reply: Template };
  /** Adds a function to a body or edits one. */
  put_function: { request: PutFunction; reply: BodyFunction };
  /** Retires a function of a body, or brings it back. */
  retire_function: { request: RetireFunction; reply: BodyFunction };
  /** Adds a seat to a body or edits one. */
  put_seat: { request: PutSeat; reply: Seat };
  /** Closes a seat: from the next day it is no member. */
  close_seat: { request: CloseSeat; reply: Seat };
  /** Puts a person in a seat from a day on, and closes whoever was there in the same capacity. */
  appoint_holder: { request: AppointHolder; reply: Appointment };
  /** Corrects who held a seat and when. */
  edit_holder: { request: EditHolder; reply: Holder };
  /** Ends somebody's time in a seat. */
  close_holder: { request: CloseHolder; reply: Holder };
  /** Removes a holder's record made by mistake. */
  remove_holder: { request: RemoveHolder; reply: null };
  /** Adds a permanent invitee to a body or edits one. */
  put_invitee: { request: PutInvitee; reply: Invitee };
  /** Removes a permanent invitee. */
  remove_invitee: { request: RemoveInvitee; reply: null };
  /** Keeps a new version of a body's rules and closes the one before. */
  create_rule_set: { request: CreateRuleSet; reply: StoredRuleSet };
  /** Corrects rules that no session has used yet. */
  edit_rule_set: { request: EditRuleSet; reply: StoredRuleSet };
  /** Keeps the file of the act that adopts rules, whether sessions use them or not. */
  attach_rule_set_file: { request: AttachRuleSetFile; reply: StoredRuleSet };
  /** Removes rules that no session has used. */
  remove_rule_set: { request: GetRuleSet; reply: null };
  /** Creates a person or edits one. */
  put_person: { request: PutPerson; reply: Person };
  /** Keeps a person's private contact. */
  set_contact: { request: SetContact; reply: null };
  /** Erases a person's private contact for good. */
  erase_contact: { request: GetPerson; reply: null };
  /** Records a delegation received. */
  record_delegation: { request: RecordDelegation; reply: Delegation };
  /** Corrects a recorded delegation. */
  edit_delegation: { request: RecordDelegation; reply: Delegation };
  /** Rejects a delegation: its delegate never counts. */
  reject_delegation: { request: RejectDelegation; reply: Delegation };
  /** Takes back the rejection of a delegation. */
  accept_delegation: { request: GetDelegation; reply: Delegation };
  /** Revokes a delegation from a day on. */
  revoke_delegation: { request: RevokeDelegation; reply: Delegation };
  /** Keeps the file of a delegation's act. */
  attach_delegation_file: { request: AttachDelegationFile; reply: Delegation };
  /** Creates a commitment or edits one. */
  put_commitment: { request: PutCommitment; reply: Commitment };
  /** Gives a commitment more time. */
  extend_commitment: { request: ExtendCommitment; reply: Commitment };
  /** Adds what its owner reports to a commitment's note. */
  report_commitment: { request: ReportCommitment; reply: Commitment };
  /** Closes a commitment as fulfilled, with its evidence. */
  close_commitment: { request: CloseCommitment; reply: Commitment };
  /** Withdraws a commitment, which stays in the record with the reason. */
  cancel_commitment: { request: CommitmentReason; reply: Commitment };
  /** Reopens a commitment that was closed or withdrawn. */
  reopen_commitment: { request: CommitmentReason; reply: Commitment };
  /** Removes a commitment recorded by mistake. */
  remove_commitment: { request: GetCommitment; reply: null };
  /** Makes a body's work plan for a year. */
  create_work_plan: { request: CreateWorkPlan; reply: WorkPlan };
  /** Records how a work plan was approved. */
  edit_work_plan: { request: EditWorkPlan; reply: WorkPlan };
  /** Adds an activity to a work plan or edits one. */
  put_activity: { request: PutActivity; reply: Activity };
  /** Reports an activity's progress. */
  report_activity: { request: ReportActivity; reply: Activity };
  /** Removes an activity from a work plan. */
  remove_activity: { request: GetActivity; reply: null };
  /** Puts the activities of a work plan in a new order. */
  order_activities: { request: OrderActivities; reply: Array<Activity> };
  /** Sets which days count. */
  set_calendar: { request: SetCalendar; reply: CalendarView };
  /** Creates or edits a sector of the administration. */
  put_sector: { request: PutSector; reply: Sector };
  /** Creates or edits an entity. */
  put_entity: { request: PutEntity; reply: Entity };
  /** Creates or edits an international partner. */
  put_partner: { request: PutPartner; reply: Partner };
  /** Opens a session: the chair calls it to order. */
  open_session: { request: OpenSession; reply: LiveView };
  /** Records an arrival, a departure, an item, an intervention, a recess. */
  record_event: { request: RecordEvent; reply: Event };
  /** Corrects an event, with trace: another time, seat, person or words, or struck out. */
  correct_event: { request: CorrectEvent; reply: Event };
  /** Records the chosen movements of a meeting platform's report, all at once. */
  apply_attendance: { request: ApplyAttendance; reply: AppliedAttendance };
  /** Adjourns a session, or closes it for lack of quorum. */
  adjourn_session: { request: AdjournSession; reply: LiveView };
  /** Writes the narrative of an item. */
  set_narrative: { request: SetNarrative; reply: AgendaItem };
  /** Writes the conclusions of a session, until the minutes are adopted. */
  set_conclusions: { request: SetConclusions; reply: Session };
  /** Says what came of an item. */
  set_outcome: { request: SetOutcome; reply: AgendaItem };
  /** Adds or edits a guest. */
  put_guest: { request: PutGuest; reply: Guest };
  /** Records whether a permanent invitee came to a session. */
  mark_invitee: { request: MarkInvitee; reply: Session };
  /** Takes a guest off the list. */
  remove_guest: { request: GuestRef; reply: null };
  /** Puts a motion to the body. */
  file_motion: { request: FileMotion; reply: Motion };
  /** Takes back a motion of a written session that has not been opened. */
  remove_motion: { request: RemoveMotion; reply: null };
  /** Records a written reply as it came; late, repeated or without a delegation too. */
  record_reply: { request: RecordReply; reply: ReplyLine };
  /** Corrects a written reply, with trace, or strikes it out. */
  correct_reply: { request: CorrectReply; reply: ReplyLine };
  /** Closes the term of a written session and makes its votes from the replies that stand. */
  close_replies: { request: CloseReplies; reply: LiveView };
  /** Rewords a motion that has not been voted. */
  edit_motion: { request: EditMotion; reply: Motion };
  /** Dismisses or withdraws a motion. */
  settle_motion: { request: SettleMotion; reply: Motion };
  /** Takes an item out of a block vote, to be voted apart. */
  take_out_of_block: { request: TakeOutOfBlock; reply: Motion };
  /** Opens a vote. */
  open_vote: { request: OpenVote; reply: VoteExplained };
  /** Records a seat's vote, or takes back a mis-keyed one, while the vote is open. */
  cast_ballot: { request: CastBallot; reply: VoteExplained };
  /** Changes the vote that a seat cast, while the vote is open. */
  change_ballot: { request: ChangeBallot; reply: VoteExplained };
  /** Records the totals of a show of hands. */
  set_count: { request: SetCount; reply: VoteExplained };
  /** Records that a seat objects to a consensus, and why. */
  record_objection: { request: RecordObjection; reply: VoteExplained };
  /** Records who voted in a secret vote and its totals, and closes it. */
  record_secret_vote: { request: RecordSecretVote; reply: VoteExplained };
  /** Closes a vote and settles its motion. */
  close_vote: { request: CloseVote; reply: VoteExplained };
  /** The chair settles a tie. */
  cast_casting_vote: { request: CastCastingVote; reply: VoteExplained };
  /** Annuls a vote opened by mistake. */
  annul_vote: { request: AnnulVote; reply: Vote };
  /** Keeps the reasons a seat gives with its vote. */
  explain_ballot: { request: ExplainBallot; reply: Vote };
  /** Records that a seat declares itself recused. */
  declare_recusal: { request: DeclareRecusal; reply: Recusal };
  /** Records what a challenged person answers. */
  answer_challenge: { request: AnswerChallenge; reply: Recusal };
  /** Keeps the file of a recusal's declaration. */
  attach_recusal_file: { request: AttachRecusalFile; reply: Recusal };
  /** Names who takes the place of a recused seat in its item. */
  name_ad_hoc: { request: NameAdHoc; reply: Recusal };
  /** Settles a recusal. */
  decide_recusal: { request: DecideRecusal; reply: Recusal };
  /** Records that a recused person comes back. */
  return_from_recusal: { request: ReturnFromRecusal; reply: Recusal };
  /** Records or edits a decision. */
  put_decision: { request: PutDecision; reply: Decision };
  /** Writes the accord that says a decision, or edits it before it is issued. */
  put_accord: { request: PutAccord; reply: Decision };
  /** Takes an accord that was not issued away from its decision. */
  remove_accord: { request: DecisionRef; reply: null };
  /** Records the publication of an accord in the Registro Distrital. */
  publish_accord: { request: PublishAccord; reply: Decision };
  /** Takes back a decision recorded by mistake. */
  remove_decision: { request: DecisionRef; reply: null };
  /** Takes down or edits a statement for the record. */
  put_statement: { request: PutStatement; reply: Statement };
  /** Takes back a statement taken down by mistake. */
  remove_statement: { request: StatementRef; reply: null };
  /** Programmes a session, or enters one kept on paper. */
  create_session: { request: CreateSession; reply: PlannedSession };
  /** Edits a session that has not been opened. */
  edit_session: { request: EditSession; reply: PlannedSession };
  /** Deletes a session that is only a plan. */
  delete_session: { request: DeleteSession; reply: null };
  /** Postpones a session, with its reason. */
  postpone_session: { request: PostponeSession; reply: Session };
  /** Cancels a session, with its reason. */
  cancel_session: { request: CancelSession; reply: Session };
  /** Convenes a session: freezes its agenda and fixes its rules. */
  convene_session: { request: ConveneSession; reply: Session };
  /** Sends a new notice of a convened session. */
  renotify_session: { request: RenotifySession; reply: Session };
  /** Records what a seat answered to the notice. */
  set_confirmation: { request: SetConfirmation; reply: Confirmation };
  /** Takes back a seat's answer. */
  clear_confirmation: { request: ClearConfirmation; reply: null };
  /** Adds an item to an agenda. */
  add_agenda_item: { request: AddAgendaItem; reply: AgendaItem };
  /** Edits an agenda item. */
  edit_agenda_item: { request: EditAgendaItem; reply: AgendaItem };
  /** Moves an agenda item, with its sub-items. */
  move_agenda_item: { request: MoveAgendaItem; reply: Array<AgendaItem> };
  /** Makes an item a sub-item of the one above. */
  indent_agenda_item: { request: AgendaItemRef; reply: Array<AgendaItem> };
  /** Takes an item out of the one it hangs from. */
  outdent_agenda_item: { request: AgendaItemRef; reply: Array<AgendaItem> };
  /** Removes an item and its sub-items. */
  remove_agenda_item: { request: AgendaItemRef; reply: null };
  /** Puts suggested items on the agenda, each in its place. */
  build_agenda: { request: BuildAgenda; reply: Array<AgendaItem> };
  /** Drafts a proposal. */
  create_proposal: { request: CreateProposal; reply: Proposal };
  /** Edits a proposal. */
  edit_proposal: { request: EditProposal; reply: Proposal };
  /** Deletes a draft that was never filed. */
  delete_proposal: { request: DeleteProposal; reply: null };
  /** Files a proposal: gives it its reception number and freezes what was filed. */
  file_proposal: { request: FileProposal; reply: Proposal };
  /** Takes a filed proposal under study. */
  review_proposal: { request: ReviewProposal; reply: Proposal };
  /** Returns a proposal, with its reason. */
  return_proposal: { request: ProposalReason; reply: Proposal };
  /** Puts a proposal on the agenda of a session. */
  schedule_proposal: { request: ScheduleProposal; reply: Proposal };
  /** Withdraws a proposal before it is decided, with its reason. */
  withdraw_proposal: { request: ProposalReason; reply: Proposal };
  /** Records that a prioritised proposal is being executed. */
  execute_proposal: { request: ExecuteProposal; reply: Proposal };
  /** Records that a proposal's execution ended. */
  close_proposal: { request: ExecuteProposal; reply: Proposal };
  /** Files a dropped paper as an excuse, confirmation, delegation, proposal or annex. */
  file_mail: { request: FileMail; reply: FiledMail };
  /** Keeps a file as an annex. */
  add_annex: { request: AddAnnex; reply: Annex };
  /** Edits an annex: title, kind, number, publication. */
  edit_annex: { request: EditAnnex; reply: Annex };
  /** Settles whether an annex is published, and why when not. */
  review_annex: { request: ReviewAnnex; reply: Annex };
  /** Removes an annex. */
  remove_annex: { request: AnnexRef; reply: null };
  /** Undoes an entry of the journal. */
  undo: { request: UndoRequest; reply: Undone };
  /** Takes back the newest undo. */
  redo: { request: UndoRequest; reply: Undone };
  /** Keeps text being typed. */
  save_draft: { request: SaveDraft; reply: null };
  /** The open archive, or nothing. */
  archive_state: { request: Nothing; reply: ArchiveState | null };
  /** Makes a new archive and opens it. */
  create_archive: { request: CreateArchive; reply: CreatedArchive };
  /** Opens an archive. */
  open_archive: { request: ArchivePath; reply: ArchiveState };
  /** Closes the open archive. */
  close_archive: { request: Nothing; reply: null };
  /** Backs the open archive up and reads the backup back. */
  backup_archive: { request: BackupFolder; reply: Backup };
  /** How the backup made by itself after opening is going. */
  backup_state: { request: Nothing; reply: BackupState };
  /** The backups of the open archive, or of all, newest first. */
  list_backups: { request: BackupFolder; reply: Array<Backup> };
  /** Makes an archive of a backup and verifies it; opens nothing. */
  restore_backup: { request: RestoreBackup; reply: VerifyReport };
  /** Starts to make the binder of a session: one PDF with all its papers and annexes. */
  make_binder: { request: MakeBinder; reply: BinderState };
  /** How the binder under way is going, or how the last one went. */
  binder_state: { request: Nothing; reply: BinderState };
  /** Stops the binder under way; nothing is left of it. */
  stop_binder: { request: Nothing; reply: BinderState };
}

/** Calls that write. */
export const WRITES: ReadonlySet<keyof Calls> = new Set<keyof Calls>(['import_rows', 'send_draft', 'put_remark', 'answer_remark', 'adjust_minutes', 'adopt_minutes', 'sign_minutes', 'sign_electronically', 'file_signed_minutes', 'publish_minutes', 'correct_minutes', 'put_withholding', 'remove_withholding', 'issue_public_version', 'issue_notice', 'issue_attendance_sheet', 'issue_chair_script', 'issue_paper', 'put_body', 'put_template', 'put_function', 'retire_function', 'put_seat', 'close_seat', 'appoint_holder', 'edit_holder', 'close_holder', 'remove_holder', 'put_invitee', 'remove_invitee', 'create_rule_set', 'edit_rule_set', 'attach_rule_set_file', 'remove_rule_set', 'put_person', 'set_contact', 'erase_contact', 'record_delegation', 'edit_delegation', 'reject_delegation', 'accept_delegation', 'revoke_delegation', 'attach_delegation_file', 'put_commitment', 'extend_commitment', 'report_commitment', 'close_commitment', 'cancel_commitment', 'reopen_commitment', 'remove_commitment', 'create_work_plan', 'edit_work_plan', 'put_activity', 'report_activity', 'remove_activity', 'order_activities', 'set_calendar', 'put_sector', 'put_entity', 'put_partner', 'open_session', 'record_event', 'correct_event', 'apply_attendance', 'adjourn_session', 'set_narrative', 'set_conclusions', 'set_outcome', 'put_guest', 'mark_invitee', 'remove_guest', 'file_motion', 'remove_motion', 'record_reply', 'correct_reply', 'close_replies', 'edit_motion', 'settle_motion', 'take_out_of_block', 'open_vote', 'cast_ballot', 'change_ballot', 'set_count', 'record_objection', 'record_secret_vote', 'close_vote', 'cast_casting_vote', 'annul_vote', 'explain_ballot', 'declare_recusal', 'answer_challenge', 'attach_recusal_file', 'name_ad_hoc', 'decide_recusal', 'return_from_recusal', 'put_decision', 'put_accord', 'remove_accord', 'publish_accord', 'remove_decision', 'put_statement', 'remove_statement', 'create_session', 'edit_session', 'delete_session', 'postpone_session', 'cancel_session', 'convene_session', 'renotify_session', 'set_confirmation', 'clear_confirmation', 'add_agenda_item', 'edit_agenda_item', 'move_agenda_item', 'indent_agenda_item', 'outdent_agenda_item', 'remove_agenda_item', 'build_agenda', 'create_proposal', 'edit_proposal', 'delete_proposal', 'file_proposal', 'review_proposal', 'return_proposal', 'schedule_proposal', 'withdraw_proposal', 'execute_proposal', 'close_proposal', 'file_mail', 'add_annex', 'edit_annex', 'review_annex', 'remove_annex', 'undo', 'redo', 'save_draft', 'create_archive', 'open_archive', 'close_archive', 'backup_archive', 'restore_backup']);
