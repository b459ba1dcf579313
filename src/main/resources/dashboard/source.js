/** What the page reads, wherever it is from. */

import * as files from './files.js';
import { NoAnswer, live, ofPlaces, readFrom } from './reading.js';
import { revisedDays } from './versions.js';

const ADDRESSES = live
  ? {
      totals: 'totals',
      days: 'days',
      runs: 'runs?limit=10',
      places: 'places?limit=1000',
      versions: 'versions?limit=500',
    }
  : {
      totals: 'totals.json',
      days: 'days.json',
      runs: 'runs.json',
      places: files.PLACES,
      versions: files.VERSIONS,
    };

/**
 * Reads totals, days or runs.
 *
 * @throws NoAnswer
 */
export const read = (name) => readFrom(ADDRESSES[name]);

/**
 * What every report has, unless its run is still running. RunReport.missing() asks about the same, with what the
 * constructor there requires.
 */
const OF_REPORTS = [
  'finishedAt',
  'duration',
  'feeds',
  'days',
  'revised',
  'deadLetters',
  'replay',
  'unfinishedRuns',
  'warnings',
];

const isWhole = (value) => (value ?? null) !== null && !(Array.isArray(value) && value.includes(null));

function isDamaged(report) {
  const fields = ['succeeded', 'partial'].includes(report?.status) ? OF_REPORTS : [...OF_REPORTS, 'reason'];
  return !fields.every((field) => isWhole(report?.[field]));
}

/**
 * Reads the report of a run.
 *
 * @throws NoAnswer
 */
export async function readReport(run) {
  try {
    const { body } = await readFrom(reportAddress(run));
    if (body?.status !== 'running' && isDamaged(body)) {
      throw new NoAnswer(`The report of this run is damaged: its operator has to remove it; runs ${run} says where it is.`);
    }
    return body;
  } catch (reason) {
    throw reason.noSetYet ? new NoAnswer('This page has no report of that run.') : reason;
  }
}

/** The address of the report of a run. */
export const reportAddress = (run) => `runs/${encodeURIComponent(run)}${live ? '' : '.json'}`;

/** The address of the same as it was then. */
function addressAsOf(address, asOf) {
  const sign = address.includes('?') ? '&' : '?';
  return asOf ? `${address}${sign}asOf=${encodeURIComponent(asOf)}` : address;
}

/**
 * Reads the periods of one of many places, now or as they were.
 *
 * @param place a line of the list of places
 * @throws NoAnswer
 */
export async function readPlace({ code, days }, asOf) {
  if (asOf && !live) {
    return { periods: await files.periodsOfPlace(code, asOf), outOfDate: false };
  }
  const { body, outOfDate } = await readFrom(addressAsOf(days, asOf));
  return { periods: body.places[0].periods, outOfDate };
}

/**
 * Reads the periods of one of many places in one version; none if it lacks the place.
 *
 * @throws NoAnswer
 */
export async function readPlaceOf(place, version) {
  try {
    return (await readPlace(place, version)).periods;
  } catch (reason) {
    if (live && reason.noVersion) {
      return [];
    }
    throw reason;
  }
}

/**
 * Reads the whole list of places, now or as it was.
 *
 * @throws NoAnswer
 */
export const readPlaces = async (asOf) =>
  asOf && !live
    ? { body: await files.asOf(asOf), outOfDate: false }
    : readAll(addressAsOf(ADDRESSES.places, asOf), 'places');

/**
 * Reads the list of versions, newest first; an empty one if there are none.
 *
 * @throws NoAnswer
 */
export async function readVersions() {
  try {
    if (!live && !(await files.hasVersions())) {
      return [];
    }
    return (await readAll(ADDRESSES.versions, 'versions')).body.versions;
  } catch (reason) {
    if (reason.noSetYet) {
      return [];
    }
    throw reason;
  }
}

async function readAll(address, name) {
  let { body, outOfDate } = await readFrom(address);
  const all = [...body[name]];
  while (body.next) {
    const more = await readFrom(body.next);
    body = more.body;
    outOfDate ||= more.outOfDate;
    all.push(...body[name]);
  }
  return { body: { ...body, [name]: all }, outOfDate };
}

/**
 * Reads totals, days and known breaks of the only place, now or as they were.
 *
 * @throws NoAnswer
 */
export async function readOnePlace(asOf) {
  if (asOf && !live) {
    const [{ totals, days }, places] = await Promise.all([files.asOf(asOf), readOnlyPlace()]);
    return { totals, days, known: places.body?.known, outOfDate: false };
  }
  const [places, totals, days] = await Promise.all([
    readOnlyPlace(),
    ...['totals', 'days'].map((name) => readFrom(addressAsOf(ADDRESSES[name], asOf))),
  ]);
  return {
    totals: totals.body,
    days: days.body,
    known: places.body?.known,
    // The server says so in the answer for which it has asked the bucket, which may be any of them.
    outOfDate: places.outOfDate || totals.outOfDate || days.outOfDate,
  };
}

/** Reads the list of the only place, whatever the version; without it, the figures are shown all the same. */
const readOnlyPlace = () => readFrom(ADDRESSES.places).catch(() => ({ outOfDate: false }));

/**
 * Reads the days of the only place in one version.
 *
 * @throws NoAnswer
 */
export const readDaysOf = async (version) =>
  (live
    ? (await readFrom(addressAsOf(ADDRESSES.days, version))).body
    : (await files.asOf(version)).days
  ).periods;

/**
 * Reads the days that two versions have with other figures.
 *
 * @throws NoAnswer
 */
export async function readRevisedDays(from, to) {
  if (!ofPlaces) {
    const [earlier, later] = await Promise.all([from, to].map((version) => readDaysOf(version)));
    return revisedDays(earlier, later);
  }
  if (!live) {
    return files.revisedDaysOfPlaces(from, to);
  }
  const query = new URLSearchParams({ from, to, kind: 'revised' });
  return (await readFrom(`diff?${query}`)).body.days;
}

/**
 * Reads what the figures of a day were over time.
 *
 * @param next what an earlier answer said of the issues before; those are read then
 * @throws NoAnswer
 */
export async function readHistory(date, place, next) {
  if (!live) {
    return files.history(date, place, next);
  }
  const first = `days/${date}/history${place ? `?place=${encodeURIComponent(place)}` : ''}`;
  const { body } = await readFrom(next ?? first);
  return { issues: body.issues, next: body.next && `days/${date}/${body.next}` };
}
