package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import web.Answer;
import web.Json;
import web.Problem;
import web.ProblemException;
import web.Request;
import web.RunLine;

/**
 * Runs requested over HTTP, in the process that receives the request. Another process may have a
 * run of its own meanwhile: every write is conditional or can be repeated.
 *
 * @param runs the runs of this process
 * @param token the bearer token that a caller needs; empty if runs cannot be started over HTTP
 * @param json how answers are written
 */
public record RunRequests(Runs runs, String token, Json json) {
  private static final String BEARER = "Bearer ";

  /**
   * Checks that the caller may start a run.
   *
   * @throws ProblemException with status 401 or 403 if it may not, 400 if it gives parameters
   */
  void authorize(Exchange exchange) throws ProblemException {
    Request request = exchange.getProperty(Request.PROPERTY, Request.class);
    if (token.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              403,
              "Runs cannot be started over HTTP, because no token is configured: set http.token, and"
                  + " give it as Authorization: Bearer."));
    }
    if (!MessageDigest.isEqual(given(request).getBytes(UTF_8), token.getBytes(UTF_8))) {
      throw new ProblemException(
          Problem.of(401, "Give the token of the setting http.token as Authorization: Bearer.")
              .header("WWW-Authenticate", "Bearer"));
    }
    request.allow();
  }

  /** The caller's token; empty if none. */
  private static String given(Request request) {
    String text = request.authorization();
    return text.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? text.substring(BEARER.length())
        : "";
  }

  /**
   * Begins a run.
   *
   * @throws ProblemException if one is in progress
   */
  void begin(Exchange exchange) throws ProblemException {
    try {
      exchange.setVariable("run", runs.begin("http"));
    } catch (Runs.RunInProgressException e) {
      throw new ProblemException(Problem.of(409, e.getMessage() + "."));
    }
  }

  /** Answers with the address of the report of the run. */
  void accept(Exchange exchange) {
    RunLine line = RunLine.running(Runs.of(exchange));
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    // Relative to /runs, since the server may be behind a prefix.
    message.setHeader("Location", line.href());
    message.setHeader("Cache-Control", "no-store");
    message.setHeader(Exchange.CONTENT_TYPE, Answer.JSON);
    message.setBody(ByteBuffer.wrap(json.write(line)));
  }
}
