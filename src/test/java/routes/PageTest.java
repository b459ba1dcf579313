package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page, and that there are no others. */
class PageTest extends ApiTestBase {
  PageTest(LocalCloud cloud) {
    super(cloud);
  }

  private static String resource(String name) throws Exception {
    try (InputStream file = PageTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "style.css,   text/css; charset=utf-8",
    "favicon.svg, image/svg+xml",
    "app.js,      text/javascript; charset=utf-8",
    "words.js,    text/javascript; charset=utf-8",
  })
  void itsFilesAreThoseOfTheProgram(String name, String type) throws Exception {
    HttpResponse<String> file = api.get("/assets/" + name);

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(Api.header(file, "Content-Type")).isEqualTo(type);
    assertThat(file.body()).isEqualTo(resource("/dashboard/" + name));
  }

  @ParameterizedTest
  @CsvSource({"vue.js, Vue", "chart.js, Chart"})
  void librariesComeFromTheProgramItself(String name, String global) throws Exception {
    HttpResponse<String> file = api.get("/assets/" + name);

    assertThat(Api.header(file, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(file.body()).contains(global).hasSizeGreaterThan(50_000);
  }

  /** All of them are in the working directory, or on the class path, of this very test. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pom.xml",
        "/assets/pom.xml",
        "/assets/../pom.xml",
        "/assets/..%2fpom.xml",
        "/assets/..%2Fpom.xml",
        "/assets/%2e%2e/pom.xml",
        "/assets/%2e%2e%2fpom.xml",
        "/assets/%2E%2E%2Fpom.xml",
        "/assets/%252e%252e%252fpom.xml",
        "/assets/..%5cpom.xml",
        "/assets/..\\pom.xml",
        "/assets/....//pom.xml",
        "/assets/..;/pom.xml",
        "/assets/./../pom.xml",
        "/assets//../pom.xml",
        "/../pom.xml",
        "/../../pom.xml",
        "/%2e%2e/pom.xml",
        "/..%2fpom.xml",
        "/..%5cpom.xml",
        "//pom.xml",
        "/./pom.xml",
        "/pom.xml/",
        "/pom.xml%00",
        "/assets/app.js%00.xml",
        "/assets/..%c0%afpom.xml",
        "../pom.xml",
        "pom.xml",
        "/config/application.properties",
        "/assets/../config/application.properties",
        "/assets/..%2f..%2fconfig%2fapplication.properties",
        "/application.properties",
        "/assets/application.properties",
        "/openapi.yaml",
        "/assets/../openapi.yaml",
        "/assets/openapi.yaml",
        "/camel/api.camel.yaml",
        "/assets/../camel/api.camel.yaml",
        "/META-INF/MANIFEST.MF",
        "/assets/../META-INF/MANIFEST.MF",
        "/assets/%2fMETA-INF%2fMANIFEST.MF",
        "/META-INF/resources/webjars/vue/package.json",
        "/webjars/vue/package.json",
        "/dashboard/app.js",
        "/assets/../dashboard/index.html",
        "/index.html",
        "/assets/index.html",
        "/assets",
        "/assets/",
        "/assets/.",
        "/assets/x/app.js",
        "/assets/x%2fapp.js",
        "/assets/x%2f..%2fapp.js",
        "/assets/%2fapp.js",
        "/assets/APP.JS",
        "/etc/passwd",
        "//etc/passwd",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "http://127.0.0.1/pom.xml",
        "http://127.0.0.1/assets/..%2fpom.xml",
        "file:///etc/passwd",
        "/assets/file:%2f%2f%2fetc%2fpasswd",
        "/assets/classpath:openapi.yaml",
        "/.git/config",
        "/.mvn/wrapper/maven-wrapper.properties",
        "/data/local",
        "/target/classes/openapi.yaml",
      })
  void nothingElseIsRead(String target) throws Exception {
    assertThat(Path.of("pom.xml")).exists();
    assertThat(getClass().getResource("/openapi.yaml")).isNotNull();

    String answer = api.rawGet(target);

    assertThat(answer).matches("(?s)HTTP/1\\.1 40[04] .*");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
        .startsWith("\r\n\r\n{\"type\":\"about:blank\",\"title\":")
        .doesNotContain("<project", "openapi:", "Manifest", "root:");
    assertThat(asked()).isEmpty();
  }

  @Test
  void aFileThatComesIntoTheWorkingDirectoryIsNotGiven() throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "assets"));
    Path file = Files.writeString(folder.resolve("secret.txt"), "secret");
    try {
      for (String path :
          List.of(
              "/target/assets/secret.txt",
              "/assets/secret.txt",
              "/assets/..%2ftarget%2fassets%2fsecret.txt")) {
        assertThat(api.rawGet(path)).startsWith("HTTP/1.1 404 ").doesNotContain("secret\r");
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void dotsAreResolvedBeforeAnythingIsLookedFor() throws Exception {
    assertThat(api.rawGet("/assets/../assets/./app.js")).startsWith("HTTP/1.1 200 ");
  }
}
