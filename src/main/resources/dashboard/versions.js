/** The versions of the figures: which one is shown, and what two of them differ in. */

import { figure, isOf } from './figures.js';

const NEWEST = 100;
const LARGEST = 25;

/** The version whose figures are shown: that of an id, or of the time that the figures have. */
export const versionOf = (versions, asOf, updatedAt) =>
  asOf === ''
    ? versions[0]
    : (versions.find(({ id }) => id === asOf) ??
      versions.find(({ at }) => Date.parse(at) === Date.parse(updatedAt)));

/** Few enough to choose from: the newest, one a month before them, the first, and some to keep. */
export function offered(versions, kept) {
  const months = new Set();
  return versions.filter(({ id, at }, i) => {
    const month = at.slice(0, 7);
    const isLastOfMonth = !months.has(month);
    months.add(month);
    return i < NEWEST || isLastOfMonth || i === versions.length - 1 || kept.includes(id);
  });
}

/**
 * The days that both versions have with other figures: a map from the date to the earlier figures,
 * by the keys of their metrics.
 */
export function revised(periods, earlier, metrics, measure) {
  const before = new Map(earlier.map((period) => [period.date, period]));
  const days = new Map();
  for (const period of periods) {
    const was = before.get(period.date);
    const changed = metrics.filter(
      (metric) =>
        was &&
        isOf(was, metric, measure) &&
        figure(was, metric, measure) !== figure(period, metric, measure),
    );
    if (changed.length > 0) {
      const figures = changed.map((metric) => [metric.key, figure(was, metric, measure)]);
      days.set(period.date, Object.fromEntries(figures));
    }
  }
  return days;
}

/** The revised days of two series, in the form of the API. */
export function revisedDays(earlier, later) {
  const before = new Map(earlier.map((period) => [period.date, period]));
  return later
    .filter(({ date }) => before.has(date))
    .map((after) => ({ date: after.date, before: before.get(after.date), after }));
}

/**
 * The figures of days that changed the most.
 *
 * @param by change, or share of the earlier figure; without an earlier figure there is none
 */
export function largest(days, metrics, by) {
  const size = (row) => Math.abs(row[by] ?? 0);
  return days
    .flatMap(({ place, date, before, after }) =>
      metrics.map(({ key }) => rowOf({ place, date, metric: key }, before[key], after[key])),
    )
    .filter((row) => row?.change && row[by] !== null)
    .sort((a, b) => size(b) - size(a) || (a.date < b.date ? 1 : -1))
    .slice(0, LARGEST);
}

function rowOf(row, before, after) {
  const isKnown = Number.isFinite(before) && Number.isFinite(after);
  const change = after - before;
  return isKnown && { ...row, before, after, change, share: before === 0 ? null : change / before };
}
