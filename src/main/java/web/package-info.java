/** HTTP: the server, what is asked and answered, and the files of the dashboard. */
package web;
