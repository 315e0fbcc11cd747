// A browser to look at the playground with: the Chromium of a package on Linux x64, an installed Chrome or Chromium elsewhere.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Chrome and Chromium are usually installed. */
const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
];

/** The package brings the system libraries it needs too, but unpacks them only where it believes itself to be there. */
const BRINGS_LIBRARIES = 'AWS_Lambda_nodejs22.x';

async function executable(): Promise<string> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    process.env.AWS_EXECUTION_ENV ??= BRINGS_LIBRARIES;
    const { default: packaged } = await import('@sparticuz/chromium');
    return packaged.executablePath();
  }
  const found = INSTALLED.find((path) => existsSync(path));
  if (!found) throw new Error('No browser to test the page with: install Google Chrome or Chromium, then run again.');
  return found;
}

/** Opens it without a window; close it when done. Throws, saying what to install, where there is none. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await executable(), args: ['--no-sandbox'] });
}
