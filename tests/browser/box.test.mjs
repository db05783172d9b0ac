// The search box inside a page of another site.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { startLibrary, startSite } from './support/library.mjs';
import { exitTarget, launch, test, violations, visit } from './support/visitor.mjs';

let site;
let library;
let browser;
before(async () => {
  site = await startSite();
  [library, browser] = await Promise.all([startLibrary({ origins: [site.base] }), launch()]);
  site.use(library.base);
});
after(async () => { await browser.close(); await library.stop(); await site.stop(); });

test('the box of a site suggests, and searches at the server that it names without words in an address', async () => {
  const { page, context, asked, faults } = await visit(browser);
  await page.goto(site.base);
  await page.type('#site-search', 'traf');
  await page.waitForSelector('[role="option"]');
  await page.keyboard.press('ArrowDown');
  const chosen = await page.textContent('[aria-selected="true"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#heading');
  assert.equal(page.url(), `${library.base}/search`);
  assert.equal(await page.inputValue('#q'), chosen);
  assert.deepEqual(asked.filter((address) => !address.startsWith(site.base) && !address.startsWith(library.base)), []);
  assert.deepEqual(asked.filter((address) => /traf/i.test(address)), []);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(faults, []);
  await context.close();
});

test('all of the box is one file of less than 25 kB as sent', async () => {
  const { page, context } = await visit(browser);
  await page.goto(site.base);
  await page.type('#site-search', 'traf');
  await page.waitForSelector('[role="option"]');
  const loaded = await page.evaluate((server) => performance.getEntriesByType('resource')
    .map((entry) => entry.name).filter((address) => address.startsWith(server)), library.base);
  assert.deepEqual([...new Set(loaded)].sort(), [`${library.base}/carrel-search.js`, `${library.base}/v1/suggest`]);
  const answer = await context.request.get(`${library.base}/carrel-search.js`, { headers: { 'Accept-Encoding': 'gzip' } });
  const sent = Number(answer.headers()['content-length']);
  assert.equal(answer.headers()['content-encoding'], 'gzip');
  console.log(`bytes of the box as sent with gzip: ${sent}`);
  assert.ok(sent > 500 && sent < 25000, `${sent} bytes`);
  await context.close();
});

test('without a script the form of the site searches alone', async () => {
  const { page, context } = await visit(browser, { javaScriptEnabled: false });
  await page.goto(site.base);
  await page.fill('#site-search', 'housing');
  await page.press('#site-search', 'Enter');
  await page.waitForSelector('#heading');
  assert.equal(page.url(), `${library.base}/search`);
  await context.close();
});

test('an empty element makes a form of its own, in the language of its place', async () => {
  const { page, context } = await visit(browser);
  await page.goto(site.base);
  const own = page.locator('carrel-search[lang="es"]');
  assert.equal(await own.locator('button').textContent(), 'Buscar');
  await own.locator('input[type="search"]').fill('vivienda');
  await own.locator('input[type="search"]').press('Enter');
  await page.waitForSelector('#heading');
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  await context.close();
});

test('a server that does not answer, or does not let the site read it, costs the suggestions and nothing else', async () => {
  const { page, context } = await visit(browser);
  await context.route('**/v1/suggest', (route) => route.abort());
  await page.goto(site.base);
  await Promise.all([page.waitForEvent('requestfailed'), page.type('#site-search', 'housing')]);
  assert.equal(await page.getAttribute('#site-search', 'aria-expanded'), 'false');
  await page.press('#site-search', 'Enter');
  await page.waitForSelector('#heading');
  await context.close();
});

test('a site gives the box its looks by custom properties, and by rules of its own for the classes of USWDS', async () => {
  const { page, context } = await visit(browser);
  await page.goto(site.base);
  const button = page.locator('carrel-search[lang="es"] .usa-button');
  const paint = () => button.evaluate((part) => getComputedStyle(part).backgroundColor);
  await page.evaluate(() => { document.querySelector('carrel-search[lang="es"]').style.setProperty('--carrel-action', 'rgb(1, 2, 3)'); });
  assert.equal(await paint(), 'rgb(1, 2, 3)');
  await page.addStyleTag({ content: 'button { background: rgb(4, 5, 6) }' });
  assert.equal(await paint(), 'rgb(4, 5, 6)');
  await context.close();
});

test('a switch turns the suggestions off', async () => {
  const { page, context } = await visit(browser);
  const asked = [];
  context.on('request', (request) => { if (request.url().includes('suggest')) asked.push(request.postData()); });
  await page.goto(site.base);
  await page.evaluate(() => {
    const box = document.createElement('carrel-search');
    box.setAttribute('suggestions', 'off');
    box.id = 'quiet';
    document.body.append(box);
  });
  await page.type('#quiet input', 'traf');
  assert.equal(await page.getAttribute('#quiet input', 'role'), null);
  // The other box asks later than this one would have.
  await page.type('#site-search', 'hous');
  await page.waitForSelector('[role="option"]');
  assert.ok(asked.length > 0 && asked.every((body) => /^q=ho/.test(body)), asked.join());
  await context.close();
});

test('the quick exit of the site leaves without a trace', async () => {
  const { page, context } = await visit(browser);
  await page.goto('about:blank');
  await page.goto(site.base);
  const asked = page.waitForRequest(exitTarget);
  for (let presses = 0; presses < 3; ++presses) await page.keyboard.press('Shift');
  assert.equal((await asked).headers().referer, undefined);
  await page.waitForURL(exitTarget);
  await page.evaluate(() => { history.back(); }).catch(() => null);
  await page.waitForURL('about:blank');
  await context.close();
});

test('axe-core finds nothing on the page of the site, with the suggestions closed and open, wide and narrow', async () => {
  for (const width of [1280, 320]) {
    const { page, context } = await visit(browser, { viewport: { width, height: 800 }, bypassCSP: true });
    await page.goto(site.base);
    assert.deepEqual(await violations(page), []);
    await page.type('#site-search', 'traf');
    await page.waitForSelector('[role="option"]');
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    await context.close();
  }
});
