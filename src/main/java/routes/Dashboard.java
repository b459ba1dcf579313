package routes;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import web.Answer;
import web.DashboardFile;
import web.Json;
import web.Problem;
import web.ProblemException;
import web.Request;

/** What the page is made of, and the contract of the API. They are read once. */
public final class Dashboard {
  private final Map<String, Answer> files;
  private final Answer contract;

  /**
   * @param assets what the page is made of
   * @param json how the contract is written
   */
  public Dashboard(List<DashboardFile> assets, Json json) {
    files =
        assets.stream()
            .collect(
                toUnmodifiableMap(
                    DashboardFile::path, file -> Answer.of(file.type(), file.body())));
    try (InputStream yaml = Dashboard.class.getResourceAsStream("/openapi.yaml")) {
      Object document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      contract = Answer.of(Answer.JSON, json.write(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file of the page.
   *
   * @throws ProblemException if it has no such file
   */
  public Answer file(Request request) throws ProblemException {
    Answer file = files.get("assets/" + request.name());
    if (file == null) {
      throw new ProblemException(Problem.of(404, "The page has no such file."));
    }
    return file;
  }

  /** The contract of the API. */
  public Answer contract() {
    return contract;
  }
}
