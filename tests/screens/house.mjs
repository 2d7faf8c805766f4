// A window for a test: the test server with the real core, and Debian's Chromium showing the built pages.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fromPages = createRequire(join(root, 'ui/package.json'));
const { chromium } = fromPages('playwright-core');
const axe = readFileSync(fromPages.resolve('axe-core/axe.min.js'), 'utf8');

const SERVER = process.env.ACTARIO_TEST_SERVER ?? join(root, 'target/debug/actario-test-server');
/** Where pictures go; `docs/screens` when those of the documentation are taken anew. */
const PICTURES = process.env.PICTURES ?? join(root, 'target/screens');
/** For the documentation: the names of the pictures that its pages show. Only they are taken. */
const SHOWN =
  process.env.PICTURES &&
  ['README.md', ...readdirSync(join(root, 'docs/guia')).map((page) => `docs/guia/${page}`)].flatMap((page) =>
    Array.from(readFileSync(join(root, page), 'utf8').matchAll(/screens\/([\w-]+)\.png/g), ([, name]) => name),
  );

/** How many times slower the window computes (`SLOWER=4`): what races on a tired machine is seen on a good one. */
const SLOWER = Number(process.env.SLOWER ?? 0);

/** The morning after the demo year's last session. */
export const NOW = '2025-12-31T15:00:00Z';

/** A test server without a window: its process and its address. Programs in `programs` go before the computer's own. */
export async function startServer(now = NOW, programs = null) {
  const path = [programs, process.env.PATH].filter(Boolean).join(delimiter);
  const server = spawn(SERVER, ['--now', now, '--pages', join(root, 'ui/dist')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PATH: path },
  });
  process.once('exit', () => server.kill()); // also when the stories could not begin
  const lines = createInterface({ input: server.stdout });
  const address = await new Promise((ready, failed) => {
    lines.once('line', ready);
    server.once('error', failed);
    server.once('exit', (code) => failed(new Error(`the test server ended with ${code}`)));
  });
  return { server, address };
}

/**
 * Opens a window. `person` is who works at it (null: nobody has said so yet), `demo` opens the demonstration.
 * `programs` is a folder with programs of the test's own, such as those of a print service.
 * What the pages complain about (errors, refusals of the content policy) is kept in `complaints`.
 */
