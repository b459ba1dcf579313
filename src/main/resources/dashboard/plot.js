/** The chart, for the eye, the pointer and the keyboard. */

import { dateOf, dayNumber, figure, isReported } from './figures.js';
import * as words from './words.js';

const { h, onBeforeUnmount, onMounted, ref, watch } = Vue;

const PAGE = 30;
const LABEL_WIDTH = 60;
const STEPS_IN_DAYS = [1, 2, 7, 14, 28];
const STEPS_IN_MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = 13;

// Along the top the tooltip hides least.
Chart.Tooltip.positioners.top = function top(items) {
  return items.length > 0 && { x: items[0].element.x, y: this.chart.chartArea.top };
};

const dayLine = {
  id: 'dayLine',
  beforeDatasetsDraw(chart, args, { colour }) {
    const [active] = chart.getActiveElements();
    if (active) {
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.fillStyle = colour;
      ctx.fillRect(Math.round(active.element.x), chartArea.top, 1, chartArea.height);
      ctx.restore();
    }
  },
};

const MARK = 5;

/** Marks the revised days above the chart, by shape: the colours are those of the metrics. */
const revisedMarks = {
  id: 'revisedMarks',
  afterDraw(chart, args, { days, colour }) {
    const { ctx, chartArea, scales } = chart;
    ctx.save();
    ctx.fillStyle = colour;
    for (const date of days) {
      const x = scales.x.getPixelForValue(dayNumber(date));
      ctx.beginPath();
      ctx.moveTo(x - MARK, chartArea.top - 1.8 * MARK);
      ctx.lineTo(x + MARK, chartArea.top - 1.8 * MARK);
      ctx.lineTo(x, chartArea.top - 1);
      ctx.fill();
    }
    ctx.restore();
  },
};

/** Describes in data attributes of the canvas what is drawn on it. */
const inspection = {
  id: 'inspection',
  afterUpdate(chart, args, { mode, revised }) {
    const { x } = chart.scales;
    const shown = chart
      .getSortedVisibleDatasetMetas()
      .filter(({ index }) => chart.data.datasets[index].data.some(({ y }) => y !== null));
    Object.assign(chart.canvas.dataset, {
      from: dateOf(Math.ceil(x.min)),
      to: dateOf(Math.floor(x.max)),
      mode,
      revised,
      metrics: shown.map(({ index }) => chart.data.datasets[index].metric).join(' '),
    });
  },
};

/** Ticks on the first of months, or on days counted back from the last where they are few. */
function dateTicks({ min, max, width }) {
  const first = Math.ceil(min);
  const last = Math.floor(max);
  const room = Math.max(2, Math.floor(width / LABEL_WIDTH));
  const fits = (count) => (step) => count / step <= room;
  const ticks = [];
  if (last - first < 100) {
    const step = STEPS_IN_DAYS.find(fits(last - first + 1)) ?? 28;
    for (let number = last; number >= first; number -= step) {
      ticks.unshift({ value: number, label: words.dayOfYear(dateOf(number)) });
    }
  } else {
    const step = STEPS_IN_MONTHS.find(fits((last - first) / 30)) ?? 120;
    const day = new Date(`${dateOf(first).slice(0, 7)}-01`);
    for (; dayNumber(day.toISOString()) <= last; day.setUTCMonth(day.getUTCMonth() + 1)) {
      const months = day.getUTCFullYear() * 12 + day.getUTCMonth();
      const value = dayNumber(day.toISOString());
      if (value >= first && months % step === 0) {
        ticks.push({ value, label: words.monthOfYear(day) });
      }
    }
  }
  return ticks.map(({ value, label }, i) => {
    const year = dateOf(value).slice(0, 4);
    const told = i > 0 && dateOf(ticks[i - 1].value).startsWith(year);
    return { value, label: told ? label : [label, year] };
  });
}

function colours(metrics) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...Object.fromEntries(
      metrics.map((metric) => [metric.key, colour(metric.colour ?? metric.key) || colour('ink')]),
    ),
    ink: colour('ink'),
    soft: colour('soft'),
    rule: colour('rule'),
    paper: colour('paper'),
  };
}

function datasets({ periods, metrics, mode, lines }, colour) {
  const bars = mode === 'change' && !lines;
  return metrics.map((metric, i) => ({
    metric: metric.code ?? metric.key,
    key: metric.key,
    label: metric.name,
    type: bars ? 'bar' : 'line',
    data: periods.map((period) => ({
      x: dayNumber(period.date),
      y: figure(period, metric, mode),
    })),
    backgroundColor: bars || lines ? colour[metric.key] : `${colour[metric.key]}cc`,
    borderColor: colour[metric.key],
    hoverBackgroundColor: colour[metric.key],
    borderWidth: bars ? 0 : lines ? 2 : 1.5,
    fill: lines ? false : i === 0 ? 'origin' : '-1',
    spanGaps: lines,
    pointRadius: periods.length < 32 ? 2 : 0,
    pointHoverRadius: 4,
    barPercentage: periods.length < 120 ? 0.8 : 1,
    categoryPercentage: 1,
  }));
}

