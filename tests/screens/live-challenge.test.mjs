// Sesionar, by keyboard: somebody is challenged, answers, the superior decides, another person is named ad hoc and votes in
// that item alone; a recusal declared late whose term is past; and what the minutes tell of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { pick } from './preparation.mjs';
import {
  assertPrinted,
  at,
  begin,
  convene,
  CONVENED,
  LIVE,
  MINUTES,
  oclock,
  openWith,
  putToVote,
  recordOf,
  SESSION,
  underRules,
} from './session.mjs';

const house = await houseOfStories({ now: CONVENED });
const { page, press, asked, inMenu } = house;
const { live, until } = recordOf(house);
await underRules(house, (rules) => ({
  ...rules,
  recusal: {
    ...rules.recusal,
    decided_by: 'superior',
    vote_rule: null,
    terms: { send_days: 3, answer_days: 5, decision_days: 10, source: 'CPACA, art. 12' },
  },
}));
await convene(house);
await openWith(house, 10);
await begin(house, '08:10', 'it-reglamento');
await at(house, oclock('08:20'));
await house.go(LIVE);

const dialog = () => page.locator('.dialog');
const field = (role, name) => dialog().getByRole(role, { name });
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
const SEAT = 'com-salud';
const HOLDER = 'Saúl Evaristo Güiza-Yáñez Peñuela';
const AD_HOC = 'Hernán Crisóstomo Bañol-Quintero Úsuga';
const challenge = page.getByRole('region', { name: `Recusación de ${HOLDER}` });
const row = async () => (await live()).roll.find((one) => one.seat_id === SEAT);

test('somebody of no archive challenges a member, in writing, with its hour; the matter waits, and its terms are told', async () => {
  await page.locator('tbody tr').first().focus();
  await press('8', 'Enter');
  await inMenu('Es recusado…');
  await asked('Recusación');
  await dialog().getByText('Lo decide el superior o la cabeza del sector').waitFor();
  // Who challenges is asked for by the core, at the field.
  await field('textbox', 'Causal').focus();
  await page.keyboard.type('interés directo en la reforma');
  await press('Control+Enter');
  await dialog().getByText('Diga quién recusa: la persona o su nombre.').waitFor();
  await field('combobox', 'Quién recusa').focus();
  await page.keyboard.type('Marta Gómez');
  await page.getByRole('option', { name: 'Solo el nombre: «Marta Gómez»' }).waitFor();
  await press('ArrowDown', 'Enter');
  await page.waitForFunction(() => document.querySelector('.dialog input:valid')?.value === 'Marta Gómez');
  await field('spinbutton', /^Hora .*hora$/).focus();
  await page.keyboard.type('0815');
  await dialog()
    .locator('input[type="file"]')
    .setInputFiles({ name: 'recusacion.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 escrito') });
  await dialog().getByText('Archivo: recusacion.pdf').waitFor();
  assert.deepEqual(await house.inBothThemes('recusacion'), []);
  await press('Control+Enter');
  await gone();
  await until((view) => view.recusals.length === 1);
  const [made] = (await live()).recusals;
  assert.deepEqual(
    [made.kind, made.challenger, made.declared_at, made.declared_in_writing, made.file],
    ['challenged', 'Marta Gómez', oclock('08:15').replace('.000', ''), true, 'recusacion.pdf'],
  );
  await challenge.getByText('Recusa Marta Gómez · 08:15 · por escrito').waitFor();
  await challenge.getByText('Recusación por decidir: el asunto queda suspendido.').waitFor();
  await challenge.getByText(`${HOLDER} responde la recusación hasta el 6 de abril de 2026 (CPACA, art. 12).`).waitFor();
  await challenge.getByText(/Se decide sobre .* hasta el 20 de abril de 2026/).waitFor();
  await challenge.getByRole('button', { name: 'Abrir recusacion.pdf' }).press('Enter');
  await house.handled('recusacion.pdf');
  await page.getByRole('button', { name: 'Cronología' }).press('Enter');
  await page.locator('.log li', { hasText: 'Recusación' }).getByText('Recusa Marta Gómez').waitFor();
  await page.getByRole('button', { name: 'Punto', exact: true }).press('Enter');
});

