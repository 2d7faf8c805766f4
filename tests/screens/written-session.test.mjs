// A session in writing, by the window: planned with its term and motions, its replies received, and its votes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { pick } from './preparation.mjs';
import { at, CONVENED, oclock, recordOf, SESSION, underRules } from './session.mjs';

const house = await houseOfStories({ now: CONVENED });
const { page, press, says, asked, inMenu } = house;
const PLACE = `/sesiones/${SESSION}/sesionar`;
const dialog = () => page.locator('.dialog');
const { live, until } = recordOf(house);
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));

test('without a norm the mode says why it is not taken', async () => {
  await at(house, CONVENED);
  await house.go('/sesiones');
  await press('Control+n');
  await asked('Programar');
  await dialog()
    .getByRole('spinbutton', { name: /^Fecha día/ })
    .focus();
  await page.keyboard.type('26032026');
  await dialog().getByRole('combobox', { name: 'Modalidad' }).focus();
  await press('Enter');
  await page.getByRole('option', { name: 'No presencial (escrita)' }).waitFor();
  await press('End', 'Enter');
  await dialog()
    .getByRole('group', { name: 'Plazo para responder' })
    .getByRole('spinbutton', { name: /^Desde las/ })
    .first()
    .waitFor();
  assert.equal(
    await dialog()
      .getByLabel(/^(Lugar|Hora)/)
      .count(),
    0,
    'a session in writing meets nowhere',
  );
  assert.deepEqual(await house.inBothThemes('programar-por-escrito'), []);
  await press('Control+Enter');
  await says(/no permite sesiones no presenciales por escrito/);
  await press('Escape');
});

test('planned with its term, its motions are put in the agenda', async () => {
  await underRules(house, (rules) => ({
    ...rules,
    sessions: { ...rules.sessions, written: { ...rules.sessions.written, allowed: true, article: '8' } },
    recusal: { ...rules.recusal, decided_by: 'superior', vote_rule: null },
  }));
  const former = await house.call('live_session', { session_id: 'ses-2025-02' });
  await house.call('create_session', {
    id: SESSION,
    body_id: 'body-comision',
    kind: 'ordinary',
    date: '2026-03-26',
    mode: 'written',
    secretary_person_id: former.session.secretary_person_id,
  });
  await house.call('add_agenda_item', {
    id: 'it-foro',
    session_id: SESSION,
    title: 'Sede del foro',
    kind: 'other_business',
  });
  await house.go(`/sesiones/${SESSION}/preparar`);
  for (const [name, typed] of [
    [/^Desde las/, '0800'],
    [/^Hasta el día día/, '26032026'],
    [/^A las/, '1700'],
  ]) {
    await page.getByRole('spinbutton', { name }).first().focus();
    await page.keyboard.type(typed);
  }
  await press('Tab');
  await until((view) => view.session.replies?.closes_at === oclock('17:00').replace('.000', ''), 'the term is kept');
  // Nothing of a room: neither hours of a meeting nor place, nor who is expected, nor minutes for each item.
  await page.getByRole('heading', { name: 'Para convocar y abrir' }).waitFor();
  for (const words of [/^Quórum previsto/, /^Lugar/, /^Hora/, /^Termina/, /^Se graba/, /sin tiempo$/, /^Respondieron/])
    assert.equal(await page.getByText(words).count(), 0, String(words));
  assert.deepEqual(await house.inBothThemes('preparar-por-escrito-datos'), []);
  await page.getByText('Sede del foro').first().click();
  await page.getByRole('button', { name: 'Agregar moción…' }).press('Enter');
  await house.typeInDialog('Celebrar el foro en la sede norte');
  await press('Control+Enter');
  await until((view) => view.motions.length === 1);
  await gone();
  await page.getByRole('button', { name: /^Corregir o quitar la moción/ }).press('Enter');
  await inMenu('Corregir…');
  await asked('Moción por escrito');
  await press('End');
  await page.keyboard.type('.');
  await press('Control+Enter');
  await until((view) => view.motions[0].text.endsWith('norte.'));
  await gone();
  assert.deepEqual(await house.inBothThemes('preparar-por-escrito'), []);
});

