package serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightedCacheTest {
  private final WeightedCache<String, String> cache = new WeightedCache<>(10, String::length);

  @Test
  void whatWasUsedLongestAgoGoesFirst() {
    cache.put("a", "1234");
    cache.put("b", "1234");
    assertThat(cache.get("a")).isEqualTo("1234");

    cache.put("c", "123");

    assertThat(cache.get("b")).isNull();
    assertThat(cache.get("a")).isEqualTo("1234");
    assertThat(cache.get("c")).isEqualTo("123");
  }

  @Test
  void asManyGoAsAHeavyOneNeeds() {
    cache.put("a", "1234");
    cache.put("b", "1234");

    cache.put("c", "1234567890");

    assertThat(cache.get("a")).isNull();
    assertThat(cache.get("b")).isNull();
    assertThat(cache.get("c")).isEqualTo("1234567890");
  }

  @Test
  void oneThatIsTooHeavyIsNotKept() {
    cache.put("a", "12345678901");
    assertThat(cache.get("a")).isNull();

    cache.put("b", "1234567890");
    assertThat(cache.get("b")).isEqualTo("1234567890");
  }

  @Test
  void aValueThatIsReplacedWeighsNothingMore() {
    cache.put("a", "1234567890");
    cache.put("a", "1");
    cache.put("b", "123456789");

    assertThat(cache.get("a")).isEqualTo("1");
    assertThat(cache.get("b")).isEqualTo("123456789");
  }
}
