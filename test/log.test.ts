// The log: what happened, and no token, no address, no phone number.
import { DiscordAPIError, HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

const botToken = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB';
const interactionToken = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OmFiY2RlZmdoaWprbG1ub3A';
const url = `https://discord.com/api/v10/webhooks/123456789012345678/${interactionToken}/messages/@original`;

function logged(fields: object): string {
  const lines: string[] = [];
  createLog('debug', { write: (line) => lines.push(line) }).error(fields, 'something failed');
  return lines.join('');
}

describe('the log', () => {
  it('tells what Discord refused without the address, the token or the words', () => {
    const body = { files: undefined, body: { content: '王小明 13812341234' } };
    const refused = new DiscordAPIError(
      { code: 10_062, message: 'Unknown interaction' },
      10_062,
      404,
      'POST',
      url,
      body,
    );
    const line = logged({ err: refused });
    expect(line).toContain('10062');
    expect(line).toContain('/webhooks');
    expect(line).not.toContain(interactionToken);
    expect(line).not.toContain('13812341234');
  });

  it('takes tokens out of messages, stacks and causes', () => {
    const cause = new HTTPError(503, 'Service Unavailable', 'POST', url, { files: undefined, body: {} });
    const line = logged({ err: new Error(`login with ${botToken} failed, see ${url}`, { cause }) });
    expect(line).not.toContain(botToken);
    expect(line).not.toContain(interactionToken);
    expect(line).toContain('503');
  });

  it('takes tokens out of what is thrown without being an error', () => {
    expect(logged({ err: `login with ${botToken} failed` })).not.toContain(botToken);
    expect(logged({ err: new Error('x', { cause: url }) })).not.toContain(interactionToken);
  });

  it('blanks personal fields', () => {
    const line = logged({ order: { recipient: { phone: '13812341234' } }, phone: '13812341234', note: 'meet me' });
    expect(line).not.toContain('13812341234');
    expect(line).not.toContain('meet me');
  });
});
