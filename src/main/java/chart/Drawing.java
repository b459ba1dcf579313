package chart;

import org.jfree.chart.JFreeChart;

/**
 * A chart to draw.
 *
 * @param chart all that is drawn
 * @param description what it shows, in words
 */
record Drawing(JFreeChart chart, String description) {}
