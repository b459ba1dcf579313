/** A sheet with the charts of the page: where its words, the legend and the charts are. */

const MARGIN = 24;
const SWATCH = 17;
const GAP = 19;

const TITLE = { size: 20, weight: 700, tone: 'ink' };
const RANGE = { size: 13, weight: 400, tone: 'soft' };
const NAME = { size: 13, weight: 400, tone: 'ink' };
const HEAD = { size: 13, weight: 600, tone: 'ink' };
const CREDIT = { size: 11, weight: 400, tone: 'soft' };

const pencil = document.createElement('canvas').getContext('2d');

function widthOf(text, { size, weight }) {
  pencil.font = `${weight} ${size}px ${Chart.defaults.font.family}`;
  return pencil.measureText(text).width;
}

const heightOf = ({ size }) => Math.round(size * 1.35);

/** The lines that a text takes up in a width. */
function wrapped(text, width, style) {
  return text.split(/\s+/).reduce((lines, word) => {
    const longer = [...lines.slice(-1), word].join(' ');
    const fits = lines.length > 0 && widthOf(longer, style) <= width;
    return fits ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);
}

/** A text from a height on; and where the next one goes. */
function paragraph(text, { x, y, width }, style) {
  const lines = wrapped(text, width, style);
  const texts = lines.map((says, i) => ({ says, x, y: y + style.size + i * heightOf(style), ...style }));
  return { texts, bottom: y + lines.length * heightOf(style) };
}

/** Whether lines differ by colour, so that a legend has to name them: those of places, or of metrics in a stack. */
const isNamed = (lines) => new Set(lines.map(({ borderColor }) => borderColor)).size > 1;

/** The names beside their colours, in as many rows as they need. */
function legendOf(lines, y, width) {
  let at = MARGIN;
  let row = y;
  const items = lines.map(({ label, borderColor }) => {
    const needs = SWATCH + widthOf(label, NAME);
    if (at > MARGIN && at + needs > MARGIN + width) {
      at = MARGIN;
      row += 22;
    }
    const item = { colour: borderColor, x: at, y: row, text: { says: label, x: at + SWATCH, y: row + 10, ...NAME } };
    at += needs + GAP;
    return item;
  });
  return { items, bottom: lines.length > 0 ? row + 28 : y };
}

/**
 * @param charts each with its title, in a row
 * @param words title, range and credit
 * @returns width and height; texts, each with its place and looks; swatches of the legend; and charts with their
 *     places
 */
export function sheetOf(charts, { title, range, credit }) {
  const width = MARGIN + charts.reduce((sum, { chart }) => sum + chart.width + MARGIN, 0);
  const across = { x: MARGIN, width: width - 2 * MARGIN };
  const head = paragraph(title, { ...across, y: 14 }, TITLE);
  const days = paragraph(range, { ...across, y: head.bottom }, RANGE);
  const lines = charts[0].chart.data.datasets;
  const legend = legendOf(isNamed(lines) ? lines : [], days.bottom + 10, across.width);
  let x = MARGIN;
  const placed = charts.map(({ chart, title: says }) => {
    const here = { chart, x, ...paragraph(says, { x, y: legend.bottom, width: chart.width }, HEAD) };
    x += chart.width + MARGIN;
    return here;
  });
  const y = Math.max(...placed.map(({ bottom }) => bottom)) + 6;
  const foot = y + Math.max(...charts.map(({ chart }) => chart.height)) + 16;
  const sources = paragraph(credit, { ...across, y: foot }, CREDIT);
  return {
    width,
    height: sources.bottom + 14,
    texts: [head, days, { texts: legend.items.map(({ text }) => text) }, ...placed, sources].flatMap(({ texts }) => texts),
    swatches: legend.items,
    charts: placed.map(({ chart, x: left }) => ({ chart, x: left, y })),
  };
}
