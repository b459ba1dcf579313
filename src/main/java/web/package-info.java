/** HTTP: the server, what is asked and answered, and the files of the dashboard. */
@NullMarked
package web;

import org.jspecify.annotations.NullMarked;
