/**
 * The read side: serves the content of the bucket to HTTP clients and the site. Plain Java behind
 * the routes of {@code ApiRoutes}; it shares only the bucket with the runs that write there.
 */
@NullMarked
package serve;

import org.jspecify.annotations.NullMarked;
