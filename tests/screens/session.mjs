// A session of the demonstration's commission to work with: convened in February 2026 for 26 March, 8:00 in Bogotá.

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
 * `minutes`, so are the minutes of that id.
 */
export async function convene(house, { proposal = false, minutes = null } = {}) {
  await at(house, '2026-02-10T13:00:00Z');
  const former = await house.call('live_session', { session_id: 'ses-2025-02' });
  await house.call('create_session', {
    id: SESSION,
    body_id: 'body-comision',
    kind: 'ordinary',
    date: '2026-03-26',
    planned_start: '08:00:00',
    planned_end: '11:00:00',
    place: 'Sala Barulé, sede administrativa',
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

/** Opens the session at 8:02 and calls the roll beside the window: the first `n` seats answer, one a minute. */
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

/** Presses keys one after another. */
export async function press(house, ...keys) {
  for (const key of keys) await house.page.keyboard.press(key);
}

/** Waits until the page shows the item's motions, with no dialog before them. */
export async function motionsShown(house, session = SESSION) {
  await house.page.waitForFunction(() => !document.querySelector('.dialog'));
  const { motions, course } = await house.call('live_session', { session_id: session });
  for (const motion of motions.filter((one) => one.item_id === course.current_item_id))
    await house.page.getByText(motion.text).first().waitFor();
}

/** Waits for the dialog that says so, until it has the keys. */
export async function asked(house, text) {
  await house.page.locator('.dialog', { hasText: text }).first().waitFor();
  await house.page.waitForFunction(() => document.activeElement?.closest('.dialog') != null);
  await house.page.waitForTimeout(50);
}

/** Types into the dialog that a key has just opened, once it has the focus. */
export async function typeInDialog(house, text) {
  await house.page.waitForFunction(() => document.activeElement?.closest('.dialog')?.contains(document.activeElement));
  await house.page.waitForTimeout(30);
  await house.page.keyboard.type(text);
}

/** Waits until what the core shows of the session holds. */
export async function until(house, holds, what = String(holds), session = SESSION) {
  for (let tries = 0; tries < 250; tries += 1) {
    if (holds(await house.call('live_session', { session_id: session }))) return house.quiet();
    await house.page.waitForTimeout(40);
  }
  throw new Error(`it never came: ${what}`);
}

/** Goes down an open menu to an entry and takes it. */
export async function inMenu(house, name) {
  const entry = house.page.getByRole('menuitem', { name });
  await entry.waitFor();
  for (let down = 0; down < 12; down += 1) {
    if ((await entry.getAttribute('data-highlighted')) !== null) return press(house, 'Enter');
    await press(house, 'ArrowDown');
    await house.page.waitForTimeout(30);
  }
  throw new Error(`${name} is not reached`);
}
