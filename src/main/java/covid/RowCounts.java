package covid;

/**
 * The numbers of the country's rows of a feed, by outcome.
 *
 * @param rows all of them: good + empty + quarantined
 * @param good rows with figures for a day
 * @param empty rows without a figure
 * @param quarantined rows that cannot be trusted
 */
public record RowCounts(long rows, long good, long empty, long quarantined) {}
