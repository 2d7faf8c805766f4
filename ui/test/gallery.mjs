// Shows every page of the gallery in both themes under the production content policy: takes its picture, runs
// axe and reports whatever the policy refused. Ends with 1 when anything is wrong.
import { createServer } from 'node:http';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, 'out/gallery');
const shots = join(here, 'out/shots');
const only = process.argv.slice(2);
await build({ root: join(here, '..'), mode: 'gallery', logLevel: 'error' });
mkdirSync(shots, { recursive: true });

const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'";
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.pdf': 'application/pdf',
  '.woff2': 'font/woff2',
};
const server = createServer((request, response) => {
  const path = join(root, normalize(new URL(request.url, 'http://x').pathname));
  if (!path.startsWith(root) || !existsSync(path)) return response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
  });
  response.end(readFileSync(path));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const base = `http://127.0.0.1:${server.address().port}/gallery.html`;

const profile = mkdtempSync(join(tmpdir(), 'gallery-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  viewport: { width: 1366, height: 768 },
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
const axe = readFileSync(join(here, '../node_modules/axe-core/axe.min.js'), 'utf8');
let wrong = 0;
const complain = (text) => {
  wrong += 1;
  console.log(`✗ ${text}`);
};

/** What to do on a page before its pictures, beside the page as it opens. */
const SCENES = {
  controls: {
    menu: (page) => page.locator('.btn.icon[aria-haspopup]').first().click(),
    select: (page) => page.getByRole('combobox', { name: 'Modalidad', exact: true }).click(),
    combobox: async (page) => {
      await page.getByRole('combobox', { name: 'Responsable' }).focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('nunez');
    },
    date: (page) => page.getByRole('button', { name: /Abrir el calendario: Fecha/ }).click(),
  },
  documents: {
    bold: async (page) => {
      await page.locator('.ProseMirror').first().click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('# 3 del orden ');
      await page.keyboard.press('Control+Shift+ArrowRight');
      await page.keyboard.press('Control+b');
    },
    source: async (page) => {
      await page.locator('.ProseMirror').first().click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('- no, 3. ');
      await page.getByRole('button', { name: 'Ver Markdown' }).first().click();
    },
    zoom: (page) => page.getByRole('button', { name: /Tamaño/ }).click(),
  },
  lists: {
    moved: async (page) => {
      await page.locator('li[tabindex="0"]').focus();
      await page.keyboard.press('Alt+ArrowDown');
    },
    dragged: async (page) => {
      await page.locator('li').nth(1).hover();
      const box = await page.locator('li').nth(1).locator('.handle').boundingBox();
      await page.mouse.move(box.x + 6, box.y + 10);
      await page.mouse.down();
      await page.mouse.move(box.x + 8, box.y + 120, { steps: 8 });
    },
    year: (page) => page.getByRole('button', { name: 'Año', exact: true }).click(),
    end: async (page) => {
      await page.locator('tr[tabindex="0"]').focus();
      await page.keyboard.press('End');
    },
  },
  live: {
    focus: (page) => page.locator('tr[tabindex="0"]').focus(),
    dialog: (page) => page.getByRole('button', { name: 'Cerrar votación…' }).click(),
    palette: (page) => page.evaluate(() => document.querySelector('.search').click()),
    settings: (page) => page.getByRole('button', { name: 'Apariencia' }).click(),
  },
};

async function visit(name, theme, scene, act) {
  const page = await context.newPage();
  const label = [name, scene, theme].filter(Boolean).join('-');
  page.on('pageerror', (error) => complain(`${label}: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(`${label}: ${message.text()}`);
  });
  await page.addInitScript(() => {
    // As the window does.
    Object.freeze(Object.prototype);
    globalThis.refused = [];
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    );
  });
  await page.addInitScript((kept) => localStorage.setItem('preferences', kept), JSON.stringify({ theme }));
  await page.goto(`${base}#/${name}`);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
  if (act) {
    await act(page);
    await page.waitForTimeout(400);
  }
  await page.screenshot({ path: join(shots, `${label}.png`) });
  for (const refused of await page.evaluate(() => globalThis.refused)) complain(`${label}: policy refused ${refused}`);
  // Through the debugger's own context: the policy must not be loosened for the check.
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  for (const violation of found.violations)
    for (const node of violation.nodes)
      complain(
        `${label}: axe ${violation.id}: ${node.target.join(' ')} ${node.failureSummary.split('\n').slice(1, 3).join(' ')}`,
      );
  await page.close();
}

try {
  const page = await context.newPage();
  await page.goto(base);
  await page.waitForFunction(() => document.body.dataset.pages);
  const names = (await page.evaluate(() => document.body.dataset.pages)).split(' ');
  await page.close();
  for (const name of names) {
    if (only.length > 0 && !only.includes(name)) continue;
    for (const theme of ['light', 'dark']) {
      await visit(name, theme);
      for (const [scene, act] of Object.entries(SCENES[name] ?? {})) await visit(name, theme, scene, act);
    }
  }
} finally {
  await context.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(wrong === 0 ? 'gallery: nothing wrong' : `gallery: ${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);
