package covid;

import java.time.LocalDate;

/**
 * A part of a country without a figure in a feed for 28 days or more, while other parts continued.
 *
 * @param name the part
 * @param last its last day with a figure
 */
public record EndedPart(String name, LocalDate last) {}
