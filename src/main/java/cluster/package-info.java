/** Leader election: one of several processes runs on schedule. */
@NullMarked
package cluster;

import org.jspecify.annotations.NullMarked;
