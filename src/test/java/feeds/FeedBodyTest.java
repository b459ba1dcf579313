package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FeedBodyTest {
  private static final byte[] BYTES = "a\u00e9".getBytes(UTF_8);

  @Test
  void countsAndDigestsWhatIsReadHoweverItIsRead() throws IOException {
    FeedBody body = new FeedBody(new ByteArrayInputStream(BYTES), BYTES.length, new SideDigest());

    assertThat(body.read()).isEqualTo('a');
    assertThat(body.readAllBytes()).isEqualTo(new byte[] {BYTES[1], BYTES[2]});
    assertThat(body.read()).isEqualTo(-1);

    assertThat(body.bytes()).isEqualTo(3);
    assertThat(body.sha256())
        .isEqualTo("561951c2b8c47984b8b4b8ae1f173a03d9c703f66cf36f145e27bc6145499f74");
  }

  @Test
  void givesAByteThatIsNotAsciiAsAPositiveNumber() throws IOException {
    FeedBody body = new FeedBody(new ByteArrayInputStream(BYTES, 1, 2), 2, new SideDigest());

    assertThat(body.read()).isEqualTo(0xc3);
  }

  @Test
  void closesWhatItReads() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    FeedBody body =
        new FeedBody(
            new ByteArrayInputStream(BYTES) {
              @Override
              public void close() {
                closed.set(true);
              }
            },
            BYTES.length,
            new SideDigest());

    body.close();

    assertThat(closed).isTrue();
  }
}
