/** The flow: one file a stage, with its steps; {@link routes.RunRoutes} is the map. */
@NullMarked
package routes;

import org.jspecify.annotations.NullMarked;
