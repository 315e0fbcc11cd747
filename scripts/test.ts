// `npm test`: type check, lint, import rules, unused code, then every test. Arguments go to the test runner.
import { spawn } from 'node:child_process';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const bin = (name: string) => `node_modules/${name}`;
const checks: readonly Step[] = [
  { name: 'types', command: [bin('typescript/bin/tsc'), '--noEmit'] },
  {
    name: 'types of the page',
    command: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'src/playground/web/client'],
  },
  { name: 'lint and format', command: [bin('@biomejs/biome/bin/biome'), 'ci', '.'] },
  {
    name: 'import rules',
    command: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'commands',
    ],
  },
  { name: 'unused code', command: [bin('knip/bin/knip.js')] },
];

function run(step: Step, live: boolean): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...step.command], { stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

let failed = false;
await Promise.all(
  checks.map(async (step) => {
    const { code, output } = await run(step, false);
    console.log(`${code === 0 ? '✓' : '✗'} ${step.name}`);
    if (code === 0) return;
    failed = true;
    console.log(output);
  }),
);

const tests = await run({ name: 'tests', command: [bin('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)] }, true);
process.exit(failed || tests.code !== 0 ? 1 : 0);
