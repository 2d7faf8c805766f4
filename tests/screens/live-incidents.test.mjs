// Sesionar, by the keyboard alone: what interrupts a session, what is corrected in it, and its end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, houseWithSession, LIVE, motionsShown, oclock, openWith, recordOf, SESSION, takeVote } from './session.mjs';

const house = await houseWithSession();
const { page, press, typeInDialog: type, says, asked, inMenu, command } = house;
const { live, until } = recordOf(house);
await openWith(house, 9);
const record = async (time, kind, more = {}) => {
  await at(house, oclock(time));
  await house.call('record_event', { session_id: SESSION, kind, ...more });
};
await record('08:08', 'quorum_check');
await record('08:10', 'item_start', { item_id: 'it-orden' });
await record('08:12', 'arrival', { seat_id: (await live()).roll[11].seat_id });
await record('08:14', 'intervention', { seat_id: 'com-hacienda' });
await record('08:20', 'item_start', { item_id: 'it-reglamento' });
const motion = await house.call('file_motion', {
  session_id: SESSION,
  item_id: 'it-reglamento',
  kind: 'substantive',
  text: 'Aprobar la reforma del artículo 14',
});
await takeVote(house, motion.id);
await record('08:40', 'item_start', { item_id: 'it-varios' });
await house.go(LIVE);

test('a recusal is declared and decided', async () => {
  await press('3', 'Enter');
  await inMenu('Se declara impedido…');
  await type('Interés particular y directo en el asunto');
  await press('Control+Enter');
  await until((view) => view.recusals.length === 1);
  await says('Impedimento por decidir');
  await page.getByRole('button', { name: 'Decidir el impedimento…' }).focus();
  await press('Enter');
  await asked('Impedimento de Jerónimo Aurelio');
  // The rules give it to the body: nothing is asked but its vote, by the motion proposed.
  await page.getByText('El impedimento todavía no se ha votado.').waitFor();
  assert.equal(await page.locator('.dialog input').count(), 0);
  assert.deepEqual(await house.inBothThemes('impedimento'), []);
  await press('Control+Enter');
  await asked('Nueva moción');
  await page.waitForFunction(() =>
    document.querySelector('.dialog textarea')?.value.startsWith('Aceptar el impedimento'),
  );
  await press('Control+Enter');
  await until((view) => view.motions.some((one) => one.kind === 'recusal'));
  await motionsShown(house);
  const motion = (await live()).motions.find((one) => one.kind === 'recusal');
  await takeVote(house, motion.id);
  await says('Aprobada');
  await page.getByRole('button', { name: 'Decidir el impedimento…' }).focus();
  await press('Enter');
  await asked('La votación lo aceptó.');
  await page.getByRole('button', { name: 'Aceptar el impedimento', exact: true }).waitFor();
  await press('Control+Enter');
  await until((view) => view.recusals[0].outcome === 'accepted');
  // Out of the room: its row says so.
  await page.getByRole('row').filter({ hasText: 'Jerónimo Aurelio' }).getByText('Impedimento 08:40').waitFor();
  assert.equal(
    await page
      .getByRole('row')
      .filter({ hasText: 'Jerónimo Aurelio' })
      .getByRole('switch')
      .getAttribute('aria-checked'),
    'false',
  );
});

test('recess, by the palette; the clocks wait', async () => {
  await at(house, oclock('09:30'));
  await command('receso');
  await until((view) => view.course.pauses.some((one) => !one.to));
  await says('En receso');
  await at(house, oclock('09:45'));
  await command('reanudar');
  await until((view) => view.course.pauses.every((one) => one.to));
  await house.restart(LIVE);
  assert.match(await page.getByRole('timer', { name: 'Tiempo de sesión' }).innerText(), /^1\sh 28\smin$/);
});

