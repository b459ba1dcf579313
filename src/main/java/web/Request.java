package web;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * An HTTP request. Camel would turn query parameters into headers too, indistinguishable from real
 * ones.
 *
 * @param path the path as it was sent
 * @param query the parameters
 * @param accept the negotiated media type
 * @param acceptEncoding the header Accept-Encoding; empty if none
 * @param ifNoneMatch entity tags that the caller has; empty if none
 * @param authorization the header Authorization; empty if none
 */
public record Request(
    String path,
    Map<String, List<String>> query,
    String accept,
    String acceptEncoding,
    String ifNoneMatch,
    String authorization) {

  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)(^|,)\\s*(gzip|\\*)\\s*(;\\s*q\\s*=\\s*(1|0?\\.\\d*[1-9])[.\\d]*\\s*)?(,|$)");

  /** The exchange property of the request. */
  public static final String PROPERTY = "request";

  /**
   * A request for JSON that no client has sent.
   *
   * @param path the path
   * @param query the parameters
   */
  public static Request of(String path, Map<String, String> query) {
    Map<String, List<String>> lists = new TreeMap<>();
    query.forEach((name, value) -> lists.put(name, List.of(value)));
    return new Request(path, lists, "application/json", "", "", "");
  }

  /** Reads the request of an exchange, and keeps it as a property. */
  public static Request take(Exchange exchange) {
    HttpServerRequest http = exchange.getMessage(HttpMessage.class).getRequest();
    QueryStringDecoder uri = new QueryStringDecoder(http.uri());
    Request request =
        new Request(
            uri.rawPath(),
            uri.parameters(),
            http.getHeader("Accept"),
            text(http.getHeader("Accept-Encoding")),
            String.join(",", http.headers().getAll("If-None-Match")),
            text(http.getHeader("Authorization")));
    exchange.setProperty(PROPERTY, request);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(null);
    return request;
  }

  private static String text(String header) {
    return header == null ? "" : header;
  }

  /** The last segment of the path, decoded; it includes an encoded slash. */
  public String name() {
    return new QueryStringDecoder(path.substring(path.lastIndexOf('/') + 1)).path();
  }

  /** The last segment but one of the path, decoded. */
  public String parentName() {
    String[] segments = path.split("/", -1);
    return new QueryStringDecoder(segments[segments.length - 2]).path();
  }

  /**
   * Refuses parameters that would have no effect.
   *
   * @param names the allowed parameters
   * @throws ProblemException with status 400 if there is another
   */
  public void allow(String... names) throws ProblemException {
    SortedSet<String> allowed = new TreeSet<>(List.of(names));
    for (String name : query.keySet()) {
      if (!allowed.contains(name)) {
        throw new ProblemException(Problem.noParameter(name, allowed));
      }
    }
  }

  /**
   * A parameter of the query.
   *
   * @throws ProblemException if it is given more than once
   */
  public Optional<String> parameter(String name) throws ProblemException {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new ProblemException(
          Problem.parameter(name, String.join(", ", values), "given once at the most"));
    }
    return values.stream().findFirst();
  }

  /** The values of a parameter that may be given several times. */
  public List<String> values(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** Whether the caller understands answers that are packed with gzip. */
  public boolean acceptsGzip() {
    return GZIP.matcher(acceptEncoding).find();
  }

  /** Whether the caller has this state already. */
  public boolean has(String etag) {
    for (String tag : ifNoneMatch.split(",", 0)) {
      if (tag.strip().equals("*") || weak(tag.strip()).equals(weak(etag))) {
        return true;
      }
    }
    return false;
  }

  /** Entity tags are compared weakly: only the content matters. */
  private static String weak(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
