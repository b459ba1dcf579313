/** How answers are read: from the server beside the page, or from files beside it. */

const [kind, form] = document.querySelector('meta[name=data]').content.split(' ');

export const live = kind !== 'files';

/** Whether there are figures of many places to choose from. */
export const ofPlaces = form === 'places';

export const NO_VERSION = 'There is no such version.';
export const FEWER_VERSIONS = 'This page has the newest versions, and one of each month before them.';
const NO_SET_YET = 'urn:problem-type:no-set-yet';
const PATIENCE = 30_000;

const seen = new Map();

/** Why there is no answer: a sentence for the reader, and the server's own words if there are. */
export class NoAnswer extends Error {
  constructor(sentence, { detail, noSetYet = false, noVersion = false, retryAfter } = {}) {
    super(sentence);
    this.detail = detail;
    this.noSetYet = noSetYet;
    this.noVersion = noVersion;
    this.retryAfter = retryAfter;
  }
}

/**
 * Reads from an address. What has not changed is the very object of last time.
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
const isForGood = (address) => FOR_GOOD.test(address);
const FOR_GOOD = /(asOf=|from=|versions\/([-\dTZ]{20}-[0-9a-f]{8}-)?)[-\dTZ]{20}-[0-9a-f]{8}(&|\.|$)/;

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
