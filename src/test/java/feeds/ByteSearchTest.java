package feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Compared to looking at one byte after the other. */
class ByteSearchTest {
  private static final String SEED = "20200121";

  @Property(seed = SEED)
  void findsTheFirstOfThree(
      @ForAll byte one,
      @ForAll byte two,
      @ForAll byte three,
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @IntRange(max = 40) int from) {
    int begin = Math.min(from, bytes.length);
    int plain =
        IntStream.range(begin, bytes.length)
            .filter(i -> bytes[i] == one || bytes[i] == two || bytes[i] == three)
            .findFirst()
            .orElse(bytes.length);

    assertThat(ByteSearch.firstOf(one, two, three, bytes, begin, bytes.length)).isEqualTo(plain);
  }

  @Property(seed = SEED)
  void counts(
      @ForAll byte wanted,
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @IntRange(max = 40) int from) {
    int begin = Math.min(from, bytes.length);
    long plain = IntStream.range(begin, bytes.length).filter(i -> bytes[i] == wanted).count();

    assertThat(ByteSearch.count(wanted, bytes, begin, bytes.length)).isEqualTo(plain);
  }
}
