/** Where the figures come from: the server beside the page, or files beside it. */

const [kind, form] = document.querySelector('meta[name=data]').content.split(' ');

export const live = kind !== 'files';

/** Whether there are figures of many places to choose from. */
export const ofPlaces = form === 'places';

const NO_SET_YET = 'urn:problem-type:no-set-yet';
const PATIENCE = 30_000;
const ADDRESSES = live
  ? { totals: 'totals', days: 'days', runs: 'runs?limit=10', places: 'places?limit=1000' }
  : { totals: 'totals.json', days: 'days.json', runs: 'runs.json', places: 'places.json' };

const seen = new Map();

/** Why there is no answer: a sentence for the reader, and the server's own words if there are. */
class NoAnswer extends Error {
  constructor(sentence, { detail, noSetYet = false, retryAfter } = {}) {
    super(sentence);
    this.detail = detail;
    this.noSetYet = noSetYet;
    this.retryAfter = retryAfter;
  }
}

/**
 * Reads totals, days, runs or places. What has not changed is the very object of last time.
 *
 * @throws NoAnswer
 */
export const read = (name) => readFrom(ADDRESSES[name]);

/**
 * Reads the whole list of places.
 *
 * @throws NoAnswer
 */
export async function readPlaces() {
  let { body, outOfDate } = await read('places');
  const places = [...body.places];
  while (body.next) {
    const more = await readFrom(body.next);
    body = more.body;
    outOfDate ||= more.outOfDate;
    places.push(...body.places);
  }
  return { body: { ...body, places }, outOfDate };
}

/**
 * Reads from an address.
 *
 * @throws NoAnswer
 */
export async function readFrom(name) {
  const answer = await ask(name, seen.get(name)?.etag);
  if (answer.status !== 304) {
    if (!answer.ok) {
      throw await refusal(answer);
    }
    seen.set(name, { etag: answer.headers.get('ETag'), body: await json(answer) });
  }
  return { body: seen.get(name).body, outOfDate: answer.headers.has('Warning') };
}

// Not through the browser's cache: that would keep a Warning for ever, once it had one.
async function ask(address, etag) {
  const headers = { Accept: 'application/json', ...(etag && { 'If-None-Match': etag }) };
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return await fetch(address, { headers, signal, cache: 'no-store' });
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

async function refusal(answer) {
  const retryAfter = Number.parseInt(answer.headers.get('Retry-After'), 10) || undefined;
  if (!live && [403, 404].includes(answer.status)) {
    // Without the right to list the bucket, S3 answers 403 for a missing object.
    return new NoAnswer('Nothing is published yet.', { noSetYet: true, retryAfter });
  }
  const problem = await answer.json().catch(() => ({}));
  const sentence =
    answer.status === 503
      ? 'The server cannot read the archive at the moment.'
      : `The server answered with an error (${answer.status}).`;
  const noSetYet = answer.status === 503 && problem.type === NO_SET_YET;
  return new NoAnswer(sentence, { detail: problem.detail, noSetYet, retryAfter });
}
