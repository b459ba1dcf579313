/** What the figures are: columns, units, sources, licences, and what is known to be wrong with them. */

import { choice } from './choice.js';
import { METRICS } from './figures.js';
import { known } from './known.js';
import { day, link } from './parts.js';
import * as picture from './picture.js';
import { ofPlaces } from './reading.js';
import * as words from './words.js';

const { h } = Vue;

export const aboutLink = () => link({ page: 'data' }, 'About the data', { id: 'about-link' });

/** Where feeds of the packed datasets are from, and what their publishers allow. */
const LICENCES = [
  ['The New York Times', 'free of cost for non-commercial use, with credit to The New York Times'],
  ['Johns Hopkins', 'CC BY 4.0, with credit to the COVID-19 Data Repository by CSSE at Johns Hopkins University'],
  ['World Health Organization', 'the terms of data.who.int, with credit to the World Health Organization'],
];

function columns() {
  const every = known.figures.interval;
  const rows = [
    ofPlaces && ['Place', 'the code of a place, as in its address here'],
    ['Date', `the last day of a ${every === 'day' ? 'day, week or month' : `${every} or month`}, by the calendar of the source`],
    ...METRICS.map(({ name }) => [name, 'persons since the beginning; per 100,000 of the population where chosen']),
    ['New…', 'the same since the period before; negative where the source took figures back'],
    every === 'day' && ['Average…', 'persons a day, over the 7 days to the date'],
  ].filter(Boolean);
  return h('table', { id: 'columns' }, [
    h('caption', 'Columns of the CSV files'),
    h('tbody', rows.map(([name, says]) => h('tr', { key: name }, [h('th', { scope: 'row' }, name), h('td', says)]))),
  ]);
}

/** What the figures themselves show of their ends. */
function breaks() {
  const [place] = picture.places.value;
  const { interval } = known.figures;
  const found = METRICS.filter(({ key }) => place.latest[key]).flatMap(({ key, name, change }) => {
    const { asOf, discontinued, stalled } = place.latest[key];
    const lower = place.days.filter((period) => period[change] < 0).length;
    return [
      discontinued && [`${name} of ${place.name}: not reported since `, day(asOf), '.'],
      stalled && !discontinued && [`${name} of ${place.name}: unchanged for long up to `, day(asOf), '.'],
      lower > 0 && [`${name} of ${place.name}: lower than the ${interval} before in ${words.count(lower, interval)}; the source corrected itself.`],
    ].filter(Boolean);
  });
  return found.length > 0
    ? h('ul', { id: 'breaks' }, found.map((says, i) => h('li', { key: i }, says)))
    : h('p', { id: 'breaks' }, 'None is seen in the figures.');
}

/** What the dataset itself says of days since which its figures mean something else. */
export const knownBreaks = (breaks) =>
  breaks.length > 0 &&
  h('ol', { class: 'known-breaks', 'aria-label': 'Known breaks' },
    breaks.map(({ date, text }) => h('li', { key: date }, [day(date), `: ${text}`])));

function origins() {
  const { credit, placesCredit } = known.figures;
  const sources = credit ?? 'The New York Times; Johns Hopkins';
  const licences = LICENCES.filter(([name]) => sources.includes(name));
  return [
    h('h3', 'Sources and licences'),
    credit && h('p', `${credit}.`),
    h('ul', licences.map(([name, terms]) => h('li', { key: name }, [h('strong', name), `: ${terms}.`]))),
    placesCredit && h('p', placesCredit),
  ];
}

const zeroInRecovered = () => [
  h('h3', '0 in Recovered'),
  h('p', { id: 'zero-recovered' },
    'Johns Hopkins has stopped to report recovered persons, of the US after 13 December 2020, and gives 0 since. ' +
      'Such a 0 is no figure: the page shows the last one that was reported, with its day, and none after it.'),
];

export function about() {
  const { synthetic } = known.figures;
  return h('section', { id: 'about', 'aria-labelledby': 'about-title' }, [
    h('h2', { id: 'about-title' }, 'About the data'),
    synthetic && h('p', 'These figures are invented: they have no source.'),
    columns(),
    !synthetic && origins(),
    h('h3', 'Known breaks'),
    knownBreaks(known.figures.known ?? []),
    breaks(),
    h('p', 'What sources have revised since an earlier version is marked in the chart and in the table.'),
    !synthetic && METRICS.some(({ key }) => key === 'recovered') && zeroInRecovered(),
    h('p', link({ page: '' }, 'Back to the figures', { id: 'to-figures' })),
  ]);
}

export const isAbout = () => choice.page === 'data' && known.figures !== null;
