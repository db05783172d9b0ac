// The page in the visitor's language, and every result in its own.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { startLibrary } from './support/library.mjs';
import { heading, launch, search, test, visit } from './support/visitor.mjs';

let library;
let browser;
before(async () => { [library, browser] = await Promise.all([startLibrary(), launch()]); });
after(async () => { await browser.close(); await library.stop(); });

test('a browser that asks for Spanish gets the page in Spanish, filters included', async () => {
  const { page, context } = await visit(browser, { locale: 'es-MX' });
  await page.goto(library.base);
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  await search(page, 'vivienda');
  assert.match(await heading(page), /resultados? para «vivienda»/);
  assert.match(await page.textContent('#field-topic'), /Trata laboral/);
  assert.match(await page.textContent('.facts'), / de \d{4}|Hoja|Guía|Página/);
  assert.equal(await page.textContent('.panel .apply'), 'Aplicar filtros');
  await context.close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`the switch changes the language of a search and keeps it, without a store (script: ${javaScriptEnabled})`, async () => {
    const { page, context } = await visit(browser, { javaScriptEnabled });
    await page.goto(library.base);
    await search(page, 'housing');
    const found = /\d+/.exec(await heading(page))[0];
    await page.click('#languages button[lang="es"]');
    await page.waitForSelector('html[lang="es"]');
    assert.match(await heading(page), /resultados para «housing»/);
    assert.equal(/\d+/.exec(await heading(page))[0], found);
    assert.equal(await page.locator('.chips').count(), 0);
    await page.check('.check input[name="type"][value="report"]');
    if (!javaScriptEnabled) await page.click('.panel .apply');
    await page.waitForSelector('.chips:has-text("Informe")');
    await page.click('.brand');
    await page.waitForSelector('.home');
    assert.equal(await page.getAttribute('html', 'lang'), 'es');
    await context.close();
  });
}

test('every result and passage says its language', async () => {
  const { page, context } = await visit(browser);
  await page.goto(`${library.base}/search?q=trata&language=es`);
  const languages = await page.locator('.hit h2').evaluateAll((titles) => titles.map((title) => title.lang));
  assert.ok(languages.length > 0 && languages.includes('es') && languages.every((tag) => tag !== ''));
  assert.equal(await page.locator('.passages p:not([lang])').count(), 0);
  await context.close();
});

test('Arabic turns the page round, and leaves English results as they are read', async () => {
  const { page, context } = await visit(browser, { locale: 'ar' });
  await page.goto(`${library.base}/search?q=housing`);
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  const place = async (selector) => page.locator(selector).first().boundingBox();
  assert.ok((await place('#filters')).x > (await place('#main')).x);
  assert.ok((await place('.brand')).x > (await place('.exit')).x);
  assert.ok((await place('#q')).x > (await place('.box button')).x);
  assert.ok((await place('.check input')).x > (await place('.check .count')).x);
  assert.equal(await page.locator('.passages p').first().evaluate((text) => getComputedStyle(text).direction), 'ltr');
  assert.match(await heading(page), /نتيجة عن «housing»/);
  await context.close();
});
