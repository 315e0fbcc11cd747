// Starts the bot as the README says, holds a short conversation with it in both languages, and stops it as an operator would.
import { type ChildProcess, spawn } from 'node:child_process';

const DEADLINE_MS = 90_000;
const started = Date.now();
let output = '';

function start(): ChildProcess {
  const env = { ...process.env, HTTP_PORT: '0', DISCORD_TOKEN: '', LOG_LEVEL: 'warn' };
  const child = spawn('npm', ['start'], { env, stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return child;
}

/** Waits until everything printed since `from` matches. */
async function printed(pattern: RegExp, from = 0): Promise<string> {
  while (!pattern.test(output.slice(from))) {
    if (Date.now() - started > DEADLINE_MS) throw new Error(`${pattern} was not printed; there was:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return pattern.exec(output.slice(from))?.[1] ?? '';
}

async function say(child: ChildProcess, line: string, answer: RegExp): Promise<void> {
  const from = output.length;
  child.stdin?.write(`${line}\n`);
  await printed(answer, from);
  console.log(`✓ ${line}`);
}

async function ok(url: string): Promise<void> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  console.log(`✓ ${new URL(url).pathname}`);
}

const child = start();
const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
try {
  const address = await printed(/(http:\/\/127\.0\.0\.1:\d+)/);
  await printed(/›/);
  console.log(`✓ npm start: a conversation after ${Date.now() - started} ms`);
  for (const path of ['/healthz', '/readyz', '/metrics']) await ok(`${address}${path}`);
  await say(child, '/order status', /手工红茶礼盒[\s\S]*¥68\.00/);
  await say(child, 'lang en', /You are/);
  await say(child, '/order status', /late[\s\S]*¥68\.00/);
  await say(child, 'as qing', /staff/);
  await say(child, '/case refunds', /refund/i);
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  const code = await exited;
  if (code !== 0 && code !== null) throw new Error(`it ended with ${code} when asked to stop`);
  console.log('✓ stops when asked');
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : error}`);
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  } catch {
    // It has ended already.
  }
  process.exitCode = 1;
}
