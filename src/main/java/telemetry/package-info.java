/**
 * Traces by OpenTelemetry: a span for each exchange of a route, from the environment's settings.
 */
@NullMarked
package telemetry;

import org.jspecify.annotations.NullMarked;
