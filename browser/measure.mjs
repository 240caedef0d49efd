// What is asked of one page in a browser. Each function gives a list of faults, empty when all is well.

/** Axe's serious and critical violations, with where they are. */
export async function axeFaults(page, axeSource) {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const report = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return report.violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map((node) => node.target.join(' ')) }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, where }) => `axe ${impact} ${id}: ${where.slice(0, 3).join(' | ')} (${where.length})`);
}

/** Anything that makes the page wider than its window, named by its innermost element. */
export async function overflowFaults(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const name = (element) => `${element.tagName.toLowerCase()}${[...element.classList].map((one) => `.${one}`).join('')}`;
    const wide = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > width + 0.5);
    const innermost = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
    return [`wider than ${width} px by ${document.documentElement.scrollWidth - width}: ${innermost.slice(0, 3).map(name).join(', ')}`];
  });
}

/** One h1, a language, a title, unique ids, links within the page that arrive, text of at least 12 px, controls of 24 px. */
export async function structureFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) faults.push(`${headings} h1`);
    if (!document.documentElement.lang) faults.push('no language');
    if (!document.title.trim()) faults.push('no title');
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    if (twice.length > 0) faults.push(`ids used twice: ${twice.slice(0, 3).join(', ')}`);
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      const id = decodeURIComponent(link.getAttribute('href').slice(1));
      if (id && !document.getElementById(id)) faults.push(`link to a missing #${id}`);
    }
    const small = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
      const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
      // Text inside a drawing is scaled with it.
      const drawing = node.parentElement.closest('svg');
      const scale = drawing?.viewBox.baseVal?.width ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
      if (size * scale < 11.9) small.add(`${node.data.trim().slice(0, 24)} (${(size * scale).toFixed(1)} px)`);
    }
    if (small.size > 0) faults.push(`text under 12 px: ${[...small].slice(0, 3).join(', ')} (${small.size})`);
    for (const control of document.querySelectorAll('button, select, textarea, input:not([type=hidden])')) {
      const box = (control.closest('label') ?? control).getBoundingClientRect();
      if (control.checkVisibility() && (box.height < 23.5 || box.width < 23.5)) faults.push(`control under 24 px: ${control.name || control.id}`);
    }
    return faults;
  });
}

/** The skip link comes first and leads to the main part; what has the focus shows a ring and stands in the window. */
export async function keyboardFaults(page, stops = 12) {
  const faults = [];
  // A page that was looked at before keeps its place; start from the top, where a reader starts.
  await page.goto(page.url().split('#')[0], { waitUntil: 'load' });
  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  if (skip !== '#main') faults.push(`the first stop is ${skip}, not the skip link`);
  for (let stop = 1; stop <= stops; stop += 1) {
    const fault = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const name = element.textContent.trim().slice(0, 24) || element.tagName;
      const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
      if (!ring) return `no focus ring on “${name}”`;
      const box = element.getBoundingClientRect();
      const inWindow = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return inWindow ? null : `the focus on “${name}” is out of sight`;
    });
    if (fault) faults.push(fault);
    await page.keyboard.press('Tab');
  }
  await page.evaluate(() => document.activeElement?.blur());
  await page.locator('a[href="#main"]').first().focus();
  await page.keyboard.press('Enter');
  if (!(await arrives(page, '#main'))) faults.push('the skip link leads nowhere');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => {
    const main = document.querySelector('main');
    return !main.querySelector('a[href], button, input, select') || main.contains(document.activeElement);
  });
  if (!inside) faults.push('after the skip link the focus is not in the main part');
  return faults;
}

/** Following a link within the page takes the browser a moment. */
async function arrives(page, hash) {
  for (let turn = 0; turn < 50; turn += 1) {
    if ((await page.evaluate(() => location.hash)) === hash) return true;
    await page.waitForTimeout(20);
  }
  return false;
}

/** On paper: nothing is cut off, the text is dark, and the main part is there. Browsers print in light colours. */
export async function printFaults(page) {
  await page.setViewportSize({ width: 718, height: 1000 });
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  const faults = await overflowFaults(page);
  const light = await page.evaluate(() => {
    const channels = getComputedStyle(document.body).color.match(/[\d.]+/g).slice(0, 3).map(Number);
    return channels.reduce((sum, channel) => sum + channel, 0) / 3;
  });
  if (light > 110) faults.push('print: light text, which needs a dark page');
  const height = await page.evaluate(() => document.querySelector('main').getBoundingClientRect().height);
  if (height < 60) faults.push('print: the main part is empty');
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  return faults.map((fault) => (fault.startsWith('print') ? fault : `print: ${fault}`));
}

/** With the system's own colours the text and the marks still stand out from the page. */
export async function forcedColourFaults(page) {
  await page.emulateMedia({ forcedColors: 'active' });
  const faults = await page.evaluate(() => {
    const ground = getComputedStyle(document.body).backgroundColor;
    const invisible = (colour) => colour === ground;
    const faults = [];
    for (const element of document.querySelectorAll('h1, h2, p, td, th, a')) {
      if (element.checkVisibility() && invisible(getComputedStyle(element).color)) faults.push(`text “${element.textContent.trim().slice(0, 24)}”`);
    }
    const drawn = [...document.querySelectorAll('main svg path, main svg rect, main svg line, main svg circle, main svg polygon')];
    const seen = drawn.filter((mark) => {
      const { fill, stroke } = getComputedStyle(mark);
      return (fill !== 'none' && !invisible(fill)) || (stroke !== 'none' && !invisible(stroke));
    });
    if (drawn.length > 0 && seen.length === 0) faults.push('no mark of any chart');
    return faults.slice(0, 3).map((what) => `forced colours hide ${what}`);
  });
  await page.emulateMedia({ forcedColors: 'none' });
  return faults;
}
