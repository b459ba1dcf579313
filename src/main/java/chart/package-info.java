/** The picture of a series, for print and for the web. */
package chart;
