package simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import covid.Day;
import covid.Metric;
import covid.Place;
import feeds.FeedHttpClient;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * The servers of both feeds, behind the real HTTP client: only the connection is simulated. The
 * figures of day {@code n} are made from {@code n}.
 */
final class SimulatedFeeds {
  static final LocalDate FIRST = LocalDate.parse("2020-02-01");
  private static final int DAYS = 10;
  private static final int LOST = 4;

  private final Store store;
  private final SortedMap<LocalDate, Integer> cases = new TreeMap<>();
  private final Map<LocalDate, Set<Integer>> everHad = new HashMap<>();
  private Round.Feeds state = Round.Feeds.SAME;
  private Round.Feeds next = Round.Feeds.SAME;
  private int requestsToChange;

  /**
   * @param store whose places they have
   */
  SimulatedFeeds(Store store) {
    this.store = store;
    for (int i = 0; i < DAYS; i++) {
      add();
    }
  }

  private void add() {
    int day = cases.size();
    set(FIRST.plusDays(day), 1000 + 10 * day);
  }

  private void set(LocalDate day, int figure) {
    cases.put(day, figure);
    everHad.computeIfAbsent(day, any -> new HashSet<>()).add(figure);
  }

  /** Changes as a round says, now or after some requests. */
  void begin(Round.Feeds next, int changesAfter) {
    this.next = next;
    requestsToChange = changesAfter;
    if (changesAfter == 0) {
      change();
    } else {
      state = Round.Feeds.SAME;
    }
  }

  private void change() {
    state = next;
    if (state == Round.Feeds.NEW_DAY) {
      add();
    } else if (state == Round.Feeds.REVISED) {
      LocalDate day = FIRST.plusDays(cases.size() % DAYS);
      set(day, cases.get(day) + 1);
    }
  }

  /** Whether the feeds have these figures, or had each of them before it was revised. */
  boolean everHad(Day day) {
    Set<Integer> had = everHad.getOrDefault(day.date(), Set.of());
    long cases = day.figure(Metric.CASES).orElse(-1);
    return had.stream().anyMatch(figure -> figure == cases)
        && day.figure(Metric.DEATHS).orElse(-1) == cases / 10
        && had.stream().anyMatch(figure -> figure / 2 == day.figure(Metric.RECOVERED).orElse(-1));
  }

  /** The cases of each day that can be had of the feeds now. */
  SortedMap<LocalDate, Integer> cases() {
    return new TreeMap<>(
        state == Round.Feeds.DAYS_LOST
            ? cases.headMap(FIRST.plusDays((long) cases.size() - LOST))
            : cases);
  }

  /** The set that comes of what two requests gave: the days that both have. */
  static String set(Store store, Map<LocalDate, Integer> nyt, Map<LocalDate, Integer> jhu) {
    StringBuilder csv =
        new StringBuilder(
            store == Store.DATE
                ? "Date,Cases,Deaths,Country,Recovered\n"
                : "Place,Date,Cases,Deaths,Recovered\n");
    String row = store == Store.DATE ? "%2$s,%3$d,%4$d,%1$s,%5$d\n" : "%s,%s,%d,%d,%d\n";
    for (Place place : store.places()) {
      new TreeMap<>(nyt)
          .forEach(
              (day, cases) -> {
                if (jhu.containsKey(day)) {
                  csv.append(row.formatted(place, day, cases, cases / 10, jhu.get(day) / 2));
                }
              });
    }
    return csv.toString();
  }

  private String csv(String path) {
    boolean nyt = path.endsWith("nyt.csv");
    StringBuilder csv =
        new StringBuilder(
            nyt ? "date,place,cases,deaths\nsoon,US,1,1\n" : "Date,Country/Region,Recovered\n");
    for (Place place : store.places()) {
      cases()
          .forEach(
              (day, cases) ->
                  csv.append(
                      nyt
                          ? "%s,%s,%d,%d\n".formatted(day, place, cases, cases / 10)
                          : "%s,%s,%d\n".formatted(day, place, cases / 2)));
    }
    return csv.toString();
  }

  /** Sets up the HTTP client of one process. */
  static HttpClientConfigurer client(SimulatedProcess process, FeedHttpClient real) {
    return builder -> configure(builder, process, real);
  }

  private static void configure(
      HttpClientBuilder builder, SimulatedProcess process, FeedHttpClient real) {
    real.configureHttpClient(builder);
    builder.addExecInterceptorBefore(
        ChainElement.CONNECT.name(),
        "simulated",
        (request, scope, chain) -> answer(request, process));
  }

  private static ClassicHttpResponse answer(ClassicHttpRequest request, SimulatedProcess process)
      throws IOException {
    SimulatedFeeds feeds = process.world().feeds();
    try {
      return process.call(
          "GET " + request.getPath(),
          () -> feeds.answer(request),
          () -> new UncheckedIOException(new ConnectionClosedException("cut")),
          () -> new BasicClassicHttpResponse(429));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private ClassicHttpResponse answer(ClassicHttpRequest request) {
    boolean nyt = request.getPath().endsWith("nyt.csv");
    if (state == Round.Feeds.AWAY && nyt) {
      return new BasicClassicHttpResponse(404);
    }
    byte[] body = csv(request.getPath()).getBytes(US_ASCII);
    int sent = state == Round.Feeds.CUT_SHORT && nyt ? body.length / 2 : body.length;
    ClassicHttpResponse response = new BasicClassicHttpResponse(200);
    response.setEntity(
        new InputStreamEntity(
            new Cut(new ByteArrayInputStream(body, 0, sent), sent < body.length),
            body.length,
            ContentType.TEXT_PLAIN));
    if (--requestsToChange == 0) {
      change();
    }
    return response;
  }

  /** Ends as the client ends a body that is shorter than its length. */
  private static final class Cut extends FilterInputStream {
    private final boolean cut;

    Cut(InputStream body, boolean cut) {
      super(body);
      this.cut = cut;
    }

    @Override
    public int read() throws IOException {
      return end(super.read());
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return end(super.read(bytes, from, length));
    }

    private int end(int read) throws ConnectionClosedException {
      if (read < 0 && cut) {
        throw new ConnectionClosedException("Premature end of Content-Length delimited message");
      }
      return read;
    }
  }
}
