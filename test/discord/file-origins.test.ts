import { describe, expect, it } from 'vitest';
import { fileOrigins, isAllowed } from '../../src/discord/file-origins.ts';

describe('files may be fetched', () => {
  it.each([
    ['https://discord.com/api', 'https://cdn.discordapp.com/attachments/1/2/a.csv', true],
    ['https://discord.com/api', 'https://media.discordapp.net/a.csv', true],
    ['https://discord.com/api', 'https://discord.com/a.csv', false],
    ['https://discord.com/api', 'http://cdn.discordapp.com/a.csv', false],
    ['https://discord.com/api', 'https://cdn.discordapp.com.evil.example/a.csv', false],
    ['https://discord.com/api', 'http://127.0.0.1:80/a.csv', false],
    ['http://127.0.0.1:4000/api', 'http://127.0.0.1:4000/a.csv', true],
    ['http://127.0.0.1:4000/api', 'http://localhost:5000/a.csv', true],
    ['http://127.0.0.1:4000/api', 'http://127.0.0.1.evil.example:4000/a.csv', false],
    ['http://127.0.0.1:4000/api', 'http://10.0.0.1:4000/a.csv', false],
    ['http://proxy.example:4000/api', 'http://proxy.example/a.csv', true],
    ['http://proxy.example:4000/api', 'http://127.0.0.1/a.csv', false],
    ['http://127.0.0.1:4000/api', 'file:///etc/passwd', false],
    ['http://127.0.0.1:4000/api', 'nonsense', false],
  ])('with %s from %s: %s', (api, url, allowed) => {
    expect(isAllowed(url, fileOrigins(api))).toBe(allowed);
  });
});
