// Where a conversation is held.

/** Where the conversation is held: a terminal, or a test. */
export interface Screen {
  print(text: string): void;
  /** The next line typed; undefined when there will be none. */
  ask(prompt: string): Promise<string | undefined>;
}
