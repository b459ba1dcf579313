/** Where the figures come from: the server beside the page, or files beside it. */

import { revisedDays } from './versions.js';

const [kind, form] = document.querySelector('meta[name=data]').content.split(' ');

export const live = kind !== 'files';

/** Whether there are figures of many places to choose from. */
export const ofPlaces = form === 'places';

const NO_VERSION = 'There is no such version.';
const FEWER_VERSIONS = 'This page has the newest versions, and one of each month before them.';
const NO_SET_YET = 'urn:problem-type:no-set-yet';
const PATIENCE = 30_000;
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
      places: 'places.json',
      versions: 'versions/index.json',
    };

/** Whether there is more to read of the past than a list of versions. */
export const hasPast = live || !ofPlaces;

const seen = new Map();

/** Why there is no answer: a sentence for the reader, and the server's own words if there are. */
class NoAnswer extends Error {
  constructor(sentence, { detail, noSetYet = false, noVersion = false, retryAfter } = {}) {
    super(sentence);
    this.detail = detail;
    this.noSetYet = noSetYet;
    this.noVersion = noVersion;
    this.retryAfter = retryAfter;
  }
}

/**
 * Reads totals, days, runs or places. What has not changed is the very object of last time.
 *
 * @throws NoAnswer
 */
export const read = (name) => readFrom(ADDRESSES[name]);

/** The address of the same as it was then. */
function addressAsOf(address, asOf) {
  const sign = address.includes('?') ? '&' : '?';
  return asOf ? `${address}${sign}asOf=${encodeURIComponent(asOf)}` : address;
}

/**
 * Reads the days of a place, now or as they were.
 *
 * @param days the address of the days of the place
 * @throws NoAnswer
 */
export const readPlace = (days, asOf) => readFrom(addressAsOf(days, asOf));

/**
 * Reads the whole list of places, now or as it was.
 *
 * @throws NoAnswer
 */
export const readPlaces = (asOf) => readAll(addressAsOf(ADDRESSES.places, asOf), 'places');

/**
 * Reads the list of versions, newest first; an empty one if there are none.
 *
 * @throws NoAnswer
 */
export async function readVersions() {
  try {
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
 * Reads totals and days of the only place, now or as they were.
 *
 * @throws NoAnswer
 */
export async function readOnePlace(asOf) {
  if (asOf && !live) {
    const { totals, days } = (await readFrom(await fileAsOf(asOf))).body;
    return { totals, periods: days.periods, outOfDate: false };
  }
  const [totals, days] = await Promise.all(
    ['totals', 'days'].map((name) => readFrom(addressAsOf(ADDRESSES[name], asOf))),
  );
  return {
    totals: totals.body,
    periods: days.body.periods,
    outOfDate: totals.outOfDate || days.outOfDate,
  };
}

async function fileAsOf(asOf) {
  const { versions, since } = (await read('versions')).body;
  const isDay = /^[-\d]{10}$/.test(asOf) && asOf >= since;
  const version = versions.find(({ id, day }) => id === asOf || (isDay && day <= asOf));
  if (!version) {
    throw new NoAnswer(NO_VERSION, { detail: FEWER_VERSIONS, noVersion: true });
  }
  return version.href;
}

/**
 * Reads the days of the only place in one version.
 *
 * @throws NoAnswer
 */
export const readDaysOf = async (version) =>
  (live
    ? (await readFrom(addressAsOf(ADDRESSES.days, version))).body
    : (await readFrom(await fileAsOf(version))).body.days
  ).periods;

/**
 * Reads the days of one of many places in one version; none if it lacks the place.
 *
 * @param days the address of the days of the place
 * @throws NoAnswer
 */
export async function readDaysOfPlace(days, version) {
  try {
    return (await readPlace(days, version)).body.places[0].periods;
  } catch (reason) {
    if (reason.noVersion) {
      return [];
    }
    throw reason;
  }
}

/**
 * Reads the days that two versions have with other figures.
 *
 * @throws NoAnswer
 */
export async function readRevisedDays(from, to) {
  if (ofPlaces) {
    const query = new URLSearchParams({ from, to, kind: 'revised' });
    return (await readFrom(`diff?${query}`)).body.days;
  }
  const [earlier, later] = await Promise.all([from, to].map((version) => readDaysOf(version)));
  return revisedDays(earlier, later);
}

/**
 * Reads what the figures of a day were over time.
 *
 * @param address of the next ones; of the newest if it is not given
 * @throws NoAnswer
 */
export async function readHistory(date, place, address) {
  const first = `days/${date}/history${place ? `?place=${encodeURIComponent(place)}` : ''}`;
  const { body } = await readFrom(address ?? first);
  return { issues: body.issues, next: body.next && `days/${date}/${body.next}` };
}

/**
 * Reads from an address.
 *
 * @throws NoAnswer
 */
export async function readFrom(name) {
  if (isForGood(name)) {
    const answer = await ask(name, 'default');
    if (!answer.ok) {
      throw await refusal(answer, name);
    }
    return { body: await json(answer), outOfDate: false };
  }
  const answer = await ask(name, 'no-store', seen.get(name)?.etag);
  if (answer.status !== 304) {
    if (!answer.ok) {
      throw await refusal(answer, name);
    }
    seen.set(name, { etag: answer.headers.get('ETag'), body: await json(answer) });
  }
  return { body: seen.get(name).body, outOfDate: answer.headers.has('Warning') };
}

/** Whether the address names a version, which the browser keeps: many of them need much memory. */
const isForGood = (address) => /(asOf=|from=|versions\/)[-\dTZ]{20}-[0-9a-f]{8}(&|\.|$)/.test(address);

// Others not through the browser's cache: that would keep a Warning for ever, once it had one.
async function ask(address, cache, etag) {
  const headers = { Accept: 'application/json', ...(etag && { 'If-None-Match': etag }) };
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return await fetch(address, { headers, signal, cache });
  } catch {
    throw new NoAnswer('The server does not answer.');
  }
}

async function json(answer) {
  try {
    return await answer.json();
  } catch {
    throw new NoAnswer('What the server sent cannot be read.');
  }
}

async function refusal(answer, address) {
  const retryAfter = Number.parseInt(answer.headers.get('Retry-After'), 10) || undefined;
  if (!live && [403, 404].includes(answer.status)) {
    if (isForGood(address)) {
      return new NoAnswer(NO_VERSION, { detail: FEWER_VERSIONS, noVersion: true });
    }
    // Without the right to list the bucket, S3 answers 403 for a missing object.
    return new NoAnswer('Nothing is published yet.', { noSetYet: true, retryAfter });
  }
  const problem = await answer.json().catch(() => ({}));
  const sentence =
    answer.status === 503
      ? 'The server cannot read the archive at the moment.'
      : answer.status === 404
        ? NO_VERSION
        : `The server answered with an error (${answer.status}).`;
  const noSetYet = answer.status === 503 && problem.type === NO_SET_YET;
  const noVersion = [400, 404].includes(answer.status);
  return new NoAnswer(sentence, { detail: problem.detail, noSetYet, noVersion, retryAfter });
}
