package simulator;

import covid.KeySchema;
import covid.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the runs of a simulation store days, and who does it. */
enum Store {
  /** A table of one place. */
  DATE(KeySchema.DATE, "US"),
  /** A table of many places, of which the feeds have one. */
  PLACE_DATE(KeySchema.PLACE_DATE, "US"),
  /** The same with several places, whose chunks go to workers through a queue. */
  QUEUE(KeySchema.PLACE_DATE, "DE", "FR", "US");

  private final KeySchema key;
  private final List<Place> places;

  Store(KeySchema key, String... places) {
    this.key = key;
    this.places = List.of(places).stream().map(Place::new).toList();
  }

  /** The key of the table. */
  KeySchema key() {
    return key;
  }

  /** The places of the feeds, sorted. */
  List<Place> places() {
    return places;
  }

  boolean isQueued() {
    return this == QUEUE;
  }

  /** What a process of the program is told of it. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("store.key", key.toString());
    if (isQueued()) {
      settings.put("places", "*");
      settings.put("feed.nyt.place", "");
      settings.put("feed.nyt.columns", "date=date, place=place, cases=cases, deaths=deaths");
      settings.put("feed.jhu.columns", "date=Date, place=Country/Region, recovered=Recovered");
      settings.put("chunks.to", SimulatedQueue.SETTING);
      settings.put("chunks.from", SimulatedQueue.SETTING);
      settings.put("chunks.poll", "5s");
      settings.put("chunks.resend-after", "2m");
      settings.put("run.deadline", "10m");
      settings.put("camel.component.aws2-sqs.wait-time-seconds", "20");
    }
    return settings;
  }

  /** As the options of {@code bench/simulate} name it. */
  String options() {
    return isQueued() ? "--queue" : "--key " + key;
  }
}
