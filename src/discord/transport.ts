// The three ways an interaction can be answered on Discord's REST interface.
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { OutgoingFile } from './card.ts';

/** An answer's body: what to say, and the files that go with it. */
export interface Outgoing {
  readonly body: object;
  readonly files?: readonly OutgoingFile[];
}

export interface Transport {
  /** The first answer, within three seconds. `type`: docs, interaction callback type. */
  callback(interaction: { id: string; token: string }, type: number, data?: Outgoing): Promise<void>;
  /** Edits the first answer, or after a deferred update the message pressed. */
  edit(interaction: { applicationId: string; token: string }, data: Outgoing): Promise<void>;
  followUp(interaction: { applicationId: string; token: string }, data: Outgoing): Promise<void>;
}

function withAttachments({ body, files = [] }: Outgoing): object {
  if (files.length === 0) return body;
  return { ...body, attachments: files.map((file, index) => ({ id: String(index), filename: file.name })) };
}

const rawFiles = (data: Outgoing | undefined) => (data?.files?.length ? { files: [...data.files] } : {});

export function createTransport(rest: REST): Transport {
  return {
    async callback({ id, token }, type, data) {
      const body = { type, ...(data && { data: withAttachments(data) }) };
      await rest.post(Routes.interactionCallback(id, token), { body, auth: false, ...rawFiles(data) });
    },
    async edit({ applicationId, token }, data) {
      const body = withAttachments(data);
      await rest.patch(Routes.webhookMessage(applicationId, token), { body, auth: false, ...rawFiles(data) });
    },
    async followUp({ applicationId, token }, data) {
      const body = withAttachments(data);
      await rest.post(Routes.webhook(applicationId, token), { body, auth: false, ...rawFiles(data) });
    },
  };
}

// Unknown interaction, already acknowledged, unknown webhook, invalid webhook token, unknown message.
const lostCodes: ReadonlySet<number | string> = new Set([10_062, 40_060, 10_015, 50_027, 10_008]);
const acknowledgedCode = 40_060;

/** True where the person can no longer be answered this way. Whatever was done stays done. */
export function isAnswerLost(error: unknown): boolean {
  return error instanceof DiscordAPIError && lostCodes.has(error.code);
}

/** True where the interaction has had its first answer: also ours, when only Discord's word on it was lost and it was sent again. */
export function isAlreadyAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === acknowledgedCode;
}

/** True where Discord refused what we said: a bug of ours. */
export function isRefusedBody(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 400 && !isAnswerLost(error);
}
