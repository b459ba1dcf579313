/**
 * The read side: what HTTP readers and the site get of the bucket. Plain Java behind the routes of
 * {@code ApiRoutes}; the bucket is all that it shares with the runs that write there.
 */
@NullMarked
package serve;

import org.jspecify.annotations.NullMarked;
