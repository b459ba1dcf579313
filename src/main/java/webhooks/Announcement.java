package webhooks;

import java.time.Instant;

/**
 * What is said of something that has ended.
 *
 * @param id names it; a receiver knows by it what it has taken already
 * @param type what ended and how, such as {@code run.succeeded}
 * @param at when it ended
 * @param dataset whose figures it is about
 * @param subject one line
 * @param text the details in lines for people
 * @param data the details for programs, a record that is written as JSON
 */
public record Announcement(
    String id, String type, Instant at, String dataset, String subject, String text, Object data) {}
