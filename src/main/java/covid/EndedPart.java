package covid;

import java.time.LocalDate;

/**
 * A part of a country that a feed has had no figure of for 28 days or more, while other parts went
 * on.
 *
 * @param name the part
 * @param last the last day it has a figure of
 */
public record EndedPart(String name, LocalDate last) {}
