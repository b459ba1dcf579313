package local;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request whose body has been read and is given once more to the handler behind. */
final class ReadRequest extends Request.Wrapper {
  private final Content.Source body;

  ReadRequest(Request request, byte[] body) {
    super(request);
    this.body = Content.Source.from(ByteBuffer.wrap(body));
  }

  @Override
  public Content.Chunk read() {
    return body.read();
  }

  @Override
  public void demand(Runnable whenThere) {
    body.demand(whenThere);
  }
}