test('an entry is timed anew, with the question when a closed vote would change, and struck', async () => {
  const arrival = (await live()).events.find((one) => one.kind === 'arrival');
  await page.getByRole('button', { name: 'Cronología' }).focus();
  await press('Enter');
  // A motion and its vote say their words.
  for (const kind of ['Moción', 'Se abre la votación'])
    await page
      .locator('.log li', { hasText: kind })
      .filter({ hasText: 'Aprobar la reforma del artículo 14' })
      .waitFor();
  const entry = page.locator('.log li', { hasText: 'Efraín' }).filter({ hasText: 'Llega' });
  await entry.getByRole('button').focus();
  await press('Enter');
  await inMenu('Corregir…');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'spinbutton');
  await press('0', '9', '2', '9');
  await press('Control+Enter');
  await asked('La corrección cambia votaciones cerradas');
  const told = await house
    .call('correct_event', {
      event_id: arrival.id,
      occurred_at: oclock('09:29'),
      accept_changed_votes: false,
    })
    .catch((failure) => failure);
  const [change] = told.details.changed_votes;
  assert.notEqual(change.was_in_words.es, change.becomes_in_words.es);
  const shown = (await page.locator('.changes').innerText()).toLowerCase();
  for (const words of [change.question, change.was_in_words.es, change.becomes_in_words.es])
    assert.ok(shown.includes(words.toLowerCase()), words);
  assert.deepEqual(await house.inBothThemes('correccion-cambia-votacion'), []);
  // Without a reason nothing is counted again: the keys go to where it is written.
  await press('Control+Enter');
  const why = page.getByRole('textbox', { name: /^Por qué se cuenta de nuevo/ });
  await why.and(page.locator(':focus')).waitFor();
  await type('Se había anotado otra hora.');
  await press('Control+Enter');
  await until((view) => view.events.find((one) => one.id === arrival.id).corrections.length > 0);
  assert.equal(
    (await live()).events.find((one) => one.id === arrival.id).occurred_at.slice(0, 16),
    oclock('09:29').slice(0, 16),
  );
  const speech = page.locator('.log li', { hasText: 'Interviene' });
  await speech.getByRole('button').focus();
  await press('Enter');
  await inMenu('Tachar…');
  await asked('Tachar el hecho');
  await type('No intervino');
  await press('Control+Enter');
  await until((view) => view.events.some((one) => one.struck === 'No intervino'));
});

test('another person arrives for a seat, and a guest', async () => {
  const seat = (await live()).roll[12];
  const stranger = (await house.call('list_people', { limit: 5000 })).people.find(
    (one) => !seat.candidates.some((known) => known.person.id === one.id),
  );
  await page.locator('tbody tr').first().focus();
  await press('1', '3', 'Enter');
  await inMenu('Llega otra persona…');
  await asked('Llega otra persona');
  await type('Zoraida Quimbayo Prueba');
  await page.getByRole('option', { name: /Zoraida/ }).waitFor();
  await press('ArrowDown', 'Enter');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.dialog input:valid')].some((one) => one.value.includes('Zoraida')),
  );
  assert.deepEqual(await house.inBothThemes('llega-otra-persona'), []);
  await press('Control+Enter');
  await until((view) => view.roll[12].inside);
  const row = (await live()).roll[12];
  assert.equal(row.person.full_name, 'Zoraida Quimbayo Prueba');
  assert.deepEqual([row.capacity, row.counts], ['no_valid_delegation', false]);

  await command('llega un invitado');
  await asked('Llega un invitado');
  await type(stranger.full_name);
  await page.locator('[data-highlighted]', { hasText: stranger.full_name }).waitFor();
  await press('Enter', 'Control+Enter');
  await until((view) => view.guests.some((one) => one.guest.person_id === stranger.id));
  await page.getByRole('button', { name: 'Quórum', exact: true }).focus();
  await press('Enter');
  await page.locator('section', { hasText: 'Otros asistentes' }).getByText(stranger.full_name).first().waitFor();
});

