package feeds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
  private static final String CSV = "date,cases,deaths\n2020-01-21,1,0\n";

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "date", "date,c", CSV, "\u001f,\u008b", "PK\u0003"})
  void leavesAFileThatIsNotPackedAsItIs(String text) throws IOException {
    byte[] file = text.getBytes(ISO_8859_1);

    assertThat(unpacked(file)).isEqualTo(file);
    assertThat(unpacked(file, "identity")).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZip", "identity,gzip", "gzip,Identity"})
  void unpacksWhatTheEncodingSays(String encodings) throws IOException {
    assertThat(unpacked(gzip(CSV.getBytes(UTF_8)), encodings.split(","))).asString().isEqualTo(CSV);
  }

  @Test
  void unpacksAFileThatIsPackedItself() throws IOException {
    byte[] file = gzip(CSV.getBytes(UTF_8));

    assertThat(unpacked(file)).asString().isEqualTo(CSV);
    assertThat(unpacked(gzip(file), "gzip")).asString().isEqualTo(CSV);
  }

  @Test
  void unpacksThreeEncodingsAndNoMore() throws IOException {
    byte[] thrice = gzip(gzip(gzip(CSV.getBytes(UTF_8))));

    assertThat(unpacked(thrice, "gzip", "gzip", "gzip")).asString().isEqualTo(CSV);
    assertThatExceptionOfType(PackingException.class)
        .isThrownBy(() -> unpacked(gzip(thrice), "gzip", "gzip", "gzip", "gzip"))
        .withMessage("its Content-Encoding lists 4 encodings, and only gzip was asked for");
  }

  @Test
  void refusesAnotherEncoding() {
    assertThatExceptionOfType(PackingException.class)
        .isThrownBy(() -> unpacked(gzip(CSV.getBytes(UTF_8)), "gzip", "br"))
        .withMessage("its Content-Encoding is 'gzip, br', and only gzip was asked for");
  }

  @ParameterizedTest
  @CsvSource({
    "504b0304,     a zip file",
    "fd377a585a00, an xz file",
    "425a6839,     a bzip2 file",
    "28b52ffd,     a zstd file",
    "377abcaf271c, a 7z file",
  })
  void refusesAFileThatIsPackedOtherwise(String begin, String what) {
    byte[] file = HexFormat.of().parseHex(begin + "00112233");

    assertThatExceptionOfType(PackingException.class)
        .isThrownBy(() -> unpacked(file))
        .withMessage(
            "it is %s, and only gzip is unpacked: give the address of the CSV, or of a .gz of it"
                .formatted(what));
  }

  @Test
  void closesTheBodyWithWhatItUnpacks() throws IOException {
    AtomicInteger closed = new AtomicInteger();
    InputStream body =
        new ByteArrayInputStream(gzip(gzip(CSV.getBytes(UTF_8)))) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };

    Packing.unpack(body, List.of("gzip")).close();

    assertThat(closed).hasValue(1);
  }

  private static byte[] unpacked(byte[] body, String... encodings) throws IOException {
    try (InputStream file = Packing.unpack(new ByteArrayInputStream(body), List.of(encodings))) {
      return file.readAllBytes();
    }
  }
}
