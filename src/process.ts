// What a running process owes its operator: a graceful stop on a signal, and one plain line when it cannot go on.
import type { Logger } from 'pino';

/** Longer than any answer may take; a process manager's own patience is usually longer still. */
const stopWithinMs = 25_000;

/** A signal may come twice: to the whole process group, and once more through npm. Only a later one is impatience. */
const sameSignalMs = 2_000;

const readWithinMs = 2_000;

export interface Stopping {
  /** Stops as if asked by a signal, with this exit code. */
  stop(code: number): void;
}

/** Who reads the log through a pipe may be behind, and the last lines are those that say why it ends. */
function exitOnceRead(code: number): void {
  const patience = setTimeout(() => process.exit(code), readWithinMs);
  process.stdout.write('', () => {
    clearTimeout(patience);
    process.exit(code);
  });
}

/**
 * Calls `stop` once on SIGTERM or SIGINT and exits with 0 when it is done; a signal two seconds later or more, or taking too
 * long, exits with 1.
 * A bug that nobody caught is logged and stops the process the same way, with 1.
 */
export function stopOnSignals(log: Logger, stop: () => Promise<void>): Stopping {
  let stoppingSince: number | undefined;
  const begin = (code: number) => {
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    stop().then(
      () => exitOnceRead(code),
      (err: unknown) => {
        log.error({ err }, 'stopping failed');
        exitOnceRead(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // Of causes to end more than one may come; of signals, the second is somebody's who does not want to wait.
      if (stoppingSince !== undefined && performance.now() - stoppingSince >= sameSignalMs) process.exit(1);
      log.info({ signal }, 'stopping');
      begin(0);
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (err: unknown) => {
      log.fatal({ err }, 'a bug nobody caught; stopping');
      begin(1);
    });
  }
  return { stop: begin };
}
