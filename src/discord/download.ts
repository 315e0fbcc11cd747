// Fetches a file that a person sent through Discord: from Discord's own hosts alone, with a cap on size and time.
import type { UploadedFile } from './command.ts';
import { isAllowed } from './file-origins.ts';

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Such as `https://cdn.discordapp.com`. */
  readonly origins: readonly string[];
}

export type DownloadFailure = 'not_discord' | 'too_large' | 'unreachable';

/**
 * The file's bytes, or why not. The cap holds for what Discord says of the file, for what the server says, and for what
 * really comes; a redirect is not followed. Never throws.
 */
export async function download(file: UploadedFile, limits: DownloadLimits): Promise<Buffer | DownloadFailure> {
  if (!isAllowed(file.url, limits.origins)) return 'not_discord';
  if (file.size > limits.maxBytes) return 'too_large';
  try {
    const response = await fetch(file.url, { redirect: 'error', signal: AbortSignal.timeout(limits.timeoutMs) });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return 'unreachable';
    }
    return await readCapped(response.body, limits.maxBytes);
  } catch {
    return 'unreachable';
  }
}

async function readCapped(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer | 'too_large'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) return 'too_large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