export async function openHouse({
  now = NOW,
  demo = true,
  person = { name: 'Gloria Peña', role: 'secretaria técnica' },
  programs = null,
} = {}) {
  const { server, address } = await startServer(now, programs);
  const profile = mkdtempSync(join(tmpdir(), 'screens-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport: { width: 1366, height: 768 },
    locale: 'es-CO',
    timezoneId: 'America/Bogota',
    reducedMotion: 'reduce',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(15_000);
  if (SLOWER) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A call that is refused answers 422, which Chromium writes to the console; the page shows it.
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('422'))
      complaints.push(message.text());
  });
  /** What the pages are asking, but for the stream of changes, which stays open. */
  const asking = new Set();
  page.on('request', (request) => request.resourceType() !== 'eventsource' && asking.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => asking.delete(request));
  /** Two frames: what was decided before is painted. */
  const painted = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  /** Waits until something inside `selector` has the keys and keeps them: what opens hands them on. */
  const keysRest = async (selector) => {
    const rests = (inside) =>
      page.evaluate(async (within) => {
        const one = document.activeElement;
        if (!one?.closest(within)) return false;
        for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
        return document.activeElement === one;
      }, inside);
    for (const limit = Date.now() + 15_000; !(await rests(selector));) {
      if (Date.now() > limit) throw new Error(`nothing in ${selector} has the keys`);
      await painted();
    }
  };
  await page.addInitScript(() => {
    Object.freeze(Object.prototype); // as the window does
    addEventListener('securitypolicyviolation', (event) =>
      console.error(
        `policy refused ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      ),
    );
  });

  const post = async (path, body) => {
    const reply = await fetch(`${address}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const value = await reply.json();
    if (!reply.ok) throw Object.assign(new Error(`${path}: ${value.message}`), value);
    return value;
  };
  const house = {
    page,
    complaints,
    /** Makes a call of the core beside the window; gives its value. */
    call: async (name, request = {}) => (await post(`call/${name}`, request)).value,
    /** A command of the shell. */
    shell: (name, request = {}) => post(`shell/${name}`, request),
    /** What only a test decides: clock, pick, give, theme, close, reset, state. */
    test: (name, request = {}) => post(`test/${name}`, request),
    /** The person's choices: theme, language, density, text. */
    prefer: (change) => post('shell/set_preferences', { change }),
    /** Goes to a place (`/sesiones`) as a link does, and waits until nothing is being asked. */
    go: async (path) => {
      await page.goto(`${address}/#${path}`);
      await house.quiet();
    },
    /** Opens the pages anew, as starting the program does. */
    restart: async (path = '/') => {
      await page.goto('about:blank');
      await house.go(path);
    },
    /** Waits until fonts are there and nothing is being asked or loading, for six frames together. */
    quiet: async () => {
      await page.evaluate(() => document.fonts.ready);
      const limit = Date.now() + 15_000;
      for (let calm = 0; calm < 3;) {
        await painted();
        const busy = asking.size > 0 || (await page.locator('[aria-busy="true"]').count()) > 0;
        calm = busy ? 0 : calm + 1;
        if (Date.now() > limit) throw new Error(`never quiet: ${[...asking].map((one) => one.url()).join(' ')}`);
      }
    },
    /** Waits until `holds` gives true, asking again and again, and then until the page is quiet. */
    until: async (holds, what = String(holds)) => {
      for (let tries = 0; tries < 250; tries += 1) {
        if (await holds()) return house.quiet();
        await page.waitForTimeout(40);
      }
      throw new Error(`it never came: ${what}`);
    },
    /** Waits until the page has that many of it: a list that is still being asked for is not yet an answer. */
    many: async (locator, expected, what) => {
      for (let tries = 0; tries < 250 && (await locator.count()) !== expected; tries += 1)
        await page.waitForTimeout(40);
      assert.equal(await locator.count(), expected, what);
    },
    /** Waits until the page says so. */
    says: (text) => page.getByText(text).first().waitFor(),
    /** Presses keys one after another. */
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    /** Goes to the first button of that name and presses it, once what came before no longer takes the keys away. */
    enter: async (name, { exact = false } = {}) => {
      const button = page.getByRole('button', { name, exact }).first();
      for (let tries = 0; tries < 5; tries += 1) {
        await button.focus();
        await painted();
        if (await button.evaluate((element) => element === document.activeElement)) break;
      }
      await page.keyboard.press('Enter');
    },
    /** Goes down an open menu to an entry and takes it. */
    inMenu: async (name) => {
      const entry = page.getByRole('menuitem', { name });
      await entry.waitFor();
      for (let down = 0; down < 12; down += 1) {
        if ((await entry.getAttribute('data-highlighted')) !== null) return page.keyboard.press('Enter');
        await page.keyboard.press('ArrowDown');
        await painted();
      }
      throw new Error(`${name} is not reached`);
    },
    /** Waits for the dialog that says so, until it has the keys. */
    asked: async (text) => {
      await page.locator('.dialog', { hasText: text }).first().waitFor();
      await keysRest('.dialog');
    },
    /** Types into the dialog that a key has just opened, once it has the keys. */
    typeInDialog: async (text) => {
      await keysRest('.dialog');
      await page.keyboard.type(text);
    },
    /** Waits until the field whose name begins so has the keys. */
    inField: (name) =>
      page.waitForFunction((label) => document.activeElement?.labels?.[0]?.textContent.trim().startsWith(label), name),
    /** Types words into Ctrl+K, once it has the keys. */
    palette: async (words) => {
      await page.keyboard.press('Control+k');
      await keysRest('.palette [role="combobox"]');
      await page.keyboard.type(words);
    },
    /** Takes from Ctrl+K the command that says so, once it is the one chosen. */
    command: async (words) => {
      await house.palette(words);
      await page.locator('[role="option"][aria-selected="true"]', { hasText: words }).first().waitFor();
      await page.keyboard.press('Enter');
    },
    /** Waits until the shell was told to do something with that file: open it, save it. */
    handled: (file) =>
      house.until(async () => JSON.stringify((await house.test('state')).done).includes(file), `${file} is handled`),
    /** A picture of the window; for the documentation with a palette, a third of the size to the same eye. */
    picture: async (name) => {
      if (SHOWN && !SHOWN.includes(name)) return;
      mkdirSync(PICTURES, { recursive: true });
      const path = join(PICTURES, `${name}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      if (SHOWN) execFileSync('pngquant', ['--force', '--strip', '--speed', '1', '--output', path, path]);
    },
    /** What axe finds, one line each. */
    violations: async () => {
      await page.evaluate(axe); // evaluated by the test, not loaded by the page: the policy stays as it is
      const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      return result.violations.map(
        (v) =>
          `${v.id}: ${v.help} — ${v.nodes
            .slice(0, 3)
            .map((n) => n.html.slice(0, 160))
            .join(' | ')}`,
      );
    },
    /** Both themes: a picture each (`NAME-light`, `NAME-dark`), and what axe finds in either. */
    inBothThemes: async (name) => {
      const found = [];
      for (const theme of ['light', 'dark']) {
        await page.evaluate((value) => (document.documentElement.dataset.theme = value), theme);
        await painted();
        // However short, a change of colour that has begun is not over: half of it is read as poor contrast.
        await page.evaluate(() =>
          Promise.all(
            document
              .getAnimations()
              .filter((one) => one instanceof CSSTransition)
              .map((one) => one.finished.catch(() => undefined)),
          ),
        );
        await house.picture(`${name}-${theme}`);
        for (const line of await house.violations()) found.push(`${name} ${theme}: ${line}`);
      }
      await page.evaluate(() => (document.documentElement.dataset.theme = 'light'));
      return found;
    },
    close: async () => {
      await context.close();
      server.kill();
      rmSync(profile, { recursive: true, force: true });
    },
  };
  await house.prefer({ theme: 'light', language: 'es', ...(person ? { actor: person } : {}) });
  if (demo) {
    const { folder } = await house.test('state');
    await house.call('create_archive', { path: join(folder, 'comision.actario'), demo: true });
  }
  await house.go('/');
  return house;
}

/** What a file of stories begins with: a window as `openHouse` opens it, closed after the last story. */
export async function houseOfStories(options) {
  const house = await openHouse(options);
  after(() => house.close());
  return house;
}
