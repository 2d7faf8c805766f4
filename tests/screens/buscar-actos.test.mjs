// Ctrl+K finds the acts of the secretariat by the words a secretary types, and Enter does them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import * as session from './session.mjs';

const house = await houseOfStories({ now: '2026-02-10T13:00:00Z' });
const { page } = house;
const folder = (await house.test('state')).folder;
await session.convene(house);

const shows = (text) => house.says(text);
const goes = (part) => () => page.waitForFunction((want) => decodeURIComponent(location.hash).includes(want), part);
const dialog = (text) => () => house.asked(text);
const handled = (file) => () => house.handled(file);
const chosen = () => page.locator('.palette [role=option][aria-selected=true] .title');

/** Types the words, presses Enter at once, and waits for what it does. */
async function does(words, holds) {
  await house.palette(words);
  await page.keyboard.press('Enter');
  await page.locator('.palette').waitFor({ state: 'detached' });
  await holds().catch((error) => {
    throw new Error(`${words}: ${error.message}`);
  });
  if ((await page.locator('.dialog').count()) > 0) {
    await page.keyboard.press('Escape');
    await page.locator('.dialog').first().waitFor({ state: 'detached' });
  }
}

const NEXT = `/sesiones/${session.SESSION}/preparar`;
const LAST = '/sesiones/ses-2025-04';
for (const [place, words, holds] of [
  ['/hoy', 'imprimir', dialog('Convocatoria')],
  ['/hoy', 'imprimir lista', dialog('Lista de asistencia')],
  ['/hoy', 'imprimir guion', dialog('Guion')],
  ['/hoy', 'imprimir acta', dialog('Acta')],
  [`${LAST}/acta`, 'imprimir', dialog('Acta, Sesión extraordinaria n.º 4 de 2025')],
  ['/hoy', 'plan anual', goes('/plan')],
  ['/hoy', 'restaurar', dialog('Restaurar una copia de seguridad')],
  ['/hoy', 'delegación', dialog('Registrar una delegación')],
  ['/integrantes?vista=personas', 'nueva delegacion', dialog('Registrar una delegación')],
  ['/hoy', 'excusa', goes(`${NEXT}?vista=quorum`)],
  ['/hoy', 'corregir', goes(`${LAST}/acta`)],
  ['/sesiones/ses-2025-01/acta', 'corregir', dialog('Corregir')],
  ['/sesiones/ses-2025-01/acta', 'corregir lo registrado', goes('/sesiones/ses-2025-01/sesionar')],
  ['/hoy', 'nueva propuesta', dialog('Nueva propuesta')],
  ['/hoy', 'nuevo compromiso', dialog('compromiso')],
  ['/hoy', 'programar', dialog('Programar')],
  ['/hoy', 'reglamento', goes('vista=reglas')],
  ['/hoy', 'sesión 2', goes('/sesiones/ses-2025-02/acta')],
  ['/hoy', 'sesion 3', goes('/sesiones/ses-2025-03/acta')],
  ['/hoy', 'acta 2', goes('/sesiones/ses-2025-02/acta')],
  ['/hoy', 'Zúñiga', goes('fila=')],
  ['/hoy', 'Secretaría Distrital de Hacienda', goes('fila=com-hacienda')],
  ['/hoy', 'Sector Hacienda', goes('vista=entidades')],
  ['/hoy', 'inglés', () => page.waitForFunction(() => document.documentElement.lang === 'en')],
  ['/hoy', 'español', () => page.waitForFunction(() => document.documentElement.lang === 'es')],
])
  test(`«${words}» en ${place}`, async () => {
    await house.go(place);
    await does(words, holds);
  });

test('«copia de seguridad» asks for a folder, makes it and says where', async () => {
  await house.go('/hoy');
  await house.test('pick', { paths: [join(folder, 'copias')] });
  await does('copia de seguridad', () => shows('La copia de seguridad quedó en'));
  await house.test('pick', { paths: [join(folder, 'copias')] });
  await house.command('Restaurar una copia');
  await house.asked('Restaurar');
  await house.enter('Buscar copias en otra carpeta');
  await page
    .locator('.dialog')
    .getByRole('button', { name: /Recuperar/ })
    .first()
    .waitFor();
  assert.deepEqual(await house.inBothThemes('restaurar'), []);
  const target = join(folder, 'recuperada.actario');
  await house.test('pick', { paths: [target] });
  // The pages begin anew with the recovered archive: until then they are those of the other one.
  await page.evaluate(() => (globalThis.ofTheOther = true));
  await house.enter('Recuperar');
  for (const limit = Date.now() + 15_000; (await house.call('archive_state'))?.path !== target;)
    assert.ok(Date.now() < limit, 'the recovered archive is not open');
  await page.waitForFunction(() => !globalThis.ofTheOther && document.readyState === 'complete');
  await page.getByRole('heading', { name: 'Hoy' }).waitFor();
  await house.quiet();
});

test('«exportar» saves the minutes in view as PDF', async () => {
  await house.go(`${LAST}/acta`);
  await house.test('pick', { paths: [join(folder, 'exportada.pdf')] });
  await does('exportar', handled('exportada.pdf'));
});

test('«deshacer», «tema oscuro» and «idioma» act at once; the same words of the other language find them', async () => {
  await house.go('/hoy');
  await house.call('put_entity', { name: 'Entidad que sobra' });
  await does('deshacer', () => shows(/deshizo|Deshecho|Se deshizo/));
  const theme = (want) => () => page.waitForFunction((one) => document.documentElement.dataset.theme === one, want);
  await does('tema oscuro', theme('dark'));
  await does('tema oscuro', theme('dark'));
  await does('modo claro', theme('light'));
  await does('idioma', () => page.waitForFunction(() => document.documentElement.lang === 'en'));
  await does('copia de seguridad', () => Promise.resolve());
  await house.palette('imprimir');
  await chosen().filter({ hasText: 'Print the notice' }).waitFor();
  assert.deepEqual(await house.inBothThemes('buscar-actos'), []);
  await page.keyboard.press('Escape');
  await does('language', () => page.waitForFunction(() => document.documentElement.lang === 'es'));
});

test('«convocar» opens the convening of the session that is prepared', async () => {
  const made = await house.call('create_session', {
    body_id: 'body-comision',
    date: '2026-06-25',
    kind: 'ordinary',
    mode: 'in_person',
    planned_start: '08:00:00',
  });
  await house.go(`/sesiones/${made.id}/preparar`);
  await does('convocar', dialog('Convocar'));
  assert.deepEqual(house.complaints, []);
});
