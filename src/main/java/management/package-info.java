/** For operators: metrics, health, and the routes in Hawtio. */
@NullMarked
package management;

import org.jspecify.annotations.NullMarked;