test('guests and permanent invitees stand under the seats; space says who came, and nobody of them is counted', async () => {
  const before = await live();
  const { invitee_id: id, name } = before.invitees.find((one) => one.attended === null);
  const region = page.getByRole('region', { name: /^Invitados/ });
  // The seats have the room: the guests are one line until they are asked for.
  await region.getByRole('button', { name: /^Invitados: / }).press('Enter');
  const row = region.getByRole('switch', { name });
  await row.getByText('Sin registrar').waitFor();
  await row.focus();
  await press('Space');
  const marked = (view) => view.invitees.find((one) => one.invitee_id === id).attended;
  await until((view) => marked(view) === true, 'the invitee came');
  await row.getByText('Asiste', { exact: true }).waitFor();
  assert.deepEqual((await live()).course.quorum, before.course.quorum);
  assert.deepEqual(await house.inBothThemes('invitados'), []);
  await press('Space');
  await until((view) => marked(view) === false, 'the invitee did not');
  await press('ArrowUp', 'Space');
  await until((view) => view.guests.at(-1).guest.attended === false || view.invitees[0].attended !== null);
  await press('Space');
});

test('in a low window the guests are one line, and Enter opens them', async () => {
  await page
    .getByRole('region', { name: /^Invitados/ })
    .getByRole('button', { name: /^Invitados: / })
    .press('Enter');
  await page.setViewportSize({ width: 1024, height: 640 });
  const all = (view) => [...view.guests.map((one) => one.guest), ...view.invitees];
  await until((view) => all(view).filter((one) => one.attended).length === 1, 'what the keys before did');
  const total = all(await live()).length;
  const region = page.getByRole('region', { name: /^Invitados/ });
  const line = region.getByRole('button', {
    name: new RegExp(`^Invitados: 1 de ${total} asiste`),
  });
  await line.waitFor();
  assert.equal(await region.getByRole('switch').count(), 0);
  assert.ok((await region.boundingBox()).height < 40);
  assert.deepEqual(await house.inBothThemes('invitados-plegados'), []);
  await line.focus();
  await press('Enter');
  await house.many(region.getByRole('switch'), total);
  assert.equal(await line.getAttribute('aria-expanded'), 'true');
  await press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'switch');
  await page.setViewportSize({ width: 1366, height: 900 });
  await region.getByRole('heading', { name: /^Invitados · / }).waitFor();
  await page.setViewportSize({ width: 1366, height: 768 });
});

test('a lost quorum offers a recess and adjourning, by their keys', async () => {
  const inside = (await live()).roll.filter((row) => row.counts);
  for (const row of inside.slice(8))
    await house.call('record_event', {
      session_id: SESSION,
      kind: 'temporary_departure',
      seat_id: row.seat_id,
    });
  const offer = page.getByRole('group', { name: 'Se perdió el quórum' });
  await offer.getByRole('button', { name: 'Levantar sesión' }).waitFor();
  assert.deepEqual(await house.inBothThemes('quorum-perdido'), []);
  await press('Alt+l');
  await asked('Levantar la sesión');
  await press('Escape');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  // Pressed twice in a row: the second decides by what the first did.
  const before = (await live()).course.pauses.length;
  await press('Alt+r', 'Alt+r');
  await until((view) => view.course.pauses.length > before && view.course.pauses.every((one) => one.to));
  for (const row of inside.slice(8))
    await house.call('record_event', {
      session_id: SESSION,
      kind: 'return',
      seat_id: row.seat_id,
    });
});

