/** Adapts AWS to the domain: clients, table items, what its errors mean. */
@NullMarked
package aws;

import org.jspecify.annotations.NullMarked;
