/** Adapter: messages to web addresses, as a JSON report or as Slack and Teams take them. */
@NullMarked
package webhooks;

import org.jspecify.annotations.NullMarked;
