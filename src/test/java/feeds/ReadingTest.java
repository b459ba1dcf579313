package feeds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import covid.Dataset;
import covid.FeedLayout;
import covid.Metric;
import covid.Place;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final Dataset US = Dataset.ofCountry(new Place("US"));
  private static final Reading READING = new Reading(US, false, "1.0");
  private static final FeedLayout LAYOUT =
      FeedLayout.parse("date=date, cases=cases, deaths=deaths", Metric.PUBLISHED);
  private static final FeedSource FEED = feed("https://feeds.test/us.csv?a=b", LAYOUT);

  private static FeedSource feed(String url, FeedLayout layout) {
    return new FeedSource("nyt", URI.create(url), layout);
  }

  @Test
  void isTheSameInEachProcess() {
    // Of another process, where sets are in another order.
    assertThat(READING.of(FEED)).isEqualTo("45cf4b13064f");
  }

  @Test
  void isAnotherOneWhereTheSameBodyMayGiveOtherDays() {
    FeedHeaders headers = new FeedHeaders(Map.of("Accept-Language", "en"));
    assertThat(
            List.of(
                READING.of(FEED),
                READING.of(feed("https://feeds.test/us.csv?a=c", LAYOUT)),
                READING.of(FEED.without(new Metric("deaths"))),
                READING.of(feed("https://feeds.test/us.csv?a=b", LAYOUT.needing(Metric.PUBLISHED))),
                READING.of(FEED.ofPlace(new Place("US"))),
                READING.of(
                    new FeedSource(
                        "nyt",
                        FEED.url(),
                        LAYOUT,
                        Optional.empty(),
                        ISO_8859_1,
                        "",
                        FeedHeaders.NONE)),
                READING.of(
                    new FeedSource(
                        "nyt", FEED.url(), LAYOUT, Optional.empty(), FEED.encoding(), "", headers)),
                new Reading(US, true, "1.0").of(FEED),
                new Reading(US, false, "1.1").of(FEED),
                new Reading(Dataset.ofCountry(new Place("DE")), false, "1.0").of(FEED)))
        .doesNotHaveDuplicates();
  }

  @Test
  void tellsNothingOfTheValuesOfHeaders() {
    assertThat(READING.of(withKey("1"))).isEqualTo(READING.of(withKey("2")));
  }

  private static FeedSource withKey(String key) {
    return new FeedSource(
        "nyt",
        FEED.url(),
        LAYOUT,
        Optional.empty(),
        FEED.encoding(),
        "",
        new FeedHeaders(Map.of("X-Key", key)));
  }
}
