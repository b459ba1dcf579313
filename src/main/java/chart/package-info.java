/** The chart of a series, as PNG and SVG. */
@NullMarked
package chart;

import org.jspecify.annotations.NullMarked;
