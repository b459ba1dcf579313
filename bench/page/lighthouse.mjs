// Has Lighthouse look at a page on a desk and on a phone; says how soon its first screen comes over a slow network.

import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const LEAST = 95;
const RUNS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const SLOW = {
  throttlingMethod: 'devtools',
  throttling: { requestLatencyMs: 600, downloadThroughputKbps: 400, uploadThroughputKbps: 400, cpuSlowdownMultiplier: 1 },
};

const [page] = process.argv.slice(2);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function look(flags, config) {
  const chrome = await launch({ chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
  try {
    const { lhr } = await lighthouse(page, { port: chrome.port, logLevel: 'error', ...flags }, config);
    return lhr;
  } finally {
    await chrome.kill();
  }
}

async function several(flags, config) {
  const all = [];
  for (let i = 0; i < RUNS; i += 1) {
    all.push(await look(flags, config));
  }
  return all;
}

let isGood = true;
console.log(`| ${['', ...CATEGORIES].join(' | ')} |`);
console.log(`| --- |${' --- |'.repeat(CATEGORIES.length)}`);
for (const [name, config] of [['desk', desktopConfig], ['phone', undefined]]) {
  const all = await several({ onlyCategories: CATEGORIES }, config);
  const scores = CATEGORIES.map((key) => Math.round(100 * median(all.map(({ categories }) => categories[key].score))));
  console.log(`| ${[name, ...scores].join(' | ')} |`);
  isGood &&= scores.every((score) => score >= LEAST);
  const audits = Object.values(all[0].audits);
  for (const key of CATEGORIES.filter((_, i) => scores[i] < LEAST)) {
    const ids = all[0].categories[key].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id);
    audits
      .filter(({ id, score }) => ids.includes(id) && score !== null && score < 0.9)
      .forEach(({ title, displayValue = '' }) => console.log(`  ${key}: ${title} ${displayValue}`));
  }
}

const slow = await several({ onlyCategories: ['performance'], ...SLOW }, desktopConfig);
const seconds = (id) => (median(slow.map(({ audits }) => audits[id].numericValue)) / 1000).toFixed(1);
console.log(
  `\nAt 400 kbit/s and 600 ms: first screen after ${seconds('first-contentful-paint')} s, ` +
    `its largest part after ${seconds('largest-contentful-paint')} s.`,
);
process.exitCode = isGood ? 0 : 1;
