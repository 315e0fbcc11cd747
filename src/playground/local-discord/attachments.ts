// Keeps the bytes of files that were sent, and gives them addresses the bot can fetch from.
import type { Snowflake } from './snowflake.ts';
import type { Attachment, FileBytes } from './types.ts';

const typesByEnding: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

/** What senders say who do not know. */
const unknownType = 'application/octet-stream';

export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export class Attachments {
  readonly #files = new Map<string, StoredFile>();
  readonly #nextId: () => Snowflake;
  readonly #origin: () => string;

  constructor(nextId: () => Snowflake, origin: () => string) {
    this.#nextId = nextId;
    this.#origin = origin;
  }

  /** Stores a file under an address of its own. Names are reduced to letters Discord keeps: `[A-Za-z0-9_.-]`, CJK included. */
  store(channelId: Snowflake, file: FileBytes, description?: string | null): Attachment {
    const id = this.#nextId();
    const filename = file.name.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_') || 'file';
    const byName = typesByEnding[filename.split('.').at(-1)?.toLowerCase() ?? ''];
    const contentType = file.contentType && file.contentType !== unknownType ? file.contentType : byName;
    const path = `/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
    this.#files.set(`${channelId}/${id}`, {
      bytes: file.bytes,
      contentType: contentType ?? unknownType,
    });
    const url = `${this.#origin()}${path}`;
    return {
      id,
      filename,
      size: file.bytes.byteLength,
      url,
      proxy_url: url,
      ...(contentType === undefined ? {} : { content_type: contentType }),
      ...(description == null ? {} : { description }),
    };
  }

  get(channelId: Snowflake, id: Snowflake): StoredFile | undefined {
    return this.#files.get(`${channelId}/${id}`);
  }
}
