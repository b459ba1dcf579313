package web;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * What is asked. Camel would make headers of the query's parameters too, and nobody could tell the
 * one from the other.
 *
 * @param path the path as it was sent
 * @param query the parameters
 * @param accept the media type that was agreed on
 * @param ifNoneMatch entity tags that the caller has; empty if none
 * @param authorization who the caller says to be; empty if nobody
 */
public record Request(
    String path,
    Map<String, List<String>> query,
    String accept,
    String ifNoneMatch,
    String authorization) {

  /** The property of an exchange that holds its request. */
  public static final String PROPERTY = "request";

  /** Takes the request out of its exchange, and leaves it there as a property. */
  public static Request take(Exchange exchange) {
    HttpServerRequest http = exchange.getMessage(HttpMessage.class).getRequest();
    QueryStringDecoder uri = new QueryStringDecoder(http.uri());
    Request request =
        new Request(
            uri.rawPath(),
            uri.parameters(),
            http.getHeader("Accept"),
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

  /** The last segment of the path, decoded; a slash that was encoded is a part of it. */
  public String name() {
    return new QueryStringDecoder(path.substring(path.lastIndexOf('/') + 1)).path();
  }

  /**
   * Refuses parameters that would have no effect.
   *
   * @param names those that have one
   * @throws ProblemException with status 400 if there is another
   */
  public void allow(String... names) throws ProblemException {
    Set<String> allowed = new TreeSet<>(List.of(names));
    for (String name : query.keySet()) {
      if (!allowed.contains(name)) {
        throw new ProblemException(Problem.noParameter(name, String.join(", ", allowed)));
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

  /** Whether the caller has this state already. */
  public boolean has(String etag) {
    for (String tag : ifNoneMatch.split(",", 0)) {
      if (tag.strip().equals("*") || weak(tag.strip()).equals(weak(etag))) {
        return true;
      }
    }
    return false;
  }

  /** Entity tags are compared weakly here: what is asked is whether the content is the same. */
  private static String weak(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
