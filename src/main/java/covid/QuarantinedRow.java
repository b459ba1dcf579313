package covid;

/**
 * A row that cannot be trusted.
 *
 * @param feed the name of the feed
 * @param line the physical line on which the row begins; the header is on line 1
 * @param raw the text of the row in the feed, truncated if very long
 * @param reason why
 */
public record QuarantinedRow(String feed, long line, String raw, String reason) {}
