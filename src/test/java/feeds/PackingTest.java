package feeds;

import static local.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What cannot be said as a case of {@link FeedSpecTest}. */
class PackingTest {
  @Test
  void closesTheBodyWithWhatItUnpacks() throws IOException {
    AtomicInteger closed = new AtomicInteger();
    InputStream body =
        new ByteArrayInputStream(gzip(gzip("date,cases,deaths\n"))) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };

    Packing.unpack(body, List.of("gzip")).close();

    assertThat(closed).hasValue(1);
  }
}
