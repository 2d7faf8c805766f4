// The room's screen, from the projector: before the session opens, an item and its quorum, a vote that is open and what it
// came to, the quorum lost. Nothing that is not said aloud is on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, begin, houseWithSession, LIVE, oclock, openWith, recordOf, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page, press, says } = house;
const { live } = recordOf(house);
const SALA = `/sala/${SESSION}`;
const act = (name, request) => house.call(name, { session_id: SESSION, ...request });
/** All that is written, but for the timer, which goes on by itself. */
const shown = async () => (await page.locator('#app').innerText()).replace(/\n[\d:]+\n/, '\n');
const WALLS = [
  [1366, 768],
  [1920, 1080],
  [1024, 640],
];

/** On each wall all is seen without scrolling, and the smallest letters are a `part` of its height. */
async function reads(part = 45) {
  for (const [width, height] of WALLS) {
    await page.setViewportSize({ width, height });
    const found = await page.evaluate(() => {
      const main = document.querySelector('main');
      const texts = [...document.querySelectorAll('.room *')].filter((one) =>
        [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== ''),
      );
      const outside = (box) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
      return {
        spills: main.scrollHeight - main.clientHeight,
        outside: texts.filter((one) => outside(one.getBoundingClientRect())).map((one) => one.textContent),
        smallest: Math.min(...texts.map((one) => parseFloat(getComputedStyle(one).fontSize))),
      };
    });
    assert.ok(found.spills <= 0, `${width}: ${found.spills}px do not fit`);
    assert.deepEqual(found.outside, [], `${width}`);
    assert.ok(found.smallest >= height / part, `${width}: letters of ${found.smallest}px`);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}

test('before it opens there are the body, the session and its hour, and no frame around them', async () => {
  await at(house, oclock('07:50'));
  await house.go(SALA);
  await says('La sesión no se ha instalado');
  await says('jueves, 26 de marzo de 2026, 08:00');
  await says('Sesión ordinaria n.º');
  assert.equal(await page.locator('nav, footer, button').count(), 0);
  assert.deepEqual(await house.inBothThemes('sala-antes'), []);
  await reads();
});

test('it opens by itself as things are recorded: the roll, then the item, its timer and the quorum', async () => {
  await openWith(house, 5);
  await says('Se llama a lista');
  await says('5 de 16 presentes');
  assert.deepEqual(await house.inBothThemes('sala-lista'), []);
  await reads();
  const { roll } = await live();
  for (const row of roll.slice(5, 11)) await act('record_event', { kind: 'roll_answer', seat_id: row.seat_id });
  await says('Sigue el punto 1');
  await begin(house, '08:40', 'it-reglamento');
  await page.getByRole('heading', { name: 'Reforma del reglamento interno' }).waitFor();
  await says('Proposiciones y varios');
  await at(house, oclock('08:48:30'));
  await house.until(async () => (await page.getByRole('timer').innerText()) === '08:30', 'the timer counts');
  assert.equal(await page.getByRole('meter').getAttribute('aria-valuenow'), '11');
  await house.many(page.locator('.seats .here'), 11);
  await says('Quórum decisorio: 9 de 16');
  assert.deepEqual(await house.inBothThemes('sala-punto'), []);
  await reads();
});

test('a motion is not shown while it is debated; open, its vote has its rule and nobody’s ballot', async () => {
  await act('record_event', { kind: 'item_start', item_id: 'it-varios' });
  await page.getByRole('heading', { name: 'Proposiciones y varios' }).waitFor();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await act('file_motion', {
    id: 'mot-1',
    kind: 'substantive',
    text: 'Solicitar a la Secretaría Distrital de Hacienda el informe de ejecución de la contrapartida',
    mover_person_id: (await live()).roll[3].person.id,
  });
  await house.until(() => asked.some((url) => url.endsWith('room_view')), 'the room asks anew');
  await house.quiet();
  assert.doesNotMatch(await shown(), /contrapartida/);
  await at(house, oclock('08:52'));
  await act('open_vote', { id: 'vot-1', motion_id: 'mot-1', method: 'roll_call' });
  await says('Votación abierta');
  await says('contrapartida');
  await says('6 de 11 votos a favor');
  assert.deepEqual(await house.inBothThemes('sala-votacion'), []);
  await reads();

  const before = await shown();
  asked.length = 0;
  const { roll } = await live();
  for (const [i, row] of roll.slice(0, 11).entries())
    await house.call('cast_ballot', {
      vote_id: 'vot-1',
      seat_id: row.seat_id,
      value: i === 4 ? 'abstain' : i > 8 ? 'against' : 'for',
    });
  await house.quiet();
  assert.equal(await shown(), before);
  assert.deepEqual(
    asked.filter((url) => url.includes('/call/')),
    [],
    'while ballots are cast it asks nothing',
  );
  for (const { person } of roll) if (person) assert.ok(!before.includes(person.full_name), person.full_name);
});

test('closed, it has the result with its figures and its arithmetic', async () => {
  await at(house, oclock('08:58'));
  await house.call('close_vote', { vote_id: 'vot-1' });
  await says('Aprobada');
  const figures = await page.locator('.standing dl > div').allInnerTexts();
  assert.deepEqual(
    figures.map((line) => line.replace(/\s+/g, ' ').trim()),
    ['A favor 8', 'En contra 2', 'Abstención 1', 'Sin votar 0'],
  );
  await says('8 a favor, aprobada');
  assert.deepEqual(await house.inBothThemes('sala-resultado'), []);
  await reads();
});

test('of a motion longer than the wall all is seen, in smaller letters', async () => {
  await at(house, oclock('09:00'));
  const long = 'Encargar a la secretaría técnica de recoger, con las entidades de cada sector, '.repeat(27);
  await act('file_motion', { id: 'mot-5', kind: 'substantive', text: `${long}y presentar el resultado` });
  await act('open_vote', { id: 'vot-5', motion_id: 'mot-5', method: 'roll_call' });
  await says('y presentar el resultado');
  assert.deepEqual(await house.inBothThemes('sala-larga'), []);
  await reads(65);
  const { roll } = await live();
  for (const [i, row] of roll.slice(0, 10).entries())
    await house.call('cast_ballot', { vote_id: 'vot-5', seat_id: row.seat_id, value: i % 2 ? 'for' : 'against' });
  await at(house, oclock('09:01'));
  await house.call('close_vote', { vote_id: 'vot-5' });
  await says('Empate, por dirimir');
  await reads(65);
  await house.call('cast_casting_vote', { vote_id: 'vot-5', value: 'for' });
});

test('a secret vote has only its totals, a consensus only how many object, and what is annulled is gone', async () => {
  await at(house, oclock('09:02'));
  const long = 'Encargar a la secretaría técnica de recoger, con las entidades de cada sector, '.repeat(8);
  await act('file_motion', { id: 'mot-2', kind: 'substantive', text: `${long}y presentar el resultado` });
  await act('open_vote', { id: 'vot-2', motion_id: 'mot-2', method: 'secret' });
  await says('Secreta: cada puesto vota en una papeleta');
  await reads();
  const { roll } = await live();
  await house.call('record_secret_vote', {
    vote_id: 'vot-2',
    participant_seat_ids: roll.slice(0, 10).map((row) => row.seat_id),
    counted: { for: 4, against: 5, abstain: 1 },
  });
  await says('Negada');
  await house.many(page.locator('.standing dl > div'), 3, 'not who did not vote');
  assert.deepEqual(await house.inBothThemes('sala-secreta'), []);
  await reads();

  await at(house, oclock('09:06'));
  await act('file_motion', { id: 'mot-3', kind: 'substantive', text: 'Celebrar el foro en octubre' });
  await act('open_vote', { id: 'vot-3', motion_id: 'mot-3', method: 'consensus' });
  await says('Por consenso: se pregunta si alguien se opone');
  const before = await shown();
  await house.call('record_objection', { vote_id: 'vot-3', seat_id: roll[2].seat_id, reason: 'Falta el concepto.' });
  await house.quiet();
  assert.equal(await shown(), before, 'who objects is not told while it is open');
  await house.call('close_vote', { vote_id: 'vot-3' });
  await says('1 objeción');
  assert.doesNotMatch(await shown(), /Falta el concepto/);
  assert.deepEqual(await house.inBothThemes('sala-consenso'), []);

  await at(house, oclock('09:10'));
  await act('open_vote', { id: 'vot-4', question: '¿Se prolonga la sesión?', method: 'ordinary' });
  await says('¿Se prolonga la sesión?');
  await house.call('annul_vote', { vote_id: 'vot-4', reason: 'Se abrió por error' });
  await says('1 objeción');
  await house.quiet();
  assert.doesNotMatch(await shown(), /prolonga/);
});

test('a recess and the quorum lost are said over all else', async () => {
  await at(house, oclock('09:15'));
  await act('record_event', { kind: 'recess_start' });
  await says('En receso desde las 9:15 a. m.');
  assert.deepEqual(await house.inBothThemes('sala-receso'), []);
  await at(house, oclock('09:20'));
  await act('record_event', { kind: 'recess_end' });
  await at(house, oclock('09:24'));
  const { roll } = await live();
  for (const row of roll.slice(8, 11)) await act('record_event', { kind: 'departure', seat_id: row.seat_id });
  await says('Se perdió el quórum a las 9:24 a. m.: no se puede decidir.');
  await says('8 de 16 presentes');
  assert.deepEqual(await house.inBothThemes('sala-sin-quorum'), []);
  await reads();
});

test('it looks and speaks as the program does; F11 and Esc are of the window', async () => {
  await house.prefer({ theme: 'dark', language: 'en' });
  await says('The quorum was lost');
  await house.until(() => page.evaluate(() => document.documentElement.dataset.theme === 'dark'));
  assert.deepEqual(await house.violations(), []);
  await house.prefer({ theme: 'light', language: 'es' });
  await says('Se perdió el quórum');
  await press('F11', 'Escape');
  await house.until(async () => {
    const { done } = await house.test('state');
    const turned = done.filter((one) => 'full_screen' in Object(one)).map((one) => one.full_screen);
    return JSON.stringify(turned) === '[null,false]';
  }, 'the window is told');
});

test('Sesionar and Ctrl K lead to it, in a window of its own', async () => {
  await house.go(LIVE);
  const tab = async (open) => {
    const [other] = await Promise.all([page.context().waitForEvent('page'), open()]);
    await other.getByText('Se perdió el quórum').waitFor();
    assert.ok(other.url().endsWith(`#${SALA}`), other.url());
    await other.close();
  };
  await tab(async () => {
    await house.enter('Más acciones');
    await house.inMenu('Pantalla de la sala');
  });
  await house.go('/sesiones');
  await tab(() => house.command('Pantalla de la sala'));
  const { done } = await house.test('state');
  assert.equal(done.filter((one) => Object(one).room === SESSION).length, 2);
});

test('adjourned, it says so and nothing more', async () => {
  await house.go(SALA);
  await says('Se perdió el quórum');
  await at(house, oclock('09:40'));
  const { checks } = await house.call('session_preflight', { session_id: SESSION, step: 'adjourn' });
  const asked = checks.filter((one) => one.overridable && !one.ok);
  await act('adjourn_session', { overrides: asked.map(({ check }) => ({ check, reason: 'Se perdió el quórum.' })) });
  await says('La sesión se levantó a las 9:40 a. m.');
  assert.equal(await page.locator('footer').count(), 0);
  assert.deepEqual(await house.inBothThemes('sala-levantada'), []);
  await reads();
  await house.go('/sala/ses-nada');
  await page.locator('[role="alert"]').waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
