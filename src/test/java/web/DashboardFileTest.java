package web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardFileTest {
  private static String page(boolean ofPlaces, Optional<URI> url) {
    return DashboardPage.of(ofPlaces, url).forFiles().html();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/covid, https://a.example/covid/",
    "https://a.example/covid/, https://a.example/covid/",
    "https://a.example/covid/index.html, https://a.example/covid/index.html"
  })
  void aLinkToThePageHasAPreviewWhereItsAddressIsKnown(String url, String address) {
    assertThat(page(false, Optional.of(URI.create(url))))
        .contains(
            "<meta property=\"og:url\" content=\"" + address + "\">",
            "<meta property=\"og:image\" content=\"https://a.example/covid/chart.png\">",
            "<meta property=\"og:title\" content=\"COVID-19\">");
    assertThat(page(true, Optional.of(URI.create(url))))
        .contains("og:url")
        .doesNotContain("og:image");
  }

  @Test
  void withoutAnAddressThereIsNoPreview() {
    assertThat(page(false, Optional.empty())).doesNotContain("og:");
  }

  @Test
  void anAddressCannotEndItsAttribute() {
    assertThat(page(false, Optional.of(URI.create("https://a.example/a=1&b='x'"))))
        .contains("content=\"https://a.example/a=1&amp;b='x'/\"");
  }

  /** What a module imports is served, and what is served is imported. */
  @Test
  void everyModuleIsAmongTheFiles() {
    assertThat(
            DashboardFile.all(true).stream()
                .map(file -> new String(file.body(), UTF_8))
                .flatMap(
                    text ->
                        Pattern.compile("(?:from|import\\()\\s*'\\./([a-z]+\\.js)'")
                            .matcher(text)
                            .results())
                .map(found -> "assets/" + found.group(1))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            DashboardFile.all(true).stream()
                .map(DashboardFile::path)
                .filter(path -> path.matches("assets/(?!app|first|vue).*\\.js"))
                .toList());
  }
}
