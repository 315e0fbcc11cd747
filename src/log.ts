// Structured logs on stdout, without tokens and without personal data.
import { type Logger, pino, stdTimeFunctions } from 'pino';

/** A first segment of a REST address is enough to tell what failed; the rest holds ids and interaction tokens. */
function routeOf(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const path = new URL(url).pathname.replace(/^\/api(\/v\d+)?/, '');
  return path.split('/').slice(0, 2).join('/');
}

const secretInText =
  /[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|\/(webhooks|interactions)\/\d+\/[\w-]{20,}|aW50ZXJhY3Rpb246[\w+/=-]{10,}/g;

/** Text that may hold a bot token, an interaction token or a webhook address, without it. */
export function withoutSecrets(text: string): string {
  return text.replace(secretInText, '[secret]');
}

/** What of an error is logged. Request bodies and addresses of Discord errors never are: they hold tokens and people's words. */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)) };
  const { code, status, method, url } = error as { code?: unknown; status?: unknown; method?: unknown; url?: unknown };
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    stack: withoutSecrets(error.stack ?? ''),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof status === 'number' && { status }),
    ...(typeof method === 'string' && { method, route: routeOf(url) }),
    ...(error.cause !== undefined && { cause: serializeError(error.cause) }),
  };
}

const personal = ['token', 'name', 'phone', 'email', 'address', 'recipient', 'proof', 'text', 'note'];

/** @param level as `LOG_LEVEL`; `destination` is for tests. */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: serializeError, error: serializeError },
    redact: { paths: personal.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
  };
  return pino(options, destination ?? standardOutput());
}

/**
 * Not pino's own stream, which waits with the whole process for a line that cannot be written, be it that the disk is full or
 * the terminal gone. Here such a line is lost, and the next is tried again.
 */
function standardOutput(): NodeJS.WriteStream {
  const { stdout } = process;
  if (stdout.listenerCount('error') === 0) stdout.on('error', () => undefined);
  return stdout;
}
