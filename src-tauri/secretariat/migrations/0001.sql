-- The archive, format 1. Dates are ISO 8601 text; instants are UTC; lists and nested facts are JSON text;
-- flags are 0/1. Every table but the journal and its places, the blobs' bytes, the drafts, the private images and the
-- search index is written only through the journal.

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- Which entries touch the records whose life is told: made from the journal as it grows.
CREATE TABLE journal_row (
  concept TEXT NOT NULL, ref_id TEXT NOT NULL, seq INTEGER NOT NULL REFERENCES journal (seq) ON DELETE RESTRICT,
  PRIMARY KEY (concept, ref_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_row_by_entry ON journal_row (seq);

CREATE TABLE blob (
  id TEXT PRIMARY KEY CHECK (length(id) = 64),
  size INTEGER NOT NULL CHECK (size >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob_chunk (
  blob_id TEXT NOT NULL REFERENCES blob (id) ON DELETE RESTRICT,
  n INTEGER NOT NULL CHECK (n >= 0),
  bytes BLOB NOT NULL,
  PRIMARY KEY (blob_id, n)
) STRICT;
CREATE TRIGGER blob_is_frozen_update BEFORE UPDATE ON blob
BEGIN SELECT RAISE(ABORT, 'a kept file never changes'); END;
CREATE TRIGGER blob_is_frozen_delete BEFORE DELETE ON blob
BEGIN SELECT RAISE(ABORT, 'a kept file never changes'); END;
CREATE TRIGGER blob_chunk_is_frozen_update BEFORE UPDATE ON blob_chunk
BEGIN SELECT RAISE(ABORT, 'a kept file never changes'); END;
CREATE TRIGGER blob_chunk_is_frozen_delete BEFORE DELETE ON blob_chunk
BEGIN SELECT RAISE(ABORT, 'a kept file never changes'); END;

-- Text being typed, kept at once; not part of the record until the field is left.
CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;

-- Images of rows of private tables, by the hash that the journal keeps of them: what undo puts back. Erasing a
-- person's data erases them too; the journal stays whole.
CREATE TABLE private_image (
  id TEXT PRIMARY KEY CHECK (length(id) = 64), concept TEXT NOT NULL, ref_id TEXT NOT NULL,
  image TEXT NOT NULL CHECK (json_valid(image))
) STRICT, WITHOUT ROWID;
CREATE INDEX private_image_by_ref ON private_image (concept, ref_id);

-- The index of the search. A concept's documents have consecutive numbers.
CREATE VIRTUAL TABLE search USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4 5');
CREATE TABLE search_row (
  docid INTEGER PRIMARY KEY, concept TEXT NOT NULL, ref_id TEXT NOT NULL, UNIQUE (concept, ref_id)
) STRICT;

-- ── Catalogs ────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE sector (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, head_entity_id TEXT, data TEXT
) STRICT;
CREATE TABLE entity (
  id TEXT PRIMARY KEY,
  sector_id TEXT REFERENCES sector (id) ON DELETE RESTRICT,
  name TEXT NOT NULL CHECK (name <> ''), short_name TEXT, kind TEXT, source TEXT, note TEXT
) STRICT;
CREATE INDEX entity_by_sector ON entity (sector_id);
CREATE TABLE catalog_item (
  id TEXT PRIMARY KEY,
  catalog TEXT NOT NULL, position INTEGER NOT NULL,
  parent_id TEXT REFERENCES catalog_item (id) ON DELETE RESTRICT,
  name TEXT NOT NULL CHECK (name <> ''), data TEXT
) STRICT;
CREATE INDEX catalog_item_by_catalog ON catalog_item (catalog, position);
CREATE INDEX catalog_item_by_parent ON catalog_item (parent_id);
CREATE TABLE partner (
  id TEXT PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''), category_id TEXT, kind_id TEXT, country TEXT, data TEXT
) STRICT;
-- The register of relations (interactions, instruments, indicators, measurements, opportunities), kept as it came.
CREATE TABLE register_entry (
  id TEXT PRIMARY KEY, register TEXT NOT NULL, position INTEGER NOT NULL, date TEXT, title TEXT NOT NULL, data TEXT NOT NULL
) STRICT;
CREATE INDEX register_entry_by_register ON register_entry (register, position);
CREATE TABLE setting (id TEXT PRIMARY KEY, value TEXT NOT NULL, source TEXT) STRICT;

-- ── Bodies, seats, people ───────────────────────────────────────────────────────────────────────────
CREATE TABLE body (
  id TEXT PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''), kind TEXT NOT NULL, status TEXT,
  purpose TEXT, alternative_names TEXT NOT NULL, minimum_meetings_per_year INTEGER, components TEXT NOT NULL,
  creating_act TEXT NOT NULL, normative_references TEXT NOT NULL, technical_secretariat TEXT, numbering TEXT NOT NULL,
  paper TEXT NOT NULL, note TEXT
) STRICT;
-- How the papers of a body look; its id is the body's.
CREATE TABLE template (
  id TEXT PRIMARY KEY REFERENCES body (id) ON DELETE RESTRICT, lines TEXT NOT NULL, picture TEXT, seal TEXT,
  typeface TEXT NOT NULL, text_size INTEGER NOT NULL, formats TEXT NOT NULL, phrases TEXT NOT NULL, sections TEXT NOT NULL
) STRICT;
CREATE TABLE body_function (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  code TEXT NOT NULL, scope TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL CHECK (text <> ''),
  original_en TEXT, source TEXT, retired_on TEXT,
  UNIQUE (body_id, code)
) STRICT;
CREATE TABLE person (
  id TEXT PRIMARY KEY, first_names TEXT NOT NULL, surnames TEXT NOT NULL, full_name TEXT NOT NULL CHECK (full_name <> ''),
  sort_name TEXT NOT NULL, treatment TEXT NOT NULL, grammatical_gender TEXT NOT NULL, position TEXT,
  entity_id TEXT REFERENCES entity (id) ON DELETE RESTRICT, organization TEXT, partner_id TEXT,
  role TEXT, seat_id TEXT, level TEXT, note TEXT
) STRICT;
CREATE INDEX person_by_sort_name ON person (sort_name);
CREATE INDEX person_by_entity ON person (entity_id);
CREATE INDEX person_by_seat ON person (seat_id, role);
-- Private contact: may have to be erased, so the journal holds only salted hashes of it.
CREATE TABLE person_contact (
  id TEXT PRIMARY KEY REFERENCES person (id) ON DELETE RESTRICT,
  email TEXT, phone TEXT, salt TEXT NOT NULL
) STRICT;
CREATE INDEX person_contact_by_email ON person_contact (email COLLATE NOCASE);
CREATE TABLE seat (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL CHECK (number > 0), role TEXT NOT NULL, title TEXT NOT NULL CHECK (title <> ''),
  entity_id TEXT REFERENCES entity (id) ON DELETE RESTRICT, sector_id TEXT, component_id TEXT,
  voice INTEGER NOT NULL, vote INTEGER NOT NULL, delegation_allowed INTEGER NOT NULL, delegate_min_level TEXT,
  eligible TEXT, term_years INTEGER, configurable INTEGER NOT NULL, note TEXT, source TEXT,
  valid_from TEXT, valid_to TEXT
) STRICT;
CREATE INDEX seat_by_body ON seat (body_id, number);
CREATE INDEX seat_by_entity ON seat (entity_id);
CREATE TABLE holder (
  id TEXT PRIMARY KEY, seat_id TEXT NOT NULL REFERENCES seat (id) ON DELETE RESTRICT,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT, act TEXT, accreditation TEXT, note TEXT
) STRICT;
CREATE INDEX holder_by_seat ON holder (seat_id, valid_from);
CREATE INDEX holder_by_person ON holder (person_id);
CREATE TABLE invitee (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  position INTEGER NOT NULL, name TEXT NOT NULL CHECK (name <> ''),
  entity_id TEXT REFERENCES entity (id) ON DELETE RESTRICT, partner_id TEXT, scope TEXT, voice INTEGER NOT NULL, note TEXT, source TEXT
) STRICT;
CREATE INDEX invitee_by_body ON invitee (body_id, position);
CREATE INDEX invitee_by_entity ON invitee (entity_id);
CREATE TABLE rule_set (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  effective_from TEXT NOT NULL, effective_to TEXT, rules TEXT NOT NULL,
  blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT
) STRICT;
CREATE INDEX rule_set_by_body ON rule_set (body_id, effective_from);
CREATE INDEX rule_set_by_blob ON rule_set (blob_id);
CREATE TABLE delegation (
  id TEXT PRIMARY KEY, seat_id TEXT NOT NULL REFERENCES seat (id) ON DELETE RESTRICT,
  principal_id TEXT NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  delegate_id TEXT NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  act TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT, scope TEXT NOT NULL, matters TEXT, session_ids TEXT,
  item_ids TEXT, rejected INTEGER NOT NULL, rejected_reason TEXT, revoked_on TEXT, revoked_at TEXT, received_at TEXT,
  blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT, note TEXT
) STRICT;
CREATE INDEX delegation_by_seat ON delegation (seat_id, valid_from);
CREATE INDEX delegation_by_principal ON delegation (principal_id);
CREATE INDEX delegation_by_delegate ON delegation (delegate_id);
CREATE INDEX delegation_by_blob ON delegation (blob_id);

-- ── Work plan, proposals ────────────────────────────────────────────────────────────────────────────
CREATE TABLE work_plan (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT, year INTEGER NOT NULL,
  approved_in_session_id TEXT, vote_id TEXT, decision_id TEXT, note TEXT, UNIQUE (body_id, year)
) STRICT;
CREATE TABLE activity (
  id TEXT PRIMARY KEY, work_plan_id TEXT NOT NULL REFERENCES work_plan (id) ON DELETE RESTRICT, position INTEGER NOT NULL,
  activity TEXT NOT NULL CHECK (activity <> ''), function_codes TEXT NOT NULL, product TEXT, responsible_entity_id TEXT,
  responsible_person_id TEXT, due_on TEXT, done_on TEXT, status TEXT, evidence TEXT,
  blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT, note TEXT
) STRICT;
CREATE INDEX activity_by_plan ON activity (work_plan_id, position);
CREATE INDEX activity_by_blob ON activity (blob_id);
CREATE TABLE proposal (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT, code TEXT NOT NULL,
  title TEXT NOT NULL, short_title TEXT, status TEXT NOT NULL, status_history TEXT NOT NULL,
  reception_number INTEGER, reception_year INTEGER, external_filing_number TEXT, filed_on TEXT,
  proponent_entity_id TEXT, target_session_id TEXT, contact_person_id TEXT, profile TEXT NOT NULL, updated_at TEXT NOT NULL,
  UNIQUE (body_id, code)
) STRICT;
-- Covers the list's filters and order, so that a list of 20,000 never reads the profiles.
CREATE INDEX proposal_by_body ON proposal (body_id, status, filed_on, proponent_entity_id, code);
CREATE UNIQUE INDEX proposal_by_reception ON proposal (body_id, reception_year, reception_number);
CREATE INDEX proposal_by_filing ON proposal (filed_on, code, body_id, status, proponent_entity_id);
CREATE INDEX proposal_by_session ON proposal (target_session_id);
CREATE TABLE proposal_version (
  id TEXT PRIMARY KEY, proposal_id TEXT NOT NULL REFERENCES proposal (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL, frozen_at TEXT NOT NULL, content TEXT NOT NULL, sha256 TEXT NOT NULL, UNIQUE (proposal_id, number)
) STRICT;

-- ── Sessions ────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE session (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  number INTEGER CHECK (number > 0), year INTEGER NOT NULL, kind TEXT NOT NULL, mode TEXT NOT NULL, status TEXT NOT NULL,
  date TEXT NOT NULL, planned_start TEXT, planned_end TEXT, replies TEXT, place TEXT, platform TEXT,
  rule_set_id TEXT REFERENCES rule_set (id) ON DELETE RESTRICT,
  secretary_person_id TEXT REFERENCES person (id) ON DELETE RESTRICT,
  notice TEXT, recording INTEGER NOT NULL, entered_afterwards INTEGER NOT NULL, entered_note TEXT, not_held TEXT,
  postponements TEXT NOT NULL, invitees TEXT NOT NULL, next_session_on TEXT, conclusions TEXT, note TEXT, overrides TEXT NOT NULL,
  UNIQUE (body_id, year, number)
) STRICT;
CREATE INDEX session_by_date ON session (body_id, date);
CREATE INDEX session_by_status ON session (status, body_id, date);
CREATE INDEX session_by_rule_set ON session (rule_set_id);
CREATE INDEX session_by_secretary ON session (secretary_person_id);
-- What the body was when the session opened: seats, holders, rules, people. Later edits never reach it.
CREATE TABLE session_frame (
  id TEXT PRIMARY KEY REFERENCES session (id) ON DELETE RESTRICT,
  frame TEXT NOT NULL, sealed INTEGER NOT NULL
) STRICT;
CREATE TABLE agenda_item (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  parent_id TEXT REFERENCES agenda_item (id) ON DELETE RESTRICT, position INTEGER NOT NULL,
  section TEXT, title TEXT NOT NULL CHECK (title <> ''), kind TEXT NOT NULL, outcome TEXT, planned_minutes INTEGER,
  presenter_person_id TEXT REFERENCES person (id) ON DELETE RESTRICT, presenter_text TEXT,
  function_codes TEXT NOT NULL, proposal_ids TEXT NOT NULL, minutes_ids TEXT NOT NULL,
  narrative TEXT NOT NULL, late INTEGER NOT NULL, late_reason TEXT, carried_from_item_id TEXT, note TEXT
) STRICT;
CREATE INDEX agenda_item_by_session ON agenda_item (session_id, position);
CREATE INDEX agenda_item_by_parent ON agenda_item (parent_id);
CREATE INDEX agenda_item_by_presenter ON agenda_item (presenter_person_id);
CREATE TABLE agenda_version (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL, frozen_at TEXT NOT NULL, reason TEXT, items TEXT NOT NULL, notice TEXT,
  UNIQUE (session_id, number)
) STRICT;
CREATE TABLE confirmation (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  seat_id TEXT NOT NULL REFERENCES seat (id) ON DELETE RESTRICT, answer TEXT NOT NULL, person_id TEXT, delegation_id TEXT,
  mode TEXT, in_writing INTEGER NOT NULL, text TEXT, received_at TEXT, channel TEXT,
  blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT, UNIQUE (session_id, seat_id)
) STRICT;
CREATE INDEX confirmation_by_seat ON confirmation (seat_id);
CREATE INDEX confirmation_by_blob ON confirmation (blob_id);
CREATE TABLE guest (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE RESTRICT, position INTEGER NOT NULL, reason TEXT, mode TEXT,
  attended INTEGER, UNIQUE (session_id, person_id)
) STRICT;
CREATE INDEX guest_by_person ON guest (person_id);
CREATE TABLE event (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  seq INTEGER NOT NULL CHECK (seq > 0), occurred_at TEXT NOT NULL, recorded_at TEXT NOT NULL, kind TEXT NOT NULL,
  seat_id TEXT, person_id TEXT, capacity TEXT, delegation_id TEXT, mode TEXT, identity_means TEXT, item_id TEXT, motion_id TEXT,
  vote_id TEXT, value TEXT, until TEXT, detail TEXT, corrections TEXT NOT NULL, struck TEXT
) STRICT;
CREATE INDEX event_by_session ON event (session_id, occurred_at, seq);
-- What a seat replied in writing; who, for which seat and when are its event's.
CREATE TABLE reply (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  event_id TEXT NOT NULL UNIQUE REFERENCES event (id) ON DELETE RESTRICT, means TEXT NOT NULL, answers TEXT NOT NULL, text TEXT,
  clarifies INTEGER NOT NULL, blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT, note TEXT
) STRICT;
CREATE INDEX reply_by_session ON reply (session_id);
CREATE INDEX reply_by_blob ON reply (blob_id);
CREATE TABLE motion (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  item_id TEXT NOT NULL REFERENCES agenda_item (id) ON DELETE RESTRICT, kind TEXT NOT NULL, text TEXT NOT NULL CHECK (text <> ''),
  mover_person_id TEXT, filed_at TEXT, status TEXT NOT NULL, vote_id TEXT,
  amends_motion_id TEXT REFERENCES motion (id) ON DELETE RESTRICT, reopens_vote_id TEXT,
  recusal_id TEXT REFERENCES recusal (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED, block_item_ids TEXT NOT NULL,
  taken_out TEXT NOT NULL, rewordings TEXT NOT NULL, note TEXT
) STRICT;
CREATE INDEX motion_by_session ON motion (session_id);
CREATE INDEX motion_by_item ON motion (item_id);
CREATE INDEX motion_by_amended ON motion (amends_motion_id);
CREATE INDEX motion_by_recusal ON motion (recusal_id);
CREATE TABLE vote (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  item_id TEXT NOT NULL REFERENCES agenda_item (id) ON DELETE RESTRICT,
  motion_id TEXT REFERENCES motion (id) ON DELETE RESTRICT, question TEXT NOT NULL CHECK (question <> ''), method TEXT NOT NULL,
  rule_id TEXT NOT NULL, round INTEGER NOT NULL, previous_vote_id TEXT REFERENCES vote (id) ON DELETE RESTRICT,
  status TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT, recused_seat_ids TEXT NOT NULL, counted TEXT, casting_vote TEXT,
  entitled TEXT, participant_seat_ids TEXT NOT NULL, explanations TEXT NOT NULL, verdict TEXT, recounts TEXT NOT NULL, note TEXT
) STRICT;
CREATE INDEX vote_by_session ON vote (session_id, opened_at);
CREATE INDEX vote_by_item ON vote (item_id);
CREATE INDEX vote_by_motion ON vote (motion_id);
CREATE INDEX vote_by_previous ON vote (previous_vote_id);
CREATE TABLE ballot (
  id TEXT PRIMARY KEY, vote_id TEXT NOT NULL REFERENCES vote (id) ON DELETE RESTRICT,
  seat_id TEXT NOT NULL REFERENCES seat (id) ON DELETE RESTRICT, person_id TEXT NOT NULL, delegation_id TEXT,
  value TEXT NOT NULL CHECK (value IN ('for', 'against', 'abstain')), cast_at TEXT NOT NULL, UNIQUE (vote_id, seat_id)
) STRICT;
CREATE INDEX ballot_by_seat ON ballot (seat_id);
CREATE TABLE recusal (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  item_id TEXT NOT NULL REFERENCES agenda_item (id) ON DELETE RESTRICT, seat_id TEXT NOT NULL REFERENCES seat (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL, person_id TEXT NOT NULL, challenger_id TEXT, challenger TEXT, ground TEXT NOT NULL,
  declared_at TEXT NOT NULL, declared_in_writing INTEGER NOT NULL, answer TEXT, decided_by TEXT, ad_hoc TEXT, outcome TEXT NOT NULL, vote_id TEXT, deciding_act TEXT, decided_at TEXT,
  unanswered TEXT, left_at TEXT, returned_at TEXT, treatment TEXT NOT NULL,
  blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT
) STRICT;
CREATE INDEX recusal_by_session ON recusal (session_id);
CREATE INDEX recusal_by_item ON recusal (item_id);
CREATE INDEX recusal_by_seat ON recusal (seat_id);
CREATE INDEX recusal_by_blob ON recusal (blob_id);
CREATE TABLE decision (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT, item_id TEXT NOT NULL REFERENCES agenda_item (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL, number INTEGER, year INTEGER, text TEXT NOT NULL CHECK (text <> ''), decided_on TEXT NOT NULL, vote_id TEXT,
  motion_id TEXT, proposal_id TEXT, accord TEXT, UNIQUE (body_id, year, number)
) STRICT;
CREATE INDEX decision_by_session ON decision (session_id);
CREATE INDEX decision_by_item ON decision (item_id);
CREATE INDEX decision_by_proposal ON decision (proposal_id);
CREATE TABLE statement (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT,
  item_id TEXT NOT NULL REFERENCES agenda_item (id) ON DELETE RESTRICT, kind TEXT NOT NULL, person_id TEXT NOT NULL,
  adhered_person_ids TEXT NOT NULL, text TEXT NOT NULL CHECK (text <> ''), vote_id TEXT, received_at TEXT,
  blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT
) STRICT;
CREATE INDEX statement_by_session ON statement (session_id);
CREATE INDEX statement_by_item ON statement (item_id);
CREATE INDEX statement_by_blob ON statement (blob_id);
CREATE TABLE commitment (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  session_id TEXT NOT NULL REFERENCES session (id) ON DELETE RESTRICT, item_id TEXT REFERENCES agenda_item (id) ON DELETE RESTRICT,
  text TEXT NOT NULL CHECK (text <> ''), responsible_entity_id TEXT, responsible_person_id TEXT, due_on TEXT, due_rule TEXT,
  status TEXT NOT NULL, closed_on TEXT, evidence TEXT, note TEXT, blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT
) STRICT;
CREATE INDEX commitment_by_body ON commitment (
  body_id, closed_on, due_on, status, responsible_entity_id, responsible_person_id, session_id, id
);
CREATE INDEX commitment_open ON commitment (due_on) WHERE closed_on IS NULL;
CREATE INDEX commitment_by_session ON commitment (session_id);
CREATE INDEX commitment_by_item ON commitment (item_id);
CREATE INDEX commitment_by_blob ON commitment (blob_id);

-- ── Minutes, annexes, documents ─────────────────────────────────────────────────────────────────────
CREATE TABLE minutes (
  id TEXT PRIMARY KEY, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  session_id TEXT REFERENCES session (id) ON DELETE RESTRICT, number INTEGER NOT NULL CHECK (number > 0), year INTEGER NOT NULL,
  kind TEXT NOT NULL, status TEXT NOT NULL, title TEXT, session_date TEXT, draft_sent_on TEXT, remarks_until TEXT,
  approved_on TEXT, approved_in_session_id TEXT, approved_vote_id TEXT, signed_on TEXT, published_on TEXT,
  imported INTEGER NOT NULL, imported_on TEXT, pages INTEGER,
  corrects_minutes_id TEXT REFERENCES minutes (id) ON DELETE RESTRICT, signatures TEXT NOT NULL, overrides TEXT NOT NULL,
  blob_id TEXT REFERENCES blob (id) ON DELETE RESTRICT, file TEXT, note TEXT, data TEXT,
  UNIQUE (body_id, year, number, kind)
) STRICT;
CREATE INDEX minutes_by_status ON minutes (body_id, status);
CREATE INDEX minutes_by_session ON minutes (session_id);
CREATE INDEX minutes_by_blob ON minutes (blob_id);
CREATE INDEX minutes_by_corrected ON minutes (corrects_minutes_id);
-- Each draft as it was sent to members: its text, to compare, and its file.
CREATE TABLE minutes_draft (
  id TEXT PRIMARY KEY, minutes_id TEXT NOT NULL REFERENCES minutes (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL CHECK (number > 0), sent_on TEXT NOT NULL, kept_at TEXT NOT NULL, sent_by TEXT NOT NULL,
  content TEXT NOT NULL, blob_id TEXT NOT NULL REFERENCES blob (id) ON DELETE RESTRICT, file TEXT NOT NULL, pages INTEGER,
  UNIQUE (minutes_id, number)
) STRICT;
CREATE INDEX minutes_draft_by_blob ON minutes_draft (blob_id);
CREATE TABLE remark (
  id TEXT PRIMARY KEY, minutes_id TEXT NOT NULL REFERENCES minutes (id) ON DELETE RESTRICT, position INTEGER NOT NULL,
  person_id TEXT NOT NULL, text TEXT NOT NULL CHECK (text <> ''), received_on TEXT, accepted INTEGER, reason TEXT
) STRICT;
CREATE INDEX remark_by_minutes ON remark (minutes_id, position);
-- Passages that the public version of minutes leaves out: words wherever they stand, or a whole item.
CREATE TABLE withholding (
  id TEXT PRIMARY KEY, minutes_id TEXT NOT NULL REFERENCES minutes (id) ON DELETE RESTRICT, position INTEGER NOT NULL,
  words TEXT CHECK (words <> ''), item_id TEXT, class TEXT NOT NULL, basis TEXT NOT NULL CHECK (basis <> ''),
  purpose TEXT NOT NULL CHECK (purpose <> ''), decided_by TEXT NOT NULL CHECK (decided_by <> ''), decided_on TEXT NOT NULL,
  until TEXT, CHECK ((words IS NULL) <> (item_id IS NULL))
) STRICT;
CREATE INDEX withholding_by_minutes ON withholding (minutes_id, position);
CREATE TABLE annex (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, owner_id TEXT NOT NULL, number INTEGER NOT NULL CHECK (number > 0),
  title TEXT NOT NULL CHECK (title <> ''), kind TEXT NOT NULL, file TEXT NOT NULL, media_type TEXT NOT NULL,
  blob_id TEXT NOT NULL REFERENCES blob (id) ON DELETE RESTRICT, public INTEGER NOT NULL, received TEXT, review TEXT
) STRICT;
-- Not unique: undoing a renumbering passes through states in which two have one number.
CREATE INDEX annex_by_owner ON annex (owner, owner_id, number);
CREATE INDEX annex_by_blob ON annex (blob_id);
-- Official files as issued: bytes by hash, never changed.
CREATE TABLE document (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, body_id TEXT NOT NULL REFERENCES body (id) ON DELETE RESTRICT,
  session_id TEXT REFERENCES session (id) ON DELETE RESTRICT, minutes_id TEXT REFERENCES minutes (id) ON DELETE RESTRICT,
  title TEXT NOT NULL, file TEXT NOT NULL, media_type TEXT NOT NULL, blob_id TEXT NOT NULL REFERENCES blob (id) ON DELETE RESTRICT,
  data_sha256 TEXT, head TEXT, issued_at TEXT NOT NULL, issued_by TEXT NOT NULL, pages INTEGER, template TEXT, paper TEXT
) STRICT;
CREATE INDEX document_by_session ON document (session_id);
CREATE INDEX document_by_minutes ON document (minutes_id);
CREATE INDEX document_by_body ON document (body_id);
CREATE INDEX document_by_blob ON document (blob_id);
CREATE TRIGGER document_is_frozen_update BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'an official file never changes'); END;
CREATE TRIGGER document_is_frozen_delete BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'an official file never changes'); END;
-- Adopted minutes: their content is frozen; only signature, publication and notes go on.
CREATE TRIGGER minutes_adopted_are_frozen BEFORE UPDATE ON minutes
WHEN OLD.status IN ('approved', 'signed', 'published') AND (
  NEW.status NOT IN ('approved', 'signed', 'published') OR NEW.number <> OLD.number OR NEW.year <> OLD.year OR NEW.kind <> OLD.kind
  OR NEW.session_id IS NOT OLD.session_id OR (OLD.blob_id IS NOT NULL AND NEW.blob_id IS NOT OLD.blob_id))
BEGIN SELECT RAISE(ABORT, 'adopted minutes never change'); END;
CREATE TRIGGER minutes_adopted_are_kept BEFORE DELETE ON minutes WHEN OLD.status IN ('approved', 'signed', 'published')
BEGIN SELECT RAISE(ABORT, 'adopted minutes are kept'); END;
