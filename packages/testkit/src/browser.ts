import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome'];

/** What the system's Chromium needs on a machine without a display, and to ask nobody on the network for anything. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function findChromium(): string {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const command of COMMANDS) {
      const file = path.join(folder, command);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder: the next one.
      }
    }
  }
  throw new Error(`no Chromium on this machine (looked for ${COMMANDS.join(', ')} in PATH)`);
}

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export interface BrowserOptions {
  readonly locale?: 'en-US' | 'tr-TR';
  readonly colorScheme?: 'light' | 'dark';
  /** For an installation whose certificate comes from an authority of the test. */
  readonly trustAnyCertificate?: boolean;
}

/** A real browser with an empty profile, as a newcomer has it. */
export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'logmaster-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: FLAGS,
    headless: true,
    locale: options.locale ?? 'en-US',
    timezoneId: 'Europe/Istanbul',
    colorScheme: options.colorScheme ?? 'light',
    ignoreHTTPSErrors: options.trustAnyCertificate ?? false,
    viewport: { width: 1440, height: 900 },
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
