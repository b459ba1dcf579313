/**
 * The outside world in one JVM, on 127.0.0.1 only: AWS ({@link local.LocalCloud}) and the two feeds
 * ({@link local.FeedServer}). For tests and for a local demo; never packaged.
 */
package local;
