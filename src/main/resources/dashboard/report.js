/** What happened in a run, in sentences. */

import { choice } from './choice.js';
import { METRICS } from './figures.js';
import { day, link, scrolling } from './parts.js';
import { feedName } from './remarks.js';
import { readReport, reportAddress } from './source.js';
import { STATUSES, TRIGGERS } from './runs.js';
import * as words from './words.js';

const { h, shallowReactive, watch } = Vue;

const { count } = words;
const MOST_ROWS = 20;
const SECONDS_TO_NEWS = 5;

const known = shallowReactive({ report: null, trouble: null });

let nextLook;

function begin() {
  Object.assign(known, { report: null, trouble: null });
  tell();
}

/** Reads the report, again and again while the run is running. */
async function tell() {
  const { run } = choice;
  clearTimeout(nextLook);
  if (run === '') {
    return;
  }
  const [{ value: report, reason: trouble = null }] = await Promise.allSettled([readReport(run)]);
  if (run !== choice.run) {
    return;
  }
  Object.assign(known, { report: report ?? known.report, trouble });
  if (known.report?.status === 'running') {
    nextLook = setTimeout(tell, SECONDS_TO_NEWS * 1000);
  }
}

/** The link to the page of a run. */
export const reportLink = (run, says) => link({ run: run.id }, says);

const back = () => h('p', link({ run: '' }, 'Back to the figures', { id: 'to-figures' }));

/** How it began and ended. */
function outcome({ status, startedAt, finishedAt, trigger, reason, supersededBy, rawOf }) {
  const [symbol, name] = STATUSES[status] ?? ['', status];
  return [
    h('p', { id: 'run-outcome' }, [
      h('strong', { class: ['status', status] }, [h('span', { 'aria-hidden': 'true' }, `${symbol} `), name]),
      `: started by ${TRIGGERS[trigger] ?? trigger} on `,
      h('time', { datetime: startedAt }, words.moment(startedAt)),
      finishedAt ? `, and ended after ${words.span(startedAt, finishedAt)}.` : '; it is still running.',
    ]),
    reason && h('p', { id: 'run-reason', class: 'note' }, reason),
    rawOf && h('p', `It repeated the run ${rawOf}, on the bodies that it had pulled.`),
    supersededBy && h('p', `It published nothing, since ${supersededBy} has published a later pull.`),
  ];
}

function feedLine(feed) {
  const { name, rows, newestDay, empty, quarantined, onlyHere, stalled, incomplete, unchangedSince } = feed;
  return h('li', { key: name, 'data-feed': name }, [
    h('strong', feedName(feed)),
    ` gave ${count(rows, 'row')}`,
    newestDay && [', the newest day with figures is ', day(newestDay)],
    '. ',
    [
      unchangedSince && `The source said that nothing had changed since ${words.moment(unchangedSince)}.`,
      empty > 0 && `${count(empty, 'row had', 'rows had')} no figure.`,
      quarantined > 0 && `${count(quarantined, 'row was', 'rows were')} quarantined.`,
      incomplete?.length > 0 && `${count(incomplete.length, 'day was', 'days were')} incomplete, and not used.`,
      onlyHere > 0 && `${count(onlyHere, 'day is', 'days are')} unmatched: another feed lacks ${onlyHere === 1 ? 'it' : 'them'}.`,
      stalled && 'The feed has stalled.',
    ].filter(Boolean).join(' '),
  ]);
}

const wasOrWere = (number) => (number === 1 ? 'was' : 'were');

/** What became of the joined days. */
function joinedDays({ joined, added, present, revised: differ, deadLettered }) {
  const said = [
    `${count(added, 'was', 'were')} added to the table`,
    `${count(present, 'was', 'were')} there already`,
    differ > 0 && `${words.number(differ)} of these with other figures, which stay as they are`,
    deadLettered > 0 && `${words.number(deadLettered)} could not be written and went to the dead letter`,
  ].filter(Boolean);
  return h('p', { id: 'run-days' }, `${count(joined, 'day')} had figures of every feed: ${words.list(said)}.`);
}

