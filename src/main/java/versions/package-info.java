/**
 * Versions: published sets that never change, how they follow each other and what they differ in.
 */
@NullMarked
package versions;

import org.jspecify.annotations.NullMarked;
