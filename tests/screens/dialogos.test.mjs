// Dialogs: what opens inside one is on top of it and can be pressed, and Ctrl Enter confirms it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;

/** Of the parts inside the floating `selector` that are in sight, the words of those covered by something else. */
const covered = (selector, parts) =>
  page.evaluate(
    ([of, inside]) => {
      const list = document.querySelector(of);
      const frame = list.getBoundingClientRect();
      const seen = [...list.querySelectorAll(inside)].filter((part) => {
        const box = part.getBoundingClientRect();
        const middle = (box.top + box.bottom) / 2;
        return box.height > 0 && middle > frame.top && middle < frame.bottom;
      });
      if (seen.length === 0) return ['nothing in sight'];
      return seen
        .filter((part) => {
          const box = part.getBoundingClientRect();
          const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
          return !part.contains(top);
        })
        .map((part) => part.textContent.trim());
    },
    [selector, parts],
  );

/** Presses the middle of what is seen, as a hand does: whatever is on top there gets it. */
async function press(part) {
  const box = await part.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

test('the list of a choice opens over the dialog, and pressing an option chooses it', async () => {
  await house.go('/sesiones');
  await page.keyboard.press('Control+n');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const kind = dialog.getByRole('combobox', { name: /Clase/ });
  await kind.focus();
  await page.keyboard.press('ArrowDown');
  const options = page.getByRole('option');
  await options.first().waitFor();
  assert.deepEqual(await covered('.choices', '[role=option]'), []);
  const other = page.getByRole('option', { name: /extraordinaria/i });
  const words = (await other.innerText()).trim();
  await press(other);
  await options.first().waitFor({ state: 'detached' });
  assert.equal((await kind.innerText()).trim(), words);
});

test('the calendar of a date opens over the dialog, and pressing a day chooses it', async () => {
  const dialog = page.getByRole('dialog').first();
  await dialog
    .getByRole('button', { name: /calendario/i })
    .first()
    .click();
  await page.locator('.popover').getByRole('grid').waitFor();
  assert.deepEqual(await covered('.popover', '[role=gridcell] *'), []);
  await press(page.locator('.popover').getByRole('grid').getByText('17', { exact: true }));
  await page.locator('.popover').getByRole('grid').waitFor({ state: 'detached' });
  assert.equal(await dialog.getByRole('spinbutton').first().innerText(), '17');
});

test('Esc asks before it throws away what was written, and gives the keys back', async () => {
  const dialog = page.getByRole('dialog').first();
  const day = dialog.getByRole('spinbutton').first();
  await day.focus();
  const focused = (words) =>
    page.waitForFunction((want) => document.activeElement?.textContent?.trim() === want, words);
  await page.keyboard.press('Escape');
  await dialog.getByText('¿Descartar lo escrito?').waitFor();
  await focused('Seguir');
  assert.deepEqual(await house.inBothThemes('dialogo-descartar'), []);
  await page.keyboard.press('Enter');
  await dialog.getByText('¿Descartar lo escrito?').waitFor({ state: 'detached' });
  await focused('17');
  // A click beside it asks, too.
  await page.mouse.click(20, 20);
  await focused('Seguir');
  await page.keyboard.press('Tab');
  await focused('Descartar');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
});

test('a list of two lines to the option: over the dialog, each under the other, chosen by keys; Ctrl Enter confirms', async () => {
  await house.go('/propuestas');
  await page.keyboard.press('Control+n');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('textbox').first().fill('Red de ciudades puerto');
  const entity = dialog.getByRole('combobox').first();
  await entity.focus();
  await page.keyboard.type('secretar');
  await page.getByRole('option').first().waitFor();
  assert.deepEqual(await covered('.choices', '[role=option]'), []);
  const rows = await page.getByRole('option').evaluateAll((all) =>
    all.map((one) => ({
      box: one.getBoundingClientRect(),
      needs: one.scrollHeight,
      has: one.clientHeight,
      two: !!one.querySelector('small'),
    })),
  );
  assert.ok(
    rows.some((row) => row.two),
    'no option of two lines',
  );
  for (const [i, row] of rows.entries()) {
    assert.ok(row.needs <= row.has, `option ${i} is taller than its row`);
    if (i > 0) assert.ok(row.box.top >= rows[i - 1].box.bottom - 0.5, `option ${i} is drawn on the one before`);
  }
  await house.picture('dialogo-lista');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor({ state: 'detached' });
  assert.match(await entity.inputValue(), /secretar/i);
  // Esc leaves; what was typed is there again.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+n');
  assert.equal(await dialog.getByRole('textbox').first().inputValue(), 'Red de ciudades puerto');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/propuestas\/./);
  await page.getByText('Red de ciudades puerto').first().waitFor();
});

test('Ctrl Enter on a closed choice confirms and opens no list', async () => {
  await house.go('/sesiones');
  await page.keyboard.press('Control+n');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('spinbutton').first().focus();
  await page.keyboard.type('19022026');
  await dialog.getByRole('combobox', { name: /Clase/ }).focus();
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('option').count(), 0);
  assert.deepEqual(house.complaints, []);
});
