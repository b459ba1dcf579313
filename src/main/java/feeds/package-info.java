/**
 * Adapts the outside thing "a CSV file behind a web address" to the domain: the pull with its
 * limits, records, rows.
 */
package feeds;
