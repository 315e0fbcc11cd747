// Endpoints that answer an interaction: the callback, then the webhook its token opens.
import { CallbackType } from '../interaction-answers.ts';
import type { CallbackBody, Interaction } from '../interactions.ts';
import type { MessageBody } from '../message-rules.ts';
import type { MessageRecord } from '../messages.ts';
import { checkBody } from '../schema.ts';
import { type Json, MessageFlag } from '../types.ts';
import { noContent, ok, type RestRequest, type Route } from './route.ts';

const callbackPath = '/interactions/{interaction_id}/{interaction_token}/callback';
const webhookPath = '/webhooks/{webhook_id}/{webhook_token}';

function callbackJson(interaction: Interaction, type: number, original: MessageRecord | null): Json {
  const { message } = original ?? {};
  const about = { id: interaction.id, type: interaction.type };
  if (message === undefined) return { interaction: about };
  const { id, flags } = message;
  const isNew = type === CallbackType.message || type === CallbackType.deferredMessage;
  return {
    interaction: {
      ...about,
      response_message_id: id,
      response_message_loading: (flags & MessageFlag.loading) !== 0,
      response_message_ephemeral: (flags & MessageFlag.ephemeral) !== 0,
    },
    resource: { type, ...(isNew || type === CallbackType.update ? { message } : {}) },
  };
}

function answered({ core, param }: RestRequest): Interaction {
  return core.interactions.answered(param('application'), param('token'));
}

function checked(request: RestRequest, path: string): MessageBody {
  checkBody(path === webhookPath ? 'post' : 'patch', path, request.body ?? {});
  return (request.body ?? {}) as MessageBody;
}

export const interactionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    described: callbackPath,
    open: true,
    checksBodyItself: true,
    handle: (request) => {
      const { core, param, body, files } = request;
      const interaction = core.interactions.awaitingAnswer(param('interaction'), param('token'));
      checkBody('post', callbackPath, body);
      const callback = body as CallbackBody;
      const original = core.interactions.answer(interaction, callback, files);
      if (request.query.with_response !== 'true') return noContent;
      return ok(callbackJson(interaction, callback.type, original));
    },
  },
  {
    method: 'POST',
    path: '/webhooks/:application/:token',
    described: webhookPath,
    open: true,
    checksBodyItself: true,
    handle: (request) => {
      const interaction = answered(request);
      return ok(request.core.interactions.followUp(interaction, checked(request, webhookPath), request.files).message);
    },
  },
  {
    method: 'GET',
    path: '/webhooks/:application/:token/messages/:message',
    open: true,
    handle: (request) => {
      return ok(request.core.interactions.messageOf(answered(request), request.param('message')).message);
    },
  },
  {
    method: 'PATCH',
    path: '/webhooks/:application/:token/messages/:message',
    described: `${webhookPath}/messages/{message_id}`,
    open: true,
    checksBodyItself: true,
    handle: (request) => {
      const { core, files, param } = request;
      const record = core.interactions.messageOf(answered(request), param('message'));
      const which = param('message') === '@original' ? '@original' : '{message_id}';
      const body = checked(request, `${webhookPath}/messages/${which}`);
      return ok(core.messages.checkAndEdit(record, body, files).message);
    },
  },
  {
    method: 'DELETE',
    path: '/webhooks/:application/:token/messages/:message',
    open: true,
    handle: (request) => {
      const { core, param } = request;
      core.messages.delete(core.interactions.messageOf(answered(request), param('message')));
      return noContent;
    },
  },
];
