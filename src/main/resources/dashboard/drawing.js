/** How a panel is drawn: the configuration for Chart.js. */

import { dayNumber, drawn as heightOf, figure, isOf, isReported, spanOf } from './figures.js';
import { ROOM, dayLine, revisedMarks, turns } from './marks.js';
import { dateTicks } from './ticks.js';
import * as words from './words.js';

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = 12;

export const PLUGINS = [turns, dayLine, revisedMarks];

const soFar = ({ isOpen }) => (isOpen ? ', so far' : '');

function colours(lines) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...Object.fromEntries(lines.map((line) => [line.key, colour(line.colour) || colour('ink')])),
    ink: colour('ink'),
    soft: colour('soft'),
    rule: colour('rule'),
    paper: colour('paper'),
  };
}

/** A line may be drawn twice: its bars, and their average. */
function drawn({ lines, measure, isStacked, isCompared, hasAverages, isLogarithmic }) {
  const asBars = measure === 'change' && !isCompared;
  const shape = asBars ? (isLogarithmic ? 'points' : 'bar') : 'line';
  const withAverage = asBars && hasAverages && !isStacked;
  return lines.flatMap((line) => [
    ...(withAverage ? [{ line, measure: 'average', shape: 'line', name: '7-day average' }] : []),
    { line, measure, shape, name: withAverage ? 'By day' : line.name },
  ]);
}

/** Bars are pale under the line of their average. */
const opacity = (shape, { isStacked, hasAverages }) =>
  isStacked ? 'cc' : shape !== 'bar' ? '26' : hasAverages ? '66' : 'b3';

/** A line goes over the days that only other places have; not over one without a figure that can be drawn. */
const overOtherDays = {
  spanGaps: true,
  segment: {
    borderColor: ({ chart, datasetIndex, p0DataIndex, p1DataIndex }) => {
      const { data } = chart.data.datasets[datasetIndex];
      return [p0DataIndex, p1DataIndex].some((at) => data[at].y === null && !data[at].isNoDay) ? 'transparent' : undefined;
    },
  },
};

function datasets(props, colour) {
  const { periods, isStacked, isCompared, isLogarithmic, measure } = props;
  const few = periods.length < 32;
  return drawn(props).map(({ line, measure: of, shape, name }, i) => ({
    line,
    measure: of,
    label: name,
    type: shape === 'bar' ? 'bar' : 'line',
    data: periods.map((period) => {
      const y = heightOf(period, line, of);
      return {
        x: dayNumber(period.date),
        y: isLogarithmic && y <= 0 ? null : y,
        isNoDay: isCompared && !isOf(period, line, of),
      };
    }),
    backgroundColor: `${colour[line.key]}${opacity(shape, props)}`,
    borderColor: colour[line.key],
    hoverBackgroundColor: colour[line.key],
    borderWidth: shape === 'bar' ? 0 : isStacked ? 1.5 : 2,
    showLine: shape !== 'points',
    fill: isStacked ? (i === 0 ? 'origin' : '-1') : measure === 'total' && !isCompared && !isLogarithmic ? 'origin' : false,
    ...(isCompared && overOtherDays),
    pointRadius: shape === 'points' ? 1.5 : few && shape === 'line' ? 2 : 0,
    pointBackgroundColor: colour[line.key],
    pointBorderWidth: 0,
    pointHoverRadius: 4,
    barPercentage: periods.length < 120 ? 0.8 : 1,
    categoryPercentage: 1,
  }));
}

/** How far down the figures go: a source that corrects itself may take back more than it adds. */
function lowest({ periods, lines, measure, isStacked }) {
  const both = isStacked ? (a, b) => a + b : Math.min;
  const sums = periods.map((period) =>
    lines.reduce((sum, line) => both(sum, Math.min(0, heightOf(period, line, measure))), 0),
  );
  return Math.min(0, ...sums);
}

const isPowerOfTen = (value) => Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9);

