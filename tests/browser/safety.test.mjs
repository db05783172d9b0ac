// What somebody who looks over the shoulder, or later into the browser, can see.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { startLibrary } from './support/library.mjs';
import { exitTarget, heading, launch, search, test, until, visit } from './support/visitor.mjs';

const canary = 'zanzibarcanary housing';
let library;
let browser;
before(async () => { [library, browser] = await Promise.all([startLibrary(), launch()]); });
after(async () => { await browser.close(); await library.stop(); });

/** What the browser lists of this tab: { currentIndex, entries: [{ url, title, … }] }. */
const historyOf = async (page) => {
  let listed;
  await until(async () => { // between two pages nobody answers
    try {
      const devtools = await page.context().newCDPSession(page);
      listed = await devtools.send('Page.getNavigationHistory');
      await devtools.detach();
      return true;
    } catch {
      return false;
    }
  });
  return listed;
};

/** All that this page has left where others may look. */
const traces = (page) => page.evaluate(async () => JSON.stringify([
  location.href, document.title, history.state, document.cookie, document.referrer, { ...localStorage }, { ...sessionStorage },
  await indexedDB.databases(), await caches.keys(), performance.getEntries().map((entry) => entry.name), globalThis.name,
]));

for (const javaScriptEnabled of [true, false]) {
  test(`searched words stand in no address, title, entry of the history or store (script: ${javaScriptEnabled})`, async () => {
    const { page, context, asked } = await visit(browser, { javaScriptEnabled });
    await page.goto(library.base);
    await page.type('#q', canary);
    await page.press('#q', 'Enter');
    await page.waitForSelector('#heading');
    const entries = (await historyOf(page)).entries.length;
    await page.check('.check input[name="mode"]');
    if (!javaScriptEnabled) await page.click('.panel .apply');
    await until(async () => (await historyOf(page)).entries.length > entries);
    await page.waitForSelector('#heading');
    assert.equal(await page.inputValue('#q'), canary);
    assert.equal(page.url(), `${library.base}/search`);
    assert.doesNotMatch(await page.title(), /canary/i);
    assert.doesNotMatch(JSON.stringify(await historyOf(page)), /canary/i);
    if (javaScriptEnabled) assert.doesNotMatch(await traces(page), /canary/i);
    assert.deepEqual(asked.filter((address) => /canary/i.test(address)), []);
    assert.deepEqual(asked.filter((address) => !address.startsWith(library.base)), []);
    assert.deepEqual(await context.cookies(), []);
    await context.close();
  });
}

test('no page asks another server, keeps anything or complains of its policy', async () => {
  const { page, context, asked, faults } = await visit(browser);
  const paths = ['/', '/search?q=housing', '/search?q=qqqqzzzz', '/resources/housing-toolkit?q=lease', '/?ui=es', '/search?q=housing&ui=ar'];
  for (const path of paths) {
    const answer = await page.goto(library.base + path);
    const headers = answer.headers();
    assert.match(headers['content-security-policy'], /default-src 'none'/);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe|http|\*/);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['set-cookie'], undefined);
    assert.equal(await page.locator('script:not([src]), style, [style]').count(), 0, path);
    for (const field of await page.locator('form').evaluateAll((forms) => forms.map((form) => form.autocomplete))) {
      assert.ok(field === 'off' || field === 'on');
    }
    assert.equal(await page.getAttribute('#q', 'autocomplete'), 'off');
    assert.match(await traces(page), /"",\{\},\{\},\[\],\[\]/);
  }
  assert.deepEqual(asked.filter((address) => !address.startsWith(library.base)), []);
  assert.deepEqual(faults, []);
  await context.close();
});

/** Goes Back and says what is shown then: texts and what stands in fields. */
const goBack = async (page) => {
  const { currentIndex: was } = await historyOf(page);
  assert.ok(was > 0, 'there is an entry to go back to');
  await page.evaluate(() => { history.back(); }).catch(() => null);
  await until(async () => (await historyOf(page)).currentIndex < was);
  let shown = null;
  await until(async () => {
    shown = await page.evaluate(() => (document.readyState !== 'complete' ? null
      : document.title + document.body.innerText + [...document.querySelectorAll('input')].map((field) => field.value))).catch(() => null);
    return shown !== null;
  });
  return shown;
};

test('quick exit takes the place of the page: Back shows no results and no words', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  await search(page, 'housing');
  await page.check('.check input[name="type"][value="report"]');
  await page.waitForSelector('.chips');
  await page.click('.exit');
  await page.waitForURL(exitTarget);
  for (let steps = 0; steps < 3; ++steps) assert.doesNotMatch(await goBack(page), /“housing|housing,|results for/i);
  await context.close();
});

