package routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import local.FeedServer;

/** What is posted to the server of the feeds, which is that of webhooks, too. */
final class Posts {
  /** Signs and verifies. */
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FeedServer server;
  private final List<Post> posts = new CopyOnWriteArrayList<>();

  /** A request, and when it came. */
  record Post(URI uri, Map<String, List<String>> headers, String body, Instant at) {
    String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> String.join(", ", header.getValue()))
          .findFirst()
          .orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(body, e);
      }
    }

    /** As a receiver does it, with the library of those who specify it. */
    void verify(String secret) {
      try {
        new Webhook(secret).verify(body, headers);
      } catch (WebhookVerificationException e) {
        throw new AssertionError(headers.toString(), e);
      }
    }
  }

  Posts(FeedServer server) {
    this.server = server;
  }

  /** The address of a path. */
  URI at(String path) {
    return server.uri().resolve(path);
  }

  /** Has a path answer with these statuses, one after the other, and then with the last. */
  void answer(String path, int... statuses) {
    answer(path, Map.of(), statuses);
  }

  /** The same, with headers in each answer but those of success. */
  void answer(String path, Map<String, String> headers, int... statuses) {
    server.answer(
        path,
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), "UTF-8");
          posts.add(
              new Post(
                  exchange.getRequestURI(), exchange.getRequestHeaders(), body, Instant.now()));
          int status = statuses[Math.min(to(path).size(), statuses.length) - 1];
          if (status >= 300) {
            headers.forEach(exchange.getResponseHeaders()::set);
          }
          if (status > 0) {
            exchange.sendResponseHeaders(status, -1);
          }
        });
  }

  /** What a path was sent so far. */
  List<Post> to(String path) {
    return posts.stream().filter(post -> post.uri().getPath().equals(path)).toList();
  }
}
