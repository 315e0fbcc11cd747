// What Discord's own client would not let a person do: nothing reaches the bot.

/** What stands in the way, where a person may run into it by what they type or press. */
export type RefusalCode =
  /** {command, choices} */
  | 'subcommand_needed'
  /** {name} of an option, or of a form's field */
  | 'needed'
  /** {name, value, choices} */
  | 'not_a_choice'
  /** {name, min, max} in characters */
  | 'length'
  /** {name} */
  | 'not_a_number'
  /** {name} */
  | 'not_whole'
  /** {name, min, max} */
  | 'range'
  /** {name, value}: nobody, no role, no channel of that name or id */
  | 'nothing_to_pick'
  /** {min, max} of a select's options */
  | 'how_many'
  /** {name} of a button or select */
  | 'disabled'
  /** {max} in characters */
  | 'message_length';

/** A refusal without words, for who words it in the person's language; names are shown as they are to this person. */
export interface RefusalReason {
  readonly code: RefusalCode;
  readonly data: Readonly<Record<string, string | number | readonly string[]>>;
}

export class ClientRefusal extends Error {
  /** Absent where only a program runs into it. */
  readonly reason: RefusalReason | undefined;

  constructor(message: string, code?: RefusalCode, data: RefusalReason['data'] = {}) {
    super(message);
    this.name = 'ClientRefusal';
    this.reason = code === undefined ? undefined : { code, data };
  }
}
