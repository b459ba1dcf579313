/** The parts of the page that only show what they are given. */

import { METRICS, figure } from './figures.js';
import * as words from './words.js';

const { h } = Vue;

const FEEDS = {
  nyt: 'New York Times',
  jhu: 'Johns Hopkins CSSE',
  who: 'World Health Organization',
};
const TRIGGERS = {
  schedule: 'the schedule',
  'catch-up': 'the schedule, late',
  command: 'a command',
  http: 'a request',
};
const STATUSES = {
  running: ['…', 'Running'],
  succeeded: ['✓', 'Succeeded'],
  partial: ['◐', 'Partial'],
  refused: ['⊘', 'Refused'],
  failed: ['✕', 'Failed'],
};

export const day = (date, say = words.day) => h('time', { datetime: date }, say(date));

/** A figure that may be missing. */
export const cell = (value, say, missing = 'none') =>
  value === null || value === undefined
    ? [h('span', { 'aria-hidden': 'true' }, '–'), h('span', { class: 'unseen' }, missing)]
    : say(value);

export function totals(figures, newest, interval = 'day') {
  return h('section', { class: 'totals', 'aria-labelledby': 'totals-title' }, [
    h('h2', { id: 'totals-title', class: 'unseen' }, 'Latest figures'),
    h(
      'dl',
      METRICS.filter(({ key }) => figures[key]).map((metric) => {
        const { value, asOf, discontinued, stalled } = figures[metric.key];
        const change = discontinued || stalled ? null : figure(newest, metric, 'change');
        return h('div', { class: ['total', metric.key] }, [
          h('dt', metric.name),
          h('dd', { id: `total-${metric.key}`, class: 'value' }, words.number(value)),
          h(
            'dd',
            { id: `as-of-${metric.key}`, class: 'as-of' },
            discontinued
              ? ['Last reported ', day(asOf), '; the source no longer gives it']
              : stalled
                ? [day(asOf), ', unchanged for long']
                : [day(asOf), change !== null && `, ${words.change(change)} ${interval === 'day' ? 'on' : 'in'} that ${interval}`],
          ),
        ]);
      }),
    ),
  ]);
}

/** The latest figures of several places, a row for each. */
export function comparisonTable(places, totals, perPopulation) {
  return h('section', { id: 'comparison', 'aria-labelledby': 'comparison-caption' }, [
    scrolling('comparison-caption', {}, [
      h('table', [
        h(
          'caption',
          { id: 'comparison-caption' },
          `Latest figures${perPopulation ? ', per 100,000 persons' : ''}`,
        ),
        h(
          'thead',
          h('tr', [
            h('th', { scope: 'col' }, 'Place'),
            METRICS.map(({ name }) => h('th', { scope: 'col', class: 'number' }, name)),
            h('th', { scope: 'col', class: 'number population' }, 'Population'),
          ]),
        ),
        h(
          'tbody',
          places.map((place, i) =>
            h('tr', { key: place.code, 'data-place': place.code }, [
              h('th', { scope: 'row', class: `line-${place.number}` }, place.name),
              METRICS.map(({ key }) => h('td', { class: 'number' }, latest(totals[i][key]))),
              h('td', { class: 'number population' }, cell(place.population, words.number, 'unknown')),
            ]),
          ),
        ),
      ]),
    ]),
  ]);
}

const latest = (figure) =>
  figure
    ? [words.number(figure.value), h('span', { class: 'aside' }, day(figure.asOf, words.briefDay))]
    : cell(null);

export function sources(figures, runs, credit) {
  const feeds = runs.find((run) => run.feeds?.some(({ newestDay }) => newestDay))?.feeds ?? [];
  const ended = METRICS.filter(({ key }) => figures[key]?.discontinued);
  const said = [
    credit && h('p', `${credit}.`),
    feeds.length > 0 &&
      h(
        'ul',
        { class: 'feeds' },
        feeds.map(({ name, newestDay }) =>
          h('li', { key: name, 'data-feed': name }, [
            h('strong', figures.synthetic ? `Synthetic feed ${name}` : (FEEDS[name] ?? name)),
            newestDay ? [' has figures up to ', day(newestDay)] : ' had no figures',
          ]),
        ),
      ),
    feeds.length > 1 &&
      h('p', 'A day appears on this page once every source has figures of it.'),
    ...ended.map(({ key, name }) =>
      h('p', { key, 'data-discontinued': key }, [
        `${name} ends on `,
        day(figures[key].asOf),
        ': the source has given no figures since.',
      ]),
    ),
  ].filter(Boolean);
  return (
    said.length > 0 &&
    h('section', { id: 'sources', 'aria-labelledby': 'sources-title' }, [
      h('h2', { id: 'sources-title' }, 'Sources'),
      said,
    ])
  );
}

