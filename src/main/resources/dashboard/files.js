/** The past as the plain files of the site have it. */

import { METRICS, dayNumber, isDay } from './figures.js';
import { FEWER_VERSIONS, NO_VERSION, NoAnswer, ofPlaces, readFrom } from './reading.js';

export const PLACES = 'places.json';
export const VERSIONS = 'versions/index.json';

/** Of so many versions a history is read at once. */
const AT_ONCE = 10;

const body = async (address) => (await readFrom(address)).body;

/** The position of the version of an id or of a day in the list of versions. */
function positionOf(asOf, { versions, since }) {
  const isKnown = isDay(asOf) && asOf >= since;
  const position = versions.findIndex(({ id, day }) => id === asOf || (isKnown && day <= asOf));
  if (position < 0) {
    throw new NoAnswer(NO_VERSION, { detail: FEWER_VERSIONS, noVersion: true });
  }
  return position;
}

/**
 * Reads the file of a version: of one place its figures, of many the list of places.
 *
 * @throws NoAnswer
 */
export async function asOf(version) {
  const list = await body(VERSIONS);
  return body(list.versions[positionOf(version, list)].href);
}

/** Whether the figures are of a version: those of version 0.1 are not. */
export const hasVersions = async () => !ofPlaces || Boolean((await body(PLACES)).version);

// --- Many places: the files of now, and what each version changed against the one before it

/**
 * Reads the current periods of a place, and the list of versions, which begins with theirs. The files
 * are put in the same order in which they are read, so that none can be newer than the list.
 *
 * @throws NoAnswer
 */
async function now(code) {
  const address = (await body(PLACES)).places.find((place) => place.code === code)?.days;
  const periods = address ? (await body(address)).places[0].periods : [];
  const { version } = await body(PLACES);
  const list = await body(VERSIONS);
  if (list.versions[0].id !== version) {
    throw new NoAnswer('The files of this page are being replaced.', { detail: 'Try again in a minute.' });
  }
  return { periods, list };
}

/** Reads what the versions at some positions changed against the one before each, newest first. */
const changesOf = ({ versions }, from, to) =>
  Promise.all(
    versions.slice(from, to).map(async ({ changes }) => {
      const { places } = await body(changes);
      if (!places) {
        throw new NoAnswer('This page does not have that version.', {
          detail: 'Too many figures have changed since then.',
          noVersion: true,
        });
      }
      return places;
    }),
  );

const NONE = { before: [], after: [] };
const ofPlace = (places, code) => places.find((place) => place.code === code) ?? NONE;

/**
 * Reads the periods of a place in a version: those of now, with every change since then undone.
 *
 * @throws NoAnswer
 */
export async function periodsOfPlace(code, version) {
  const { periods, list } = await now(code);
  const days = new Map(periods.map((period) => [period.date, period]));
  for (const places of await changesOf(list, 0, positionOf(version, list))) {
    const { before, after } = ofPlace(places, code);
    after.forEach(({ date }) => days.delete(date));
    before.forEach((period) => days.set(period.date, period));
  }
  return [...days.values()].sort((one, other) => one.date.localeCompare(other.date));
}

/**
 * Reads the days of all places that two versions have with other figures, in the form of the API.
 *
 * @throws NoAnswer
 */
export async function revisedDaysOfPlaces(from, to) {
  const list = await body(VERSIONS);
  const [earlier, later] = [from, to].map((version) => positionOf(version, list));
  const [newest, oldest] = [earlier, later].sort((one, other) => one - other);
  const days = new Map();
  for (const places of await changesOf(list, newest, oldest)) {
    for (const { code, before, after } of places) {
      const was = new Map(before.map((period) => [period.date, period]));
      const is = new Map(after.map((period) => [period.date, period]));
      for (const date of new Set([...was.keys(), ...is.keys()])) {
        const key = `${code} ${date}`;
        const last = days.has(key) ? days.get(key).after : is.get(date);
        days.set(key, { place: code, date, before: was.get(date), after: last });
      }
    }
  }
  const revised = [...days.values()].filter(({ before, after }) => before && after);
  return earlier >= later
    ? revised
    : revised.map((day) => ({ ...day, before: day.after, after: day.before }));
}

// --- The history of a day

/**
 * Reads which versions changed the figures of a day, newest first.
 *
 * @param from the position of the version to begin with
 * @throws NoAnswer
 */
export async function history(date, code, from = 0) {
  const { list, days } = await (ofPlaces ? daysInPlace : daysInVersions)(date, code, from);
  const { versions } = list;
  const end = Math.min(from + AT_ONCE, versions.length);
  const issues = versions
    .slice(from, end)
    .flatMap((version, i) => issue(version, date, days[i], days[i + 1]) ?? []);
  if (issues.length === 0 && end < versions.length) {
    return history(date, code, end);
  }
  return {
    issues,
    next: end < versions.length ? end : undefined,
    note: versions[end - 1].day < list.since ? FEWER_VERSIONS : undefined,
  };
}

/** The day in some versions, one more than are shown, if there is one to compare with. */
async function daysInVersions(date, _, from) {
  const list = await body(VERSIONS);
  const days = await Promise.all(
    list.versions.slice(from, from + AT_ONCE + 1).map(async ({ href }) => {
      const { periods } = (await body(href)).days;
      return periods.find((period) => period.date === date);
    }),
  );
  return { list, days };
}

async function daysInPlace(date, code, from) {
  const { periods, list } = await now(code);
  const ofDate = (some) => some.find((period) => period.date === date);
  const days = [ofDate(periods)];
  const end = Math.min(from + AT_ONCE, list.versions.length - 1);
  for (const places of await changesOf(list, 0, end)) {
    const { before, after } = ofPlace(places, code);
    const last = days[days.length - 1];
    days.push(ofDate(before) ?? (ofDate(after) ? undefined : last));
  }
  return { list, days: days.slice(from) };
}

/** What a version made of a day; undefined if it left it as it was. */
function issue({ id, at, day }, date, after, before) {
  const figures = (period) => period && Object.fromEntries(METRICS.map(({ key }) => [key, period[key] ?? null]));
  if (JSON.stringify(figures(before)) === JSON.stringify(figures(after))) {
    return undefined;
  }
  const kind = !before ? 'added' : after ? 'revised' : 'removed';
  const lag = dayNumber(day) - dayNumber(date);
  return { issue: at, version: id, lag, kind, figures: figures(after) };
}
