/** What is shown, as files that the page makes: CSV, PNG and SVG. */

import { figure } from './figures.js';
import { drawSvg } from './svg.js';

const { h } = Vue;

const PREFIXES = { total: '', change: 'New', average: 'Average' };
const MARGIN = 24;
const TITLE = 64;
const LEGEND = 24;
const LETTER = 7.5;

const capital = (text) => text[0].toUpperCase() + text.slice(1);
const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** The rows of the table, with the columns that the API has. */
export function csvOf({ places, periods, lines, measures, isCompared }) {
  const metrics = [...new Set(lines.map(({ of }) => of))];
  const columns = measures.flatMap((measure) => metrics.map((metric) => ({ measure, metric })));
  const head = [...(isCompared ? ['Place'] : []), 'Date', ...columns.map(({ measure, metric }) => PREFIXES[measure] + capital(metric))];
  const rowsOf = (place) =>
    periods.map((period) => {
      const figures = columns.map(({ measure, metric }) => {
        const line = lines.find(({ of, code }) => of === metric && (!isCompared || code === place.code));
        return figure(period, line, measure) ?? '';
      });
      return [...(isCompared ? [cell(place.code)] : []), period.date, ...figures];
    });
  const rows = (isCompared ? places : [undefined]).flatMap(rowsOf);
  return [head, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** What stands over each chart of the page, and the chart. */
const chartsOf = () =>
  [...document.querySelectorAll('#chart [data-panel]')].map((panel) => ({
    title: panel.querySelector('h3').innerText,
    chart: Chart.getChart(panel.querySelector('canvas')),
  }));

/** Whether lines are told apart by their colours: those of places, or of metrics in a stack. */
const isNamed = (lines) => new Set(lines.map(({ borderColor }) => borderColor)).size > 1;

/** Where the charts are on a sheet: in a row, under a title and over the sources. */
function sheetOf(charts) {
  const lines = charts[0]?.chart.data.datasets ?? [];
  let at = MARGIN;
  const legend = (isNamed(lines) ? lines : []).map(({ label, borderColor }) => {
    const item = { name: label, colour: borderColor, x: at, y: TITLE + 16 };
    at += 36 + label.length * LETTER;
    return item;
  });
  const top = TITLE + (legend.length > 0 ? LEGEND : 0);
  const width = MARGIN + charts.reduce((sum, { chart }) => sum + chart.width + MARGIN, 0);
  const height = top + 20 + Math.max(...charts.map(({ chart }) => chart.height)) + 3 * MARGIN;
  let x = MARGIN;
  const placed = charts.map((each) => {
    const here = { ...each, x, y: top + 28 };
    x += each.chart.width + MARGIN;
    return here;
  });
  return { width, height, charts: placed, legend };
}

const style = () => {
  const all = getComputedStyle(document.documentElement);
  const colour = (name) => all.getPropertyValue(`--${name}`).trim();
  return { paper: colour('paper'), ink: colour('ink'), soft: colour('soft'), rule: colour('rule'), font: Chart.defaults.font.family };
};

function pngOf({ title, range, credit }) {
  const sheet = sheetOf(chartsOf());
  const { paper, ink, soft, font } = style();
  const scale = Math.max(2, devicePixelRatio);
  const canvas = Object.assign(document.createElement('canvas'), {
    width: sheet.width * scale,
    height: sheet.height * scale,
  });
  const ctx = canvas.getContext('2d');
  ctx.scale(scale, scale);
  ctx.fillStyle = paper;
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  const write = (text, x, y, size, colour, weight = 400) => {
    ctx.font = `${weight} ${size}px ${font}`;
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y, sheet.width - x - MARGIN);
  };
  write(title, MARGIN, 32, 20, ink, 700);
  write(range, MARGIN, 54, 13, soft);
  for (const { name, colour, x, y } of sheet.legend) {
    ctx.fillStyle = colour;
    ctx.fillRect(x, y - 10, 11, 11);
    write(name, x + 17, y, 13, ink);
  }
  for (const { chart, title: says, x, y } of sheet.charts) {
    write(says, x, y - 10, 13, ink, 600);
    ctx.drawImage(chart.canvas, x, y, chart.width, chart.height);
  }
  write(credit, MARGIN, sheet.height - MARGIN, 11, soft);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * @param shown what csvOf takes
 * @param words title, range and credit
 * @param name of the file, without its ending
 */
export function downloads({ shown, words, name }) {
  const ways = [
    ['csv', 'CSV', () => new Blob([csvOf(shown)], { type: 'text/csv' })],
    ['png', 'PNG', () => pngOf(words)],
    ['svg', 'SVG', () => new Blob([drawSvg(sheetOf(chartsOf()), words, style())], { type: 'image/svg+xml' })],
  ];
  return h('div', { class: 'segments downloads', role: 'group', 'aria-label': 'Download what is shown' }, [
    h('span', { 'aria-hidden': 'true' }, 'Download'),
    ways.map(([key, says, make]) =>
      h('button', { type: 'button', key, id: `download-${key}`, onClick: async () => save(await make(), `${name}.${key}`) }, says),
    ),
  ]);
}
