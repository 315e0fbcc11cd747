// The sample in the local Discord's README, run as it is written there.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { projectPath } from '../../src/root.ts';

it('runs', { timeout: 30_000 }, async () => {
  const readme = await readFile(projectPath('src/playground/local-discord/README.md'), 'utf8');
  const [, sample = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  // Beside `src`, as a bundle of it is.
  const file = projectPath('build/readme-sample.ts');
  await mkdir(projectPath('build'), { recursive: true });
  await writeFile(file, sample.replaceAll("'./src/", "'../src/"));
  onTestFinished(() => rm(file));
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(() => log.mockRestore());
  await import(pathToFileURL(file).href);
  expect(log.mock.calls).toEqual([
    [expect.stringMatching(/^Order 1001 arrives (1天后|24小时后|23小时后)\n/)],
    ['Noted: please hurry', true, [], []],
  ]);
});
