/** What the figures are, and which days of them to show. */

const DAY = 24 * 60 * 60 * 1000;

export const METRICS = [
  { key: 'cases', name: 'Cases', change: 'newCases' },
  { key: 'deaths', name: 'Deaths', change: 'newDeaths' },
  { key: 'recovered', name: 'Recovered', change: 'newRecovered' },
];

export const MODES = [
  { key: 'cumulative', name: 'Total so far' },
  { key: 'change', name: 'Daily change' },
];

export const RANGES = [
  { key: 'all', name: 'All' },
  { key: '1y', name: '1 year', months: 12 },
  { key: '6m', name: '6 months', months: 6 },
  { key: '3m', name: '3 months', months: 3 },
  { key: '1m', name: '1 month', months: 1 },
];

/** A metric's figure of a period; null where there is none. */
export const figure = (period, metric, mode) =>
  period[mode === 'change' ? metric.change : metric.key] ?? null;

/** Whether there is a figure of a metric in any of the periods. */
export const isReported = (periods, metric, mode) =>
  periods.some((period) => figure(period, metric, mode) !== null);

/**
 * The metrics from the bottom to the top of a stack. Deaths are few and would drown further up; one
 * that ends lies on top, so that nothing falls where it does.
 */
export function stack(totals) {
  const end = ({ key }) => (totals[key].discontinued ? totals[key].asOf : '9999');
  const lower = ({ key }) => (key === 'deaths' ? 0 : 1);
  return [...METRICS].sort((a, b) => end(b).localeCompare(end(a)) || lower(a) - lower(b));
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
