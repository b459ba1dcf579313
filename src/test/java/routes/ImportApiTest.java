package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.SharedApplication;
import app.TestApplication;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process has imported, over HTTP. */
class ImportApiTest extends ApiTestBase {
  private static final String OLD_SET =
      "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n2020-01-23,2,0,US,1\n";

  private TestApplication application;
  @TempDir private Path folder;

  ImportApiTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void shareApplication(SharedApplication shared) {
    application = shared.on(cloud);
  }

  private void imports(String at, String nyt) throws Exception {
    Files.writeString(folder.resolve("nyt.csv"), nyt);
    Files.writeString(folder.resolve("jhu.csv"), TestApplication.JHU);
    assertThat(application.importVersion(at, folder).getKey()).isZero();
  }

  private String asOf(String moment) throws Exception {
    return api.get("/CovidData.csv?asOf=" + moment).body();
  }

  private JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(api.get(path).body());
  }

  @Test
  void isReadAsOfItsTimeByteForByte() throws Exception {
    application.run();
    assertThat(api.get("/totals?asOf=2020-01-24T00:00:00Z").statusCode()).isEqualTo(404);

    imports("2020-01-24T21:00:00Z", TestApplication.NYT.replace("2020-01-24,5", "2020-01-24,4"));
    imports("2020-01-23T21:00:00Z", "date,cases,deaths\n2020-01-22,1,0\n2020-01-23,2,0\n");

    assertThat(asOf("2020-01-23T21:00:00Z")).isEqualTo(OLD_SET);
    assertThat(asOf("2020-01-24T20:59:59Z")).isEqualTo(OLD_SET);
    assertThat(asOf("2020-01-24T21:00:00Z")).isEqualTo(SET.replace("2020-01-24,5", "2020-01-24,4"));
    assertThat(api.get("/CovidData.csv").body()).isEqualTo(SET);
    assertThat(api.get("/totals?asOf=2020-01-23T20:59:59Z").statusCode()).isEqualTo(404);
  }

  @Test
  void isListedAmongTheVersionsByItsTime() throws Exception {
    application.run();
    imports("2020-01-23T21:00:00Z", "date,cases,deaths\n2020-01-22,1,0\n2020-01-23,2,0\n");
    imports("2020-01-24T21:00:00Z", TestApplication.NYT.replace("2020-01-24,5", "2020-01-24,4"));

    JsonNode versions = json("/versions").get("versions");
    assertThat(versions.findValuesAsText("origin")).containsExactly("run", "import", "import");
    JsonNode imported = json("/versions/" + versions.get(1).get("id").asText());
    assertThat(imported.get("parent")).isEqualTo(versions.get(2).get("id"));
    assertThat(imported.has("run")).isFalse();
  }
}
