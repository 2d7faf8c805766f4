// Sesionar › Quórum: the seats present over the session as a picture, read by keyboard and pointer, and its ledger.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, begin, houseWithSession, LIVE, oclock, openWith, recordOf, SESSION, takeVote } from './session.mjs';

const house = await houseWithSession();
const { page, press, says } = house;
await openWith(house, 10);
await begin(house, '08:10', 'it-lista');
const { live } = recordOf(house);
const { roll } = await live();
const event = async (time, kind, more = {}) => {
  await at(house, oclock(time));
  await house.call('record_event', { session_id: SESSION, kind, ...more });
};
await event('08:15', 'item_start', { item_id: 'it-orden' });
await house.call('file_motion', {
  id: 'm-1',
  session_id: SESSION,
  kind: 'procedural',
  text: 'Aprobar el orden del día',
});
await at(house, oclock('08:18'));
await takeVote(house, 'm-1');
await event('08:20', 'item_start', { item_id: 'it-compromisos' });
await event('08:30', 'departure', { seat_id: roll[8].seat_id });
await event('08:35', 'departure', { seat_id: roll[9].seat_id });
await event('08:40', 'recess_start');
await event('08:55', 'recess_end');
await event('09:00', 'arrival', { seat_id: roll[11].seat_id });
await event('09:05', 'arrival', { seat_id: roll[9].seat_id });
await at(house, oclock('09:20'));
await house.go(LIVE);

const picture = () => page.getByRole('slider', { name: 'Puestos presentes durante la sesión' });
const told = () => picture().getAttribute('aria-valuetext');

test('the picture is read piece by piece with the arrows, and the ledger says each movement with its rule', async () => {
  await page.getByRole('button', { name: 'Quórum', exact: true }).focus();
  await press('Space');
  await picture().focus();
  assert.equal(await told(), '09:05–09:20 · 10 de 16 puestos, mínimo 9 · Hay quórum · punto 3');
  const heard = [];
  await press('Home');
  for (let stop = 0; stop < 30; stop += 1) {
    heard.push(await told());
    await press('ArrowRight');
  }
  const all = [...new Set(heard)];
  for (const words of [
    '08:18 · ¿Aprobar el orden del día? · Aprobada · con 10 presentes, mínimo 9',
    '08:35–09:00 · 8 de 16 puestos, mínimo 9 · Sin quórum · punto 3',
    'Receso · 08:40–08:55',
    '09:00–09:05 · 9 de 16 puestos, mínimo 9 · Hay quórum · punto 3',
  ])
    assert.ok(all.includes(words), `${words} is read: ${all.join('\n')}`);
  await press('End');
  assert.match(await told(), /^09:05/);
  // What is heard is seen.
  await page.locator('.read', { hasText: await told() }).waitFor();
  const { rows, told: sentence } = await house.call('quorum_ledger', { session_id: SESSION });
  assert.equal(
    await picture().evaluate((one) => document.getElementById(one.getAttribute('aria-describedby')).textContent),
    sentence.es,
  );
  const table = page.getByRole('table', { name: /Registro de quórum/ });
  await house.many(table.locator('tbody tr'), rows.length);
  await table
    .locator('tr', { hasText: 'Se perdió' })
    .getByText(/Deliberatorio · .*Acuerdo 001/)
    .waitFor();
  await table
    .locator('tr', { hasText: '08:18' })
    .getByText(/Decisorio/)
    .first()
    .waitFor();
  // Each line says how many there were and how many were needed.
  const counts = await table.locator('tbody tr td:nth-child(3)').allInnerTexts();
  assert.deepEqual(
    counts.map((one) => one.replaceAll(/\s+/g, '')).sort(),
    rows.map(({ verdict }) => `${verdict.have}/${verdict.need}`).sort(),
  );
  assert.deepEqual(await house.inBothThemes('quorum'), []);
});

test('under the pointer it reads the mark that is near, else the stretch', async () => {
  const { votes, seconds } = await house.call('quorum_ledger', { session_id: SESSION });
  const box = await picture().boundingBox();
  const across = (second) => box.x + 22 + (second / seconds) * (box.width - 32);
  await page.mouse.move(across(votes[0].second) + 1, box.y + 60);
  await page.locator('.read', { hasText: '¿Aprobar el orden del día?' }).waitFor();
  await page.mouse.move(across(40 * 60), box.y + 60);
  await page.locator('.read', { hasText: '8 de 16' }).waitFor();
  await page.mouse.move(10, 10);
  await page.locator('.read', { hasText: '09:05–09:20' }).waitFor();
});

test('its data are copied as a sheet takes them', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copiar datos' }).press('Enter');
  await says('Registro copiado');
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  const { rows } = await house.call('quorum_ledger', { session_id: SESSION });
  assert.equal(lines.length, rows.length + 1);
  assert.deepEqual(lines[0].split('\t').slice(0, 3), ['Hora', 'Movimiento', 'Hay']);
});

test('lost again, a recess, adjourning and going on for information are offered', async () => {
  await event('09:25', 'departure', { seat_id: roll[11].seat_id });
  await event('09:26', 'departure', { seat_id: roll[9].seat_id });
  const lost = page.getByRole('group', { name: /^Se perdió el quórum/ });
  for (const name of [/^Receso/, /^Seguir con informes/, /^Levantar sesión/])
    await lost.getByRole('button', { name }).waitFor();
  await page.locator('.picture').waitFor();
  await house.until(async () => /Sin quórum/.test(await told()), 'the picture goes on');
  await page.keyboard.press('Alt+i');
  await lost.getByText('la sesión sigue de manera informativa desde las').waitFor();
  await page.getByRole('cell', { name: 'Sigue de manera informativa' }).waitFor();
});

test('of a session that is over it is read in the order in which it happened; in English and a low window too', async () => {
  await at(house, oclock('09:40'));
  await house.call('adjourn_session', { session_id: SESSION });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.prefer({ language: 'en' });
  await house.restart(LIVE);
  await page.getByRole('button', { name: 'Quorum', exact: true }).press('Space');
  const table = page.getByRole('table', { name: /Quorum ledger/ });
  await table.waitFor();
  const times = await table.locator('tbody td:first-child').allInnerTexts();
  assert.deepEqual(times, [...times].sort());
  assert.deepEqual(await house.inBothThemes('quorum-over'), []);
  const spills = await page.locator('figure').evaluate((one) => one.scrollWidth - one.clientWidth);
  assert.ok(spills <= 0, `spills ${spills}px`);
  assert.deepEqual(house.complaints, []);
});
