// Endpoints about messages in a channel: sending, reading, editing, deleting.
import type { Core } from '../core.ts';
import type { Channel } from '../entities.ts';
import { fieldRefusal, refusal } from '../errors.ts';
import { checkMessage, type MessageBody } from '../message-rules.ts';
import type { MessageRecord } from '../messages.ts';
import { Permission } from '../permissions.ts';
import type { Json, Message } from '../types.ts';
import { channelFor, checkDeliverable } from './access.ts';
import { noContent, ok, type RestRequest, type Route } from './route.ts';

const maxListed = 100;
const defaultListed = 50;

function publicMessages(core: Core, channel: Channel): MessageRecord[] {
  return core.messages.inChannel(channel.id).filter((record) => record.visibleTo === null);
}

function publicMessage(request: RestRequest, channel: Channel): MessageRecord {
  const record = request.core.messages.get(channel.id, request.param('message'));
  if (record.visibleTo !== null) throw refusal(10008);
  return record;
}

/** The message a reply refers to, as the fields it adds to the new message. */
function referenced(core: Core, channel: Channel, body: MessageBody): Partial<Message> {
  const reference = body.message_reference;
  if (reference == null) return {};
  const record = core.messages.find(reference.message_id);
  if (record === undefined || record.message.channel_id !== channel.id) {
    if (reference.fail_if_not_exists === false) return {};
    throw fieldRefusal(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
  }
  const { id } = record.message;
  return {
    type: 19,
    message_reference: { type: 0, message_id: id, channel_id: channel.id },
    referenced_message: record.message,
  };
}

/** A reply needs the right to read what it replies to. */
function checkReply({ world }: Core, channel: Channel, body: MessageBody): void {
  if (body.message_reference == null || channel.guildId === null) return;
  const bits = world.permissionsOf(channel.guildId, world.botId, channel);
  if ((bits & Permission.readMessageHistory) === 0n) throw refusal(160002);
}

function send(request: RestRequest): Message {
  const { core, files } = request;
  const body = (request.body ?? {}) as MessageBody;
  const channel = channelFor(request);
  channelFor(request, channel.thread === null ? 'sendMessages' : 'sendMessagesInThreads');
  if (files.length > 0) channelFor(request, 'attachFiles');
  checkDeliverable(core, channel);
  checkMessage(body, { files });
  checkReply(core, channel, body);
  if (body.enforce_nonce === true && body.nonce != null) {
    const earlier = core.messages.byNonce(channel.id, core.world.botId, body.nonce);
    if (earlier !== undefined) return earlier.message;
  }
  if (channel.thread !== null) channel.thread.archived = false;
  const extra = referenced(core, channel, body);
  return core.messages.create({ channel, authorId: core.world.botId, body, files, extra }).message;
}

function list(request: RestRequest): Message[] {
  const channel = channelFor(request, 'readMessageHistory');
  const { before, after, around, limit } = request.query;
  const count = limit === undefined ? defaultListed : Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > maxListed) {
    throw fieldRefusal(['limit'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${maxListed}.`);
  }
  const all = publicMessages(request.core, channel).map((record) => record.message);
  if (after !== undefined)
    return all
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, count)
      .reverse();
  if (around !== undefined) {
    const middle = all.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    const start = Math.max((middle < 0 ? all.length : middle) - Math.floor(count / 2), 0);
    return all.slice(start, start + count).reverse();
  }
  const earlier = before === undefined ? all : all.filter(({ id }) => BigInt(id) < BigInt(before));
  return earlier.slice(-count).reverse();
}

function remove(request: RestRequest): void {
  const channel = channelFor(request);
  const record = publicMessage(request, channel);
  const own = record.message.author.id === request.core.world.botId;
  if (!own) {
    if (channel.guildId === null) throw refusal(50005);
    channelFor(request, 'manageMessages');
  }
  request.core.messages.delete(record);
}

export const messageRoutes: readonly Route[] = [
  { method: 'GET', path: '/channels/:channel/messages', handle: (request) => ok(list(request)) },
  {
    method: 'POST',
    path: '/channels/:channel/messages',
    described: '/channels/{channel_id}/messages',
    handle: (request) => ok(send(request)),
  },
  {
    method: 'POST',
    path: '/channels/:channel/messages/bulk-delete',
    described: '/channels/{channel_id}/messages/bulk-delete',
    handle: (request) => {
      const channel = channelFor(request, 'manageMessages');
      const ids = (request.body as Json).messages as string[];
      const records = publicMessages(request.core, channel).filter(({ message }) => ids.includes(message.id));
      for (const record of records) request.core.messages.delete(record);
      return noContent;
    },
  },
  {
    method: 'GET',
    path: '/channels/:channel/messages/:message',
    handle: (request) => ok(publicMessage(request, channelFor(request, 'readMessageHistory')).message),
  },
  {
    method: 'PATCH',
    path: '/channels/:channel/messages/:message',
    described: '/channels/{channel_id}/messages/{message_id}',
    handle: (request) => {
      const { core, files } = request;
      const record = publicMessage(request, channelFor(request));
      if (record.message.author.id !== core.world.botId) throw refusal(50005);
      return ok(core.messages.checkAndEdit(record, request.body as MessageBody, files).message);
    },
  },
  {
    method: 'DELETE',
    path: '/channels/:channel/messages/:message',
    handle: (request) => {
      remove(request);
      return noContent;
    },
  },
];
