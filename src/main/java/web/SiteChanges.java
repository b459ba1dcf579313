package web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version changed in the series of many places, as the site of plain files shows them: with
 * it, each of two versions comes of the other.
 *
 * @param from the id of the earlier version
 * @param to the id of the later one
 * @param places those that differ; null if too many periods do
 */
public record SiteChanges(String from, String to, @Nullable List<OfPlace> places) {
  /**
   * What differs in a place.
   *
   * @param code of the place
   * @param before the periods of the earlier version that the later one has not, or has otherwise
   * @param after those of the later one that the earlier has not, or has otherwise
   */
  public record OfPlace(String code, PeriodTable before, PeriodTable after) {}
}
