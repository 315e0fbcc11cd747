// Where the files that people upload may be fetched from: Discord's own hosts, and nothing a request could name.

/** @param apiUrl REST base; where it is not Discord's, that host serves its files itself */
export function fileOrigins(apiUrl: string): readonly string[] {
  const { origin, hostname } = new URL(apiUrl);
  const discord = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];
  return /(^|\.)discord(app)?\.com$/.test(hostname) ? discord : [...discord, origin];
}
