package covid;

import java.time.LocalDate;

/**
 * A day since which figures mean something else, or were reported in another way, as their source
 * says.
 *
 * @param date the first day of the change
 * @param text what has changed, in a few words
 */
public record KnownBreak(LocalDate date, String text) {}
