// Tells whether a cron expression is one that node-cron will run.
import { validate } from 'node-cron';

/** Five fields, or six with seconds first. */
export function isCronExpression(text: string): boolean {
  return /^\s*(\S+\s+){4,5}\S+\s*$/.test(text) && validate(text);
}
