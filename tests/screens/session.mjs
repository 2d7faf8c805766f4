// A session of the demonstration's commission to work with: convened in February 2026 for 26 March, 8:00 in Bogotá.
import { houseOfStories } from './house.mjs';

/** The morning on which it is convened. */
export const CONVENED = '2026-02-10T13:00:00Z';

export const SESSION = 'ses-viva';
export const LIVE = `/sesiones/${SESSION}/sesionar`;
export const MINUTES = `/sesiones/${SESSION}/acta`;

/** Sets the core's clock and the page's to an instant; both stand still until it is set again. */
export async function at(house, instant) {
  await house.test('clock', { now: instant });
  await house.page.clock.setFixedTime(instant);
}

/** Bogotá's clock on the day of the session: `at(house, oclock('08:05'))`. */
export const oclock = (time) => new Date(`2026-03-26T${time.length === 5 ? `${time}:00` : time}-05:00`).toISOString();

/** The proposal that the demonstration's last session had returned. */
export const PROPOSAL = 'pro-12';

/**
 * Programmes and convenes the session; with `proposal`, that proposal is filed again and is on its agenda, and with
 * `minutes`, so are the minutes of that id. It is held in person unless `mode` says otherwise.
 */
export async function convene(house, { proposal = false, minutes = null, mode = 'in_person' } = {}) {
  await at(house, CONVENED);
  const former = await house.call('live_session', { session_id: 'ses-2025-02' });
  await house.call('create_session', {
    id: SESSION,
    body_id: 'body-comision',
    kind: 'ordinary',
    date: '2026-03-26',
    planned_start: '08:00:00',
    planned_end: '11:00:00',
    mode,
    place: 'Sala Barulé, sede administrativa',
    ...(mode === 'in_person' ? {} : { platform: 'Sala en línea de la Comisión' }),
    secretary_person_id: former.session.secretary_person_id,
  });
  const item = (id, title, kind, planned_minutes, more = {}) =>
    house.call('add_agenda_item', { id, session_id: SESSION, title, kind, planned_minutes, ...more });
  await item('it-lista', 'Llamado a lista y verificación del quórum', 'opening', 10);
  await item('it-orden', 'Lectura y aprobación del orden del día', 'procedure', 5);
  await item('it-compromisos', 'Seguimiento a los compromisos', 'follow_up', 15);
  await item('it-reglamento', 'Reforma del reglamento interno de la Comisión', 'internal_rules', 30);
  if (minutes) await item('it-acta', 'Aprobación del acta anterior', 'previous_minutes', 5, { minutes_ids: [minutes] });
  if (proposal) {
    await house.call('file_proposal', { id: PROPOSAL });
    await house.call('review_proposal', { id: PROPOSAL });
    await item('it-propuesta', 'Propuesta sobre los humedales', 'proposal', 20, { proposal_ids: [PROPOSAL] });
  }
  await item('it-varios', 'Proposiciones y varios', 'other_business', 20);
  await house.call('convene_session', { id: SESSION });
}

/** What a file of stories about that session begins with: a house in which it is convened, as `convene` does. */
export async function houseWithSession(agenda) {
  const house = await houseOfStories({ now: CONVENED });
  await convene(house, agenda);
  return house;
}

/** Opens the session at 8:02 and calls the roll beside the window: the first `n` seats answer, one each twenty seconds. */
export async function openWith(house, n) {
  await at(house, oclock('08:02'));
  const before = await house.call('live_session', { session_id: SESSION });
  const chair = before.roll.find((row) => row.chair);
  await house.call('open_session', {
    session_id: SESSION,
    seat_id: chair.seat_id,
    person_id: chair.person.id,
  });
  for (const [i, row] of before.roll.slice(0, n).entries()) {
    const occurred_at = new Date(Date.parse(oclock('08:02')) + (i + 1) * 20_000).toISOString();
    await at(house, occurred_at);
    await house.call('record_event', { session_id: SESSION, kind: 'roll_answer', seat_id: row.seat_id });
  }
}

/** At that time of the day counts the quorum and begins an item. */
export async function begin(house, time, item_id) {
  await at(house, oclock(time));
  await house.call('record_event', { session_id: SESSION, kind: 'quorum_check' });
  await house.call('record_event', { session_id: SESSION, kind: 'item_start', item_id });
}

/** Takes the vote on a motion by roll call beside the window: all who are entitled to it vote the same. */
export async function takeVote(house, motion_id, value = 'for') {
  const { vote } = await house.call('open_vote', { session_id: SESSION, motion_id, method: 'roll_call' });
  const { course } = await house.call('live_session', { session_id: SESSION });
  for (const seat_id of course.votes.at(-1).entitled)
    await house.call('cast_ballot', { vote_id: vote.id, seat_id, value });
  await house.call('close_vote', { vote_id: vote.id });
}

/** The rules of the demonstration's commission, changed, are in force when the session is held. */
export async function underRules(house, change) {
  await at(house, CONVENED);
  const { rules } = await house.call('get_rule_set', { id: 'rs-comision-2025' });
  await house.call('create_rule_set', {
    body_id: 'body-comision',
    effective_from: '2026-02-01',
    adopted_by: rules.adopted_by,
    rules: change(rules),
  });
}

/** Files a motion and opens its roll call, by keyboard; the roll has the keys then. */
export async function putToVote(house, text) {
  const { until } = recordOf(house);
  await house.press('F3');
  await house.typeInDialog(text);
  await house.press('Control+Enter');
  await until((view) => view.motions.some((one) => one.text === text));
  await motionsShown(house);
  await house.press('F4');
  await house.asked('Abrir votación');
  await house.press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  await voting(house.page);
}

/** Adjourns the session that is shown, by keyboard, with a reason wherever one is asked. */
export async function adjourn(house) {
  await house.enter('Levantar sesión');
  await house.asked('Levantar');
  const reasons = house.page.locator('.dialog').getByRole('textbox', { name: /^Razón/ });
  for (const field of await reasons.all()) {
    await field.focus();
    await house.page.keyboard.type('Así consta en el expediente.');
  }
  await house.press('Control+Enter');
  await recordOf(house).until((view) => view.course.closed_at !== null);
}

/** What the core shows of a session, and waiting until that holds. */
export function recordOf(house, session_id = SESSION) {
  const live = () => house.call('live_session', { session_id });
  return { live, until: (holds, what = String(holds)) => house.until(async () => holds(await live()), what) };
}

/** Asserts that the minutes of a session, as printed, say each sentence: lines break, and words are hyphenated. */
export async function assertPrinted(house, sentences, session_id = SESSION) {
  const { texts } = await house.call('preview_minutes', { session_id });
  const squeezed = (text) => text.replaceAll(/[\s\u00ad\u2010-]/g, '');
  const paper = squeezed(texts.join(' '));
  for (const words of sentences) if (!paper.includes(squeezed(words))) throw new Error(`not printed: ${words}`);
}

/** Waits until the roll has the keys, after the dialog that opened the vote. */
export const voting = (page) =>
  page.waitForFunction(() => document.activeElement?.matches('tr') && !document.querySelector('.dialog'));

/** Waits until the page shows the item's motions, with no dialog before them. */
export async function motionsShown(house, session = SESSION) {
  await house.page.waitForFunction(() => !document.querySelector('.dialog'));
  const { motions, course } = await house.call('live_session', { session_id: session });
  for (const motion of motions.filter((one) => one.item_id === course.current_item_id))
    await house.page.getByText(motion.text).first().waitFor();
}
