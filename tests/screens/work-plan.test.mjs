// Plan de trabajo: reached from Hoy; activities with their progress, put in order, added, reported and taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const list = () => house.page.getByRole('list', { name: 'Actividades' });
const items = () => list().locator(':scope > li');
const side = () => house.page.locator('aside');
const dialog = () => house.page.getByRole('dialog');
const plan = (body = 'body-comision', year = 2025) => house.call('get_work_plan', { body_id: body, year });

test('reached from Hoy: every activity with its date and state, how far the plan is, who approved it', async () => {
  const { page } = house;
  await house.restart('/hoy');
  await side().getByRole('link', { name: 'Plan de trabajo' }).first().press('Enter');
  await page.waitForURL(/#\/plan\?instancia=body-comision/);
  await house.quiet();
  const view = await plan();
  await house.many(items(), view.activities.length);
  for (const [i, line] of view.activities.entries()) await items().nth(i).getByText(line.activity.activity).waitFor();
  await page.getByText('9 de 12 actividades cumplidas (75 %)').waitFor();
  await page.getByText(`Aprobado: ${view.approved_by}`).waitFor();
  // As in every list: the first row has the focus, and its detail is beside it.
  await page.waitForFunction(() => document.activeElement?.matches('#main li[aria-current="true"]:first-child'));
  const [first] = view.activities;
  await side().getByText(first.activity.activity).waitFor();
  const row = (await items().first().innerText()).replaceAll(/\s+/g, ' ');
  for (const head of ['Actividad:', 'Responsable:', 'Fecha límite:', 'Estado:'])
    assert.ok(row.includes(head), `${head} ${row}`);
  assert.deepEqual(await house.inBothThemes('plan-de-trabajo'), []);
});

test('Alt and the arrows change the order; undo gives the former one back', async () => {
  const { page } = house;
  const order = async () => (await plan()).activities.map((line) => line.activity.id);
  const former = await order();
  await items().first().focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByText('Orden cambiado').waitFor();
  assert.deepEqual((await order()).slice(0, 2), [former[1], former[0]]);
  await page.getByRole('button', { name: 'Deshacer' }).press('Enter');
  await page
    .getByRole('region', { name: 'Avisos' })
    .getByText(/Se deshizo: Orden de actividades/)
    .waitFor();
  assert.deepEqual(await order(), former);
});

test('progress is reported by keyboard; without evidence it says so, and keeps what was typed', async () => {
  const { page } = house;
  const open = (await plan()).activities.find((line) => line.overdue && line.activity.blob_id === null);
  await house.restart(`/plan?instancia=body-comision&año=2025&ver=${open.activity.id}`);
  await side().getByText('Vencida').waitFor();
  await page.waitForFunction(
    (text) =>
      document.activeElement?.matches('#main li[aria-current="true"]') &&
      document.activeElement.textContent.includes(text),
    open.activity.activity,
  );
  await page.keyboard.press('Control+Enter');
  await dialog().getByRole('radio', { name: 'No se cumplirá' }).check();
  await dialog().getByLabel('Evidencia, avance o razón').fill('');
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await dialog()
    .getByText(/Falta la evidencia o la razón/)
    .waitFor();
  assert.deepEqual(await house.inBothThemes('plan-avance'), []);
  await dialog().getByLabel('Evidencia, avance o razón').fill('Se aplaza al año siguiente.');
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await side().getByText('No cumplida').waitFor();
  await side().getByText('Se aplaza al año siguiente.').waitFor();
  const now = (await plan()).activities.find((line) => line.activity.id === open.activity.id);
  assert.equal(now.status, 'not_fulfilled');
});

test('a year without a plan is given one, with an activity that is then removed', async () => {
  const { page } = house;
  await house.go('/plan?instancia=body-grupo&año=2025');
  await page.getByRole('button', { name: 'Hacer el plan de 2025' }).press('Enter');
  await page.getByText('El plan todavía no tiene actividades.').waitFor();
  assert.deepEqual(await house.violations(), []);
  await page.keyboard.press('Control+n');
  await dialog().getByRole('textbox', { name: 'Actividad' }).fill('Revisar los reportes del semestre');
  assert.deepEqual(await house.inBothThemes('plan-actividad'), []);
  await dialog().getByRole('button', { name: 'Agregar' }).press('Enter');
  await items().getByText('Revisar los reportes del semestre').waitFor();
  assert.equal((await plan('body-grupo')).activities.length, 1);
  await page.waitForFunction(() => document.activeElement !== document.body);
  await side().getByRole('button', { name: 'Más acciones' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Quitar…' }).press('Enter');
  await dialog().getByRole('button', { name: 'Quitar' }).press('Enter');
  await page.getByText('El plan todavía no tiene actividades.').waitFor();
});

test('in English, small with large text', async () => {
  const { page } = house;
  await house.prefer({ language: 'en', text: 'large' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/plan?instancia=body-comision&año=2025&ver=wp-2025-01');
  await page.getByRole('heading', { level: 1, name: 'Work plan of 2025' }).waitFor();
  assert.deepEqual(await house.inBothThemes('plan-pequena'), []);
  assert.deepEqual(house.complaints, []);
});
