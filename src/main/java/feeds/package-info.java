/** Adapts a CSV file at a web address to the domain: the pull with its limits, records, rows. */
@NullMarked
package feeds;

import org.jspecify.annotations.NullMarked;