function replayed({ added = [], present = [], failed = [] }) {
  const settled = added.length + present.length;
  const all = settled + failed.length;
  return (
    all > 0 &&
    h('p', `Of ${count(all, 'day')} in the dead letter before, ${settled} ${wasOrWere(settled)} written, and ${failed.length} failed again.`)
  );
}

const published = ({ rows, newestDay, changed }) =>
  h('p', { id: 'run-published' }, [
    `${count(rows, 'day')} ${wasOrWere(rows)} published, up to `,
    day(newestDay),
    changed
      ? `: ${words.number(changed.added)} more than before, ${words.number(changed.revised)} revised and ${words.number(changed.removed)} removed.`
      : '.',
  ]);

const figuresOf = (figures) =>
  figures
    ? METRICS.filter(({ key }) => figures[key] !== undefined && figures[key] !== null)
        .map(({ key, name }) => `${words.number(figures[key])} ${name.toLowerCase()}`)
        .join(', ')
    : 'unreadable';

const dayOf = ({ date, place }) => [day(date, words.briefDay), place && ` ${place}`];

function table(id, title, columns, rows) {
  return rows.length > 0 && scrolling(`${id}-caption`, { id: `${id}-region` }, [
    h('table', { id }, [
      h('caption', { id: `${id}-caption` }, title),
      h('thead', h('tr', columns.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', rows.map((row, i) => h('tr', { key: i }, row.map((value) => h('td', value))))),
    ]),
  ]);
}

function quarantined({ quarantine = [], feeds = [] }) {
  const all = feeds.reduce((sum, feed) => sum + feed.quarantined, 0);
  return table(
    'quarantine',
    `${all > quarantine.length ? `The first ${quarantine.length} of ${count(all, 'quarantined row')}` : count(all, 'quarantined row')}: nothing of them is published`,
    ['Feed', 'Line', 'Why', 'The row as it was read'],
    quarantine.map(({ feed, line, reason, raw }) => [feedName({ name: feed }), words.number(line), reason, h('code', raw)]),
  );
}

const revised = ({ revised: days = [] }) =>
  table(
    'run-revised',
    `${count(days.length, 'day')} that the table has with other figures`,
    ['Day', 'The feeds say', 'The table has'],
    days.slice(0, MOST_ROWS).map(({ feed, stored }) => [dayOf(feed), figuresOf(feed), figuresOf(stored)]),
  );

const lost = ({ deadLetters = [] }) =>
  table(
    'run-dead-letters',
    `${count(deadLetters.length, 'day')} in the dead letter, which the next run tries again`,
    ['Day', 'Why', 'Attempts'],
    deadLetters.slice(0, MOST_ROWS).map(({ day: of, error, attempts }) => [dayOf(of), error, words.number(attempts)]),
  );

/** The page of the chosen run. */
export const Report = {
  setup() {
    watch(() => choice.run, begin, { immediate: true });
    return () => {
      const { report, trouble } = known;
      return h('section', { id: 'report', 'aria-labelledby': 'report-title' }, [
        back(),
        h('h2', { id: 'report-title' }, `Run ${choice.run}`),
        trouble && h('p', { class: 'note', role: 'alert' }, trouble.detail ?? trouble.message),
        !report && !trouble && h('p', { role: 'status' }, 'Reading the report …'),
        report && [
          outcome(report),
          report.feeds && h('ul', { class: 'feeds' }, report.feeds.map(feedLine)),
          report.days && joinedDays(report.days),
          report.replay && replayed(report.replay),
          report.archive && published(report.archive),
          (report.warnings ?? []).map((warning, i) => h('p', { key: i, class: 'note' }, warning)),
          quarantined(report),
          revised(report),
          lost(report),
          h('p', h('a', { id: 'report-json', href: reportAddress(report.id) }, 'The report as JSON')),
        ],
      ]);
    };
  },
};
