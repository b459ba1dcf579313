package web;

/**
 * The figures of a version, as the site of plain files has them.
 *
 * @param totals the latest figure of each metric
 * @param days all days
 */
public record SiteVersion(Totals totals, Periods days) {}
