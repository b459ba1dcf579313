package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyCopyTest {
  private static final byte[] BODY = "date,cases\n2020-01-22,1\n".repeat(10_000).getBytes(UTF_8);

  @TempDir private Path folder;

  @Test
  void hasWhatWasRead() throws Exception {
    try (BodyCopy copy = new BodyCopy(folder)) {
      InputStream body = copy.of(new ByteArrayInputStream(BODY));
      int first = body.read();
      byte[] rest = body.readAllBytes();

      assertThat(first).isEqualTo('d');
      assertThat(rest).hasSize(BODY.length - 1);
      assertThat(copy.file().length()).isLessThan(BODY.length / 10);
      try (InputStream unpacked = new GZIPInputStream(Files.newInputStream(copy.file().toPath()))) {
        assertThat(unpacked.readAllBytes()).isEqualTo(BODY);
      }
    }
  }

  @Test
  void isGoneOnceItIsClosedHoweverOften() throws Exception {
    BodyCopy copy = new BodyCopy(folder);
    copy.of(new ByteArrayInputStream(BODY)).readNBytes(100);
    copy.close();
    copy.close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void doesNotDisturbTheReaderWhenItCannotBeWritten() throws Exception {
    try (BodyCopy copy = new BodyCopy(folder.resolve("not-there"))) {
      assertThat(copy.of(new ByteArrayInputStream(BODY)).readAllBytes()).isEqualTo(BODY);
      assertThatIOException().isThrownBy(copy::file).withMessageContaining("cannot be written");
    }
  }

  @Test
  void passesTheFailureOfTheBodyOn() throws IOException {
    try (BodyCopy copy = new BodyCopy(folder)) {
      InputStream body =
          copy.of(
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("cut");
                }
              });
      assertThatIOException().isThrownBy(body::readAllBytes).withMessage("cut");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
