/**
 * Chunks: the days of one place as a unit of work that another process may store, the plan that
 * lists them, and their results. What is known of them is in objects of the bucket, so any process
 * may go on.
 */
@NullMarked
package chunks;

import org.jspecify.annotations.NullMarked;
