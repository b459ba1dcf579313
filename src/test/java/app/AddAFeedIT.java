package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Does what docs/add-a-feed.md says, with the packaged program. */
@Tag("slow")
class AddAFeedIT extends JarTestBase {
  private static final Path PAGE = Path.of("docs", "add-a-feed.md");
  private static final Pattern FILE =
      Pattern.compile(
          "`(config/datasets/[a-z-]+\\.properties)`:\n\n```properties\n(.+?)```", Pattern.DOTALL);

  private static final String COUNTIES =
      """
      date,county,state,fips,cases,deaths
      2020-03-01,Autauga,Alabama,01001,10,1
      2020-03-01,Adjuntas,Puerto Rico,72001,20,
      2020-03-02,Autauga,Alabama,01001,11,1
      2020-03-02,Adjuntas,Puerto Rico,72001,21,
      2020-03-02,"Bristol Bay, plus",Alaska,02997,5,0
      """;

  AddAFeedIT(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void aDatasetIsAFileOfTenLines() throws Exception {
    Matcher file = FILE.matcher(Files.readString(PAGE));
    assertThat(file.find()).isTrue();
    assertThat(file.group(2).lines()).hasSizeLessThanOrEqualTo(10);
    Path dataset = folder.resolve(file.group(1));
    Files.createDirectories(dataset.getParent());
    Files.writeString(dataset, file.group(2));
    serve(COUNTIES);

    Jar.Ended preview = counties().run("run", "--dry-run", "--dataset", "us-counties");
    assertThat(preview.out())
        .isEqualTo(
            """
            5 day(s) would be added, 2020-03-01 to 2020-03-02
            01001  2 day(s), 2020-03-01 to 2020-03-02
            02997  1 day(s), 2020-03-02 to 2020-03-02
            72001  2 day(s), 2020-03-01 to 2020-03-02
            """);
    assertThat(preview.exitCode()).isZero();

    Jar.Ended run = counties().run("run", "--dataset", "us-counties");
    assertThat(run.exitCode()).isZero();
    assertThat(cloud.object("us-counties/CovidData.csv").orElseThrow())
        .isEqualTo(
            """
            Place,Date,Cases,Deaths
            01001,2020-03-01,10,1
            01001,2020-03-02,11,1
            02997,2020-03-02,5,0
            72001,2020-03-01,20,
            72001,2020-03-02,21,
            """);
    assertThat(cloud.object("us-counties/places.csv").orElseThrow())
        .isEqualTo(
            """
            Place,Name
            01001,Autauga
            02997,"Bristol Bay, plus"
            72001,Adjuntas
            """);
  }

  /** As New York City in the real feed. */
  @Test
  void aRowWithoutAPlaceIsQuarantined() throws Exception {
    Matcher file = FILE.matcher(Files.readString(PAGE));
    assertThat(file.find()).isTrue();
    Path dataset = folder.resolve(file.group(1));
    Files.createDirectories(dataset.getParent());
    Files.writeString(dataset, file.group(2));
    serve(COUNTIES + "2020-03-02,New York City,New York,,999,9\n");

    Jar.Ended run = counties().run("run", "--dataset", "us-counties");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .startsWith(
            "Feed counties has 1 bad rows of 6, more than gate.max-bad-rows allows; the first is line"
                + " 7: place is missing.");
  }

  private void serve(String csv) {
    TestApplication.nyt(feeds, csv);
  }

  private Jar counties() {
    return jar()
        .with("FEED_COUNTIES_URL", feeds.nyt().toString())
        .with("STORE_TABLE", cloud.tableOfPlaces());
  }
}
