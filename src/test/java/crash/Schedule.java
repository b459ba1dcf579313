package crash;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import covid.Day;
import covid.DayKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What a seed decides of a round: several runs, of which nothing disturbs the last one.
 *
 * @param seed that it is of
 * @param feeds the feed of each run; one has more weeks than that before
 * @param workers how many there are at a time
 * @param deadline the setting {@code run.deadline}
 * @param found the days that the table has beforehand, with the cases that it has more than the
 *     feed
 * @param refused the days that the table does not take in the first run
 * @param disturbed of 1,000 calls so many are throttled, or lost, or their answers are
 * @param strikes the strikes of each run
 */
record Schedule(
    long seed,
    List<Sample> feeds,
    int workers,
    Duration deadline,
    Map<DayKey, Long> found,
    Set<DayKey> refused,
    int disturbed,
    List<List<Strike>> strikes) {

  /** The schedule of a seed. */
  static Schedule of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int runs = random.nextInt(3) == 0 ? 3 : 2;
    int places = random.nextInt(8, Sample.mostPlaces() + 1);
    int weeks = random.nextInt(20, 61);
    List<Sample> feeds = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      feeds.add(new Sample(places, weeks + 2 * run));
    }
    List<DayKey> first = feeds.get(0).days().stream().map(Day::key).toList();
    Map<DayKey, Long> found = new HashMap<>();
    some(first, random, 6).forEach(key -> found.put(key, random.nextInt(2) * 7L));
    List<List<Strike>> strikes = new ArrayList<>();
    for (int run = 0; run < runs - 1; run++) {
      strikes.add(strikes(random));
    }
    strikes.add(List.of());
    return new Schedule(
        seed,
        feeds,
        random.nextInt(1, 3),
        random.nextInt(3) == 0 ? Duration.ofSeconds(4) : Duration.ofMinutes(5),
        found,
        random.nextBoolean() ? some(first, random, 40) : Set.of(),
        random.nextInt(3) * 15,
        strikes);
  }

  /** Of each so many days about one; sometimes none. */
  private static Set<DayKey> some(List<DayKey> days, SplittableRandom random, int each) {
    return random.nextInt(4) == 0
        ? Set.of()
        : days.stream()
            .filter(day -> random.nextInt(each) == 0)
            .collect(toCollection(() -> new TreeSet<>(Comparator.comparing(DayKey::toString))));
  }

  private static List<Strike> strikes(SplittableRandom random) {
    List<Strike> strikes = new ArrayList<>();
    int count = random.nextInt(2, 5);
    while (strikes.size() < count) {
      Step[] steps = random.nextBoolean() ? Step.ofWorkers() : Step.ofCoordinators();
      Step step = steps[random.nextInt(steps.length)];
      strikes.add(
          new Strike(
              step,
              1 + random.nextInt(step.most()),
              random.nextInt(3) == 0
                  ? Optional.of(Duration.ofMillis(random.nextInt(2_500, 5_000)))
                  : Optional.empty(),
              Strike.Moment.values()[random.nextInt(3)]));
    }
    return strikes;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Seed %d: %d runs, %d places, %d weeks, %d workers, run.deadline %s; %d days found, %d refused, %d of 1,000 calls disturbed%n"
            .formatted(
                seed,
                feeds.size(),
                feeds.get(0).places(),
                feeds.get(0).weeks(),
                workers,
                deadline,
                found.size(),
                refused.size(),
                disturbed));
    for (int run = 0; run < strikes.size(); run++) {
      text.append(
          "  run %d: %s%n"
              .formatted(
                  run + 1,
                  strikes.get(run).isEmpty()
                      ? "nothing disturbs it"
                      : strikes.get(run).stream().map(Strike::toString).collect(joining("; "))));
    }
    return text.toString();
  }
}
