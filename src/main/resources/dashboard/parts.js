/** The parts of the page that only show what they are given. */

import { addressAfter, choose } from './choice.js';
import { METRICS, figure, spanOf } from './figures.js';
import * as words from './words.js';

const { h } = Vue;

export const button = (attributes, says) => h('button', { type: 'button', ...attributes }, says);

/** A link that chooses; with a key held down the browser opens it elsewhere. */
export const link = (change, says, attributes) =>
  h('a', { ...attributes, href: addressAfter(change), onClick: within(() => choose(change)) }, says);

const within = (follow) => (event) => {
  if (event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    follow();
  }
};

export const day = (date, say = words.day) => h('time', { datetime: date }, say(date));

/** A figure that may be missing. */
export const cell = (value, say, missing = 'none') =>
  value === null || value === undefined
    ? [h('span', { 'aria-hidden': 'true' }, '–'), h('span', { class: 'unseen' }, missing)]
    : say(value);

/** The latest figures of several places, a row for each. */
export function comparisonTable(places, interval, perPopulation) {
  return h('section', { id: 'comparison', 'aria-labelledby': 'comparison-caption' }, [
    scrolling('comparison-caption', {}, [
      h('table', [
        h(
          'caption',
          { id: 'comparison-caption' },
          `Latest figures${perPopulation ? ', per 100,000 persons' : ''}; below them what is new, beside the week before`,
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
          places.map((place) =>
            h('tr', { key: place.code, 'data-place': place.code }, [
              h('th', { scope: 'row', class: `line-${place.number}` }, place.name),
              METRICS.map(({ key }) => h('td', { class: 'number' }, latest(place.latest[key], place.changes[key], interval))),
              h('td', { class: 'number population' }, cell(place.population, words.number, 'unknown')),
            ]),
          ),
        ),
      ]),
    ]),
  ]);
}

/** The total and its day; under it what is new, unless it stands still. */
const latest = (total, change, interval) =>
  total
    ? [
        words.brief(total.value),
        h('span', { class: 'aside' }, day(total.asOf, words.briefDay)),
        change && !total.stalled && !total.discontinued &&
          h('span', { class: 'was' }, [
            `${change.value < 0 ? '' : '+'}${words.brief(change.value)} a ${interval}`,
            words.beside(change) && `, ${words.beside(change)}`,
          ]),
      ]
    : cell(null);

export function daysTable({ title, periods, measure, lines, columnOf, interval, revisions }) {
  const say = measure === 'change' ? words.change : words.number;
  return scrolling('days-caption', { id: 'days-region' }, [
    h('table', { id: 'days-table' }, [
      h(
        'caption',
        { id: 'days-caption' },
        title,
      ),
      h(
        'thead',
        h('tr', [
          h('th', { scope: 'col' }, interval === 'day' ? 'Day' : `${interval === 'week' ? 'Week' : 'Month'} to`),
          lines.map((line) => h('th', { scope: 'col', class: 'number' }, columnOf(line))),
        ]),
      ),
      h(
        'tbody',
        [...periods].reverse().map((period) =>
          h('tr', { key: period.date, 'data-revised': revisions.has(period.date) || undefined }, [
            h('th', { scope: 'row' }, [day(period.date, words.briefDay), period.isOpen && ', so far']),
            lines.map((line) =>
              h('td', { class: 'number' }, [
                cell(figure(period, line, measure), say, 'not reported'),
                spanOf(period, line, measure) > 1 &&
                  h('span', { class: 'was' }, words.during(spanOf(period, line, measure), interval)),
                before(revisions.get(period.date)?.[line.key], say),
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

/** What may be wider or higher than its place, and must be scrolled by keyboard too. */
export function scrolling(label, attributes, content) {
  return h(
    'div',
    { class: 'scrolling', role: 'region', tabindex: 0, 'aria-labelledby': label, ...attributes },
    content,
  );
}
