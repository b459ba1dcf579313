/** What an operator wants to know before the first run and in trouble, found without a change. */
@NullMarked
package check;

import org.jspecify.annotations.NullMarked;
