// Sends a request to Discord over the connections discord.js keeps, but without a stream and a URL for each: making them takes
// about as long as finding an answer, and most of it is kept until the whole heap is cleaned up.
import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js';
import { type Dispatcher, getGlobalDispatcher } from 'undici';

type SendRequest = RESTOptions['makeRequest'];

/** A response that has come in as a whole: nothing Discord says is so long that it should be read bit by bit. */
class WholeResponse implements ResponseLike {
  readonly body = null;
  readonly bodyUsed = false;
  readonly headers: Headers;
  readonly status: number;
  readonly statusText: string;
  readonly #bytes: Buffer;

  constructor(status: number, statusText: string, headers: Headers, bytes: Buffer) {
    this.status = status;
    this.statusText = statusText;
    this.headers = headers;
    this.#bytes = bytes;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  async text(): Promise<string> {
    return this.#bytes.toString();
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.#bytes.toString());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(this.#bytes).buffer;
  }
}

/** @param raw names and values in turn */
function headersOf(raw: readonly Buffer[]): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < raw.length; i += 2) headers.append(String(raw[i]), String(raw[i + 1]));
  return headers;
}

interface Settling {
  readonly resolve: (response: ResponseLike) => void;
  readonly reject: (error: unknown) => void;
}

/** Is told by undici how a request goes. */
class Exchange implements Dispatcher.DispatchHandlers {
  readonly #settling: Settling;
  readonly #signal: AbortSignal | null | undefined;
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #statusText = '';
  #headers: readonly Buffer[] = [];

  constructor(settling: Settling, signal: AbortSignal | null | undefined) {
    this.#settling = settling;
    this.#signal = signal;
  }

  onConnect(abort: (reason: Error) => void): void {
    const signal = this.#signal;
    if (signal?.aborted) abort(signal.reason);
    // Nobody takes the listener off: discord.js makes a signal for each request, and it goes with it.
    else signal?.addEventListener('abort', () => abort(signal.reason));
  }

  /** Called once more for each "early hints" or the like before the answer itself. */
  onHeaders(status: number, headers: readonly Buffer[], _resume: () => void, statusText: string): boolean {
    this.#status = status;
    this.#headers = headers;
    this.#statusText = statusText;
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    const bytes = Buffer.concat(this.#chunks);
    this.#settling.resolve(new WholeResponse(this.#status, this.#statusText, headersOf(this.#headers), bytes));
  }

  /** Once Discord has answered, what was asked has been done: it must not look like what discord.js would send again. */
  onError(error: Error): void {
    const isAnswered = this.#status >= 200;
    this.#settling.reject(isAnswered ? new Error('the answer broke off', { cause: error }) : error);
  }
}

const send: SendRequest = (url, init) => {
  const { method = 'GET', headers, body = null, signal } = init;
  // Files: they go out piece by piece.
  if (body !== null && typeof body !== 'string') return DefaultRestOptions.makeRequest(url, init);
  const pathAt = url.indexOf('/', url.indexOf('//') + 2);
  const request = {
    origin: url.slice(0, pathAt),
    path: url.slice(pathAt),
    method: method as Dispatcher.HttpMethod,
    headers: headers as Record<string, string>,
    body,
  };
  return new Promise((resolve, reject) => {
    (init.dispatcher ?? getGlobalDispatcher()).dispatch(request, new Exchange({ resolve, reject }, signal));
  });
};

function isClosedConnection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'UND_ERR_SOCKET' || error.code === 'EPIPE');
}

/**
 * For `makeRequest` of discord.js's REST, which keeps to the limits, tries again and reads errors as ever. It sends again what
 * a reset connection took with it, but not what went to one that was being closed, as happens to those that lay idle: an answer
 * would be lost. So it is told of both in the same way.
 */
export const sendRequest: SendRequest = async (url, init) => {
  try {
    return await send(url, init);
  } catch (error) {
    if (!isClosedConnection(error)) throw error;
    throw Object.assign(new Error('the connection was closed', { cause: error }), { code: 'ECONNRESET' });
  }
};

/** What sends, telling of each answer that says the token is not taken. Answers to interactions are sent without one. */
export function tellingUnauthorized(sending: SendRequest, tell: () => void): SendRequest {
  return async (url, init) => {
    const response = await sending(url, init);
    if (response.status === 401 && new Headers(init.headers as Record<string, string>).has('authorization')) tell();
    return response;
  };
}
