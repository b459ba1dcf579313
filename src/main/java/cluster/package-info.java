/** Several processes, of which one runs by the clock. */
package cluster;
