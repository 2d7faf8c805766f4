// An archive set up from nothing by window: body, seat, holder, and its rules with the article behind each.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories({ demo: false });
const { page } = house;
const dialog = () => page.getByRole('dialog');

test('an archive from nothing: body, seat, holder and rules by window', async () => {
  const { folder } = await house.test('state');
  await house.call('create_archive', { path: join(folder, 'nueva.actario'), demo: false });
  await house.restart('/integrantes');
  await page.getByText(/Todavía no hay instancias/).waitFor();
  assert.deepEqual(await house.violations(), []);
  await page.keyboard.press('Control+n');
  await dialog().getByLabel('Nombre, como se imprime').fill('Comisión de prueba');
  assert.deepEqual(await house.violations(), []);
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByText(/Todavía no hay puestos/).waitFor();
  await page.keyboard.press('Control+n');
  await dialog().getByLabel('Nombre del puesto').fill('Presidencia de la Comisión');
  await dialog().getByLabel('Presidencia', { exact: true }).press('Space');
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByRole('heading', { name: 'Presidencia de la Comisión' }).waitFor();

  await page.getByRole('button', { name: 'Nombrar…' }).press('Enter');
  await dialog().getByLabel('Persona').focus();
  await page.keyboard.type('Beatriz Oñate y Muñoz');
  await page.getByRole('option', { name: /Registrar a/ }).waitFor();
  await page.keyboard.press('Enter');
  // Invalid until she is registered.
  await page.waitForFunction(() => document.querySelector('.dialog input:valid')?.value.includes('Beatriz'));
  await dialog().getByRole('button', { name: 'Nombrar' }).press('Enter');
  await page.getByRole('button', { name: 'Beatriz Oñate y Muñoz', exact: true }).waitFor();

  await page.getByRole('tab', { name: 'Reglas' }).press('Enter');
  await page.getByRole('button', { name: 'Registrar reglas…' }).press('Enter');
  await dialog().getByRole('spinbutton', { name: 'Primer día en que rigen día' }).focus();
  await page.keyboard.type('01012026');
  await dialog().getByRole('button', { name: 'Escribir la versión' }).press('Enter');
  await page.getByRole('button', { name: 'Agregar mayoría' }).waitFor();
  // The keys go on in what is written now.
  await page.waitForFunction(() => document.activeElement?.matches('.rules .form input'));
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-corregir'), []);
  await page.getByLabel('Espera a la hora convocada, en minutos', { exact: true }).fill('15');
  await page.keyboard.press('Tab');
  await page.getByText(/se esperan 15 minutos/).waitFor();
  // The first version, too, rules nothing until it is saved, and leaving it keeps what was written.
  const [{ id: body_id }] = await house.call('list_bodies');
  await house.go('/hoy');
  assert.deepEqual(await house.call('list_rule_sets', { body_id }), [], 'nothing is written');
  await house.go('/integrantes?vista=reglas');
  await page.getByRole('button', { name: 'Seguir con la nueva versión…' }).press('Enter');
  await page.getByText(/se esperan 15 minutos/).waitFor();

  // The terms of a recusal, each by its field; without the norm that sets them, that is told.
  for (const [term, days] of [
    ['Enviar el impedimento a quien lo decide', '3'],
    ['Responder una recusación', '5'],
    ['Decidir', '10'],
  ]) {
    await page.getByRole('spinbutton', { name: new RegExp(`^${term}`) }).focus();
    await page.keyboard.type(days);
    await page.keyboard.press('Tab');
  }
  await page.getByText(/quien es recusado responde en 5 días hábiles y se decide en 10 días hábiles/).waitFor();
  // It is told at its field, and the list above leads there.
  const unsourced = 'Los plazos del impedimento no dicen de dónde salen: escriba la norma que los fija.';
  await page.locator('[data-field="recusal.terms.source"]', { hasText: unsourced }).waitFor();
  await page.getByRole('button', { name: unsourced }).press('Enter');
  await house.inField('Norma que fija los plazos');
  await page.keyboard.type('CPACA, art. 12');
  await page.getByText(/se decide en 10 días hábiles \(CPACA, art\. 12\)/).waitFor();
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-plazos'), []);
  // Rules kept before they had terms are gone on with: the terms are those that they begin from, none.
  const key = `body/${body_id}/new_rules`;
  await house.until(async () => (await house.call('get_draft', { key })).text.includes('CPACA, art. 12'));
  await house.go('/hoy');
  const old = JSON.parse((await house.call('get_draft', { key })).text);
  delete old.rules.recusal.terms;
  await house.call('save_draft', { key, text: JSON.stringify(old) });
  await house.restart('/integrantes?vista=reglas');
  await page.getByRole('button', { name: 'Seguir con la nueva versión…' }).press('Enter');
  await page.getByText(/se esperan 15 minutos/).waitFor();
  const answer = page.getByRole('spinbutton', { name: /^Responder una recusación/ });
  assert.equal(await answer.inputValue(), '');
  await answer.focus();
  await page.keyboard.type('5');
  await page.getByLabel(/^Norma que fija los plazos/).focus();
  await page.keyboard.type('CPACA, art. 12');
  await page.getByText(/quien es recusado responde en 5 días hábiles \(CPACA, art\. 12\)/).waitFor();

  // The act, with its file and an article; the article behind two rules; what virtual sessions need.
  await page.getByLabel(/Cómo se cita/).fill('Acuerdo 004 de 2026');
  await page.locator('input[type="file"]').setInputFiles({
    name: 'acuerdo-004.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4 acuerdo'),
  });
  await page.getByRole('button', { name: 'Agregar artículo' }).press('Enter');
  await page.getByLabel('Número', { exact: true }).last().fill('7');
  await page.getByLabel('Texto', { exact: true }).last().fill('Habrá quórum con la mitad más uno de quienes integran.');
  await page.getByLabel('El acto y su texto están confirmados').press('Space');
  for (const rule of ['Quórum', 'Sesiones virtuales']) {
    await page.getByLabel(`Artículo que lo dice: ${rule}`).focus();
    await page.keyboard.type('7');
    await page.getByRole('option', { name: /Artículo 7/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await page.getByText('Acuerdo 004 de 2026, art. 7').first().waitFor();
  // Numbered anew, what cites it follows.
  await page.getByLabel('Número', { exact: true }).last().fill('8');
  await page.getByText('Acuerdo 004 de 2026, art. 8').first().waitFor();
  // The act is not cited for what none of its articles says.
  await page.getByText('Acuerdo 004 de 2026, sin artículo').first().waitFor();
  await page.getByLabel('Puede sesionar por medios virtuales', { exact: true }).check();
  await page.getByLabel('La sesión se graba').check();
  await page.getByLabel('Primero se busca el consenso').first().check();
  await page
    .getByText(/consenso; en su defecto, mayoría/)
    .first()
    .waitFor();
  await page
    .getByText(/no tiene norma registrada/)
    .first()
    .waitFor();
  await page.getByLabel(/Una desconexión más larga/).fill('10');
  await page.keyboard.press('Tab');
  await page.setViewportSize({ width: 1024, height: 640 });
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-articulos'), []);
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByRole('button', { name: 'Corregir…' }).waitFor();
  const [body] = await house.call('list_bodies');
  const [line] = await house.call('list_rule_sets', { body_id: body.id });
  const view = await house.call('get_rule_set', { id: line.id });
  assert.equal(view.rules.grace_minutes.value, 15);
  assert.equal(view.rules.quorum.article, '8');
  assert.deepEqual(
    { ...view.rules.recusal.terms },
    { send_days: null, answer_days: 5, decision_days: null, source: 'CPACA, art. 12' },
  );
  assert.equal(view.rules.rules[0].consensus_first, true);
  assert.deepEqual(
    { ...view.rules.virtual_sessions },
    { ...view.rules.virtual_sessions, allowed: true, recording: true, disconnection_minutes: 10, article: '8' },
  );
  assert.equal(view.file, 'acuerdo-004.pdf');
  await page.getByRole('button', { name: 'Abrir acuerdo-004.pdf' }).waitFor();
  // A new version rules nothing until it is saved with its act, and leaving it keeps what was written.
  await page.getByRole('button', { name: 'Nueva versión…' }).press('Enter');
  await dialog().getByRole('spinbutton', { name: 'Primer día en que rigen día' }).focus();
  await page.keyboard.type('01072026');
  await dialog().getByRole('button', { name: 'Escribir la versión' }).press('Enter');
  await page.getByText('Borrador: no rige hasta guardarlo.').waitFor();
  const save = page.getByRole('button', { name: 'Guardar' });
  assert.equal(await save.getAttribute('aria-disabled'), 'true', 'without its act it is not saved');
  // What keeps it from being saved is written beside the button, and the field is not called optional.
  await page.getByText('Borrador: no rige hasta guardarlo. Diga cómo se cita el acto que las adopta.').waitFor();
  assert.equal(await page.getByLabel(/Cómo se cita \(opcional\)/).count(), 0);
  await house.inBothThemes('reglas-version-nueva');
  await page.getByLabel(/Cómo se cita/).fill('Acuerdo 009 de 2026');
  await house.go('/hoy');
  assert.equal((await house.call('list_rule_sets', { body_id: body.id })).length, 1, 'nothing is written');
  assert.equal((await house.call('list_rule_sets', { body_id: body.id }))[0].effective_to, null);
  await house.go('/integrantes?vista=reglas');
  await page.getByRole('button', { name: 'Seguir con la nueva versión…' }).press('Enter');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some((one) => one.value === 'Acuerdo 009 de 2026'),
  );
  await save.press('Enter');
  await page.getByRole('button', { name: 'Corregir…' }).waitFor();
  // What was saved is no draft any more.
  await page.getByRole('button', { name: 'Nueva versión…' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Seguir con la nueva versión…' }).count(), 0);
  const both = await house.call('list_rule_sets', { body_id: body.id });
  assert.deepEqual(both.map((one) => one.effective_to).sort(), ['2026-06-30', null]);
  await page.getByRole('button', { name: 'Nueva versión…' }).waitFor();
  const [seat] = (await house.call('list_members', { body_id: body.id })).seats;
  assert.equal(seat.current.person.sort_name, 'Oñate y Muñoz, Beatriz');
  assert.deepEqual(house.complaints, []);
});

test('rules that sessions use already still take the file of their act, which opens in the viewer', async () => {
  await house.test('reset');
  const { folder } = await house.test('state');
  await house.call('create_archive', {
    path: join(folder, 'demo.actario'),
    demo: true,
  });
  await house.restart('/integrantes?vista=reglas');
  await page.getByRole('button', { name: 'Abrir acuerdo-001-2025.pdf' }).press('Enter');
  await house.handled('acuerdo-001-2025.pdf');
  await page.getByRole('button', { name: 'Reemplazar…' }).press('Enter');
  await page.getByText('Arrastre aquí el archivo que lo reemplaza.').waitFor();
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-archivo'), []);
  await page.locator('input[type="file"]').setInputFiles({
    name: 'acuerdo-001-firmado.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 acuerdo firmado'),
  });
  await page.getByRole('button', { name: 'Abrir acuerdo-001-firmado.pdf' }).press('Enter');
  await house.handled('acuerdo-001-firmado.pdf');
  // The rules stay as they were, and the file is taken back like any act.
  await page.locator('main').press('Control+z');
  await page.getByRole('button', { name: 'Abrir acuerdo-001-2025.pdf' }).waitFor();
  assert.deepEqual(house.complaints, []);
});
