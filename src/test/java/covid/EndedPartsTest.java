package covid;

import static covid.Samples.date;
import static covid.Samples.jhu;
import static covid.Samples.nyt;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndedPartsTest {
  @Test
  void areReportedInASentenceForEachFeed() {
    List<FeedSet> feeds = List.of(ending(jhu(1), "West", "East"), ending(nyt(1), "West"), nyt(1));
    assertThat(EndedParts.news(feeds, Set.of()))
        .containsExactly(
            "Feed jhu has had no figure of West (last on 2020-03-01), East (last on 2020-03-01) for"
                + " 28 days: later days are published without. This is reported once.",
            "Feed nyt has had no figure of West (last on 2020-03-01) for 28 days: later days are"
                + " published without. This is reported once.");
  }

  @Test
  void areReportedOnceWhileOthersAreNews() {
    Set<String> reported = Set.copyOf(EndedParts.digests(List.of(ending(jhu(1), "West"))));
    assertThat(EndedParts.news(List.of(ending(jhu(1), "West")), reported)).isEmpty();
    assertThat(EndedParts.news(List.of(ending(jhu(1), "East", "West")), reported))
        .containsExactly(
            "Feed jhu has had no figure of East (last on 2020-03-01) for 28 days: later days are"
                + " published without. This is reported once.");
    assertThat(EndedParts.news(List.of(ending(nyt(1), "West")), reported)).hasSize(1);
  }

  @Test
  void areFiveInASentenceAtMostAndFewBytesInTheMetadata() {
    List<FeedSet> feeds = List.of(ending(jhu(1), names(3_000)));
    assertThat(EndedParts.news(feeds, Set.of()))
        .singleElement()
        .asString()
        .contains(" Part 5 (last on 2020-03-01) and 2995 more for 28 days");
    assertThat(EndedParts.news(List.of(ending(jhu(1), names(5))), Set.of()))
        .singleElement()
        .asString()
        .contains(" Part 5 (last on 2020-03-01) for 28 days");
    assertThat(EndedParts.digests(feeds)).hasSize(1);
    assertThat(EndedParts.news(feeds, Set.copyOf(EndedParts.digests(feeds)))).isEmpty();
    assertThat(String.join(" ", EndedParts.digests(List.of(ending(jhu(1), names(100))))))
        .hasSize(899)
        .matches("[0-9a-f ]+");
  }

  private static String[] names(int count) {
    return IntStream.rangeClosed(1, count).mapToObj("Part %d"::formatted).toArray(String[]::new);
  }

  private static FeedSet ending(FeedSet feed, String... parts) {
    List<EndedPart> ended = Stream.of(parts).map(part -> new EndedPart(part, date(1))).toList();
    return new FeedSet(
        feed.origin(),
        List.of(),
        feed.counts(),
        feed.days(),
        new Gaps(List.of(), ended),
        List.of());
  }
}
