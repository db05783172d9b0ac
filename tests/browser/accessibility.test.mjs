// axe-core on every page and state, reflow, large text, forced colours, what keyboards reach.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { startLibrary } from './support/library.mjs';
import { heading, launch, search, test, violations, visit } from './support/visitor.mjs';

let library;
let browser;
before(async () => { [library, browser] = await Promise.all([startLibrary(), launch()]); });
after(async () => { await browser.close(); await library.stop(); });

const open = (path) => (page) => page.goto(library.base + path);
const states = {
  'the start page': open('/'),
  'suggestions open': async (page) => {
    await page.goto(library.base);
    await page.type('#q', 'traf');
    await page.waitForSelector('[role="option"]');
    await page.keyboard.press('ArrowDown');
  },
  results: open('/search?q=housing'),
  'filters applied': async (page) => {
    await page.goto(library.base);
    await search(page, 'housing');
    await page.click('#field-year > summary');
    await page.fill('[name="year_from"]', '2020');
    await page.check('.check input[name="topic"][value="labor trafficking"]');
    await page.waitForSelector('.chips:has-text("2020")');
  },
  'everything unfolded': async (page) => {
    await page.goto(`${library.base}/search?q=vawa+houssing`);
    await page.evaluate(() => { for (const part of document.querySelectorAll('details')) part.open = true; });
  },
  'help and a best bet above': open('/search?q=t+visa'),
  'help called by the words': open('/search?q=I+am+in+danger'),
  'nothing found': open('/search?q=qqqqzzzz'),
  'a resource with the places that match': open('/resources/housing-toolkit?q=lease'),
  'a resource in another language': open('/resources/child-trafficking-facts-es'),
  'no such page': open('/nowhere'),
  'an unreadable request': open('/search?q=%'),
  'on the way out': async (page) => {
    await page.goto(library.base);
    await page.keyboard.press('Shift');
    await page.keyboard.press('Shift');
    await page.waitForFunction(() => /1 more time/.test(document.body.textContent));
  },
  'in Spanish': open('/search?q=vivienda&ui=es'),
  'from right to left': open('/search?q=housing&ui=ar'),
};
const visitors = {
  'on a wide screen': {},
  'on a phone, in the dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
};

for (const [who, options] of Object.entries(visitors)) {
  describe(`axe-core finds nothing ${who}`, () => {
    let visitor;
    before(async () => { visitor = await visit(browser, { ...options, bypassCSP: true }); });
    after(async () => { await visitor.context.close(); });
    for (const [state, reach] of Object.entries(states)) {
      test(state, async () => {
        const { page } = visitor;
        if (state === 'filters applied' && options.viewport) {
          await page.goto(`${library.base}/search?q=housing&topic=labor+trafficking&year=2020..`);
          await page.click('#filters > summary');
        } else {
          await reach(page);
        }
        assert.deepEqual(await violations(page), []);
      });
    }
  });
}

const reflowed = ['/', '/search?q=housing&topic=labor+trafficking', '/search?q=qqqqzzzz', '/search?q=I+am+in+danger',
  '/resources/housing-toolkit?q=lease', '/nowhere', '/search?q=vivienda&ui=es', '/search?q=housing&ui=ar'];

test('nothing is wider than a screen of 320 pixels', async () => {
  const { page, context } = await visit(browser, { viewport: { width: 320, height: 640 } });
  for (const path of reflowed) {
    await page.goto(library.base + path);
    if (await page.locator('#filters > summary').count()) await page.click('#filters > summary');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, path);
  }
  await context.close();
});

test('with text of double size nothing is cut and nothing is wider than the screen', async () => {
  const { page, context } = await visit(browser);
  for (const path of reflowed) {
    await page.goto(library.base + path);
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280, path);
    const cut = await page.evaluate(() => [...document.querySelectorAll('button, .button, h1, h2, label, summary, .exit')]
      .filter((part) => part.offsetParent && !part.classList.contains('hidden') && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline')
      .map((part) => part.outerHTML.slice(0, 80)));
    assert.deepEqual(cut, [], path);
  }
  await context.close();
});