test('decided before they answer, it asks at once for the reason that is printed', async () => {
  await challenge.getByRole('button', { name: 'Decidir la recusación…' }).press('Enter');
  await asked(`Recusación de ${HOLDER}`);
  await field('textbox', 'Por qué se decide sin su respuesta (se imprime)').waitFor();
  await field('textbox', 'Acto que lo decide').focus();
  await page.keyboard.type('Resolución 7 de 2026');
  await press('Control+Enter');
  await dialog().getByText('no ha respondido la recusación (CPACA, art. 12).').waitFor();
  assert.deepEqual(await house.inBothThemes('recusacion-sin-respuesta'), []);
  await dialog().getByRole('button', { name: 'Cancelar' }).press('Enter');
  await gone();
  assert.equal((await live()).recusals[0].outcome, 'pending');
});

test('whoever is challenged answers: what they do not accept is said in words', async () => {
  await at(house, oclock('08:25'));
  await challenge.getByRole('button', { name: 'Registrar su respuesta…' }).press('Enter');
  await asked(`Respuesta de ${HOLDER}`);
  await dialog().getByLabel('No acepta la causal').focus();
  await press('Space');
  await press('Control+Enter');
  await dialog()
    .getByText(/Escriba qué respondió quien no acepta la causal/)
    .waitFor();
  await field('textbox', 'Sus palabras').focus();
  await page.keyboard.type('No tengo ese interés.');
  assert.deepEqual(await house.inBothThemes('recusacion-respuesta'), []);
  await press('Control+Enter');
  await gone();
  await until((view) => view.recusals[0].answer !== null);
  await challenge.getByText('No aceptó la causal · 08:25: «No tengo ese interés.»').waitFor();
  assert.equal(await challenge.getByText(/responde la recusación/).count(), 0);
  await challenge.getByText(/Se decide sobre .* hasta el 13 de abril de 2026/).waitFor();
  assert.deepEqual(await house.inBothThemes('recusacion-en-el-punto'), []);
});

test('a term that is past says so', async () => {
  await at(house, '2026-04-15T14:00:00Z');
  await house.restart(LIVE);
  await challenge.getByText(/^Vencido: Se decide sobre .* hasta el 13 de abril de 2026/).waitFor();
  assert.deepEqual(await house.violations(), []);
  await at(house, oclock('08:30'));
  await house.restart(LIVE);
});

test('the superior decides by an act, and the seat leaves the item; somebody is named ad hoc and votes', async () => {
  await challenge.getByRole('button', { name: 'Decidir la recusación…' }).press('Enter');
  await asked(`Recusación de ${HOLDER}`);
  await dialog().getByText('«No tengo ese interés.»').waitFor();
  await field('textbox', 'Acto que lo decide').focus();
  await page.keyboard.type('Resolución 8 de 2026');
  assert.deepEqual(await house.inBothThemes('recusacion-decidir'), []);
  await press('Control+Enter');
  await gone();
  await until((view) => view.recusals[0].outcome === 'accepted');
  await challenge.getByText('Recusación aceptada').waitFor();
  await page.getByRole('row').filter({ hasText: HOLDER }).getByText('Impedimento 08:30').waitFor();
  // Whoever is out still counts, or not, by the rule: the figures say how many of those present are out.
  await page.getByText(/hay 10, 1 de ellos impedido/).waitFor();

  await at(house, oclock('08:40'));
  await challenge.getByRole('button', { name: 'Designar ad hoc…' }).press('Enter');
  await asked('Designar ad hoc');
  // Whoever sits in another seat is refused by the core, and the sentence says so.
  await pick(page, field('combobox', 'Persona designada'), 'Lucrecia Inmaculada');
  await field('textbox', 'Acto que la designa').focus();
  await page.keyboard.type('Resolución 9 de 2026');
  await press('Control+Enter');
  await dialog()
    .getByText(/Nadie ocupa dos puestos a la vez/)
    .waitFor();
  await field('combobox', 'Persona designada').focus();
  await press('Control+a');
  await pick(page, field('combobox', 'Persona designada'), 'Hernán');
  assert.deepEqual(await house.inBothThemes('ad-hoc'), []);
  await press('Control+Enter');
  await gone();
  await until((view) => view.recusals[0].ad_hoc !== null);
  await challenge.getByText(`Ad hoc: ${AD_HOC} (Resolución 9 de 2026)`).waitFor();
  const sits = page.getByRole('row').filter({ hasText: AD_HOC });
  await sits.getByText('Ad hoc').waitFor();
  assert.equal(await sits.getByRole('switch').getAttribute('aria-checked'), 'true');
  assert.deepEqual([(await row()).capacity, (await row()).counts], ['ad_hoc', true]);

  await putToVote(house, 'Aprobar la reforma del artículo 14');
  assert.deepEqual(await house.inBothThemes('votar-con-ad-hoc'), []);
  await press(...'ffffffffff');
  await until((view) => view.ballots.length === 10);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await until((view) => view.votes[0].status === 'closed');
  const view = await live();
  assert.equal(view.course.votes[0].in_favour, 10);
  assert.equal(view.ballots.find((one) => one.seat_id === SEAT).person_id, view.recusals[0].ad_hoc.person_id);
});

