// What a story in the browser is told with: people, their mail, steps, and the measuring of the pages on the way.
//
// Options of the program that tells it: ADDRESS --steward LINK --mail FOLDER [--shots FOLDER].
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { weigh } from './http.mjs';
import { axeFaults, overflowFaults, structureFaults } from './measure.mjs';

const TYPICAL_KB = 14;
const WIDTHS = [1280, 320];

export const [base, ...options] = process.argv.slice(2);
const option = (name) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
export const [stewardLink, mailFolder, shots] = ['--steward', '--mail', '--shots'].map(option);
if (!base?.startsWith('http') || !stewardLink || !mailFolder) {
  console.error('usage: node forum.mjs http://localhost:PORT --steward LINK --mail FOLDER [--shots FOLDER]');
  process.exit(2);
}
if (shots) mkdirSync(shots, { recursive: true });

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'],
});

/** A person at a browser of their own; with `scripts` off nothing of ours runs there. */
export async function person(scripts) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, bypassCSP: scripts, locale: 'en' });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  return { context, page, go: (path) => page.goto(base + path, { waitUntil: 'load' }) };
}

/** The same person, with scripts, in another window: where axe can run. Only pages that are asked for, never forms. */
export async function faultsOf(who, path) {
  const context = await browser.newContext({ bypassCSP: true, locale: 'en', storageState: await who.context.storageState() });
  const page = await context.newPage();
  await page.goto(base + path, { waitUntil: 'load' });
  const faults = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    if (shots) await page.screenshot({ path: join(shots, `${path.replaceAll(/[^a-z0-9]+/gi, '-').slice(1, 60)}-${width}.png`), fullPage: true });
    const found = [...(await axeFaults(page, axeSource)), ...(await overflowFaults(page)), ...(await structureFaults(page))];
    faults.push(...found.map((fault) => `${width}: ${fault}`));
  }
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await context.close();
  const { bytes, status } = await weigh(base + path, 'en', cookies);
  if (status !== 200) faults.push(`answers ${status}`);
  if (bytes > TYPICAL_KB * 1000) faults.push(`${(bytes / 1000).toFixed(1)} kB compressed, over ${TYPICAL_KB}`);
  return faults;
}

/** The newest mail to an address. */
function mailTo(address) {
  const files = readdirSync(mailFolder).filter((name) => name.endsWith('.eml')).map((name) => join(mailFolder, name));
  files.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
  const mails = files.map((file) => readFileSync(file, 'utf8'));
  const found = mails.filter((mail) => mail.toLowerCase().includes(`to: ${address}`)).pop();
  // A line that ends in = goes on in the next (quoted-printable).
  return found?.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
}

/** What `wanted` finds in the newest mail to an address; waits for the program to send it. */
export async function awaitMail(address, wanted) {
  const changes = watch(mailFolder, { signal: AbortSignal.timeout(30_000) });
  // The folder is watched from here on, so a mail that comes after this look is seen as a change.
  const next = changes.next();
  let found = mailTo(address)?.match(wanted);
  if (!found) {
    await next;
    for (found = mailTo(address)?.match(wanted); !found; found = mailTo(address)?.match(wanted)) await changes.next();
  }
  next.catch(() => {});
  changes.return?.();
  return found;
}

export const results = [];
/** A step of the story; what comes after one that failed is left out. */
export async function step(what, act) {
  if (results.some(({ faults }) => faults.length > 0 && faults[0].startsWith('stopped'))) return;
  let faults;
  try {
    faults = (await act()) ?? [];
  } catch (error) {
    faults = [`stopped: ${error.message.split('\n').slice(0, 4).join(' ')}`];
  }
  results.push({ what, faults });
  console.log(`${what.padEnd(60)} ${faults.length === 0 ? 'ok' : `${faults.length} faults`}`);
  for (const fault of faults) console.log(`    ${fault}`);
}