test('its replies are received by keyboard: in time, late and contradictory; no motion is counted meanwhile', async () => {
  await house.call('convene_session', { id: SESSION });
  await at(house, oclock('08:10'));
  await house.go(PLACE);
  await press('Control+Enter');
  await asked('Abrir la sesión por escrito');
  // It opens at the hour published: no other is asked.
  await dialog().getByText('Se abre el 26 mar 2026, 08:00, como se publicó.').waitFor();
  assert.equal(await dialog().getByRole('spinbutton').count(), 0);
  assert.deepEqual(await house.inBothThemes('abrir-por-escrito'), []);
  await press('Control+Enter');
  await until((view) => view.written?.state === 'running');
  await gone();
  assert.equal(Date.parse((await live()).course.opened_at), Date.parse(oclock('08:00')));
  const quorum = page.getByRole('button', { name: 'Quórum', exact: true });
  await quorum.press('Enter');
  await says('Todavía no hay respuestas.');
  await says('Respuestas a tiempo durante el plazo');
  await page.getByRole('meter', { name: 'Respuestas a tiempo' }).waitFor();
  assert.equal(await page.getByText('Sin quórum').count(), 0, 'nothing lacks while replies come');
  assert.deepEqual(await house.inBothThemes('quorum-por-escrito-vacio'), []);
  await page.locator('.roll tbody tr').first().focus();
  await press('Enter');
  await asked('Respuesta por escrito');
  await page.waitForFunction(() => document.activeElement?.matches('.motion button'));
  await press('f');
  await page.locator('.dialog input[type="file"]').setInputFiles({
    name: 'respuesta.eml',
    mimeType: 'message/rfc822',
    buffer: Buffer.from('From: x\n\nA favor.'),
  });
  await says('Se guarda respuesta.eml');
  assert.deepEqual(await house.inBothThemes('respuesta-por-escrito'), []);
  await press('Control+Enter');
  await until((view) => view.written.seats[0].replied);
  const first = (await live()).written.seats[0].replies[0];
  assert.deepEqual(
    [first.reply.answers[0].value, first.reply.file, first.course.class],
    ['for', 'respuesta.eml', 'counted'],
  );
  await gone();
  const { motions, roll } = await live();
  for (const row of roll.slice(1, 10))
    await house.call('record_reply', {
      session_id: SESSION,
      seat_id: row.seat_id,
      received_at: oclock('08:09'),
      means: 'institutional_email',
      clarifies: false,
      answers: [{ motion_id: motions[0].id, value: 'for' }],
    });
  // Another, different one from the second seat: by the rules none stands until the seat says which.
  await page.locator('.roll tbody tr').nth(1).focus();
  await press('Enter');
  await asked('Respuesta por escrito');
  await page.waitForFunction(() => document.activeElement?.matches('.motion button'));
  await press('c');
  await dialog().locator('.against[aria-pressed="true"]').waitFor();
  await press('Control+Enter');
  await until((view) => view.written.seats[1].replies.length === 2);
  await gone();
  await says('Contradictoria');
  const told = (await live()).written.seats[1].replies[1].course.text.es;
  await page.getByText(told).first().waitFor();
  // A seat that contradicted itself replied, and does not count.
  await says('Cuentan 9 de 16 (respondieron 10)');
  assert.deepEqual(await house.inBothThemes('sesion-por-escrito'), []);
  assert.deepEqual((await live()).votes, []);
  await quorum.press('Enter');
  await page.getByRole('heading', { name: 'Registro de respuestas y quórum' }).waitFor();
  assert.deepEqual(await house.inBothThemes('quorum-por-escrito'), []);
  await page.getByRole('button', { name: 'Resultados', exact: true }).press('Enter');
  await page.locator('.panel', { hasText: 'no se cuenta ninguna moción' }).waitFor();
});

