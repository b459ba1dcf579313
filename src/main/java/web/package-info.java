/** HTTP: the server, requests and answers, and the files of the dashboard. */
@NullMarked
package web;

import org.jspecify.annotations.NullMarked;
