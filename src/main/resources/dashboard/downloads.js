/** What is shown, as files that the page makes: CSV, PNG and SVG. */

import { drawn } from './charts.js';
import { figure } from './figures.js';
import { button } from './parts.js';
import { sheetOf } from './sheet.js';
import { drawSvg } from './svg.js';

const { h } = Vue;

const PREFIXES = { total: '', change: 'New', average: 'Average' };

const capital = (text) => text[0].toUpperCase() + text.slice(1);
const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** The rows of the table, with the columns that the API has. */
function csvOf({ places, periods, lines, measures, isCompared }) {
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

const style = () => {
  const all = getComputedStyle(document.documentElement);
  const colour = (name) => all.getPropertyValue(`--${name}`).trim();
  return { paper: colour('paper'), ink: colour('ink'), soft: colour('soft'), rule: colour('rule'), font: Chart.defaults.font.family };
};

async function pngOf(words) {
  await drawn();
  const sheet = sheetOf(chartsOf(), words);
  const colours = style();
  const scale = Math.max(2, devicePixelRatio);
  const canvas = Object.assign(document.createElement('canvas'), {
    width: sheet.width * scale,
    height: sheet.height * scale,
  });
  const ctx = canvas.getContext('2d');
  ctx.scale(scale, scale);
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  for (const { colour, x, y } of sheet.swatches) {
    ctx.fillStyle = colour;
    ctx.fillRect(x, y, 11, 11);
  }
  for (const { says, x, y, size, weight, tone } of sheet.texts) {
    ctx.font = `${weight} ${size}px ${colours.font}`;
    ctx.fillStyle = colours[tone];
    ctx.fillText(says, x, y);
  }
  for (const { chart, x, y } of sheet.charts) {
    ctx.drawImage(chart.canvas, x, y, chart.width, chart.height);
  }
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
}

async function svgOf(words) {
  await drawn();
  return drawSvg(sheetOf(chartsOf(), words), `${words.title}, ${words.range}`, style());
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
    ['svg', 'SVG', async () => new Blob([await svgOf(words)], { type: 'image/svg+xml' })],
  ];
  return h('div', { class: 'segments downloads', role: 'group', 'aria-label': 'Download what is shown' }, [
    h('span', { 'aria-hidden': 'true' }, 'Download'),
    ways.map(([key, says, make]) =>
      button(
        {
          key,
          id: `download-${key}`,
          disabled: shown.lines.length === 0,
          onClick: async () => save(await make(), `${name}.${key}`),
        },
        says,
      ),
    ),
  ]);
}
