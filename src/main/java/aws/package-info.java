/** Adapts AWS to the domain: clients, table items, what its errors mean. */
package aws;
