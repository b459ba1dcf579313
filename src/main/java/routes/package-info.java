/** The flow: one file per stage, with its steps; {@link routes.RunRoutes} is the map. */
@NullMarked
package routes;

import org.jspecify.annotations.NullMarked;
