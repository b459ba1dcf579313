package local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The door of one service, and the one place where its calls are seen and disturbed.
 *
 * <pre>
 *   SDK client --> Front --> what shall happen to it? --> service
 * </pre>
 *
 * <p>A request is read whole before it goes on: right for the small objects of this application,
 * not for gigabytes.
 */
final class Front extends Handler.Wrapper {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([^&]*)");

  private final Service service;
  private final Function<Call, Fault> onCall;

  /**
   * Stands before a service.
   *
   * @param behind the service itself; it must have answered when its {@code handle} returns
   * @param onCall is told of each call and says what shall happen to it
   */
  Front(Service service, Handler behind, Function<Call, Fault> onCall) {
    super(behind);
    this.service = service;
    this.onCall = onCall;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var body = body(request);
    var fault = onCall.apply(call(request, body));
    while (fault instanceof Fault.Delay late) {
      Thread.sleep(late.delay().toMillis());
      fault = late.then();
    }
    if (fault instanceof Fault.DropBefore) {
      return cut(request, callback);
    }
    if (fault instanceof Fault.Answer answer) {
      return send(answer, response, callback);
    }
    if (fault instanceof Fault.AnswerCut answer) {
      return begin(answer, request, response, callback);
    }
    if (fault instanceof Fault.Statements statements) {
      return new StatementFaults(statements, getHandler())
          .handle(request, body, response, callback);
    }
    var unread = new ReadRequest(request, body);
    if (fault instanceof Fault.DropAfter) {
      super.handle(unread, new Unsent(unread, response), Callback.NOOP);
      return cut(request, callback);
    }
    return super.handle(unread, response, callback);
  }

  private static byte[] body(Request request) throws IOException {
    try (var body = Content.Source.asInputStream(request)) {
      return body.readAllBytes();
    }
  }

  private Call call(Request request, byte[] body) {
    return switch (service) {
      case DYNAMODB, SQS -> new Call(service, target(request), new String(body, UTF_8), "");
      case S3 ->
          new Call(service, request.getMethod() + " " + resource(request), "", condition(request));
      case SNS -> {
        var form = new String(body, UTF_8);
        yield new Call(service, action(form), form, "");
      }
    };
  }

  /**
   * DynamoDB and SQS are asked by a header: {@code X-Amz-Target: DynamoDB_20120810.PutItem}, {@code
   * AmazonSQS.SendMessage}.
   */
  private static String target(Request request) {
    var target = request.getHeaders().get("X-Amz-Target");
    return target == null ? "" : target.substring(target.indexOf('.') + 1);
  }

  private static String resource(Request request) {
    var escaped = request.getHttpURI().getPathQuery().replace("+", "%2B");
    return URLDecoder.decode(escaped, UTF_8).replaceFirst("^/(?=.)", "");
  }

  private static String condition(Request request) {
    return Stream.of("If-Match", "If-None-Match")
        .filter(request.getHeaders()::contains)
        .map(name -> name + ": " + request.getHeaders().get(name))
        .collect(Collectors.joining(", "));
  }

  private static String action(String form) {
    var action = ACTION.matcher(form);
    return action.find() ? action.group(1) : "";
  }

  private static boolean cut(Request request, Callback callback) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.succeeded();
    return true;
  }

  private static boolean send(Fault.Answer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(answer.body().getBytes(UTF_8)), callback);
    return true;
  }

  private static boolean begin(
      Fault.AnswerCut answer, Request request, Response response, Callback callback) {
    response.setStatus(200);
    answer.headers().forEach(response.getHeaders()::put);
    response.write(
        false,
        ByteBuffer.wrap(answer.body().getBytes(UTF_8)),
        Callback.from(() -> cut(request, callback)));
    return true;
  }

  /** A response that nobody gets. */
  private static final class Unsent extends Response.Wrapper {
    // The length is that of the answer that is not sent.
    private final HttpFields.Mutable headers = HttpFields.build();

    Unsent(Request request, Response response) {
      super(request, response);
    }

    @Override
    public HttpFields.Mutable getHeaders() {
      return headers;
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
      callback.succeeded();
    }
  }
}
