/**
 * The domain: days, feeds, the join, the gate, and what is to be said of a run. Plain Java, no
 * library; everything here can be understood and tested without a server.
 */
@NullMarked
package covid;

import org.jspecify.annotations.NullMarked;