test('a seat is challenged in writing, answers and is decided by an act: it does not vote on that item', async () => {
  const row = page.locator('.roll tbody tr').nth(14);
  await row.focus();
  await press('ArrowUp', 'ArrowDown');
  await page.getByRole('button', { name: 'Es recusado…' }).press('Enter');
  await asked('Recusación');
  await pick(page, dialog().getByRole('combobox', { name: 'Quién recusa' }), 'Lucrecia Inmaculada');
  await dialog().getByLabel('Causal').focus();
  await page.keyboard.type('Su hermana administra la sede norte');
  await dialog().getByRole('combobox', { name: 'Punto' }).focus();
  await press('Enter');
  await page.getByRole('option', { name: '1. Sede del foro' }).waitFor();
  await press('Enter');
  await dialog()
    .getByRole('spinbutton', { name: /^Día .*día$/ })
    .focus();
  await page.keyboard.type('26032026');
  await dialog()
    .getByRole('spinbutton', { name: /^Hora .*hora$/ })
    .focus();
  await page.keyboard.type('0810');
  assert.deepEqual(await house.inBothThemes('recusacion-por-escrito'), []);
  await press('Control+Enter');
  await until((view) => view.recusals.length === 1);
  await gone();
  const [made] = (await live()).recusals;
  assert.deepEqual([made.kind, made.item_id, made.challenger], ['challenged', 'it-foro', null]);
  await page.getByRole('button', { name: 'Puntos', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Sede del foro' }).press('Enter');
  const challenge = page.getByRole('region', { name: /^Recusación de Octavio/ });
  await challenge.getByText(/Recusa Lucrecia Inmaculada .* · 26.mar.2026, 08:10/).waitFor();
  await challenge.getByRole('button', { name: 'Registrar su respuesta…' }).press('Enter');
  await asked('Respuesta de Octavio');
  await dialog().getByLabel('Acepta la causal', { exact: true }).focus();
  await press('Space', 'Control+Enter');
  await until((view) => view.recusals[0].answer?.accepts === true);
  await gone();
  await challenge.getByRole('button', { name: 'Decidir la recusación…' }).press('Enter');
  await asked('Recusación de Octavio');
  await dialog().getByLabel('Acto que lo decide').focus();
  await page.keyboard.type('Resolución 8 de 2026');
  await press('Control+Enter');
  await until((view) => view.recusals[0].outcome === 'accepted');
  await gone();
  await challenge.getByText('Recusación aceptada').waitFor();
  assert.equal(await challenge.getByRole('button', { name: 'Designar ad hoc…' }).count(), 0);
  assert.deepEqual(await house.inBothThemes('recusacion-por-escrito-decidida'), []);
});

test('its term is suspended, resumed and extended with a reason', async () => {
  const acts = page.getByRole('button', { name: 'Otras acciones de la sesión por escrito' });
  await acts.press('Enter');
  await inMenu('Suspender el plazo…');
  await asked('Suspender la sesión');
  await page.keyboard.type('Falla del correo');
  await press('Control+Enter');
  await until((view) => view.written.state === 'suspended');
  await gone();
  await acts.press('Enter');
  await inMenu('Reanudar…');
  await asked('Reanudar la sesión');
  await dialog().getByLabel('Razón, que se imprime').fill('Se restableció el correo');
  await press('Control+Enter');
  await until((view) => view.written.state === 'running');
  await gone();
  await acts.press('Enter');
  await inMenu('Ampliar el plazo…');
  await asked('Ampliar el plazo');
  await dialog()
    .getByRole('spinbutton', { name: /^A las/ })
    .first()
    .focus();
  await page.keyboard.type('1800');
  await dialog().getByLabel('Razón, que se imprime').fill('Lo pidieron tres puestos');
  assert.deepEqual(await house.inBothThemes('ampliar-plazo'), []);
  await press('Control+Enter');
  await until((view) => view.written.terms[0].changes.length === 1);
  await says('Lo pidieron tres puestos');
  await gone();
});

test('a reply is struck out with its reason; the term over, the replies are closed and each motion has its result', async () => {
  await page.locator('.roll tbody tr').nth(1).focus();
  await press('ArrowUp', 'ArrowDown');
  await page
    .getByRole('button', { name: /^Corregir o tachar la respuesta/ })
    .last()
    .press('Enter');
  await inMenu('Tachar…');
  await asked('Tachar la respuesta');
  await dialog().getByLabel('Por qué se tacha').fill('Era de otro asunto');
  await press('Control+Enter');
  await until((view) => view.written.seats[1].replies.some((one) => one.struck));
  await gone();
  await at(house, oclock('18:05'));
  await house.restart(PLACE);
  await says('Plazo vencido');
  // One that comes now is late, in the core's words.
  await page.locator('.roll tbody tr').nth(11).focus();
  await press('Enter');
  await asked('Respuesta por escrito');
  await page.waitForFunction(() => document.activeElement?.matches('.motion button'));
  await press('c');
  await dialog().locator('.against[aria-pressed="true"]').waitFor();
  await press('Control+Enter');
  await until((view) => view.written.seats[11].replies[0]?.course.class === 'late');
  await gone();
  await press('Control+Enter');
  await asked('Cerrar las respuestas');
  // Who is left out is told before it is done: what came late, and who sent nothing.
  const closing = await page.getByRole('alertdialog').innerText();
  const { seats } = (await live()).written;
  assert.match(closing, new RegExp(`Tardía\\s+${seats[11].person.full_name}`));
  assert.match(closing, new RegExp(`Sin respuesta\\s+.*${seats[12].person.full_name}`));
  assert.deepEqual(await house.inBothThemes('cerrar-respuestas'), []);
  await press('Control+Enter');
  await until((view) => view.written.state === 'closed');
  await gone();
  await says('Aprobada');
  const { votes, course } = await live();
  assert.deepEqual([votes[0].method, course.votes[0].in_favour], ['written', 10]);
  await page.getByText(/Se respondió hasta el .*18:00; respuestas cerradas a las 18:05/).waitFor();
  assert.deepEqual(await house.inBothThemes('resultados-por-escrito'), []);
  await page.getByRole('button', { name: 'Escribir su decisión…' }).press('Enter');
  await asked('Registrar decisión');
  await press('Control+Enter');
  await until((view) => view.decisions.length === 1);
  await gone();
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.prefer({ language: 'en' });
  await house.restart(PLACE);
  assert.deepEqual(await house.inBothThemes('written-low'), []);
  assert.deepEqual(house.complaints, []);
});
