package routes;

import org.apache.camel.Exchange;

/**
 * The branches of a split or a multicast that are worked on at the same time. Splits of many days,
 * places or chunks are streaming: Camel otherwise makes the exchanges of all branches first, and
 * keeps each, with what its body has become, until the last one is done.
 */
final class Branches {
  private Branches() {}

  /**
   * Prepares a branch. In a property of the exchange Camel lists the routes that are handling an
   * error, to find circles; copies of the exchange share the list once there is one. Two branches
   * that handle an error of the same route at once would then be taken for a circle, and fail.
   */
  static void prepare(Exchange branch) {
    branch.removeProperty(Exchange.FATAL_FALLBACK_ERROR_HANDLER);
  }
}