test('lost while a vote is open, nobody votes: it is closed or annulled', async () => {
  await at(house, oclock('09:50'));
  const inside = (await live()).roll.filter((row) => row.counts);
  const text = 'Fijar la fecha del foro';
  await house.call('file_motion', { id: 'mot-lost', session_id: SESSION, kind: 'procedural', text });
  await house.call('open_vote', { id: 'vot-lost', session_id: SESSION, motion_id: 'mot-lost', method: 'roll_call' });
  await at(house, oclock('09:52'));
  for (const row of inside.slice(8))
    await house.call('record_event', { session_id: SESSION, kind: 'temporary_departure', seat_id: row.seat_id });
  await says('Se perdió el quórum a las 09:52: no se vota mientras falte.');
  await page.locator('.roll tr[tabindex="0"]').focus();
  await press('1', 'f');
  await page.locator('.notice', { hasText: 'Se perdió el quórum: no se vota.' }).waitFor();
  assert.equal((await live()).ballots.filter((one) => one.vote_id === 'vot-lost').length, 0);
  assert.equal(await page.locator('.turn').count(), 0, 'nobody is asked for a vote');
  assert.deepEqual(await house.inBothThemes('quorum-perdido-votando'), []);
  const offer = page.getByRole('group', { name: 'Se perdió el quórum' });
  await offer.getByRole('button', { name: 'Cerrar votación' }).waitFor();
  await offer.getByRole('button', { name: 'Anular la votación' }).press('Enter');
  await asked('Anular la votación');
  // Confirmed without what it needs, it says what, and the keys are there.
  await press('Control+Enter');
  await page.locator('.dialog [role=alert]', { hasText: 'Escriba la razón' }).waitFor();
  await house.inField('Razón');
  assert.deepEqual(await house.violations(), []);
  await page.keyboard.type('Se abrió sin verificar el quórum');
  assert.equal(await page.locator('.dialog [role=alert]').count(), 0);
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id === null);
  // What it left undecided is pending, and the motion still waits for its vote.
  await page.getByRole('button', { name: 'Punto', exact: true }).press('Enter');
  await page.locator('.which').getByText('Pendiente').waitFor();
  const waiting = page.locator('.entry', { hasText: text });
  await waiting.getByRole('button', { name: 'Poner a votación…' }).waitFor();
  assert.deepEqual(await house.inBothThemes('punto-pendiente'), []);
  await page.getByRole('button', { name: 'Ver todos los puntos' }).press('Enter');
  const row = page.locator('.agenda li', { hasText: 'En curso' });
  await row.getByText('Pendiente').waitFor();
  await row.getByRole('button').press('Enter');
  await house.call('settle_motion', { motion_id: 'mot-lost', status: 'withdrawn' });
  for (const row of inside.slice(8))
    await house.call('record_event', { session_id: SESSION, kind: 'return', seat_id: row.seat_id });
});

test('what was being typed when the power went is there again', async () => {
  await page.getByRole('button', { name: 'Notas' }).focus();
  await press('Enter');
  const notes = page.getByRole('textbox', { name: 'Relato para el acta' });
  await notes.click();
  await page.keyboard.type('La presidencia agradece la asistencia.');
  await house.until(async () =>
    (await house.call('list_drafts', {})).some((one) => one.text.includes('agradece la asistencia.')),
  );
  await house.restart(LIVE);
  await page.getByRole('button', { name: 'Notas' }).focus();
  await press('Enter');
  await page.getByText('La presidencia agradece la asistencia.').waitFor();
  await notes.click();
  await press('F6');
  await until((view) => view.items.some((one) => one.narrative.includes('agradece')));
});

test('the session is adjourned and its draft is ready', async () => {
  await at(house, oclock('10:05'));
  await command('levantar');
  await asked('Lo que después resulte que faltó');
  await press('Control+Enter');
  await until((view) => view.course.closed_at !== null);
  await page.waitForURL(/acta/);
  await page.locator('.page canvas').first().waitFor({ timeout: 10_000 });
  await house.go(LIVE);
  await page.getByRole('heading', { name: /Sesión levantada a las 10:05/ }).waitFor();
  const { roll } = await live();
  const words = await page.locator('.presence .at').allInnerTexts();
  assert.match(words[0], /^08:0\d–10:05$/);
  assert.equal(words.filter((word) => word === 'Ausente').length, roll.filter((row) => row.since === null).length);
  assert.deepEqual(await house.inBothThemes('sesion-levantada'), []);
  assert.deepEqual(house.complaints, []);
});
