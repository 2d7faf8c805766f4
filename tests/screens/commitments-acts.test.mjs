// Compromisos: followed up by keyboard, closed with evidence, and taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const grid = () => house.page.getByRole('grid', { name: 'Compromisos' });
const rows = () => grid().locator('tbody tr');
const side = () => house.page.locator('aside');
const dialog = () => house.page.getByRole('dialog');
const commitment = async (id) =>
  (await house.call('list_commitments', { limit: 5000 })).commitments.find((line) => line.commitment.id === id);

test('one is extended with a reason, by keyboard; what is wrong is said beside its field; undo takes it back', async () => {
  const { page } = house;
  await house.go('/compromisos?ver=cmp-04-03');
  await side().getByText('Publicar el balance anual de membresías de redes.').waitFor();
  await side().getByText('venció hace 12 días').waitFor();
  await side().getByRole('button', { name: 'Prorrogar…' }).press('Enter');
  const segments = dialog().getByRole('spinbutton');
  await segments.first().focus();
  await page.keyboard.type('01122025');
  await dialog().getByLabel('Razón').fill('Faltan los datos de tres entidades.');
  await dialog().getByRole('button', { name: 'Prorrogar', exact: true }).press('Enter');
  await dialog()
    .getByText(/no es posterior a la que tiene/)
    .waitFor();
  assert.deepEqual(await house.inBothThemes('compromiso-prorroga'), []);
  await segments.first().focus();
  await page.keyboard.type('30012026');
  await dialog().getByRole('button', { name: 'Prorrogar', exact: true }).press('Enter');
  await dialog().waitFor({ state: 'hidden' });
  assert.equal((await commitment('cmp-04-03')).commitment.due_on, '2026-01-30');
  await side()
    .getByText(/prórroga hasta el 30 de enero de 2026 \(antes: 19 de diciembre de 2025\): Faltan los datos/)
    .waitFor();
  await page.getByRole('button', { name: 'Deshacer' }).press('Enter');
  await side().getByText('venció hace 12 días').waitFor();
  assert.equal((await commitment('cmp-04-03')).commitment.due_on, '2025-12-19');
});

test('progress is noted on one whose minutes are adopted, and its life is told', async () => {
  const { page } = house;
  await house.go('/compromisos?estado=open&ver=cmp-04-03');
  await side().getByRole('button', { name: 'Anotar avance…' }).press('Enter');
  await page.getByRole('dialog').getByLabel('Avance').fill('Van tres de cinco redes.');
  assert.deepEqual(await house.violations(), []);
  await page.getByRole('dialog').getByRole('button', { name: 'Anotar', exact: true }).press('Enter');
  await side()
    .getByText(/Van tres de cinco redes/)
    .first()
    .waitFor();
  await side().getByText('Lo que se hizo con él').waitFor();
  assert.match(
    (await house.call('get_commitment_view', { id: 'cmp-04-03' })).line.commitment.note,
    /Van tres de cinco redes/,
  );
});

test('it is closed with its evidence and a document, then reopened with a reason', async () => {
  const { page } = house;
  await house.go('/compromisos?estado=all&ver=cmp-04-03');
  await side().getByText('venció hace 12 días').waitFor();
  await page.keyboard.press('Control+Enter');
  const confirm = dialog().getByRole('button', { name: 'Registrar cumplimiento' });
  assert.equal(await confirm.getAttribute('aria-disabled'), 'true');
  await dialog().getByLabel('Evidencia', { exact: true }).fill('Balance publicado en la página de la entidad.');
  await dialog()
    .locator('input[type=file]')
    .setInputFiles({ name: 'balance.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n') });
  await dialog().getByText('Se adjuntará balance.pdf').waitFor();
  assert.deepEqual(await house.inBothThemes('compromiso-cumplimiento'), []);
  await confirm.press('Enter');
  await dialog().waitFor({ state: 'hidden' });
  assert.equal((await commitment('cmp-04-03')).status, 'fulfilled_late');
  await side().getByText('Balance publicado en la página de la entidad.', { exact: true }).waitFor();
  await side().getByRole('button', { name: 'Abrir balance.pdf' }).waitFor();
  await page.waitForFunction(() => !document.querySelector('a[href="#/compromisos"] .count'));
  assert.deepEqual(await house.inBothThemes('compromisos'), []);

  await side().getByRole('button', { name: 'Reabrir…' }).press('Enter');
  await dialog().getByLabel('Razón').fill('El balance no incluye dos redes.');
  await dialog().getByRole('button', { name: 'Reabrir', exact: true }).press('Enter');
  await side()
    .getByText(/reabierto: El balance no incluye dos redes/)
    .waitFor();
  assert.equal((await commitment('cmp-04-03')).status, 'overdue');
});

test('one is recorded, edited and removed while its minutes are not adopted; once adopted its text stays', async () => {
  const { page } = house;
  await house.go('/compromisos');
  await page.keyboard.press('Control+n');
  await dialog().getByRole('combobox', { name: 'Sesión' }).pressSequentially('4 de 2025');
  await page.getByRole('option').first().waitFor({ timeout: 15_000 });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog().getByRole('textbox', { name: 'Compromiso' }).fill('Remitir el listado de redes.');
  await dialog().getByRole('button', { name: 'Registrar', exact: true }).press('Enter');
  await dialog().waitFor({ state: 'hidden' });
  await side().getByText('Remitir el listado de redes.').waitFor();
  await side().getByRole('button', { name: 'Más acciones' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Quitar…' }).press('Enter');
  await dialog().getByRole('button', { name: 'Quitar' }).press('Enter');
  await rows().getByText('Remitir el listado de redes.').waitFor({ state: 'detached' });

  const adopted = (await house.call('list_commitments', { session_id: 'ses-2025-01' })).commitments[0].commitment;
  const extra = await house.call('reopen_commitment', { id: adopted.id, reason: 'prueba' });
  await house.go(`/compromisos?estado=all&ver=${extra.id}`);
  await side().getByRole('button', { name: 'Más acciones' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Editar…' }).press('Enter');
  await dialog().getByRole('textbox', { name: 'Compromiso' }).fill('Otro texto');
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await dialog()
    .getByRole('alert')
    .getByText(/ya aprobada/)
    .waitFor();
  await page.keyboard.press('Escape');
  await dialog().getByRole('button', { name: 'Descartar' }).press('Enter');
  await dialog().waitFor({ state: 'hidden' });
});
