/** Adapts AWS to the domain: clients, table items, the meaning of errors. */
@NullMarked
package aws;

import org.jspecify.annotations.NullMarked;
