package web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of versions.
 *
 * @param versions newest first
 * @param next the next page; null if there is none
 */
public record VersionPage(List<VersionLine> versions, @Nullable String next) {}
