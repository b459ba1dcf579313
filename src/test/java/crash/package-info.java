/**
 * Runs of the packaged program whose processes are killed and frozen at random: the coordinator and
 * its workers in processes of their own, the cloud and the feed in this one. A seed decides which
 * calls are struck and disturbed; the order of the calls is the machine's.
 */
package crash;
