package fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.LocalAnswers;
import aws.BucketKeys;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import local.LocalCloud;
import routes.VersionPublisher;
import versions.Version;
import web.Answer;
import web.ProblemException;
import web.Request;

/**
 * Requests for what is in the bucket, past the web server: there is an answer, or a refusal with a
 * status of 400 to 499 and a sentence.
 *
 * <p>An input is {@code DATASET PATH?QUERY}, and may have the header Accept in a second line. In it
 * {@code @0} and {@code @1} are the ids of versions, {@code @2} and {@code @3} of their runs.
 */
public final class RequestTarget {
  private static final String ONE_PLACE =
      """
      Date,Cases,Deaths,Country,Recovered
      2020-01-22,1,0,US,0
      2020-01-23,2,1,US,1
      2020-02-03,5,1,US,0
      """;

  /** Atlantis is in no list; a name has a comma. */
  private static final String PLACES =
      """
      Place,Date,Cases,Deaths
      Atlantis,2021-01-03,1,0
      Atlantis,2021-01-10,5,
      DE,2021-01-03,652498,0
      DE,2021-01-10,1304997,652498
      "Korea, South",2021-01-03,10,1
      """;

  private static final String REPORT =
      """
      {"id": "%1$s", "trigger": "schedule", "status": "succeeded", "added": 3,
       "startedAt": "2026-11-22T21:00:00.5Z", "finishedAt": "2026-11-22T21:00:07Z",
       "feeds": [{"name": "jhu", "newestDay": "2020-01-24"}, {"name": "nyt"}]}
      """;

  private static Map<String, RequestTarget> targets = Map.of();

  private final LocalAnswers answers;
  private final List<String> ids;

  private RequestTarget(LocalAnswers answers, List<String> ids) {
    this.answers = answers;
    this.ids = ids;
  }

  /** Fills a bucket of its own. */
  public static void fuzzerInitialize() throws Exception {
    fill(LocalCloud.inMemory());
  }

  /** Fills a bucket with two versions of a set of one place, and of one of many. */
  static void fill(LocalCloud cloud) throws Exception {
    targets =
        Map.of(
            "us",
            target(cloud, "us", "", ONE_PLACE.replace("5,1", "4,1"), ONE_PLACE),
            "who",
            target(cloud, "who", "who/", PLACES.replace("652498", "652490"), PLACES));
  }

  private static RequestTarget target(
      LocalCloud cloud, String dataset, String prefix, String before, String after)
      throws Exception {
    VersionPublisher publisher = new VersionPublisher(cloud, prefix, 1);
    Version first = publisher.publish("2026-11-21T21:00:00Z", before);
    Version second = publisher.publish("2026-11-22T21:00:00Z", after);
    for (Version version : List.of(first, second)) {
      publisher.put(
          BucketKeys.report(version.run()),
          REPORT.formatted(version.run()).getBytes(UTF_8),
          Map.of());
    }
    return new RequestTarget(
        LocalAnswers.of(cloud, dataset),
        List.of(first.id(), second.id(), first.run(), second.run()));
  }

  /** Fails if an input breaks what is promised. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = new String(input, UTF_8).split("\n", 2);
    String[] words = lines[0].split(" ", 2);
    RequestTarget target = targets.get(words[0]);
    if (target != null && words.length == 2) {
      target.ask(words[1], lines.length < 2 ? "application/json" : lines[1]);
    }
  }

  private void ask(String address, String accept) {
    String uri = address;
    for (int i = 0; i < ids.size(); i++) {
      uri = uri.replace("@" + i, ids.get(i));
    }
    Request request;
    try {
      QueryStringDecoder decoder = new QueryStringDecoder(uri);
      assertThat(decoder.path()).isNotNull();
      request = new Request(decoder.rawPath(), decoder.parameters(), accept, "", "", "");
    } catch (IllegalArgumentException e) {
      // The server refuses an address that it cannot decode before anybody is asked.
      return;
    }
    try {
      Answer answer = answer(request);
      assertThat(answer == null || answer.body().length > 0).isTrue();
    } catch (ProblemException e) {
      assertThat(e.problem().status()).as("%s", e.problem()).isBetween(400, 499);
      assertThat(e.problem().detail()).isNotBlank();
      assertThat(e.problem().json()).isNotEmpty();
    } catch (Exception e) {
      throw new AssertionError("A request is answered or refused: " + uri, e);
    }
  }

  /** As {@code api.camel.yaml} has the paths; null for one that it has not. */
  private Answer answer(Request request) throws Exception {
    String path = request.path();
    if (path.matches("/days/[^/]+/history")) {
      return answers.histories().history(request);
    }
    if (path.matches("/(versions|runs)/[^/]+")) {
      return path.startsWith("/runs")
          ? answers.runs().one(request)
          : answers.versions().one(request);
    }
    return switch (path) {
      case "/totals" -> answers.figures().totals(request);
      case "/days" -> answers.figures().days(request);
      case "/places" -> answers.figures().places(request);
      case "/CovidData.csv" -> answers.figures().csv(request);
      case "/chart.png" -> answers.figures().png(request);
      case "/chart.svg" -> answers.figures().svg(request);
      case "/versions" -> answers.versions().list(request);
      case "/diff" -> answers.diffs().diff(request);
      case "/runs" -> answers.runs().list(request);
      case "/" -> answers.page().page(request);
      default -> null;
    };
  }
}
