// What Discord answers when it refuses: {code, message, errors?}, with the HTTP status that goes with the code.

export interface FieldError {
  readonly code: string;
  readonly message: string;
}

/** Discord's nested form errors: property names down to a list under `_errors`. */
export interface ErrorTree {
  [key: string]: ErrorTree | FieldError[];
}

export interface ErrorBody {
  readonly code: number;
  readonly message: string;
  readonly errors?: ErrorTree;
}

/** A refusal on its way to the bot. */
export class DiscordRefusal extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(`${status} ${body.code} ${body.message}`);
    this.name = 'DiscordRefusal';
    this.status = status;
    this.body = body;
  }
}

/** Discord's JSON error codes that are used here: code → [HTTP status, message]. */
const knownRefusals = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  30032: [400, 'Maximum number of application commands reached (100).'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [403, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
} as const satisfies Record<number, readonly [number, string]>;

export function refusal(code: keyof typeof knownRefusals): DiscordRefusal {
  const [status, message] = knownRefusals[code];
  return new DiscordRefusal(status, { code, message });
}

/** Collects what is wrong with a form, field by field, and refuses it with 50035 if anything is. */
export class FormErrors {
  readonly #tree: ErrorTree = {};
  readonly #root: readonly string[];
  #count = 0;

  /** @param root where the checked form stands inside the request's body */
  constructor(root: readonly string[] = []) {
    this.#root = root;
  }

  get count(): number {
    return this.#count;
  }

  add(path: readonly (string | number)[], code: string, message: string): void {
    let node = this.#tree;
    for (const segment of [...this.#root, ...path]) {
      const child = node[String(segment)];
      const next: ErrorTree = child === undefined || Array.isArray(child) ? {} : child;
      node[String(segment)] = next;
      node = next;
    }
    const list = Array.isArray(node._errors) ? node._errors : [];
    if (!list.some((known) => known.code === code && known.message === message)) list.push({ code, message });
    node._errors = list;
    this.#count += 1;
  }

  required(path: readonly (string | number)[]): void {
    this.add(path, 'BASE_TYPE_REQUIRED', 'This field is required');
  }

  refusal(): DiscordRefusal {
    return new DiscordRefusal(400, { code: 50035, message: 'Invalid Form Body', errors: this.#tree });
  }

  throwIfAny(): void {
    if (this.#count > 0) throw this.refusal();
  }
}

/** A refusal of one field. */
export function fieldRefusal(path: readonly (string | number)[], code: string, message: string): DiscordRefusal {
  const errors = new FormErrors();
  errors.add(path, code, message);
  return errors.refusal();
}
