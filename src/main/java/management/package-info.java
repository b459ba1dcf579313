/** What operators see: metrics, health, and the routes in Hawtio. */
package management;
