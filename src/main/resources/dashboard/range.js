/** Which days to show. */

import { dateOf, dayNumber } from './figures.js';

const RANGES = [
  { key: '', name: 'All' },
  { key: '1y', name: '1 year', months: 12 },
  { key: '6m', name: '6 months', months: 6 },
  { key: '3m', name: '3 months', months: 3 },
  { key: '1m', name: '1 month', months: 1 },
];

/** The first of the days that make up this many months and end on a date. */
function firstOfMonths(months, last) {
  const [year, month, day] = last.split('-').map(Number);
  const daysInMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const before = new Date(Date.UTC(year, month - months - 1, Math.min(day, daysInMonth)));
  return dateOf(dayNumber(before.toISOString()) + 1);
}

/** The first and the last day of a range that ends with the figures. */
function daysOf({ months }, periods) {
  const first = periods[0].date;
  const to = periods[periods.length - 1].date;
  const from = months ? firstOfMonths(months, to) : first;
  return { from: from > first ? from : first, to };
}

export const inside = (periods, { from, to }) => periods.filter(({ date }) => from <= date && date <= to);

/** The ranges that are shorter than all, and have more than one period. */
export const rangesOf = (periods) =>
  RANGES.filter((range) => {
    const days = daysOf(range, periods);
    return !range.months || (days.from > periods[0].date && inside(periods, days).length > 1);
  });

/**
 * The chosen days, and the range that they are; without one if they were typed. A choice without figures is
 * none.
 */
export function chosenDays({ range, from, to }, periods) {
  const all = daysOf(RANGES[0], periods);
  const typed = { from: from || all.from, to: to || all.to };
  if ((from || to) && inside(periods, typed).length > 0) {
    return typed;
  }
  const ranges = rangesOf(periods);
  const chosen = ranges.find(({ key }) => key === range) ?? ranges[0];
  return { ...daysOf(chosen, periods), range: chosen.key };
}
