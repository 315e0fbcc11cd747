// npm run bench [-- --quick]: every measure beside its peer, each in a process of its own. --quick leaves out 1,000,000 orders.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../src/root.ts';
import { pinduoduoCsv } from '../test/support/pinduoduo-file.ts';
import type { Figure } from './figures.ts';
import { fillStore } from './stores.ts';
import { printTable } from './table.ts';

const sizes = process.argv.includes('--quick') ? [1_000, 10_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000];

/** On the store's own disk: a temporary folder may be memory. */
const disk = projectPath('data/runtime');

export type MeasureName =
  | 'opening'
  | 'parsing'
  | 'durable'
  | 'throughput'
  | 'lookups'
  | 'snapshot'
  | 'import'
  | 'csv-parse'
  | 'order-status'
  | 'page'
  | 'scrolling';

function runMeasure(name: MeasureName, size: number, filled: string): Figure[] {
  process.stderr.write(`${name}, ${size.toLocaleString('en')} …\n`);
  const directory = mkdtempSync(join(disk, 'bench-'));
  try {
    cpSync(filled, directory, { recursive: true });
    const child = spawnSync(
      process.execPath,
      [...process.execArgv, projectPath('scripts/run.mjs'), 'bench/run-measure.ts', name, String(size), directory],
      { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    if (child.status !== 0) throw new Error(`the measure ${name} failed`);
    return JSON.parse(child.stdout) as Figure[];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A measure beside its peer, each in its own process, for the memory's sake. */
function besidePeer(
  name: MeasureName,
  peer: { readonly measure: MeasureName; readonly name: string },
  size: number,
  filled: string,
): Figure[] {
  const theirs = runMeasure(peer.measure, size, filled);
  return runMeasure(name, size, filled).map((figure) => {
    const beside = theirs.find(({ measure }) => measure === figure.measure);
    return beside ? { ...figure, peers: [...figure.peers, { name: peer.name, value: beside.value }] } : figure;
  });
}

/** Measures of the store, for one size. More are added here. */
function measureStore(size: number, filled: string): Figure[] {
  return [
    ...besidePeer('opening', { measure: 'parsing', name: 'JSON.parse of the same' }, size, filled),
    ...(['durable', 'throughput', 'lookups', 'snapshot'] as const).flatMap((name) => runMeasure(name, size, filled)),
  ];
}

function measureImport(): Figure[] {
  const rows = 100_000;
  const folder = mkdtempSync(join(disk, 'bench-'));
  try {
    writeFileSync(join(folder, 'orders.csv'), pinduoduoCsv({ rows, columns: 'full' }));
    return besidePeer('import', { measure: 'csv-parse', name: 'csv-parse alone' }, rows, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The playground's page, in a browser. */
function measurePage(): Figure[] {
  const empty = mkdtempSync(join(disk, 'bench-'));
  try {
    return [...runMeasure('page', 1, empty), ...runMeasure('scrolling', 1_000, empty)];
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

/** How a measure grows: 100,000 orders beside 1,000. */
function growth(figures: readonly Figure[], measure: string, most: number): Figure[] {
  const at = (size: number) => figures.find((figure) => figure.measure === measure && figure.size === size);
  const [small, large] = [at(1_000), at(100_000)];
  if (!small || !large) return [];
  const goal = { text: `≤ ${most} × the figure at 1,000`, reached: large.value <= most * small.value };
  return [{ ...large, measure: `${measure}, growth`, peers: [{ name: 'at 1,000', value: small.value }], goal }];
}

async function main(): Promise<void> {
  mkdirSync(disk, { recursive: true });
  const figures: Figure[] = [];
  for (const size of sizes) {
    const filled = mkdtempSync(join(disk, 'bench-'));
    try {
      await fillStore(filled, size);
      figures.push(...measureStore(size, filled));
      if (size === 100_000) figures.push(...runMeasure('order-status', size, filled));
    } finally {
      rmSync(filled, { recursive: true, force: true });
    }
  }
  figures.push(...measureImport(), ...measurePage());
  figures.push(...growth(figures, 'durable transaction, 1 caller', 1.3));
  process.stdout.write(
    'Ratios: how many times better ours is; below 1 the peer is. SQLite is libsql, which has the interface of better-sqlite3.\n',
  );
  printTable(figures);
}

await main();
