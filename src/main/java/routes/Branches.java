package routes;

import org.apache.camel.Exchange;

/** The branches of a split or a multicast that are worked on at the same time. */
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