/** How far down the bars go: a source that corrects itself may take back more than it adds. */
function lowest({ periods, metrics, mode, lines }) {
  const both = lines ? Math.min : (a, b) => a + b;
  const sums = periods.map((period) =>
    metrics.reduce((sum, metric) => both(sum, Math.min(0, figure(period, metric, mode))), 0),
  );
  return Math.min(0, ...sums);
}

function options(props, colour) {
  const { periods, metrics, all, mode, lines, unit, revisions, marked } = props;
  const first = dayNumber(periods[0].date);
  const last = dayNumber(periods[periods.length - 1].date);
  const margin = (mode === 'change' && !lines) || first === last ? 0.5 : 0;
  const say = mode === 'change' ? words.change : words.number;
  const missing = (i) => metrics.filter((metric) => figure(periods[i], metric, mode) === null);
  const was = (i, key) => wasOf(revisions.get(periods[i].date)?.[key], say);
  const drawn = metrics.map(({ key }) => key);
  const days = [...revisions.keys()].filter((date) =>
    drawn.some((key) => revisions.get(date)[key] !== undefined),
  );
  const inOrder = ({ dataset }) => all.findIndex(({ key }) => key === dataset.key);
  return {
    animation: false,
    maintainAspectRatio: false,
    layout: { padding: { top: marked ? 2 * MARK + 2 : 0 } },
    normalized: true,
    parsing: false,
    interaction: { mode: 'index', axis: 'x', intersect: false },
    scales: {
      x: {
        type: 'linear',
        stacked: !lines,
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
      },
      y: {
        display: metrics.some((metric) => isReported(periods, metric, mode)),
        title: {
          display: true,
          text: unit.axis,
          color: colour.soft,
        },
        stacked: !lines,
        min: lowest(props),
        border: { display: false },
        grid: { color: ({ tick }) => (tick?.value === 0 ? colour.soft : colour.rule) },
        ticks: {
          color: colour.soft,
          includeBounds: false,
          maxTicksLimit: 7,
          padding: 6,
          ...(unit.whole && { precision: 0 }),
          callback: words.roughly,
        },
      },
    },
    plugins: {
      dayLine: { colour: colour.soft },
      inspection: { mode, revised: days.join(' ') },
      revisedMarks: { days, colour: colour.ink },
      legend: { display: false },
      tooltip: {
        position: 'top',
        caretSize: 0,
        caretPadding: 12,
        padding: 12,
        cornerRadius: 4,
        backgroundColor: colour.ink,
        titleColor: colour.paper,
        bodyColor: colour.paper,
        footerColor: colour.paper,
        multiKeyBackground: 'transparent',
        footerFont: { weight: 'normal' },
        boxHeight: 10,
        boxWidth: 10,
        boxPadding: 6,
        itemSort: (a, b) => inOrder(a) - inOrder(b),
        callbacks: {
          title: ([{ dataIndex }]) => words.day(periods[dataIndex].date),
          label: ({ dataset, raw, dataIndex }) =>
            `${dataset.label}: ${say(raw.y)}${was(dataIndex, dataset.key)}`,
          labelColor: ({ dataset }) => ({
            backgroundColor: dataset.borderColor,
            borderColor: dataset.borderColor,
            borderRadius: 2,
          }),
          footer: ([{ dataIndex }]) =>
            missing(dataIndex).map(({ name, key }) => `${name}: not reported${was(dataIndex, key)}`),
        },
      },
    },
  };
}

/** What a revised figure was; empty if it was not revised. */
const wasOf = (value, say) =>
  value === undefined ? '' : ` (was ${value === null ? 'not reported' : say(value)})`;

/** A day's figures in one sentence. */
function sentence(period, metrics, mode, before = {}) {
  const figures = metrics.map((metric) => {
    const was = wasOf(before[metric.key], mode === 'change' ? words.change : words.number);
    return figureOf(period, metric, mode) + was;
  });
  return `${words.day(period.date)}: ${figures.join(', ')}`;
}

function figureOf(period, metric, mode) {
  const value = figure(period, metric, mode);
  const name = metric.code ? metric.name : metric.name.toLowerCase();
  if (value === null) {
    return `${name} not reported`;
  }
  const said = mode === 'change' ? words.change(value) : words.number(value);
  return metric.code ? `${name} ${said}` : `${said} ${name}`;
}

