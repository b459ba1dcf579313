package web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of runs.
 *
 * @param runs newest first
 * @param next the next page; null if there is none
 */
public record RunPage(List<RunLine> runs, @Nullable String next) {}