export function daysTable(periods, { key: mode, name: title }, metrics, revisions) {
  const say = mode === 'change' ? words.change : words.number;
  const from = words.day(periods[0].date);
  const to = words.day(periods[periods.length - 1].date);
  return scrolling('days-caption', { id: 'days-region' }, [
    h('table', { id: 'days-table' }, [
      h(
        'caption',
        { id: 'days-caption' },
        `${title}, ${from} to ${to}, newest first`,
      ),
      h(
        'thead',
        h('tr', [
          h('th', { scope: 'col' }, 'Day'),
          metrics.map(({ name }) => h('th', { scope: 'col', class: 'number' }, name)),
        ]),
      ),
      h(
        'tbody',
        [...periods].reverse().map((period) =>
          h('tr', { key: period.date, 'data-revised': revisions.has(period.date) || undefined }, [
            h('th', { scope: 'row' }, day(period.date, words.briefDay)),
            metrics.map((metric) =>
              h('td', { class: 'number' }, [
                cell(figure(period, metric, mode), say, 'not reported'),
                before(revisions.get(period.date)?.[metric.key], say),
              ]),
            ),
          ]),
        ),
      ),
    ]),
  ]);
}

/** What a revised figure was. */
const before = (value, say) =>
  value !== undefined &&
  h('span', { class: 'was' }, [
    h('span', { class: 'mark', 'aria-hidden': 'true' }, '▼'),
    h('span', { class: 'unseen' }, 'revised,'),
    ' was ',
    cell(value, say, 'not reported'),
  ]);

export function runsTable(runs, linked) {
  const reasons = runs.some(({ reason }) => reason);
  return scrolling('runs-caption', { id: 'runs-region' }, [
    h('table', { id: 'runs-table' }, [
      h('caption', { id: 'runs-caption', class: 'unseen' }, 'Last runs, newest first'),
      h(
        'thead',
        h('tr', [
          h('th', { scope: 'col' }, 'Began'),
          h('th', { scope: 'col' }, 'Status'),
          h('th', { scope: 'col', class: 'number' }, 'Days added'),
          h('th', { scope: 'col' }, 'Started by'),
          reasons && h('th', { scope: 'col' }, 'Reason'),
        ]),
      ),
      h(
        'tbody',
        runs.map((run) => runRow(run, { linked, reasons })),
      ),
    ]),
  ]);
}

function runRow(run, { linked, reasons }) {
  const [symbol, status] = STATUSES[run.status] ?? ['', run.status];
  const began = h('time', { datetime: run.startedAt }, words.briefMoment(run.startedAt));
  return h('tr', { key: run.id, 'data-run': run.id, 'data-status': run.status }, [
    h('th', { scope: 'row' }, [
      linked ? h('a', { href: run.href }, [h('span', { class: 'unseen' }, 'Report of '), began]) : began,
      run.finishedAt && h('span', { class: 'aside' }, words.span(run.startedAt, run.finishedAt)),
    ]),
    h('td', { class: ['status', run.status] }, [
      h('span', { class: 'symbol', 'aria-hidden': 'true' }, symbol),
      status,
    ]),
    h('td', { class: 'number', 'data-column': 'Days added' }, cell(run.added, words.number)),
    h(
      'td',
      { class: 'trigger', 'data-column': 'Started by' },
      TRIGGERS[run.trigger] ?? run.trigger,
    ),
    reasons && h('td', { class: ['reason', !run.reason && 'none'] }, cell(run.reason, String)),
  ]);
}

/** What may be wider or higher than its place, and must be scrolled by keyboard too. */
export function scrolling(label, attributes, content) {
  return h(
    'div',
    { class: 'scrolling', role: 'region', tabindex: 0, 'aria-labelledby': label, ...attributes },
    content,
  );
}
