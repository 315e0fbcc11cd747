// Bundles a TypeScript file with all it imports of this project into `build/`, and only when some of that has changed.
// Packages stay outside. Plain JavaScript: it runs before anything could be translated.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** One level below the root, as `src` is: `src/root.ts` finds the project's files from either. */
const folder = join(root, 'build');

function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** What a bundle is made with besides its sources. */
function toolchain() {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'esbuild', 'package.json'), 'utf8'));
  return hashOf(
    version + readFileSync(fileURLToPath(import.meta.url), 'utf8') + readFileSync(join(root, 'tsconfig.json')),
  );
}

function contentOf(file) {
  try {
    return hashOf(readFileSync(join(root, file)));
  } catch {
    return undefined;
  }
}

/** The bundle made before, if everything it was made of is as it was then. */
function current(name) {
  try {
    const { output, made, sources } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    const isCurrent = made === toolchain() && sources.every(([file, content]) => contentOf(file) === content);
    return isCurrent && contentOf(join('build', output)) ? output : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whole at once, so that a process starting meanwhile never reads half a file. The draft's name is its writer's alone: two
 * threads of one process may bundle the same file, and each clears away what is named after it.
 */
function write(file, bytes) {
  const draft = join(folder, `.${randomUUID()}`);
  writeFileSync(draft, bytes);
  renameSync(draft, file);
}

async function make(name, file) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [{ in: file, out: name }],
    outdir: folder,
    entryNames: '[name].[hash]',
    chunkNames: `${name}.[hash]`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) write(path, contents);
  const output = Object.entries(metafile.outputs).find(
    ([, { entryPoint }]) => entryPoint === file.split(sep).join('/'),
  );
  const manifest = {
    output: basename(output[0]),
    made: toolchain(),
    sources: Object.keys(metafile.inputs).map((source) => [source, contentOf(source)]),
  };
  write(join(folder, `${name}.json`), JSON.stringify(manifest));
  const kept = new Set([`${name}.json`, ...outputFiles.map(({ path }) => basename(path))]);
  for (const old of readdirSync(folder)) {
    if (old.startsWith(`${name}.`) && !kept.has(old)) rmSync(join(folder, old), { force: true });
  }
  return manifest.output;
}

/**
 * The bundle's path.
 *
 * @param entry a TypeScript file of this project
 */
export async function bundle(entry) {
  const file = relative(root, resolve(root, entry));
  const name = file.split(sep).join('.');
  try {
    return join(folder, current(name) ?? (await make(name, file)));
  } catch (error) {
    process.stderr.write(`${file} could not be bundled into build/: ${error.message}\n`);
    process.exit(1);
  }
}

// As a program: makes the bundles of the files named ahead, for where `build/` cannot be written later.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const entry of process.argv.slice(2)) await bundle(entry);
}
