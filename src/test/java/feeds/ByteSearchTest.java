package feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Compared to looking at one byte after the other. */
class ByteSearchTest {
  @Property
  void findsTheFirstByteBelow(
      @ForAll @IntRange(min = 1, max = 128) int limit,
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @IntRange(max = 40) int from) {
    int begin = Math.min(from, bytes.length);
    int plain =
        IntStream.range(begin, bytes.length)
            .filter(i -> (bytes[i] & 0xff) < limit)
            .findFirst()
            .orElse(bytes.length);

    assertThat(ByteSearch.firstBelow(limit, bytes, begin, bytes.length)).isEqualTo(plain);
  }

  @Property
  void findsTheFirst(
      @ForAll byte wanted,
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @IntRange(max = 40) int from) {
    int begin = Math.min(from, bytes.length);
    int plain =
        IntStream.range(begin, bytes.length)
            .filter(i -> bytes[i] == wanted)
            .findFirst()
            .orElse(bytes.length);

    assertThat(ByteSearch.first(wanted, bytes, begin, bytes.length)).isEqualTo(plain);
  }
}
