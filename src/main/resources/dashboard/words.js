/** Numbers, days and times as a person reads them. */

const whole = new Intl.NumberFormat('en');
const signed = new Intl.NumberFormat('en', { signDisplay: 'exceptZero' });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

// Days are those of the source, wherever the reader is; moments are the reader's.
const date = (format) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...format });
const time = (format) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...format });

const longDay = date({ day: 'numeric', month: 'long', year: 'numeric' });
const briefDate = date({ day: 'numeric', month: 'short', year: 'numeric' });
const shortDay = date({ day: 'numeric', month: 'short' });
const month = date({ month: 'short' });
const longMoment = time({
  day: 'numeric', month: 'long', year: 'numeric', timeZoneName: 'short',
});
const shortMoment = time({ day: 'numeric', month: 'short', year: 'numeric' });
const clock = time({});
const clockOfUtc = time({ timeZone: 'UTC' });
const percentage = new Intl.NumberFormat('en', {
  style: 'percent', signDisplay: 'exceptZero', maximumSignificantDigits: 3,
});

const minus = (text) => text.replace('-', '−');

export const number = (value) => minus(whole.format(value));
export const change = (value) => minus(signed.format(value));
/** How figures of a measure are said. */
export const saying = (measure) => (measure === 'change' ? change : number);

/** What a revised figure was; empty if it was not revised. */
export const wasOf = (value, say) =>
  value === undefined ? '' : ` (was ${value === null ? 'not reported' : say(value)})`;

export const roughly = (value) =>
  minus((Number.isInteger(value) || Math.abs(value) >= 10 ? compact : whole).format(value));

export const day = (value) => longDay.format(new Date(value));
export const briefDay = (value) => briefDate.format(new Date(value));
export const dayOfYear = (value) => shortDay.format(new Date(value));
export const monthOfYear = (value) => month.format(new Date(value));
export const moment = (value) => longMoment.format(new Date(value));
export const briefMoment = (value) => shortMoment.format(new Date(value));
export const timeOfDay = (value) => clock.format(new Date(value));

const rough = new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumSignificantDigits: 3 });

export const percent = (value) => minus(percentage.format(value));

// Versions have the times of the API, wherever the reader is.
export const utcTime = (value) => `${clockOfUtc.format(new Date(value))} UTC`;
export const versionTime = (value) => `${day(value)}, ${utcTime(value)}`;
export const briefVersion = (value) => `${briefDay(value)}, ${utcTime(value)}`;

/** How long something took. */
export function span(from, to) {
  const seconds = (new Date(to) - new Date(from)) / 1000;
  return seconds < 90
    ? `${number(Math.max(1, Math.round(seconds)))} s`
    : `${number(Math.round(seconds / 60))} min`;
}

/** So many of something. */
export const count = (many, one, more = `${one}s`) => `${number(many)} ${many === 1 ? one : more}`;

/** Said after a change that is of more than one period. */
export const during = (span, interval) => (span > 1 ? ` in ${count(span, interval)}` : '');

/** Of one, two or more things: "a, b and c". */
export function list(things) {
  const last = things.length - 1;
  return last < 1 ? things.join('') : `${things.slice(0, last).join(', ')} and ${things[last]}`;
}

// --- What the figures are

const MEASURES = {
  day: { change: 'Daily', average: '7-day average', total: 'Total' },
  week: { change: 'Weekly', total: 'Total' },
  month: { change: 'Monthly', total: 'Total' },
};

export const measure = (key, interval) => MEASURES[interval][key];

/** What a panel shows: "New cases", or of totals "Cases". */
export const titleOf = (metric, key) => (key === 'total' ? metric.name : metric.fresh);

/** What the figures of a measure count. */
export function unit(key, interval, perPopulation) {
  const what = { change: `a ${interval}`, average: 'a day, 7-day average', total: 'total so far' }[key];
  return perPopulation ? `${what}, per 100,000` : what;
}

/** A value beside that of the week before; undefined if that is not known. */
export function beside({ value, before }) {
  if (before === null) {
    return undefined;
  }
  return before > 0 && value >= 0 ? percent((value - before) / before) : minus(rough.format(value - before));
}

/** The same in words. */
export function onWeekBefore(change) {
  const said = beside(change);
  return said && (change.value === change.before ? 'as in the week before' : `${said} on the week before`);
}

/** A figure for a headline: what is per 100,000 has as many digits as a reader keeps in mind. */
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
export const brief = (value) => (Number.isInteger(value) || Math.abs(value) >= 100 ? number(Math.round(value)) : short.format(value));
