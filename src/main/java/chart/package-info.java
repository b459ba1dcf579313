/** The picture of a series, for print and for the web. */
@NullMarked
package chart;

import org.jspecify.annotations.NullMarked;
