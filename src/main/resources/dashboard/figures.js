/** What the figures are: metrics, measures, and series by day, week or month. */

const DAY = 24 * 60 * 60 * 1000;
const A_WEEK = 7;

export let METRICS = ['cases', 'deaths', 'recovered'].map(metric);

/** Other metrics than those of the default dataset. */
export function useMetrics(keys) {
  METRICS = keys.map(metric);
}

function metric(key) {
  const name = key[0].toUpperCase() + key.slice(1);
  const fresh = key === 'recovered' ? 'Newly recovered' : `New ${key}`;
  return { key, name, fresh, change: `new${name}`, average: `average${name}`, span: `span${name}` };
}

const FIELDS = { total: 'key', change: 'change', average: 'average', span: 'span' };

/** A metric's figure of a period; null where there is none. */
export const figure = (period, metric, measure) => period[metric[FIELDS[measure]]] ?? null;

/** Of how many periods a change is: of more than one after periods without a figure. */
export const spanOf = (period, metric, measure) => (measure === 'change' && figure(period, metric, 'span')) || 1;

/** A figure as it is drawn: a change since several periods by the period, beside those of others. */
export function drawn(period, metric, measure) {
  const value = figure(period, metric, measure);
  return value === null ? null : value / spanOf(period, metric, measure);
}

/** Whether a period is one of the metric at all: places that are compared need not have the same days. */
export const isOf = (period, metric, measure) => metric[FIELDS[measure]] in period;

/** Whether there is a figure of a metric in any of the periods. */
export const isReported = (periods, metric, measure) =>
  periods.some((period) => figure(period, metric, measure) !== null);

const isNumber = (value) => value !== null && value !== undefined;
const rounded = (value) => Math.round(value * 1000) / 1000;

/** Days since 1970, which an axis can count. */
export const dayNumber = (date) => Date.parse(date) / DAY;

export const dateOf = (number) => new Date(number * DAY).toISOString().slice(0, 10);

/** Whether a text is a day of the calendar, as in 2020-02-29. */
export const isDay = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text)) && dateOf(dayNumber(text)) === text;

/** The days with averages of the last seven, or the days since the last figure before. */
export function withAverages(periods) {
  const days = periods.map(({ date }) => dayNumber(date));
  return periods.map((period, i) => {
    const averages = METRICS.map(({ key, average }) => {
      const then = lastIndex(i, (j) => days[j] <= days[i] - A_WEEK && isNumber(periods[j][key]));
      const known = then >= 0 && isNumber(period[key]);
      return [average, known ? rounded((period[key] - periods[then][key]) / (days[i] - days[then])) : null];
    });
    return { ...period, ...Object.fromEntries(averages) };
  });
}

/**
 * The periods of a source, each with how many of them a change is of, where that is more than one: a source may
 * report nothing for days, and then everything at once.
 */
export function withSpans(periods, sourceInterval) {
  const days = sourceInterval === 'week' ? A_WEEK : 1;
  const last = {};
  return periods.map((period) => {
    const spans = METRICS.filter(({ key }) => isNumber(period[key])).map(({ key, span }) => {
      const since = last[key] && Math.round((dayNumber(period.date) - dayNumber(last[key])) / days);
      last[key] = period.date;
      return [span, since > 1 ? since : null];
    });
    return { ...period, ...Object.fromEntries(spans.filter(([, since]) => since)) };
  });
}

function lastIndex(from, fits) {
  let i = from;
  while (i >= 0 && !fits(i)) {
    i -= 1;
  }
  return i;
}

/** The first day of the week, a Monday, or of the month that a day is in. */
export function beginOf(date, interval) {
  if (interval === 'month') {
    return `${date.slice(0, 7)}-01`;
  }
  const number = dayNumber(date);
  return dateOf(number - ((number + 3) % A_WEEK));
}

/**
 * The weeks or months of a series: each has the date of its last day, the last totals in it, and their change
 * since the period before, as the API has them. The newest one is open if days of it are to come.
 *
 * @param sourceInterval how far apart the periods of the series are: day or week
 */
