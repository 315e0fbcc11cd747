// Where the files that people upload may be fetched from: Discord's own hosts, and nothing a request could name.

const discordOrigins = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];
const loopbackOrigins = ['http://127.0.0.1', 'http://localhost', 'http://[::1]'];

/**
 * The origins allowed; one without a port stands for every port of that host.
 * @param apiUrl REST base; where it is not Discord's, that host serves the files itself, perhaps on another port
 */
export function fileOrigins(apiUrl: string): readonly string[] {
  const { protocol, hostname } = new URL(apiUrl);
  if (/(^|\.)discord(app)?\.com$/.test(hostname)) return discordOrigins;
  const own = `${protocol}//${hostname}`;
  return [...discordOrigins, ...(loopbackOrigins.includes(own) ? loopbackOrigins : [own])];
}

export function isAllowed(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { origin } = new URL(url);
  return origins.some((allowed) => origin === allowed || origin.startsWith(`${allowed}:`));
}
