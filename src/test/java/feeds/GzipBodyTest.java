package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Gzip.CHECKSUM;
import static local.Gzip.COMMENT;
import static local.Gzip.EXTRA_FIELD;
import static local.Gzip.FILE_NAME;
import static local.Gzip.gzip;
import static local.Gzip.joined;
import static local.Gzip.withHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipBodyTest {
  private static final String DAMAGED = "its gzip body is damaged";
  private static final String ENDED_EARLY = "its gzip body ended early";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 1_000, 100_000})
  void unpacksWhatWasPacked(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    assertThat(unpacked(gzip(bytes))).isEqualTo(bytes);
  }

  @Test
  void canBeReadByteByByte() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (InputStream body = new GzipBody(new ByteArrayInputStream(gzip("caf\u00e9")))) {
      for (int b = body.read(); b >= 0; b = body.read()) {
        read.write(b);
      }
      assertThat(body.read()).isEqualTo(-1);
    }
    assertThat(read.toString(UTF_8)).isEqualTo("caf\u00e9");
  }

  /** As with a server that sends a member when it has one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20, 1_000})
  void unpacksAllMembersHoweverLateTheyArrive(int atOnce) throws IOException {
    byte[] packed = joined(gzip("one\n"), gzip(""), gzip("two\n"), gzip("three\n"));

    try (InputStream body = new GzipBody(new Dripping(packed, atOnce))) {
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("one\ntwo\nthree\n");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 8, 16, 1 | 2 | 4 | 8 | 16})
  void passesOverWhateverAHeaderHolds(int flags) throws IOException {
    byte[] packed = joined(withHeader(flags, gzip("one\n")), withHeader(flags, gzip("two\n")));

    assertThat(unpacked(packed)).asString(UTF_8).isEqualTo("one\ntwo\n");
  }

  @Test
  void endsEarlyWhereverItIsCut() {
    byte[] member =
        withHeader(EXTRA_FIELD | FILE_NAME | COMMENT | CHECKSUM, gzip("one, two, three"));
    for (int length = 0; length < member.length; length++) {
      assertFails(Arrays.copyOf(member, length), ENDED_EARLY);
    }
  }

  @Test
  void endsEarlyWhereverASecondMemberIsCut() {
    byte[] member =
        withHeader(EXTRA_FIELD | FILE_NAME | COMMENT | CHECKSUM, gzip("one, two, three"));
    for (int length = 1; length < member.length; length++) {
      assertFails(joined(member, Arrays.copyOf(member, length)), ENDED_EARLY);
    }
  }

  @Test
  void findsDamageInChecksumAndLength() {
    byte[] packed = gzip("one, two, three");
    for (int i = packed.length - 8; i < packed.length; i++) {
      byte[] damaged = packed.clone();
      damaged[i] ^= 1;
      assertFails(damaged, DAMAGED);
      assertFails(joined(packed, damaged), DAMAGED);
    }
  }

  @Test
  void findsDamageInAHeader() {
    byte[] packed = withHeader(FILE_NAME | CHECKSUM, gzip("one"));
    packed[12] ^= 1;
    assertFails(packed, DAMAGED);

    byte[] reserved = gzip("one");
    reserved[3] = (byte) 0x80;
    assertFails(reserved, DAMAGED);
  }

  @Test
  void findsDamageInWhatIsPacked() {
    byte[] packed = gzip("one, two, three".repeat(50));
    Arrays.fill(packed, 12, 22, (byte) 0xff);
    assertFails(packed, DAMAGED);
  }

  @Test
  void passesAFailureOfTheSourceOn() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(gzip("one")),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("reset");
              }
            });
    assertThatIOException()
        .isThrownBy(() -> new GzipBody(broken).readAllBytes())
        .withMessage("reset");
  }

  private static void assertFails(byte[] packed, String reason) {
    assertThatExceptionOfType(PullException.class)
        .isThrownBy(() -> unpacked(packed))
        .withMessage(reason);
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (InputStream body = new GzipBody(new ByteArrayInputStream(packed))) {
      return body.readAllBytes();
    }
  }
}
