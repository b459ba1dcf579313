/** The commands, the settings and their checks, and the wiring of the routes to what they use. */
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