export function byInterval(periods, interval, sourceInterval) {
  const all = [];
  const last = {};
  let open;
  for (const period of periods) {
    const begin = beginOf(period.date, interval);
    if (begin !== open?.begin) {
      open = { begin, before: { ...last }, figures: {} };
      all.push(open);
    }
    open.figures.date = period.date;
    for (const { key, change } of METRICS.filter(({ key: name }) => name in period)) {
      if (isNumber(period[key])) {
        last[key] = period[key];
        open.figures[key] = period[key];
        open.figures[change] = isNumber(open.before[key]) ? rounded(period[key] - open.before[key]) : null;
      } else {
        open.figures[key] ??= null;
        open.figures[change] ??= null;
      }
    }
  }
  const next = open && dateOf(dayNumber(open.figures.date) + (sourceInterval === 'week' ? A_WEEK : 1));
  if (open && beginOf(next, interval) === open.begin) {
    open.figures.isOpen = true;
  }
  return all.map(({ figures }) => figures);
}

/** A number of persons per 100,000. */
export const per100k = (value, population) =>
  isNumber(value) ? rounded((value * 100000) / population) : null;

/** The periods with figures per 100,000 persons. */
export const scaled = (periods, population) =>
  periods.map((period) =>
    Object.fromEntries(
      Object.entries(period).map(([name, value]) => [name, name === 'date' ? value : per100k(value, population)]),
    ),
  );

/** The lines of one place: one of each metric. */
export const linesOfOne = (metrics) => metrics.map((each) => ({ ...each, of: each.key, colour: each.key }));

/** The lines of several places: one of each metric and place. */
export const linesOfPlaces = (places, metrics) =>
  metrics.flatMap(({ key, change, average, span }) =>
    places.map(({ code, name, number }, i) => ({
      of: key,
      code,
      name,
      key: `${key} ${i}`,
      change: `${change} ${i}`,
      average: `${average} ${i}`,
      span: `${span} ${i}`,
      colour: `line-${number}`,
    })),
  );

/**
 * The common periods of several places, with the figures of all. Each has the last day that any place has in it.
 *
 * @param beginOfPeriod the same for the dates of one period
 */
export function together(places, metrics, beginOfPeriod) {
  const byBegin = new Map();
  places.forEach(({ periods }, i) => {
    for (const period of periods) {
      const begin = beginOfPeriod(period.date);
      const all = byBegin.get(begin) ?? { date: period.date };
      all.date = period.date > all.date ? period.date : all.date;
      all.isOpen ||= period.isOpen;
      for (const metric of metrics) {
        for (const field of Object.values(FIELDS)) {
          all[`${metric[field]} ${i}`] = period[metric[field]];
        }
      }
      byBegin.set(begin, all);
    }
  });
  const all = [...byBegin.values()].sort((a, b) => a.date.localeCompare(b.date));
  // Where a place has ended, nothing is to come.
  return all.map((period, i) => (period.isOpen && i < all.length - 1 ? { ...period, isOpen: false } : period));
}

/**
 * The newest change of a metric, and the same of a week before: the average of seven days, or the week where
 * the source has weeks.
 *
 * @returns date, value, and before, which is null if it is not known; undefined if there is no change
 */
export function newest(periods, metric, interval) {
  const measure = interval === 'day' ? 'average' : 'change';
  const last = lastIndex(periods.length - 1, (i) => figure(periods[i], metric, measure) !== null);
  if (last < 0) {
    return undefined;
  }
  const { date } = periods[last];
  const weekBefore = dateOf(dayNumber(date) - A_WEEK);
  const then = periods.find((period) => period.date === weekBefore);
  return {
    date,
    value: figure(periods[last], metric, measure),
    before: then ? figure(then, metric, measure) : null,
  };
}

/**
 * The metrics from the bottom to the top of a stack. Deaths are few and would drown further up; one
 * that ends lies on top, so that nothing falls where it does.
 */
export function stack(metrics, latest) {
  const end = ({ key }) => (latest[key]?.discontinued ? latest[key].asOf : '9999');
  const lower = ({ key }) => (key === 'deaths' ? 0 : 1);
  return [...metrics].sort((a, b) => end(b).localeCompare(end(a)) || lower(a) - lower(b));
}
