/** In English the archive's own names are words: only those that read badly are said here. */
export const concepts: Record<string, string> = {
  catalog_item: 'Option of a list',
  register_entry: 'Register of relations',
  body_function: 'Function',
  person_contact: 'Private contact',
  invitee: 'Permanent invitee',
  rule_set: 'Rules',
  minutes_draft: 'Draft minutes sent',
  proposal_version: 'Filed copy of a proposal',
  session_frame: 'Members and rules of the session',
  agenda_version: 'Agenda as convened',
  confirmation: 'Answer to the notice',
  guest: 'Other attendee',
  event: 'Event of the session',
  activity: 'Activity of the plan',
  statement: 'Statement for the record',
  remark: 'Remark on the minutes',
  blob: 'Kept file',
};

export const fields: Record<string, string> = {
  apc_endorsement: 'Endorsement of the national agency',
  co_entity_ids: 'Other entities',
  counted: 'Count',
  entered_afterwards: 'Entered afterwards',
  entitled: 'Seats entitled to vote',
  function_codes: 'Functions addressed',
  item_id: 'Agenda item',
  late: 'Added after the notice',
  mover_person_id: 'Put by',
  not_held: 'Not held',
  position: 'Order',
  'person.position': 'Post',
  struck: 'Struck because',
  valid_from: 'From',
  valid_to: 'Until',
  'ballot.value': 'Vote',
};

export const codes: Record<string, string> = {
  body: 'The body',
  f: 'Feminine',
  m: 'Masculine',
  for: 'In favour',
  superior: 'The superior',
};