/**
 * @prop periods the days to show, ascending, at least one
 * @prop metrics those to show, from the bottom to the top
 * @prop all the metrics to choose from, in the order in which they are read
 * @prop mode one of MODES
 * @prop lines whether they are lines to compare instead of a stack
 * @prop unit what the figures are
 * @prop revisions what the figures of revised days were: by date, then by the key of the metric
 * @prop marked whether there may be any
 */
export const Plot = {
  props: ['periods', 'metrics', 'all', 'mode', 'lines', 'unit', 'revisions', 'marked'],
  setup(props) {
    const canvas = ref(null);
    const reading = ref('');
    const dark = matchMedia('(prefers-color-scheme: dark)');
    let chart;
    let at = null;

    const content = (colour = colours(props.all)) => ({
      data: { datasets: datasets(props, colour) },
      options: options(props, colour),
    });

    function redraw() {
      leave();
      Object.assign(chart, content());
      chart.update();
    }

    onMounted(() => {
      chart = new Chart(canvas.value, { ...content(), plugins: [dayLine, revisedMarks, inspection] });
      dark.addEventListener('change', redraw);
    });
    watch(() => [props.periods, props.metrics, props.mode, props.unit.axis, props.revisions], redraw);
    onBeforeUnmount(() => {
      dark.removeEventListener('change', redraw);
      chart.destroy();
    });

    function go(index) {
      at = index;
      const period = props.periods[index];
      const shown = props.metrics
        .map((metric, datasetIndex) => ({ metric, datasetIndex, index }))
        .filter(({ metric }) => figure(period, metric, props.mode) !== null);
      chart.setActiveElements(shown);
      chart.tooltip.setActiveElements(shown, { x: 0, y: 0 });
      chart.render();
      reading.value = sentence(
        period,
        props.all.filter(chosen),
        props.mode,
        props.revisions.get(period.date),
      );
    }

    const chosen = (metric) => props.metrics.includes(metric);

    function leave() {
      at = null;
      reading.value = '';
      chart.setActiveElements([]);
      chart.tooltip.setActiveElements([], { x: 0, y: 0 });
      chart.render();
    }

    function onKeydown(event) {
      const last = props.periods.length - 1;
      const by = (days) => Math.min(last, Math.max(0, (at ?? (days > 0 ? -1 : last + 1)) + days));
      const goal = {
        ArrowLeft: by(-1),
        ArrowRight: by(1),
        PageUp: by(-PAGE),
        PageDown: by(PAGE),
        Home: 0,
        End: last,
      }[event.key];
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }
      if (goal !== undefined) {
        event.preventDefault();
        go(goal);
      } else if (event.key === 'Escape') {
        leave();
      }
    }

    const names = (metrics) => words.list(metrics.map(({ name }) => name));

    return () => {
      const { periods, metrics, all, mode, unit } = props;
      const drawn = all.filter((metric) => chosen(metric) && isReported(periods, metric, mode));
      const missing = all.filter((metric) => chosen(metric) && !drawn.includes(metric));
      const notes = [
        metrics.length === 0 && 'No metric is chosen.',
        missing.length > 0 && `${names(missing)}: not reported for these days.`,
      ].filter(Boolean);
      const from = words.day(periods[0].date);
      const to = words.day(periods[periods.length - 1].date);
      const title =
        drawn.length === 0 ? 'Empty chart.' : `Chart of ${unit.of}${names(drawn)}, ${unit.short}, ${from} to ${to}.`;
      return h('figure', { class: 'plot' }, [
        h('div', { class: 'plot-area' }, [
          h('canvas', {
            ref: canvas,
            id: 'chart',
            tabindex: 0,
            role: 'application',
            'aria-roledescription': 'chart',
            'aria-label': [title, ...notes].join(' '),
            'aria-describedby': 'chart-hint',
            onKeydown,
            onBlur: leave,
          }),
          drawn.length === 0 && h('p', { class: 'plot-empty' }, notes),
        ]),
        h('figcaption', [
          h('p', { id: 'chart-reading', 'aria-live': 'polite' }, reading.value),
          h(
            'p',
            { id: 'chart-hint', hidden: reading.value !== '' },
            [
              h(
                'span',
                { class: 'for-pointer' },
                'Point at the chart to read a day, or focus it and use the arrow keys. ',
              ),
              h('span', { class: 'for-touch' }, 'Touch the chart to read a day. '),
              mode === 'cumulative' && !props.lines && 'The areas are stacked: each is as thick as its figure.',
            ],
          ),
        ]),
      ]);
    };
  },
};