function yAxis(props, colour) {
  const { periods, lines, measure, isStacked, isLogarithmic, whole } = props;
  const common = {
    display: lines.some((line) => isReported(periods, line, measure)),
    stacked: isStacked,
    border: { display: false },
    grid: {
      color: ({ tick }) => (tick?.value === 0 ? colour.soft : isLogarithmic && tick && !isPowerOfTen(tick.value) ? 'transparent' : colour.rule),
    },
  };
  const ticks = { color: colour.soft, padding: 6 };
  return isLogarithmic
    ? {
        ...common,
        type: 'logarithmic',
        ticks: { ...ticks, callback: (value) => (isPowerOfTen(value) ? words.roughly(value) : null) },
      }
    : {
        ...common,
        min: lowest(props),
        ticks: {
          ...ticks,
          includeBounds: false,
          maxTicksLimit: 6,
          ...(whole && { precision: 0 }),
          callback: words.roughly,
        },
      };
}

function xAxis({ periods, isStacked, hasBars, days }, colour) {
  const first = dayNumber(periods[0].date);
  const last = dayNumber(periods[periods.length - 1].date);
  const margin = hasBars || first === last ? days / 2 : 0;
  return {
    type: 'linear',
    stacked: isStacked,
    min: first - margin,
    max: last + margin,
    offset: false,
    afterBuildTicks: (scale) => {
      scale.ticks = dateTicks({ min: scale.min, max: scale.max, width: scale.chart.width });
    },
    border: { color: colour.soft },
    grid: { drawOnChartArea: false, offset: false, tickColor: colour.soft, tickLength: 5 },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      color: colour.soft,
      callback(value, i, ticks) {
        return ticks[i].label;
      },
    },
  };
}

function tooltip({ periods, lines, measure, interval, revisions }, colour) {
  const was = (i, { key }, say) => words.wasOf(revisions.get(periods[i].date)?.[key], say);
  const missing = (i) => lines.filter((line) => figure(periods[i], line, measure) === null);
  const order = ({ dataset }) => 2 * lines.indexOf(dataset.line) + (dataset.measure === measure ? 0 : 1);
  return {
    position: 'top',
    caretSize: 0,
    caretPadding: 10,
    padding: 10,
    cornerRadius: 4,
    backgroundColor: colour.ink,
    titleColor: colour.paper,
    bodyColor: colour.paper,
    footerColor: colour.paper,
    multiKeyBackground: 'transparent',
    footerFont: { weight: 'normal' },
    boxHeight: 9,
    boxWidth: 9,
    boxPadding: 5,
    itemSort: (a, b) => order(a) - order(b),
    callbacks: {
      title: ([{ dataIndex }]) => words.briefDay(periods[dataIndex].date) + soFar(periods[dataIndex]),
      label: ({ dataset, dataIndex }) => {
        const say = words.saying(dataset.measure);
        const value = figure(periods[dataIndex], dataset.line, dataset.measure);
        const during = words.during(spanOf(periods[dataIndex], dataset.line, dataset.measure), interval);
        return `${dataset.label}: ${say(value)}${during}${dataset.measure === measure ? was(dataIndex, dataset.line, say) : ''}`;
      },
      labelColor: ({ dataset }) => ({
        backgroundColor: dataset.borderColor,
        borderColor: dataset.borderColor,
        borderRadius: 2,
      }),
      footer: ([{ dataIndex }]) =>
        missing(dataIndex).map((line) => `${line.name}: not reported${was(dataIndex, line, words.saying(measure))}`),
    },
  };
}

/** The data and the options of a panel, in the colours that hold now. */
export function drawingOf(props) {
  const { lines, periods, isStacked, measure, isCompared, isLogarithmic, interval, revisions, marked } = props;
  const colour = colours(lines);
  const hasBars = measure === 'change' && !isCompared && !isLogarithmic;
  const days = { day: 1, week: 7, month: 30 }[interval];
  const revisedDays = [...revisions.keys()].filter((date) =>
    lines.some(({ key }) => revisions.get(date)[key] !== undefined),
  );
  return {
    data: { datasets: datasets(props, colour) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      layout: { padding: { top: marked ? ROOM : 4, right: 2 } },
      normalized: true,
      parsing: false,
      interaction: { mode: 'index', axis: 'x', intersect: false },
      scales: {
        x: xAxis({ periods, isStacked, hasBars, days }, colour),
        y: yAxis(props, colour),
      },
      plugins: {
        dayLine: { colour: colour.soft },
        turns: {
          list: props.turns.filter(({ of }) => !of || lines.some((line) => line.of === of)),
          colour: colour.soft,
          font: `11px ${Chart.defaults.font.family}`,
        },
        revisedMarks: { days: revisedDays, colour: colour.ink },
        legend: { display: false },
        tooltip: tooltip(props, colour),
      },
    },
  };
}

