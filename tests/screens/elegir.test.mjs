// What is typed in a choice is never lost: it is chosen, registered or told to be missing, wherever somebody is chosen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place } from './preparation.mjs';
import { houseWithSession, PROPOSAL, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page, press, until } = house;
const people = async (text) => (await house.call('list_people', { text })).people;
const focusedLabel = () =>
  page.evaluate(() => (document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent?.trim());

test('a proposal’s partner and contact that are not listed are kept in sight, and registered', async () => {
  await house.go(`/propuestas/${PROPOSAL}`);
  const partners = page.locator('[data-field="partner_ids"]');
  await partners.getByRole('combobox').focus();
  await page.keyboard.type('Red de Ciudades del Agua');
  await press('Tab');
  await partners.getByText('No está en la lista').waitFor();
  assert.equal(await partners.getByRole('combobox').inputValue(), 'Red de Ciudades del Agua');
  assert.deepEqual(await house.inBothThemes('no-esta-en-la-lista'), []);
  // The field before it is gone back to: what mends it comes first.
  await press('Shift+Tab');
  assert.equal(await focusedLabel(), 'Registrar «Red de Ciudades del Agua»');
  await press('Enter');
  await partners.getByRole('list').getByText('Red de Ciudades del Agua').waitFor();
  assert.equal(await partners.getByText('No está en la lista').count(), 0);
  const kept = async () => (await house.call('get_proposal', { id: PROPOSAL })).proposal;
  const listed = async () =>
    (await house.call('list_catalogs')).partners.find((one) => one.name === 'Red de Ciudades del Agua')?.id;
  await until(async () => (await kept()).profile.partner_ids.includes(await listed()), 'the partner is in the profile');

  const contact = page.locator('[data-field="contact_person_id"]').getByRole('combobox');
  await contact.focus();
  await page.keyboard.type('Zoraida Quimbaya Ñustes');
  await page.locator('[data-highlighted]', { hasText: 'Registrar a «Zoraida Quimbaya Ñustes»' }).waitFor();
  await press('Enter');
  await until(async () => (await people('Quimbaya'))[0]?.id === (await kept()).contact_person_id, 'she is the contact');
  await until(async () => (await contact.inputValue()) === 'Zoraida Quimbaya Ñustes', 'and the field says so');
});

test('a guest and a delegate nobody has registered; a name typed whole is recognised', async () => {
  await house.go(place('sesion'));
  const guest = page.getByRole('combobox', { name: 'Invitar a…' });
  await guest.focus();
  await page.keyboard.type('Efrén Tovar');
  await press('Tab');
  await page.getByRole('button', { name: 'Registrar a «Efrén Tovar»' }).press('Enter');
  await page.getByRole('button', { name: 'Quitar a Efrén Tovar' }).waitFor();
  const { guests } = await house.call('get_session', { session_id: SESSION });
  assert.deepEqual(
    guests.map((one) => one.guest.person_id),
    (await people('Efrén Tovar')).map((one) => one.id),
  );
  assert.equal(await guest.inputValue(), '');

  await house.go(place('quorum'));
  await page.getByRole('row').filter({ hasText: 'Ana Eugenia' }).first().focus();
  await press('r');
  const dialog = page.getByRole('dialog');
  const delegate = dialog.getByRole('combobox', { name: 'Persona delegada' });
  await delegate.focus();
  await page.keyboard.type('efren tovar');
  await press('Tab');
  assert.equal(await delegate.inputValue(), 'Efrén Tovar');
  assert.equal(await dialog.getByText('No está en la lista').count(), 0);
});

test('a dialog keeps nothing while it would lose the owner typed', async () => {
  await house.go('/compromisos');
  const before = (await house.call('list_commitments', { limit: 5000 })).commitments.length;
  const count = async () => (await house.call('list_commitments', { limit: 5000 })).commitments.length;
  await press('Control+n');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Sesión' }).focus();
  await page.getByRole('option').first().waitFor({ state: 'hidden' });
  await press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await press('Enter');
  await dialog.getByLabel('Compromiso').fill('Enviar el inventario de humedales.');
  const owner = dialog.getByRole('combobox', { name: /^Persona/ });
  await owner.focus();
  await page.keyboard.type('Hermelinda Pacheco');
  await page.getByRole('option', { name: /Registrar a/ }).waitFor();
  await press('Escape'); // the list, not the dialog
  await press('Control+Enter');
  await dialog.getByText('No está en la lista').waitFor();
  assert.equal(await owner.evaluate((element) => element === document.activeElement), true);
  assert.equal(await count(), before);
  assert.deepEqual(await house.violations(), []);

  await press('Tab');
  assert.equal(await focusedLabel(), 'Registrar a «Hermelinda Pacheco»');
  await press('Enter');
  await until(async () => (await people('Hermelinda')).length === 1, 'she is registered');
  await until(async () => (await focusedLabel())?.startsWith('Persona'), 'the field has the keys again');
  await press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  const lines = (await house.call('list_commitments', { limit: 5000 })).commitments;
  const made = lines.find((line) => line.commitment.text === 'Enviar el inventario de humedales.');
  assert.equal(made.commitment.responsible_person_id, (await people('Hermelinda'))[0].id);
  assert.deepEqual(house.complaints, []);
});

test('who holds the seat of an entity is found by the entity, in a session and where its seats are chosen', async () => {
  await house.go('/integrantes?vista=delegaciones&hacer=delegacion');
  await house.asked('Registrar una delegación');
  await page.getByRole('combobox', { name: 'Puesto' }).focus();
  await page.keyboard.type('secretaria hacienda');
  const first = page.locator('[data-highlighted]');
  await first.filter({ hasText: 'Lucrecia Inmaculada' }).waitFor();
  await press('Enter');
  await until(
    async () => /Hacienda/.test(await page.getByRole('combobox', { name: 'Puesto' }).inputValue()),
    'the seat is chosen',
  );

  await house.restart(`/sesiones/${SESSION}/sesionar`);
  await press('Control+Enter');
  await house.asked('Instalar la sesión');
  const presides = page.locator('.dialog').getByRole('combobox', { name: 'Preside' });
  await presides.focus();
  await press('Control+a');
  await page.keyboard.type('DOCTORA hacienda');
  await first.filter({ hasText: 'Lucrecia Inmaculada' }).waitFor();
  assert.deepEqual(await house.violations(), []);
});
