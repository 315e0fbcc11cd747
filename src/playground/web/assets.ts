// The page's own files: script and style are bundled in memory, fonts come from their packages.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly gzipped: boolean;
}

export interface Assets {
  /** `index.html`, `app.js`, `app.css`, `icon.svg`, `fonts.css`, `fonts/NAME.woff2`; undefined: there is no such file. */
  get(name: string): Promise<Asset | undefined>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** Font families by package: the style sheet with their pieces, of which a browser loads those it needs. */
const FONTS = ['@fontsource-variable/noto-sans-sc/wght.css', '@fontsource/noto-color-emoji/400.css'];
const FONT_FILE = /^[a-z0-9-]+\.woff2$/;

const client = fileURLToPath(new URL('client/', import.meta.url));
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

/** The fonts' own style sheets, with their files under our address and only in the one form every browser takes. */
async function fontSheet(): Promise<string> {
  const sheets = await Promise.all(FONTS.map((sheet) => readFile(resolve(sheet), 'utf8')));
  return (
    sheets
      .join('\n')
      // Digits and the like are text: an emoji font that stands first must not take them.
      .replaceAll(/(?<=unicode-range: )U\+23,U\+2a,U\+30-39,U\+a9,U\+ae,/g, '')
      .replaceAll(/src: url\(\.\/files\/([a-z0-9-]+\.woff2)\)[^;]*;/g, 'src: url(/assets/fonts/$1) format("woff2");')
  );
}

async function font(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!FONT_FILE.test(name)) return undefined;
  for (const sheet of FONTS) {
    const bytes = await readFile(join(dirname(resolve(sheet)), 'files', name)).catch(() => undefined);
    if (bytes) return new Uint8Array(bytes);
  }
  return undefined;
}

/** Begins bundling at once; the first to ask waits for it. */
export function createAssets(): Assets {
  const bundled = bundle();
  // Whoever asks for the page is told; until then nobody waits for it.
  bundled.catch(() => undefined);
  const texts: Readonly<Record<string, () => Promise<string | undefined>>> = {
    'index.html': () => readFile(join(client, 'index.html'), 'utf8'),
    'icon.svg': () => readFile(join(client, 'icon.svg'), 'utf8'),
    'app.js': async () => (await bundled).get('app.js'),
    'app.css': async () => (await bundled).get('app.css'),
    'fonts.css': fontSheet,
  };
  const kept = new Map<string, Promise<Asset | undefined>>();
  const load = async (name: string): Promise<Asset | undefined> => {
    const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    const text = await texts[name]?.();
    if (text !== undefined) return { bytes: new Uint8Array(await promisify(gzip)(text)), type, gzipped: true };
    const bytes = name.startsWith('fonts/') ? await font(name.slice('fonts/'.length)) : undefined;
    return bytes && { bytes, type, gzipped: false };
  };
  return {
    get(name) {
      if (!Object.hasOwn(texts, name)) return load(name);
      const asset = kept.get(name) ?? load(name);
      kept.set(name, asset);
      return asset;
    },
  };
}
