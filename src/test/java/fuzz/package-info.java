/** What Jazzer fuzzes, see {@code docs/fuzz.md}, and the command for it. */
package fuzz;
