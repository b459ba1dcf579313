package covid;

/**
 * A row that was set aside because it cannot be trusted.
 *
 * @param feed the name of the feed
 * @param line the physical line on which the row begins; the header is on line 1
 * @param raw the row as it stands in the feed, cut where it is very long
 * @param reason why
 */
public record QuarantinedRow(String feed, long line, String raw, String reason) {}
