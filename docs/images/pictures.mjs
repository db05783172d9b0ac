// Takes the pictures of docs/images in Chromium: run by docs/images/make.
//   node pictures.mjs ADDRESS OF THE SEARCH PAGE  ADDRESS OF THE SITE WITH THE BOX  ADDRESS OF A HEALTH REPORT
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(join(here, '../../tests/browser/package.json'))('playwright-core');
const [search, site, report] = process.argv.slice(2);

const wide = { viewport: { width: 1280, height: 960 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const type = (field) => async (page) => {
  await page.type(field, 'traf');
  await page.waitForSelector('[role="option"]');
  await page.keyboard.press('ArrowDown');
};
const pictures = [
  ['start-page', search, wide],
  ['suggestions', search, { viewport: { width: 1280, height: 640 } }, type('#q')],
  ['search-page', `${search}search?q=safe+housing+for+survivors&topic=housing`, wide],
  ['search-page-phone', `${search}search?q=safe+housing+for+survivors`, phone],
  ['search-page-dark', `${search}search?q=t+visa`, { ...wide, colorScheme: 'dark' }],
  ['search-page-spanish', `${search}search?q=vivienda+segura&ui=es`, wide],
  ['search-page-arabic', `${search}search?q=housing&ui=ar`, wide],
  ['nothing-found', `${search}search?q=qqqqzzzz`, wide],
  ['resource-page', `${search}resources/housing-toolkit?q=lease`, wide],
  ['box-in-a-site', site, wide, type('#site-search')],
  ['health-report', report, { viewport: { width: 1180, height: 1250 } }, (page) => page.click('#undated summary')],
];

const browser = await chromium.launch({ executablePath: process.env.CARREL_CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [name, address, options, prepare] of pictures) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(address);
  if (prepare) await prepare(page);
  await page.waitForTimeout(300);
  const devtools = await context.newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  const file = join(here, `${name}.webp`);
  writeFileSync(file, Buffer.from(data, 'base64'));
  console.log(file, Math.round(data.length * 0.75 / 1000), 'kB');
  await context.close();
}
await browser.close();
