// Visits every kind of page in a browser and says what is wrong.
//
//   node check.mjs http://127.0.0.1:8080 [--shots FOLDER] [--only WORD]
//
// Layout is measured with scripts off, as the site promises to need none; axe is a script and gets a window of its own.
// The last line reads "N passed, N failed, 0 skipped"; the exit code is 1 when anything failed.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { deadLinks, weigh } from './http.mjs';
import { axeFaults, forcedColourFaults, keyboardFaults, overflowFaults, printFaults, structureFaults } from './measure.mjs';
import { pageKinds } from './pages.mjs';

const MOST_REQUESTS = 5;
const WIDTHS = [320, 1280];
const SCHEMES = ['light', 'dark'];
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const [base, ...options] = process.argv.slice(2);
const option = (name) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
if (!base?.startsWith('http')) {
  console.error('usage: node check.mjs http://ADDRESS [--shots FOLDER] [--only WORD]');
  process.exit(2);
}
const shots = option('--shots');
const only = option('--only') ?? '';
if (shots) mkdirSync(shots, { recursive: true });

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'],
});

/** Opens a page in a fresh window; counts its requests and keeps its complaints. */
async function open(path, lang, scripts) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, bypassCSP: scripts, locale: lang });
  const page = await context.newPage();
  const seen = { requests: 0, complaints: [] };
  page.on('request', () => {
    seen.requests += 1;
  });
  // A page that is meant to answer 404 makes the browser say so; that is no complaint about the page.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith(path)) seen.complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => seen.complaints.push(`script: ${error.message}`));
  // A page that is done with closes while its icon may still be on the way: that is the browser's choice, not a fault.
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') seen.complaints.push(`did not load: ${request.url()}`);
  });
  await page.goto(base + path, { waitUntil: 'load' });
  return { context, page, seen };
}

/** Shows the page at each width, light and dark, and collects what `ask` finds there. */
async function inEachLook(page, ask) {
  const faults = [];
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      faults.push(...(await ask(width, colorScheme)).map((fault) => `${width} ${colorScheme}: ${fault}`));
    }
  }
  return faults;
}

/** Everything but axe, with scripts off. */
async function visitPlainly({ kind, path, lang }, links) {
  const { context, page, seen } = await open(path, lang, false);
  const { requests } = seen;
  const faults = await inEachLook(page, async (width, scheme) => {
    if (shots) {
      const name = `${kind.replaceAll(/[^a-z0-9]+/gi, '-')}-${width}-${scheme}.png`;
      await page.screenshot({ path: join(shots, name), fullPage: true });
    }
    const keyboard = scheme === 'light' ? await keyboardFaults(page) : [];
    return [...(await overflowFaults(page)), ...(await structureFaults(page)), ...keyboard];
  });
  const found = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((link) => link.href.split('#')[0]));
  found.filter((url) => url.startsWith(base) && url !== base + path).forEach((url) => links.add(url));
  faults.push(...(await forcedColourFaults(page)), ...(await printFaults(page)), ...seen.complaints);
  if (requests > MOST_REQUESTS) faults.push(`${requests} requests, over ${MOST_REQUESTS}`);
  const written = await page.evaluate(() => document.documentElement.lang);
  await context.close();
  return { faults, requests, lang: written };
}

async function visitWithAxe({ path, lang }) {
  const { context, page } = await open(path, lang, true);
  const faults = await inEachLook(page, () => axeFaults(page, axeSource));
  await context.close();
  return faults;
}

async function visit(entry, links) {
  const { kind, path, status, heavy, lang } = entry;
  const travelled = await weigh(base + path, lang);
  const kilobytes = travelled.bytes / 1000;
  const faults = [];
  if (travelled.encoding !== 'gzip') faults.push('not compressed');
  if (travelled.status !== status) faults.push(`answers ${travelled.status}, expected ${status}`);
  if (kilobytes > heavy) faults.push(`${kilobytes.toFixed(1)} kB compressed, over ${heavy}`);
  const plain = await visitPlainly(entry, links);
  if (plain.lang !== lang) faults.push(`is written in ${plain.lang}, not ${lang}`);
  faults.push(...plain.faults, ...(await visitWithAxe(entry)));
  return { kind, faults, kilobytes, requests: plain.requests };
}

const links = new Set();
const results = [];
console.log(`${'page'.padEnd(28)} ${'kB'.padStart(6)} ${'requests'.padStart(8)}  result`);
try {
  for (const entry of pageKinds().filter(({ kind }) => kind.includes(only))) {
    let result;
    try {
      result = await visit(entry, links);
    } catch (error) {
      result = { kind: entry.kind, faults: [`cannot be visited: ${error.message.split('\n')[0]}`], kilobytes: 0, requests: 0 };
    }
    results.push(result);
    const { kind, kilobytes, requests, faults } = result;
    console.log(`${kind.padEnd(28)} ${kilobytes.toFixed(1).padStart(6)} ${String(requests).padStart(8)}  ${faults.length === 0 ? 'ok' : `${faults.length} faults`}`);
    for (const fault of faults) console.log(`    ${fault}`);
  }
  const dead = await deadLinks(links);
  results.push({ kind: 'links', faults: dead });
  console.log(`${'links'.padEnd(28)} ${String(links.size).padStart(6)} ${''.padStart(8)}  ${dead.length === 0 ? 'ok' : `${dead.length} dead`}`);
  for (const link of dead.slice(0, 20)) console.log(`    ${link}`);
} finally {
  await browser.close();
}
const failed = results.filter(({ faults }) => faults.length > 0).length;
console.log(`${results.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 ? 1 : 0;
