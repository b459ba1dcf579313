/** Several processes, of which one runs by the clock. */
@NullMarked
package cluster;

import org.jspecify.annotations.NullMarked;
