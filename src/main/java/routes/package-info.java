/** The flow: one route builder for each part of it; {@link routes.IngestRoutes} is the map. */
package routes;
