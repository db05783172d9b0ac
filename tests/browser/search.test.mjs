// Searching, with a script and without.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { startLibrary } from './support/library.mjs';
import { heading, launch, search, test, until, visit } from './support/visitor.mjs';

let library;
let browser;
before(async () => { [library, browser] = await Promise.all([startLibrary(), launch()]); });
after(async () => { await browser.close(); await library.stop(); });

const number = (text) => Number(/\d[\d,]*/.exec(text)[0].replace(',', ''));

for (const javaScriptEnabled of [false, true]) {
  describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
    /** Presses the button that only visitors without a script need. */
    const apply = async (page, choose, button) => {
      const was = await heading(page);
      await choose();
      if (!javaScriptEnabled) await page.click(button);
      await until(async () => await heading(page) !== was);
    };

    test('a search finds, filters, clears a filter, sorts and pages', async () => {
      const { page, faults } = await visit(browser, { javaScriptEnabled });
      await page.goto(library.base);
      await search(page, 'housing');
      const all = number(await heading(page));
      assert.ok(all > 20);
      assert.equal(await page.locator('.hit').count(), 20);
      assert.match(await page.textContent('.part'), /1–20 of/);

      await apply(page, () => page.check('.check input[name="topic"][value="labor trafficking"]'), '.panel .apply');
      const fewer = number(await heading(page));
      assert.ok(fewer < all && fewer > 0);
      assert.ok(await page.isChecked('.check input[name="topic"][value="labor trafficking"]'));
      assert.match(await page.textContent('.chips'), /Topic: Labor trafficking/);

      await page.click('.chips button');
      await until(async () => number(await heading(page)) === all);

      await page.selectOption('#sort', '-date');
      const first = await page.textContent('.hit h2');
      if (!javaScriptEnabled) await page.click('.sort .apply');
      await until(async () => await page.textContent('.hit h2') !== first);
      assert.equal(await page.inputValue('#sort'), '-date');

      await page.click('.paging button:has-text("Next")');
      await page.waitForSelector('.part:has-text("21–")');
      assert.equal(await page.textContent('.paging .current'), '2');
      assert.equal(await page.inputValue('#sort'), '-date');
      assert.equal(new URL(page.url()).search, '');
      assert.deepEqual(faults, []);
      await page.context().close();
    });

    test('a range of years and single years are filters', async () => {
      const { page } = await visit(browser, { javaScriptEnabled });
      await page.goto(library.base);
      await search(page, 'housing');
      await page.click('#field-year > summary');
      assert.ok(await page.locator('svg.years rect').count() > 3);
      await page.fill('[name="year_from"]', '2020');
      await page.fill('[name="year_to"]', '2021');
      if (javaScriptEnabled) await page.press('[name="year_to"]', 'Tab');
      else await page.click('.panel .apply');
      await page.waitForSelector('.chips:has-text("2020..2021")');
      assert.equal(await page.inputValue('[name="year_from"]'), '2020');
      assert.ok(await page.locator('svg.years rect.out').count() > 0);
      await page.context().close();
    });

    test('a slip is corrected, what was typed can be searched instead', async () => {
      const { page } = await visit(browser, { javaScriptEnabled });
      await page.goto(library.base);
      await search(page, 'houssing vouchers');
      await page.waitForSelector('.spelling');
      assert.match(await page.textContent('.spelling'), /housing/);
      await page.click('.spelling button');
      await until(async () => /hous/.test(await heading(page)));
      await page.context().close();
    });

    test('nothing found gives advice and help, and keeps the words in the box', async () => {
      const { page } = await visit(browser, { javaScriptEnabled });
      await page.goto(library.base);
      await search(page, 'qqqqzzzz');
      assert.match(await heading(page), /Nothing was found/);
      assert.equal(await page.inputValue('#q'), 'qqqqzzzz');
      assert.ok(await page.locator('main .help a[href^="tel:"]').count() > 0);
      assert.ok(await page.locator('.tips li').count() >= 2);
      await page.context().close();
    });

    test('words that ask for help bring help above the results, and a best bet comes first', async () => {
      const { page } = await visit(browser, { javaScriptEnabled });
      await page.goto(library.base);
      await search(page, 'I am in danger');
      assert.match(await page.textContent('main .help'), /911/);
      await search(page, 't visa');
      await page.waitForSelector('.bets a');
      assert.match(await page.getAttribute('.bets a', 'href'), /^\/resources\/t-visa-facts/);
      await page.context().close();
    });

    test('the page of a resource shows where the words are, how to cite it, what is similar', async () => {
      const { page } = await visit(browser, { javaScriptEnabled });
      await page.goto(library.base);
      await search(page, 'housing vouchers');
      await page.click('.hit button:has-text("Details")');
      await page.waitForSelector('.resource h1');
      assert.ok(await page.locator('.inside mark').count() > 0);
      assert.equal(new URL(page.url()).search, '');
      assert.equal(await page.locator('.cite .format').count(), 3);
      const ris = await (await fetch(new URL(await page.getAttribute('.cite .format', 'href'), library.base))).text();
      assert.match(ris, /^TY {2}- /);
      assert.ok(await page.locator('.similar > ul > li').count() > 0);
      await page.context().close();
    });
  });
}

