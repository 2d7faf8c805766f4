import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * What the window's first picture needs, as one file: each file more delays it, and so does what is not needed yet.
 * The program begins at `main.ts` and shows one of two screens first.
 */
function startup(): { plugin: Plugin; has: (id: string) => boolean } {
  const needed = new Set<string>();
  return {
    plugin: {
      name: 'startup',
      buildEnd() {
        const walk = (id: string) => {
          if (needed.has(id)) return;
          needed.add(id);
          for (const next of this.getModuleInfo(id)?.importedIds ?? []) walk(next);
        };
        for (const first of ['main.ts', 'screens/today/Today.svelte', 'screens/start/Start.svelte'])
          walk(here(`src/${first}`));
      },
    },
    has: (id) => needed.has(id),
  };
}
const first = startup();

/** What pdf.js loads by name while it draws (substitute fonts, image decoders), served under `pdf/`. */
function pdfResources(): Plugin {
  const folders = ['standard_fonts', 'wasm'].map((name) => here(`node_modules/pdfjs-dist/${name}`));
  const find = (name: string) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  return {
    name: 'pdf-resources',
    configureServer(server) {
      server.middlewares.use('/pdf/', (request, response, next) => {
        const path = find(basename((request.url ?? '').split('?')[0] ?? ''));
        if (path) createReadStream(path).pipe(response);
        else next();
      });
    },
    generateBundle() {
      for (const folder of folders)
        for (const name of readdirSync(folder))
          if (!name.startsWith('LICENSE'))
            this.emitFile({ type: 'asset', fileName: `pdf/${name}`, source: readFileSync(join(folder, name)) });
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), svelteTesting(), pdfResources(), first.plugin],
  base: './',
  server: { port: 5173, strictPort: true },
  worker: { format: 'es' },
  build: {
    target: ['safari17.4', 'chrome130'],
    // Everything is a file of its own: the content policy allows no data addresses for scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    outDir: mode === 'gallery' ? 'test/out/gallery' : 'dist',
    rollupOptions: {
      input: mode === 'gallery' ? here('gallery.html') : here('index.html'),
      output: { codeSplitting: { groups: [{ name: 'program', test: first.has }] } },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'test/**/*.test.ts'], setupFiles: ['test/setup.ts'] },
}));
