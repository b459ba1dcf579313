/** What stands over a panel: what it shows, and of one place the latest figures. */

import { day } from './parts.js';
import * as words from './words.js';

const { h } = Vue;

const legend = (measure, interval, perPopulation, hasAverages) =>
  h('span', { class: 'unit' }, [
    words.unit(measure, interval, perPopulation),
    hasAverages && '; line: 7-day average',
  ]);

/**
 * @param metric what it is of
 * @param latest the latest total, with its day, and whether it stands still
 * @param change the newest change, and that of the week before; undefined if there is none
 * @param interval of the source
 * @param measure what the panel shows
 */
function figures({ key }, latest, change, interval, measure) {
  const stands = latest.discontinued || latest.stalled;
  const total = h('span', { id: `total-${key}` }, words.brief(latest.value));
  if (stands || !change) {
    return [
      h('p', { class: 'value' }, total),
      h('p', { id: `as-of-${key}`, class: 'as-of' }, [
        latest.discontinued
          ? ['in total, last reported ', day(latest.asOf, words.briefDay), '; the source no longer gives it']
          : ['in total on ', day(latest.asOf, words.briefDay), latest.stalled && ', unchanged for long'],
      ]),
    ];
  }
  const compared = words.onWeekBefore(change);
  const fresh = h('span', { id: `new-${key}` }, words.brief(change.value));
  const per = interval === 'day' ? ' a day' : ` in the ${interval}`;
  const until = [interval === 'day' ? '7 days to ' : 'to ', day(change.date, words.briefDay)];
  const beside = h('strong', { id: `change-${key}` }, compared);
  return measure === 'total'
    ? [
        h('p', { class: 'value' }, total),
        h('p', { class: 'compared' }, [change.value < 0 ? '' : '+', fresh, per, compared && ', ', compared && beside]),
        h('p', { id: `as-of-${key}`, class: 'as-of' }, until),
      ]
    : [
        h('p', { class: 'value' }, [fresh, h('span', { class: 'per' }, per)]),
        h('p', { class: 'compared' }, compared ? beside : 'The week before is not known.'),
        h('p', { id: `as-of-${key}`, class: 'as-of' }, [until, '; ', total, ' in total']),
      ];
}

/** The head of a panel with one metric. */
export function panelHead({ metric, measure, interval, perPopulation, hasAverages, latest, change, sourceInterval }) {
  return h('div', { class: ['head', latest ? metric.key : 'of-places'] }, [
    h('h3', [words.titleOf(metric, measure), ' ', legend(measure, interval, perPopulation, hasAverages)]),
    latest && figures(metric, latest, change, sourceInterval, measure),
  ]);
}

/** The heads of the metrics of one place, where one chart has them all. */
export const heads = (metrics, headOf) =>
  h('div', { class: 'panels heads' }, metrics.map((metric) => h('div', { key: metric.key }, headOf(metric))));
