package web;

import covid.Interval;
import covid.KnownBreak;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of places.
 *
 * @param synthetic true if the figures are invented; otherwise null
 * @param interval how far apart the days of a series are
 * @param metrics in the order of their columns
 * @param updatedAt when the set was published
 * @param credit the sentence that names the sources of the figures
 * @param placesCredit the sentence that names the source of names and populations
 * @param known days since which figures mean something else; null if none is known
 * @param total how many places the filter lets pass
 * @param places those of this page
 * @param next the address of the next page; null if this is the last one
 */
public record PlacePage(
    @Nullable Boolean synthetic,
    Interval interval,
    List<String> metrics,
    Instant updatedAt,
    String credit,
    String placesCredit,
    @Nullable List<KnownBreak> known,
    int total,
    List<PlaceLine> places,
    @Nullable String next) {}
