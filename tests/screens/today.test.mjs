// Hoy: what is due, the next session with its expected quorum, where the year stands; and an empty archive's first steps.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const main = () => house.page.locator('main');
const side = () => house.page.locator('aside');

test('opens first, and says what is due in its order, each with the place where it is mended', async () => {
  await house.restart('/');
  const { page } = house;
  assert.match(page.url(), /#\/hoy$/);
  await page.getByRole('heading', { level: 1, name: 'Hoy' }).waitFor();
  const today = await house.call('get_today');
  const due = today.bodies.flatMap((body) => body.due);
  for (const item of due) await main().getByText(item.text.es).waitFor();

  const groups = await main().locator('h3').allInnerTexts();
  assert.deepEqual(
    groups.map((text) => text.split(/\s*\d/)[0].trim()),
    ['Vencido', 'En los próximos cinco días', 'Sin fecha límite'],
  );
  const days = await main().locator('section').first().locator('.day').allInnerTexts();
  assert.deepEqual(days, ['28\u00a0feb', '28\u00a0feb', '4\u00a0dic', '19\u00a0dic']);

  const hrefs = await main()
    .locator('a.line')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(hrefs.includes('#/sesiones/ses-2025-04/acta'), hrefs.join(' '));
  assert.ok(hrefs.includes('#/compromisos?ver=cmp-04-03'));
  assert.ok(hrefs.includes('#/plan?instancia=body-grupo&año=2025'));
  await main().getByText('Terminan 7 delegaciones').waitFor();
  assert.equal(await page.getByRole('link', { name: /^Hoy/ }).locator('.count').innerText(), String(hrefs.length));
});

test('the arrows walk the list and Enter goes there; Ctrl+Enter goes on with the work', async () => {
  await house.go('/hoy');
  const { page } = house;
  const links = main().locator('a.line');
  await links.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await links.nth(2).evaluate((link) => link === document.activeElement), true);
  await page.keyboard.press('End');
  assert.equal(await links.last().evaluate((link) => link === document.activeElement), true);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/sesiones\/ses-2025-04\/acta/);
  await house.go('/hoy');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/sesiones\/ses-2025-04\/acta/);
});

test('the year: sessions against the minimum, minutes, commitments, work plan', async () => {
  await house.go('/hoy');
  const meter = side().getByRole('meter', { name: 'Sesiones ordinarias' }).first();
  assert.equal(await meter.getAttribute('aria-valuetext'), '2 realizadas; mínimo 4; 3 programadas en el año');
  await side().getByText('75 % cumplido; 1 actividad vencida').waitFor();
  await side().getByRole('link', { name: '1 vencido' }).waitFor();
  assert.deepEqual(await house.inBothThemes('hoy'), []);
});

test('a session programmed and convened: its term, the quorum expected, whom to call', async () => {
  const made = await house.call('create_session', {
    id: 'ses-prueba',
    body_id: 'body-comision',
    date: '2026-01-22',
    kind: 'ordinary',
    mode: 'in_person',
    planned_start: '08:00:00',
    place: 'Sala Bacatá, piso 2',
  });
  await house.go('/hoy');
  const { page } = house;
  await side().getByRole('link', { name: 'Sesión ordinaria n.º 1 de 2026' }).waitFor();
  await side().getByText('Jueves, 22 de enero de 2026, 08:00').waitFor();
  await side()
    .getByText(/^Convocar hasta el \d+ de enero de 2026$/)
    .waitFor();
  await page.getByRole('link', { name: /Seguir con la preparación/ }).waitFor();

  await house.call('build_agenda', { session_id: made.id });
  await house.call('convene_session', { id: made.id });
  for (const seat of ['com-gestion-publica', 'com-gobierno'])
    await house.call('set_confirmation', {
      session_id: made.id,
      seat_id: seat,
      answer: 'will_attend',
      in_writing: true,
    });
  await side().getByText('Convocada a tiempo').waitFor();
  const expected = await house.call('expected_quorum', { session_id: made.id });
  const meter = side().getByRole('meter', { name: 'Asistencia' });
  assert.equal(await meter.getAttribute('aria-valuenow'), String(expected.sure));
  await side().getByText(expected.text.es).waitFor();
  for (const call of expected.calls.slice(0, 4)) await side().getByText(call.ask.es).first().waitFor();
  if (expected.calls.length > 4) {
    const more = side().getByRole('button', { name: `Ver ${expected.calls.length - 4} más` });
    await more.focus();
    await page.keyboard.press('Enter');
    await house.many(side().locator('.reach'), expected.calls.length);
  }
  assert.deepEqual(await house.inBothThemes('hoy-convocada'), []);
});

test('in English, on the smallest window with larger text, nothing is cut', async () => {
  await house.prefer({ language: 'en', text: 'large' });
  await house.page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/hoy');
  await house.page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  await side().getByText('Ordinary sessions').first().waitFor();
  const wide = await house.page.evaluate(
    () => [...document.querySelectorAll('main, aside')].filter((e) => e.scrollWidth > e.clientWidth + 1).length,
  );
  assert.equal(wide, 0);
  assert.deepEqual(await house.inBothThemes('hoy-pequena'), []);
  await house.prefer({ language: 'es', text: 'normal' });
  await house.page.setViewportSize({ width: 1366, height: 768 });
});

test('an empty archive says how to begin, a step at a time', async () => {
  const { folder } = await house.test('state');
  await house.call('close_archive');
  await house.call('create_archive', { path: join(folder, 'vacio.actario'), demo: false });
  await house.restart('/hoy');
  await main().getByRole('heading', { name: 'Primeros pasos' }).waitFor();
  await house.many(main().locator('ol li'), 4);
  assert.equal(await main().locator('a.btn').innerText(), 'Crear la instancia');
  assert.deepEqual(await house.inBothThemes('primeros-pasos'), []);

  await house.call('put_body', { id: 'body-a', name: 'Comisión de Archivos', kind: 'intersectoral_commission' });
  await main().locator('a.btn', { hasText: 'Registrar los integrantes' }).waitFor();
  await house.call('put_seat', {
    body_id: 'body-a',
    title: 'Secretaría de Gobierno',
    role: 'chair',
    voice: true,
    vote: true,
  });
  await main().locator('a.btn', { hasText: 'Registrar el reglamento' }).waitFor();
});

test('the pages complained of nothing', () => assert.deepEqual(house.complaints, []));