test('quick exit reaches back: results that were left for another page of the site are gone too', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  await search(page, 'housing');
  await page.click('.hit button:has-text("Details")');
  await page.waitForSelector('.resource');
  await page.click('.exit');
  await page.waitForURL(exitTarget);
  assert.doesNotMatch(await goBack(page), /“housing|results for/i);
  await context.close();
});

test('quick exit leaves with every tab of the site', async () => {
  const { page, context } = await visit(browser);
  await page.goto(`${library.base}/search?q=housing`);
  const other = await context.newPage();
  await other.goto(library.base);
  await other.click('.exit');
  await page.waitForURL(exitTarget);
  await context.close();
});

test('quick exit blanks the page before the other one comes', async () => {
  const { page, context } = await visit(browser);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await context.route(exitTarget, async (route) => { await held; await route.fulfill({ contentType: 'text/html', body: 'Sunny' }); });
  await page.goto(`${library.base}/search?q=housing`);
  // A page that is being left answers no questions from outside, so it tells by itself what it shows once it is drawn.
  await page.evaluate(() => {
    const tell = () => fetch('/readyz', { method: 'POST', body: JSON.stringify([document.body.childElementCount, document.title, document.body.innerText]) });
    addEventListener('click', () => requestAnimationFrame(() => requestAnimationFrame(tell)), true);
  });
  const [told] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST'), page.click('.exit', { noWaitAfter: true }),
  ]);
  assert.deepEqual(JSON.parse(told.postData()), [0, '\u200b', '']);
  release();
  await page.waitForURL(exitTarget);
  assert.doesNotMatch(await goBack(page), /results for/i);
  await context.close();
});

test('Shift pressed three times leaves, and says how often it must still be pressed', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  await search(page, 'housing');
  await page.keyboard.press('Shift');
  await page.waitForFunction(() => /2 more times/.test(document.body.textContent));
  await page.keyboard.press('Shift');
  await page.waitForFunction(() => /1 more time /.test(document.body.textContent));
  await page.keyboard.press('Shift');
  await page.waitForURL(exitTarget);
  assert.doesNotMatch(await goBack(page), /“housing|results for/i);
  await context.close();
});

test('capital letters are no wish to leave', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  await page.focus('#q');
  for (const letter of ['A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${letter}`);
  assert.equal(await page.inputValue('#q'), 'ABCD'); // leaving would have emptied the page at once
  await context.close();
});

test('without a script the exit is a link, without a trace of where it was', async () => {
  const { page, context } = await visit(browser, { javaScriptEnabled: false });
  await page.goto(library.base);
  await search(page, 'housing');
  const asked = page.waitForRequest(exitTarget);
  await page.click('.exit');
  assert.equal((await asked).headers().referer, undefined);
  await page.waitForURL(exitTarget);
  await context.close();
});

test('who has no script is told what the exit cannot do then, and is offered no key', async () => {
  const { page, context } = await visit(browser, { javaScriptEnabled: false });
  await page.goto(library.base);
  assert.equal(await page.isVisible('footer noscript p'), true);
  assert.equal(await page.isVisible('text=Press Shift three times'), false);
  await context.close();
  const other = await visit(browser);
  await other.page.goto(library.base);
  assert.equal(await other.page.isVisible('footer noscript p'), false);
  assert.equal(await other.page.isVisible('text=Press Shift three times'), true);
  await other.context.close();
});

test('the exit stays in reach on a small screen, however far one scrolls', async () => {
  const { page, context } = await visit(browser, { viewport: { width: 320, height: 568 } });
  await page.goto(`${library.base}/search?q=housing`);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const box = await page.locator('.exit').boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 568 && box.x >= 0 && box.x + box.width <= 320);
  await context.close();
});

test('coming back to the start page finds an empty box', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  await search(page, 'housing');
  await goBack(page);
  await page.waitForSelector('.home');
  assert.equal(await page.inputValue('#q'), '');
  await context.close();
});

test('opening the address of a posted search anew shows the start page', async () => {
  const { page, context } = await visit(browser);
  await page.goto(`${library.base}/search`);
  assert.equal(await page.locator('body.home').count(), 1);
  assert.equal(await page.locator('.hit').count(), 0);
  await context.close();
});

test('back from a document the results are there again', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  await search(page, 'housing');
  const found = await heading(page);
  await page.click('.hit button:has-text("Details")');
  await page.waitForSelector('.resource');
  await goBack(page);
  await page.waitForFunction((text) => document.getElementById('heading')?.textContent === text, found);
  await context.close();
});
