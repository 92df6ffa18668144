// Finds the browser that tests and measurements drive.
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What a browser under measurement or test is started with: it asks nobody but the page for anything. */
export const browserArgs = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Finds the browser: $CHROMIUM, or the first known name on the PATH. */
export async function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)));
  for (const path of [process.env.CHROMIUM, ...places]) {
    if (path && await access(path).then(() => true, () => false)) return path;
  }
  throw new Error('no Chromium found: run make test, or set CHROMIUM');
}
