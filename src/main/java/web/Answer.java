package web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * An answer to an HTTP request.
 *
 * @param type the media type
 * @param body the content
 * @param etag its entity tag; weak, since it may be sent packed or not, but for versions; empty if
 *     it is still to be made
 * @param age its age if there may be a newer one; null if it is current
 * @param packed whether the body is packed with gzip; it is unpacked for clients that want it so
 * @param forGood whether the answer to the same request never changes
 */
public record Answer(
    String type,
    byte[] body,
    String etag,
    @Nullable Duration age,
    boolean packed,
    boolean forGood) {
  /** Media type of JSON. */
  public static final String JSON = "application/json";

  /** Media type of CSV. */
  public static final String CSV = "text/csv; charset=utf-8";

  /** {@code Cache-Control} of what never changes. */
  public static final String FOR_GOOD = "public, max-age=31536000, immutable";

  private static final int TAG_BYTES = 12;

  /** A current answer. */
  public Answer(String type, byte[] body, String etag) {
    this(type, body, etag, null, false, false);
  }

  /** A current answer whose body is packed with gzip. */
  public static Answer packed(String type, byte[] body, String etag) {
    return new Answer(type, body, etag, null, true, false);
  }

  /** A current answer whose body is packed here. */
  public static Answer packing(String type, byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    return packed(type, packed.toByteArray(), "");
  }

  /** A current answer whose entity tag is a digest of its content. */
  public static Answer of(String type, byte[] body) {
    return new Answer(type, body, "W/\"%s\"".formatted(digest(body)));
  }

  private static String digest(byte[] body) {
    return HexFormat.of().formatHex(Arrays.copyOf(DigestUtils.sha256(body), TAG_BYTES));
  }

  /** A current answer whose entity tag is a digest of its content. */
  public static Answer of(String type, String body) {
    return of(type, body.getBytes(UTF_8));
  }

  /** The same answer with an age, if any. */
  public Answer aged(Optional<Duration> age) {
    return age.isEmpty() ? this : new Answer(type, body, etag, age.get(), packed, forGood);
  }

  /**
   * The same answer, of a version: with a strong entity tag of the version and a digest of the
   * content.
   *
   * @param forGood whether the request names the version, so that the answer never changes
   */
  public Answer ofVersion(String version, boolean forGood) {
    String content = etag.isEmpty() ? digest(body) : etag.replaceAll("^W/|\"", "");
    String tag = "\"%s-%s\"".formatted(version, content);
    return new Answer(type, body, tag, age, packed, forGood);
  }

  /** A strong tag is not the same of the packed answer, as the bytes are others. */
  private static String etag(Answer answer, Request request) {
    String tag = answer.etag();
    return tag.startsWith("W/") || !request.acceptsGzip()
        ? tag
        : tag.substring(0, tag.length() - 1) + "-gzip\"";
  }

  /**
   * Sends an answer, or 304 if the caller has it already. Clients may cache it, but must revalidate
   * it each time unless it never changes.
   */
  public static void send(Answer answer, Request request, Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    String etag = etag(answer, request);
    message.setHeader("ETag", etag);
    message.setHeader("Cache-Control", answer.forGood() ? FOR_GOOD : "no-cache");
    if (answer.age() != null) {
      message.setHeader("Age", answer.age().toSeconds());
      message.setHeader("Warning", "110 - \"Response is Stale\"");
    }
    if (request.has(etag)) {
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
      message.setBody(null);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, answer.type());
      setBody(answer, request, message);
    }
  }

  private static void setBody(Answer answer, Request request, Message message) throws IOException {
    if (answer.packed() && !request.acceptsGzip()) {
      message.setBody(new GZIPInputStream(new ByteArrayInputStream(answer.body())));
    } else {
      if (answer.packed()) {
        message.setHeader("Content-Encoding", "gzip");
      }
      message.setBody(ByteBuffer.wrap(answer.body()));
    }
  }

  /** Sends a problem. */
  public static void send(Problem problem, Exchange exchange) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    problem.headers().forEach(message::setHeader);
    message.setHeader("Cache-Control", "no-store");
    message.setHeader(Exchange.CONTENT_TYPE, Problem.TYPE);
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
    message.setBody(ByteBuffer.wrap(problem.json()));
  }
}