test('in the next item nobody sits for the seat until its holder is back', async () => {
  await gone();
  await at(house, oclock('08:50'));
  await house.call('record_event', { session_id: SESSION, kind: 'item_start', item_id: 'it-varios' });
  await until((view) => view.course.present.length === 9);
  await page.locator('tbody tr').first().focus();
  await press('8', 'Enter');
  await inMenu('Regresa al recinto');
  await until((view) => view.recusals[0].returned_at !== null);
  assert.deepEqual([(await row()).person.full_name, (await row()).capacity], [HOLDER, 'holder']);
});

test('a recusal without its text: the file comes later; rejected, the seat votes', async () => {
  await at(house, oclock('08:55'));
  await page.locator('tbody tr').first().focus();
  await press('3', 'Enter');
  await inMenu('Se declara impedido…');
  await house.typeInDialog('Parentesco con un proponente');
  await press('Control+Enter');
  await gone();
  await until((view) => view.recusals.length === 2);
  const declared = page.getByRole('region', { name: /^Impedimento de Jerónimo/ });
  await declared.getByText(/se envía a quien lo decide hasta el 31 de marzo de 2026/).waitFor();
  await declared
    .locator('input[type="file"]')
    .setInputFiles({ name: 'impedimento.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 escrito') });
  await declared.getByRole('button', { name: 'Abrir impedimento.pdf' }).waitFor();
  await declared
    .getByText(/· por escrito|por escrito/)
    .first()
    .waitFor();
  await declared.getByRole('button', { name: 'Decidir el impedimento…' }).press('Enter');
  await asked('Impedimento de Jerónimo');
  await field('textbox', 'Acto que lo decide').focus();
  await page.keyboard.type('Resolución 10 de 2026');
  await field('button', 'Negar el impedimento').focus();
  await press('Enter');
  await gone();
  await until((view) => view.recusals[1].outcome === 'rejected');
  await declared.getByText('Impedimento negado').waitFor();
  await page.setViewportSize({ width: 1024, height: 640 });
  assert.deepEqual(await house.inBothThemes('impedimento-negado'), []);
  await house.prefer({ language: 'en' });
  await house.restart(LIVE);
  await page.locator('tbody tr').first().focus();
  await press('5', 'Enter');
  await inMenu('Is challenged…');
  await asked('Challenge');
  assert.deepEqual(await house.inBothThemes('challenge-low'), []);
  await press('Escape');
  await gone();
  await page.setViewportSize({ width: 1366, height: 768 });
  await house.prefer({ language: 'es' });
  await house.restart(LIVE);
});

test('the minutes tell it', async () => {
  await at(house, oclock('09:10'));
  await house.call('adjourn_session', { session_id: SESSION });
  await assertPrinted(house, [
    'Marta Gómez recusó al doctor',
    'no aceptó la causal de la recusación: «No tengo ese interés».',
    'Aceptada la recusación mediante la Resolución 8 de 2026',
    `mediante la Resolución 9 de 2026, se designó ad hoc al doctor ${AD_HOC}`,
  ]);
  await house.go(MINUTES);
  await page.locator('.page canvas').first().waitFor({ timeout: 10_000 });
  assert.deepEqual(house.complaints, []);
});
