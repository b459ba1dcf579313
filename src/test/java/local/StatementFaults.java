package local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Fails single statements of a BatchExecuteStatement. The service gets the statements that are to
 * be done; the answers to those that fail take their places in the answer of the batch.
 *
 * @param fault which statements, and how
 * @param service DynamoDB
 */
record StatementFaults(Fault.Statements fault, Handler service) {
  private static final ObjectMapper JSON = new ObjectMapper();

  boolean handle(Request request, byte[] body, Response response, Callback callback)
      throws Exception {
    ObjectNode batch = (ObjectNode) JSON.readTree(body);
    List<JsonNode> statements = new ArrayList<>();
    batch.get("Statements").forEach(statements::add);
    ArrayNode done = batch.putArray("Statements");
    statements.stream().filter(each -> fault.done() || !fails(each)).forEach(done::add);

    JsonNode answer = done.isEmpty() ? JSON.createObjectNode() : ask(request, batch, response);
    if (response.getStatus() < 400) {
      answer = JSON.createObjectNode().set("Responses", merge(statements, answer));
    }
    response.getHeaders().put("Content-Type", "application/x-amz-json-1.0");
    response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(answer)), callback);
    return true;
  }

  private ArrayNode merge(List<JsonNode> statements, JsonNode answer) {
    Iterator<JsonNode> answers = answer.path("Responses").iterator();
    ArrayNode all = JSON.createArrayNode();
    for (JsonNode statement : statements) {
      JsonNode own = fault.done() || !fails(statement) ? answers.next() : null;
      all.add(fails(statement) ? failure() : own);
    }
    return all;
  }

  private boolean fails(JsonNode statement) {
    return fault.which().test(statement.toString());
  }

  private JsonNode failure() {
    return JSON.createObjectNode()
        .set("Error", JSON.createObjectNode().put("Code", fault.code()).put("Message", "No."));
  }

  private JsonNode ask(Request request, ObjectNode batch, Response response) throws Exception {
    Captured captured = new Captured(request, response);
    service.handle(
        new ReadRequest(request, JSON.writeValueAsBytes(batch)), captured, Callback.NOOP);
    return JSON.readTree(captured.body.toByteArray());
  }

  /** The service's answer, kept from the client. */
  private static final class Captured extends Response.Wrapper {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    // The checksum and length are those of the answer that is not sent.
    private final HttpFields.Mutable headers = HttpFields.build();

    Captured(Request request, Response response) {
      super(request, response);
    }

    @Override
    public HttpFields.Mutable getHeaders() {
      return headers;
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
      if (bytes != null) {
        body.writeBytes(BufferUtil.toArray(bytes));
        BufferUtil.clear(bytes);
      }
      callback.succeeded();
    }
  }
}
