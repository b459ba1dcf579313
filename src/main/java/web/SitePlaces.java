package web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * The list of places, as the site of plain files has it.
 *
 * @param version the id of the version whose figures the site shows; null if there are no versions
 * @param list all places
 */
public record SitePlaces(@Nullable String version, @JsonUnwrapped PlacePage list) {}
