/** What a reader should know of the sources before trusting the figures. */

import { METRICS } from './figures.js';
import { day } from './parts.js';
import * as words from './words.js';

const { h } = Vue;

const FEEDS = {
  nyt: 'New York Times',
  jhu: 'Johns Hopkins CSSE',
  who: 'World Health Organization',
};

/** The feeds of the newest run that read any. */
export const feedsOf = (runs) =>
  runs.find((run) => run.feeds?.some(({ newestDay }) => newestDay))?.feeds ?? [];

export const feedName = ({ name }, synthetic) => (synthetic ? `Synthetic feed ${name}` : (FEEDS[name] ?? name));

const { count } = words;

/** Of all places, how many have a metric that stands still. */
const standing = (places) =>
  METRICS.map((metric) => ({
    metric,
    places: places.filter(({ [metric.key]: latest }) => latest?.stalled).length,
    of: places.filter(({ [metric.key]: latest }) => latest).length,
  })).filter(({ places: number }) => number > 0);

const stalledSources = (stalled, all) =>
  all === 1 ? 'the source has' : stalled === 2 && all === 2 ? 'both sources have' : count(stalled, 'source has', 'sources have');

/** In a line, what the section of sources says in sentences; empty if there is nothing to say. */
export function remarks({ feeds, latest, places }, hasDetails) {
  const stalled = feeds.filter(({ stalled: is }) => is).length;
  const unmatched = feeds.reduce((sum, { onlyHere = 0 }) => sum + onlyHere, 0);
  const ended = METRICS.filter(({ key }) => latest[key]?.discontinued);
  const said = [
    stalled > 0 && `${stalledSources(stalled, feeds.length)} stalled`,
    unmatched > 0 && count(unmatched, 'unmatched day'),
    ...(places.length > 1
      ? standing(places).map(({ metric, places: number, of }) => `${metric.name.toLowerCase()} stand still in ${words.number(number)} of ${count(of, 'place')}`)
      : ended.map(({ name }) => `${name.toLowerCase()} ended`)),
  ].filter(Boolean);
  return (
    said.length > 0 &&
    h('p', { id: 'remarks' }, [
      h('span', { 'aria-hidden': 'true' }, '⚠ '),
      `${said.join(' · ').replace(/^./, (letter) => letter.toUpperCase())} `,
      hasDetails && h('a', { href: '#sources' }, 'Details'),
    ])
  );
}

const daysSince = (date) => Math.floor((Date.now() - Date.parse(date)) / 86_400_000);

function feedLine(feed, synthetic) {
  const { name, newestDay, stalled, onlyHere } = feed;
  return h('li', { key: name, 'data-feed': name }, [
    h('strong', feedName(feed, synthetic)),
    newestDay ? [' has figures up to ', day(newestDay)] : ' had no figures',
    stalled && newestDay && `; it has stalled: nothing newer for ${count(daysSince(newestDay), 'day')}`,
    onlyHere > 0 && `; ${count(onlyHere, 'of its days is', 'of its days are')} unmatched, which another source lacks`,
    '.',
  ]);
}

export function sources({ latest, feeds, credit, synthetic, places }) {
  const ended = METRICS.filter(({ key }) => latest[key]?.discontinued);
  const said = [
    credit && h('p', `${credit}.`),
    feeds.length > 0 && h('ul', { class: 'feeds' }, feeds.map((feed) => feedLine(feed, synthetic))),
    feeds.length > 1 && h('p', 'A day appears on this page once every source has figures of it.'),
    ...ended.map(({ key, name }) =>
      h('p', { key, 'data-discontinued': key }, [
        `${name} ends on `,
        day(latest[key].asOf),
        ': the source has given no figures since.',
      ]),
    ),
    ...(places.length > 1 ? standing(places) : []).map(({ metric, places: number, of }) =>
      h('p', { key: `still ${metric.key}`, 'data-standing': metric.key },
        `${metric.name} stand still in ${words.number(number)} of ${count(of, 'place')}: they have not changed for long, so the source seems to report them no more.`),
    ),
  ].filter(Boolean);
  return (
    said.length > 0 &&
    h('section', { id: 'sources', tabindex: -1, 'aria-labelledby': 'sources-title' }, [
      h('h2', { id: 'sources-title' }, 'Sources'),
      said,
    ])
  );
}
