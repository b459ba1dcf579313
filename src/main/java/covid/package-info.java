/**
 * The domain: days, feeds, the join, the gate, facts and reports. Plain Java without libraries; it
 * can be understood and tested without a server.
 */
@NullMarked
package covid;

import org.jspecify.annotations.NullMarked;
