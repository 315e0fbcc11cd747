// Ends a command of the shell: its exit code, or one plain line for what stood in its way.

import { StoreUnavailableError } from '../app/ports.ts';
import { ConfigError } from '../config.ts';
import { PolicyFileError } from '../files/policy-files.ts';
import { StoreDamagedError, StoreInUseError } from '../store/errors.ts';

/** The command was typed in a way it does not understand. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Others did not do what the command asked of them; the message says why, in words that may be shown. */
export class NotDoneError extends Error {
  override readonly name = 'NotDoneError';
}

const expected = [
  ConfigError,
  NotDoneError,
  PolicyFileError,
  StoreDamagedError,
  StoreInUseError,
  StoreUnavailableError,
  UsageError,
];

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Whoever reads, such as `head`, may have read enough; that is no failure of the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Runs a command. What it returns is the exit code; an expected error is one line on stderr and `failureCode`. */
export async function exitWith(command: () => Promise<number>, failureCode = 1): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!expected.some((kind) => error instanceof kind)) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = failureCode;
  }
}