test('in forced colours marks, the exit and what is chosen are told apart, and nothing moves for those who want it still', async () => {
  const { page, context } = await visit(browser, { forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto(`${library.base}/search?q=housing&ui=en`);
  const colours = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return { mark: style('mark').backgroundColor, page: style('body').backgroundColor, exit: style('.exit').borderTopWidth };
  });
  assert.notEqual(colours.mark, colours.page);
  assert.equal(colours.exit, '1px');
  const moving = await page.evaluate(() => [...document.querySelectorAll('*')]
    .filter((part) => parseFloat(getComputedStyle(part).transitionDuration) > 0 || getComputedStyle(part).animationName !== 'none')
    .map((part) => part.outerHTML.slice(0, 80)));
  assert.deepEqual(moving, []);
  await context.close();
});

test('everything can be reached and done with the keyboard alone, and the focus is always seen', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.keyboard.type('housing');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#heading');
  const all = await heading(page);

  // Along the whole page: each stop is seen, none is met twice in a row, the end is reached.
  const stops = [];
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  for (let count = 0; count < 400; ++count) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const behind = document.querySelector('header.site').getBoundingClientRect().bottom;
      const inHeader = at.closest('header.site') !== null || at.classList.contains('skip');
      return {
        what: at.outerHTML.slice(0, 90),
        seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.bottom > 0 && box.top < innerHeight && (inHeader || box.bottom > behind),
      };
    });
    if (!stop) break;
    stops.push(stop);
    if (/tel:|privacy/.test(stop.what) && stops.length > 60 && /summary/.test(stop.what)) break;
  }
  assert.ok(stops.length > 60, `${stops.length} stops`);
  assert.deepEqual(stops.filter((stop) => !stop.seen).map((stop) => stop.what), []);

  await page.focus('#field-type > summary');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.focus('.check input[name="type"][value="report"]');
  await page.keyboard.press('Space');
  await page.waitForFunction((was) => document.getElementById('heading').textContent !== was, all);
  assert.equal(await page.evaluate(() => document.activeElement.value), 'report');
  await page.focus('.chips button');
  await page.keyboard.press('Enter');
  await page.waitForFunction((was) => document.getElementById('heading').textContent === was, all);
  await context.close();
});

test('the suggestions are a combobox: arrows choose, Escape closes, Enter takes what is chosen or searches what is typed', async () => {
  const { page, context } = await visit(browser);
  await page.goto(library.base);
  const expanded = () => page.getAttribute('#q', 'aria-expanded');
  assert.equal(await page.getAttribute('#q', 'role'), 'combobox');
  assert.equal(await expanded(), 'false');
  await page.type('#q', 'traf');
  await page.waitForSelector('[role="option"]');
  assert.equal(await expanded(), 'true');
  await page.waitForFunction(() => /Suggestions: \d/.test(document.body.textContent));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const chosen = await page.textContent('[aria-selected="true"]');
  assert.equal(await page.evaluate(() => document.getElementById(document.querySelector('#q').getAttribute('aria-activedescendant')).textContent), chosen);
  await page.keyboard.press('Escape');
  assert.equal(await expanded(), 'false');
  assert.equal(await page.inputValue('#q'), 'traf');
  await page.keyboard.press('ArrowDown');
  assert.equal(await expanded(), 'true');
  await page.keyboard.press('ArrowDown');
  const taken = await page.textContent('[aria-selected="true"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#heading');
  assert.equal(await page.inputValue('#q'), taken);

  await page.fill('#q', '');
  await page.type('#q', 'hous');
  await page.waitForSelector('[role="option"]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /“hous”|hous/.test(document.getElementById('heading').textContent) && document.querySelector('#q').value === 'hous');
  assert.equal(await expanded(), 'false');
  await context.close();
});
