// The page's own files: script and style are bundled in memory, the font and the emoji come from their packages.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';
import { projectPath } from '../../root.ts';

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly gzipped: boolean;
}

export interface Assets {
  /** `index.html`, `app.js`, `app.css`, `icon.svg`, `fonts.css`, `fonts/NAME.woff2`, `emoji/NAME.svg`; undefined: there is no such file. */
  get(name: string): Promise<Asset | undefined>;
}

const typesByEnding: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** The style sheet with the font's pieces, of which a browser loads those it needs. */
const fontPackage = '@fontsource-variable/noto-sans-sc/wght.css';
const emojiPackage = '@twemoji/svg/package.json';
const fontFile = /^fonts\/([a-z0-9-]+\.woff2)$/;
const emojiFile = /^emoji\/([0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9}\.svg)$/;

const client = projectPath('src/playground/web/client/');
const { resolve } = createRequire(import.meta.url);

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [join(client, 'main.tsx'), join(client, 'style.css')],
    outdir: client,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, text }) => [path.endsWith('.css') ? 'app.css' : 'app.js', text]));
}

/** The font's own style sheet, with its files under our address. */
async function fontSheet(): Promise<string> {
  const sheet = await readFile(resolve(fontPackage), 'utf8');
  return sheet.replaceAll(/url\(\.\/files\/([a-z0-9-]+\.woff2)\)/g, 'url(/assets/fonts/$1)');
}

/** A piece of the font, or the picture of an emoji, from their packages. */
async function packaged(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const [, font] = fontFile.exec(name) ?? [];
  const [, emoji] = emojiFile.exec(name) ?? [];
  const file = font
    ? join(dirname(resolve(fontPackage)), 'files', font)
    : emoji && join(dirname(resolve(emojiPackage)), emoji);
  const bytes = file && (await readFile(file).catch(() => undefined));
  return bytes ? new Uint8Array(bytes) : undefined;
}

/** Begins bundling at once; the first to ask waits for it. */
export function createAssets(): Assets {
  const bundled = bundle();
  // Whoever asks for the page is told; until then nobody waits for it.
  bundled.catch(() => undefined);
  const texts = new Map<string, () => Promise<string | undefined>>([
    ['index.html', () => readFile(join(client, 'index.html'), 'utf8')],
    ['icon.svg', () => readFile(join(client, 'icon.svg'), 'utf8')],
    ['app.js', async () => (await bundled).get('app.js')],
    ['app.css', async () => (await bundled).get('app.css')],
    ['fonts.css', fontSheet],
  ]);
  const kept = new Map<string, Promise<Asset | undefined>>();
  const load = async (name: string): Promise<Asset | undefined> => {
    const type = typesByEnding[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    const text = await texts.get(name)?.();
    if (text !== undefined) return { bytes: new Uint8Array(await promisify(gzip)(text)), type, gzipped: true };
    const bytes = await packaged(name);
    return bytes && { bytes, type, gzipped: false };
  };
  return {
    get(name) {
      if (!texts.has(name)) return load(name);
      const asset = kept.get(name) ?? load(name);
      kept.set(name, asset);
      return asset;
    },
  };
}
