/** What the figures are, and which days of them to show. */

const DAY = 24 * 60 * 60 * 1000;

export let METRICS = ['cases', 'deaths', 'recovered'].map(metric);

/** Other metrics than those of the default dataset. */
export function useMetrics(keys) {
  METRICS = keys.map(metric);
}

function metric(key) {
  const name = key[0].toUpperCase() + key.slice(1);
  return { key, name, change: `new${name}`, average: `average${name}` };
}

export const MODES = [
  { key: 'cumulative', name: 'Total so far' },
  { key: 'change', name: 'Daily change' },
];

/** The modes of a page of many places. */
export const modesOfPlaces = (interval) => [
  MODES[0],
  { key: 'change', name: interval === 'week' ? 'Weekly change' : 'Daily change' },
  { key: 'average', name: '7-day average' },
];

const FIELDS = { cumulative: 'key', change: 'change', average: 'average' };

export const RANGES = [
  { key: 'all', name: 'All' },
  { key: '1y', name: '1 year', months: 12 },
  { key: '6m', name: '6 months', months: 6 },
  { key: '3m', name: '3 months', months: 3 },
  { key: '1m', name: '1 month', months: 1 },
];

/** A metric's figure of a period; null where there is none. */
export const figure = (period, metric, mode) =>
  period[metric[FIELDS[mode]]] ?? null;

/** Whether a period is one of the metric at all: places that are compared need not have the same days. */
export const isOf = (period, metric, mode) => metric[FIELDS[mode]] in period;

/** The periods with averages of the last seven days, or the days since the last figure before. */
export function withAverages(periods) {
  const days = periods.map(({ date }) => dayNumber(date));
  return periods.map((period, i) => {
    const averages = METRICS.map(({ key, average }) => {
      const then = lastIndex(i, (j) => days[j] <= days[i] - 7 && isNumber(periods[j][key]));
      const known = then >= 0 && isNumber(period[key]);
      return [
        average,
        known ? rounded((period[key] - periods[then][key]) / (days[i] - days[then])) : null,
      ];
    });
    return { ...period, ...Object.fromEntries(averages) };
  });
}

function lastIndex(from, fits) {
  let i = from;
  while (i >= 0 && !fits(i)) {
    i -= 1;
  }
  return i;
}

const isNumber = (value) => value !== null && value !== undefined;
const rounded = (value) => Math.round(value * 1000) / 1000;

/** A number of persons per 100,000. */
export const per100k = (value, population) =>
  isNumber(value) ? rounded((value * 100000) / population) : null;

/** The periods with figures per 100,000 persons. */
export const scaled = (periods, population) =>
  periods.map((period) =>
    Object.fromEntries(
      Object.entries(period).map(([name, value]) => [
        name,
        name === 'date' ? value : per100k(value, population),
      ]),
    ),
  );

/** One metric of several places: a line for each, and periods with the figures of all. */
export function compared(places, { key, change, average }) {
  const lines = places.map(({ code, name, number }, i) => ({
    code,
    name,
    key: `total ${i}`,
    change: `change ${i}`,
    average: `average ${i}`,
    colour: `line-${number}`,
  }));
  const byDate = new Map();
  places.forEach(({ periods }, i) => {
    for (const period of periods) {
      const all = byDate.get(period.date) ?? { date: period.date };
      all[lines[i].key] = period[key];
      all[lines[i].change] = period[change];
      all[lines[i].average] = period[average];
      byDate.set(period.date, all);
    }
  });
  const periods = [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date));
  return { lines, periods };
}

/** What the figures are, for the axis and in short. */
export function unit({ mode, interval = 'day', stacked, perPopulation }) {
  const what = {
    cumulative: ['Persons since the start', 'total so far'],
    change: [`Persons, change by ${interval}`, `change by ${interval}`],
    average: ['Persons by day, average of 7 days', 'by day, average of 7 days'],
  }[mode];
  const per = perPopulation ? ', per 100,000' : '';
  const stack = stacked && mode !== 'change';
  return {
    axis: what[0] + per + (stack ? ', stacked' : ''),
    short: (stack && mode === 'cumulative' ? 'stacked' : what[1]) + per,
  };
}

/** Whether there is a figure of a metric in any of the periods. */
export const isReported = (periods, metric, mode) =>
  periods.some((period) => figure(period, metric, mode) !== null);

/**
 * The metrics from the bottom to the top of a stack. Deaths are few and would drown further up; one
 * that ends lies on top, so that nothing falls where it does.
 */
export function stack(totals) {
  const end = ({ key }) => (totals[key]?.discontinued ? totals[key].asOf : '9999');
  const lower = ({ key }) => (key === 'deaths' ? 0 : 1);
  return METRICS.filter(({ key }) => totals[key]).sort((a, b) => end(b).localeCompare(end(a)) || lower(a) - lower(b));
}

/** Days since 1970, which an axis can count. */
export const dayNumber = (date) => Date.parse(date) / DAY;

export const dateOf = (number) => new Date(number * DAY).toISOString().slice(0, 10);

/** The first of the days that make up this many months and end on a date. */
export function firstOfMonths(months, last) {
  const [year, month, day] = last.split('-').map(Number);
  const daysInMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - months - 1, Math.min(day, daysInMonth)) / DAY + 1);
}

/** The first and the last day of a range that ends with the figures. */
export function daysOf(range, periods) {
  const first = periods[0].date;
  const to = periods[periods.length - 1].date;
  const from = range.months ? firstOfMonths(range.months, to) : first;
  return { from: from > first ? from : first, to };
}
