// Rules being written: their outline, what is amiss at its field, and tried on the sessions held before anybody adopts them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page, press } = house;

test('a draft of the rules says what it would have changed', async () => {
  await house.go('/integrantes?vista=reglas');
  await page.getByRole('button', { name: 'Nueva versión…' }).press('Enter');
  await page.getByRole('dialog').getByRole('spinbutton', { name: 'Primer día en que rigen día' }).focus();
  await page.keyboard.type('01072026');
  await page.getByRole('dialog').getByRole('button', { name: 'Escribir la versión' }).press('Enter');
  const head = (await house.call('archive_state')).head;
  const tried = page.getByRole('region', { name: 'Probar en sesiones anteriores' });
  await tried.getByRole('button', { name: 'Probar', exact: true }).press('Enter');
  await tried.getByText(/^Nada cambia: 4 sesiones/).waitFor();

  await page.getByRole('combobox', { name: 'Quórum deliberatorio' }).press('Enter');
  await page.getByRole('option', { name: 'Número fijo' }).click();
  await page.getByRole('spinbutton', { name: 'Puestos', exact: true }).fill('13');
  await page.keyboard.press('Tab');

  assert.equal(await tried.getByText(/Nada cambia/).count(), 0, 'what was tried is of other rules');
  await tried.getByRole('button', { name: 'Probar', exact: true }).press('Enter');
  await tried.getByText(/^Algo cambia en \d de 4 sesiones/).waitFor();
  await tried.getByText('Quórum al comenzar').first().waitFor();
  await tried.getByText('se perdió a las 11:01 a. m.').waitFor();
  await tried.getByRole('heading', { name: /Sesión ordinaria n.º 1 de 2025/ }).scrollIntoViewIfNeeded();
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-probar'), []);
  assert.equal((await house.call('archive_state')).head, head, 'nothing was kept');
  assert.deepEqual(house.complaints, []);
});

test('each matter is reached from the outline, and what is impossible is told at its field, where saving leads', async () => {
  const outline = page.getByRole('navigation', { name: 'Materias del reglamento' });
  const current = () => outline.locator('[aria-current] > span').first().innerText();
  await page.getByLabel(/^Cómo se cita/).fill('Acuerdo 002 de 2026');
  // One stop of the keyboard, arrows inside.
  await outline.locator('[tabindex="0"]').focus();
  await press('End', 'ArrowUp', 'Enter');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Actas');
  assert.equal(await current(), 'Actas');
  await press('Alt+PageUp');
  assert.equal(await current(), 'Impedimentos');

  const seats = page.getByRole('spinbutton', { name: 'Puestos', exact: true });
  await seats.fill('20');
  await press('Tab');
  const wrong = 'Se requieren 20 y la instancia tiene 16 puestos con voto.';
  await page.locator('[data-field="quorum.deliberative"]', { hasText: wrong }).waitFor();
  await page.getByText('Así no se puede guardar: un dato es imposible.').waitFor();
  await outline.getByRole('button', { name: /^Quórum \(/ }).waitFor();
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-imposible'), []);
  const head = (await house.call('archive_state')).head;
  await page.getByLabel(/^Cómo se cita/).focus();
  await press('Control+Enter');
  await house.inField('Quórum deliberatorio');
  assert.equal((await house.call('archive_state')).head, head, 'nothing was kept');
  await page.setViewportSize({ width: 1024, height: 640 });
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-imposible-1024'), []);
  assert.equal(await seats.getAttribute('aria-invalid'), 'true');
  await seats.fill('9');
  await press('Tab');
  await page.getByText(wrong).first().waitFor({ state: 'detached' });
  assert.equal(await seats.getAttribute('aria-invalid'), null);
});

test('one switch says whether the body decides in writing, and the modes follow it', async () => {
  await page.getByLabel('Puede decidir por escrito', { exact: true }).focus();
  await press('Space');
  await page.getByRole('combobox', { name: 'Una segunda respuesta distinta' }).waitFor();
  // Without its article it is not offered: told where the article is chosen.
  await page.locator('[data-field="sessions.written"]', { hasText: 'no se ofrecerá' }).waitFor();
  await page.getByLabel('Artículo que lo dice: Sesiones por escrito').focus();
  await page.keyboard.type('8');
  await page.getByRole('option', { name: /Artículo 8/ }).waitFor();
  await press('ArrowDown', 'Enter');
  await page.getByLabel('El acto y su texto están confirmados').check();
  await page.getByText(/modos: presencial, virtual, mixta y no presencial/).waitFor();
  await page
    .getByText(/no se ofrecerá/)
    .first()
    .waitFor({ state: 'detached' });
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-escritas'), []);
  assert.deepEqual(house.complaints, []);
});
