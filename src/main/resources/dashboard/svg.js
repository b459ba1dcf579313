/** Draws the charts of the page as SVG, from where Chart.js has put everything. */

import { dayNumber } from './figures.js';

const escaped = (text) =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const short = (value) => Math.round(value * 10) / 10;

const element = (name, attributes, content) => {
  const all = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? short(value) : value)}"`);
  return `<${name}${all.join('')}>${content ?? ''}</${name}>\n`;
};

const text = (says, x, y, attributes) => element('text', { x, y, ...attributes }, escaped(says));
const line = (x1, y1, x2, y2, stroke) => element('line', { x1, y1, x2, y2, stroke });

function axes({ scales: { x, y }, chartArea }, { soft, rule }) {
  const { left, right, bottom } = chartArea;
  const small = { 'font-size': 12, fill: soft };
  const rows = y.options.display ? y.ticks.filter(({ label }) => label) : [];
  return [
    ...rows.map(({ value, label }) => {
      const at = y.getPixelForValue(value);
      return line(left, at, right, at, value === 0 ? soft : rule) + text(label, left - 8, at + 4, { ...small, 'text-anchor': 'end' });
    }),
    line(left, bottom, right, bottom, soft),
    ...x.ticks.map(({ value, label }) => {
      const at = x.getPixelForValue(value);
      const says = [label].flat().map((word, i) => text(word, at, bottom + 18 + 14 * i, { ...small, 'text-anchor': 'middle' }));
      return line(at, bottom, at, bottom + 5, soft) + says.join('');
    }),
  ].join('');
}

/** The points of a line, without those that have no figure. */
function path(points, isClosed, base) {
  const known = points.filter(({ skip }) => !skip);
  const d = points.map(({ x, y, skip }, i) => (skip ? '' : `${i === 0 || points[i - 1].skip ? 'M' : 'L'}${short(x)} ${short(y)}`)).join('');
  return isClosed && known.length > 0 ? `${d}L${short(known.at(-1).x)} ${short(base)}L${short(known[0].x)} ${short(base)}Z` : d;
}

/** Between a line of a stack and the one under it. */
function between(points, under) {
  const known = points.map((point, i) => ({ ...point.getProps(['x', 'y', 'skip']), under: under[i] })).filter(({ skip, under: at }) => !skip && !at.skip);
  const back = [...known].reverse().map(({ under: { x, y } }) => `L${short(x)} ${short(y)}`);
  return known.length > 0 ? `${path(known)}${back.join('')}Z` : '';
}

function figures(chart, dataset, i) {
  const { type, data } = chart.getDatasetMeta(i);
  const colour = dataset.borderColor;
  if (type === 'bar') {
    const bars = data.filter(({ base, y }) => Number.isFinite(y) && base !== y);
    const d = bars.map(({ x, y, base, width }) => `M${short(x - width / 2)} ${short(base)}V${short(y)}h${short(width)}V${short(base)}Z`);
    return element('path', { d: d.join(''), fill: colour, 'fill-opacity': chart.config.data.datasets.length > 1 ? 0.4 : 0.7 });
  }
  if (!dataset.showLine) {
    return data.filter(({ skip }) => !skip).map(({ x, y }) => element('circle', { cx: x, cy: y, r: 1.5, fill: colour })).join('');
  }
  const points = data.filter((_, at) => !dataset.data[at].isNoDay);
  const stroke = element('path', { d: path(points), fill: 'none', stroke: colour, 'stroke-width': 2, 'stroke-linejoin': 'round' });
  const area =
    dataset.fill === 'origin'
      ? path(points, true, chart.scales.y.getPixelForValue(0))
      : dataset.fill && between(data, chart.getDatasetMeta(i - 1).data);
  return area ? element('path', { d: area, fill: colour, 'fill-opacity': chart.options.scales.x.stacked ? 0.8 : 0.15 }) + stroke : stroke;
}

/** Where something about the figures has changed: as on the canvas. */
function turns({ options, scales, chartArea: { top, bottom, left, right } }, { soft }) {
  return options.plugins.turns.list
    .map(({ date, text: says }) => ({ says, x: scales.x.getPixelForValue(dayNumber(date)) }))
    .filter(({ x }) => x >= left && x <= right)
    .map(({ says, x }) => {
      const isRight = right - x > widthOf(says) + 8;
      const anchor = { 'font-size': 11, fill: soft, 'text-anchor': isRight ? 'start' : 'end' };
      return (
        element('line', { x1: x, y1: top, x2: x, y2: bottom, stroke: soft, 'stroke-dasharray': '3 3' }) +
        text(says, x + (isRight ? 5 : -5), top + 13, anchor)
      );
    })
    .join('');
}

/** Wider than the text is in any font of the page. */
const widthOf = (says) => 7 * says.length;

function panel({ chart, x, y }, colours) {
  // As on the canvas, the first dataset is on top.
  const drawn = chart.data.datasets.map((dataset, i) => figures(chart, dataset, i)).reverse();
  return element('g', { transform: `translate(${short(x)} ${short(y)})` }, [
    axes(chart, colours),
    turns(chart, colours),
    ...drawn,
  ].join(''));
}

/**
 * @param sheet what sheetOf returns
 * @param title for whom does not see it
 * @param colours and the font
 */
export function drawSvg({ width, height, charts, texts, swatches }, title, colours) {
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': colours.font },
    [
      element('title', {}, escaped(title)),
      element('rect', { width, height, fill: colours.paper }),
      ...swatches.map(({ colour, x, y }) => element('rect', { x, y, width: 11, height: 11, fill: colour })),
      ...texts.map(({ says, x, y, size, weight, tone }) =>
        text(says, x, y, { 'font-size': size, 'font-weight': weight, fill: colours[tone] })),
      ...charts.map((each) => panel(each, colours)),
    ].join(''),
  );
}
