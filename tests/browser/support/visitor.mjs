// A visitor with a real Chromium: nothing leaves this machine, and what is asked is noted.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import * as runner from 'node:test';
import { chromium } from 'playwright-core';

export const exitTarget = 'https://www.weather.gov/';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How long anything may take before it counts as never coming: machines that build beside are slow. */
const patience = 60000;

/** A test that fails, instead of holding up all others, when something in it never ends. */
export const test = (name, body) => runner.test(name, { timeout: 4 * patience }, body);

/** Waits for something to hold; pages without scripts, and pages on their way, cannot be asked to wait themselves. */
export const until = async (holds) => {
  const end = Date.now() + patience;
  while (!await holds()) {
    assert.ok(Date.now() < end, `it never came: ${holds}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
};

/** Chromium as people have it: with its back/forward cache. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CARREL_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}

/** A page of a new context. `asked` are the addresses it asked, `faults` what its console complained of. */
export async function visit(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US', ...options });
  const asked = [];
  const faults = [];
  context.on('request', (request) => asked.push(request.url()));
  await context.route((url) => url.hostname !== '127.0.0.1', (route) => {
    if (route.request().url() === exitTarget) return route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>Sunny' });
    return route.abort();
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  page.setDefaultNavigationTimeout(patience);
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(error.message));
  return { page, context, asked, faults };
}

/** What axe-core finds wrong, one line a finding. The context needs bypassCSP: axe is no part of the page. */
export async function violations(page) {
  await page.evaluate(`${axe}; 0`); // the value of the script itself would be sent here
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return found.violations.map((rule) => `${rule.id}: ${rule.help} (${rule.nodes.map((node) => node.html.slice(0, 160)).join(' | ')})`);
}

/** Searches by the form of the page that is open. */
export async function search(page, words) {
  await page.fill('#q', words);
  await page.press('#q', 'Enter');
  await page.waitForSelector('#heading');
}

export const heading = (page) => page.textContent('#heading');