test('a passage opens the document at its page', async () => {
  const { page } = await visit(browser);
  await page.goto(`${library.base}/search?q=housing&format=pdf`);
  const link = await page.getAttribute('.hit .where', 'href');
  assert.match(link, /^\/documents\/.*\.pdf#page=\d+$/);
  const document = await fetch(library.base + link, { method: 'HEAD' });
  assert.equal(document.status, 200);
  assert.equal(document.headers.get('content-type'), 'application/pdf');
  await page.context().close();
});

test('filters apply in place: the page stays, the focus stays, the count is said, Back and Forward work', async () => {
  const { page } = await visit(browser);
  await page.goto(library.base);
  await search(page, 'housing');
  const before = await heading(page);
  await page.evaluate(() => { globalThis.samePage = true; });
  await page.check('.check input[name="type"][value="report"]');
  await page.waitForFunction((was) => document.getElementById('heading').textContent !== was, before);
  const filtered = await heading(page);
  assert.equal(await page.evaluate(() => globalThis.samePage), true);
  assert.equal(await page.evaluate(() => document.activeElement.value), 'report');
  await page.waitForFunction((text) => document.getElementById('announce').textContent === text, filtered);

  await page.evaluate(() => { history.back(); });
  await page.waitForFunction((text) => document.getElementById('heading').textContent === text, before);
  assert.equal(await page.isChecked('.check input[name="type"][value="report"]'), false);
  await page.evaluate(() => { history.forward(); });
  await page.waitForFunction((text) => document.getElementById('heading').textContent === text, filtered);
  assert.equal(await page.isChecked('.check input[name="type"][value="report"]'), true);
  assert.equal(await page.evaluate(() => globalThis.samePage), true);

  await page.evaluate(() => { history.back(); });
  await page.click('.paging button:has-text("Next")');
  await page.waitForSelector('.part:has-text("21–")');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'heading');
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.context().close();
});

test('a search by address can be linked, reloaded and gone through', async () => {
  const { page } = await visit(browser);
  await page.goto(`${library.base}/search?q=housing`);
  await page.click('.paging a:has-text("Next")');
  await page.waitForSelector('.part:has-text("21–")');
  assert.match(page.url(), /q=housing&offset=20/);
  await page.reload();
  assert.match(await page.textContent('.part'), /21–/);
  await page.evaluate(() => { history.back(); });
  await page.waitForSelector('.part:has-text("1–20")');
  await page.context().close();
});

test('an answer that does not come leaves a page that works', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  await search(page, 'housing');
  let refused = 0;
  await context.route('**/search', (route) => {
    if (route.request().resourceType() === 'fetch' && refused++ === 0) return route.abort();
    return route.continue();
  });
  await page.check('.check input[name="type"][value="report"]');
  await page.waitForSelector('.chips:has-text("Report")');
  assert.equal(refused, 1);
  await context.close();
});

test('a page of results with all that it loads is less than 30 kB as sent, and waits for one small style alone', async () => {
  const { page } = await visit(browser);
  await page.goto(`${library.base}/search?q=housing`);
  const sent = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map((entry) => ({ what: new URL(entry.name).pathname, bytes: entry.encodedBodySize, blocks: entry.renderBlockingStatus === 'blocking' }))
    .filter(({ what }) => what !== '/favicon.ico')); // comes when the browser likes
  assert.deepEqual(sent.map(({ what }) => what).sort(), ['/carrel-page.js', '/carrel-search.js', '/carrel.css', '/search']);
  assert.deepEqual(sent.filter(({ blocks }) => blocks).map(({ what }) => what), ['/carrel.css']);
  const total = sent.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`bytes as sent: ${sent.map(({ what, bytes }) => `${what} ${bytes}`).join(', ')}, together ${total}`);
  assert.ok(sent.every(({ bytes }) => bytes > 500) && total < 30000, `${total} bytes`);
  await page.context().close();
});
