package local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** SNS as far as this application uses it: it takes what is published and keeps it. */
final class SnsCatcher extends Handler.Abstract {
  /** In bytes, as in AWS. */
  private static final int LONGEST_MESSAGE = 256 * 1024;

  /** In characters, as in AWS. */
  private static final int LONGEST_SUBJECT = 100;

  private static final String PUBLISHED =
      """
      <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\
      <PublishResult><MessageId>%s</MessageId></PublishResult>\
      <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>\
      </PublishResponse>\
      """;

  private static final String REFUSED =
      """
      <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\
      <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>\
      <RequestId>%s</RequestId></ErrorResponse>\
      """;

  private final Outbox outbox;

  SnsCatcher(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var form = form(Content.Source.asString(request, UTF_8));
    if (!"Publish".equals(form.get("Action"))) {
      return refuse("InvalidAction", "The local SNS knows Publish only", response, callback);
    }
    var message =
        new Message(
            form.get("Subject"),
            form.getOrDefault("Message", ""),
            attributes(form),
            form.get("TopicArn"));
    var complaint = complaint(message);
    if (complaint.isPresent()) {
      return refuse("InvalidParameter", complaint.get(), response, callback);
    }
    outbox.add(message);
    return send(200, PUBLISHED.formatted(UUID.randomUUID(), UUID.randomUUID()), response, callback);
  }

  private static Optional<String> complaint(Message message) {
    if (message.text().isEmpty()) {
      return Optional.of("Invalid parameter: Empty message");
    }
    if (message.text().getBytes(UTF_8).length > LONGEST_MESSAGE) {
      return Optional.of("Invalid parameter: Message too long");
    }
    if (message.subject() != null
        && !message.subject().matches("[!-~][ -~]{0,%d}".formatted(LONGEST_SUBJECT - 1))) {
      return Optional.of("Invalid parameter: Subject");
    }
    return Optional.empty();
  }

  private static boolean refuse(String code, String why, Response response, Callback callback) {
    return send(400, REFUSED.formatted(code, why, UUID.randomUUID()), response, callback);
  }

  private static boolean send(int status, String xml, Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/xml;charset=utf-8");
    response.write(true, ByteBuffer.wrap(xml.getBytes(UTF_8)), callback);
    return true;
  }

  private static Map<String, String> form(String body) {
    var form = new HashMap<String, String>();
    for (var field : body.split("&")) {
      var parts = field.split("=", 2);
      form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }

  /** The attributes come numbered from 1, each with a name, a type and a value. */
  private static Map<String, String> attributes(Map<String, String> form) {
    var attributes = new TreeMap<String, String>();
    for (int i = 1; form.containsKey("MessageAttributes.entry." + i + ".Name"); i++) {
      var entry = "MessageAttributes.entry." + i;
      attributes.put(form.get(entry + ".Name"), form.get(entry + ".Value.StringValue"));
    }
    return attributes;
  }
}
