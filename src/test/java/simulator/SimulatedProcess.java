package simulator;

import app.TestApplication;
import covid.DaySelection;
import covid.RevisionReport;
import covid.RunMarker;
import covid.RunReport;
import feeds.FeedHttpClient;
import feeds.Proxies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/**
 * A process of the program with its real routes and error policies, on the ends of a {@link World}.
 * Its pools are synchronous, its retries do not wait, and what it waits for is the time of the
 * world, so that nothing but its plan and its turns decides what it does. It starts once, and makes
 * the runs of many simulations: dead, it is another process in the next one.
 */
final class SimulatedProcess implements Caller, AutoCloseable {
  /** Far more than any run needs. */
  private static final int MOST_CALLS = 3_000;

  private static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);

  /** Longer than a chunk is a worker's alone, and than a run may be without progress. */
  private static final Duration FREEZE = Duration.ofMinutes(4);

  private static final String REPORT = "PUT runs/";

  private final int number;
  private final Main main;
  private World world;
  private Trace trace = new Trace(Plan.of(Map.of()), true);
  private Turns turns;

  /**
   * @param number tells it from the others of a simulation
   * @param store where it stores days
   * @param interceptors of its routes
   */
  SimulatedProcess(int number, Store store, List<InterceptStrategy> interceptors) {
    this.number = number;
    this.world = new World(store);
    this.turns = new Turns(0, world, 1, 0);
    main =
        store.isQueued() ? TestApplication.unstarted() : TestApplication.unstartedTakingRevisions();
    Map.of(
            "feed.nyt.url", "http://feeds.test/nyt.csv",
            "feed.jhu.url", "http://feeds.test/jhu.csv",
            "feed.stalled-after", "",
            "feed.retries", "1",
            "store.retries", "1",
            "archive.bucket", "simulated",
            "announce.topic", "arn:aws:sns:us-east-1:000000000000:simulated")
        .forEach(main::addOverrideProperty);
    store.settings().forEach(main::addOverrideProperty);
    main.bind("owner", new RunMarker.Owner("host-" + number, 1, Instant.EPOCH));
    main.bind("clock", (Clock) new World.WorldClock(this, ZoneOffset.UTC));
    main.configure().addConfiguration(new Ends(interceptors));
    main.start();
    for (String policy : List.of("feedRetries", "awsRetries")) {
      RedeliveryPolicy retries =
          context().getRegistry().lookupByNameAndType(policy, RedeliveryPolicy.class);
      retries.setRedeliveryDelay(0);
      retries.setMaximumRedeliveryDelay(0);
    }
  }

  /** Puts the simulated ends in the place of the real ones. */
  private final class Ends implements CamelConfiguration {
    private final List<InterceptStrategy> interceptors;

    Ends(List<InterceptStrategy> interceptors) {
      this.interceptors = interceptors;
    }

    @Override
    public void configure(CamelContext context) {
      interceptors.forEach(context.getCamelContextExtension()::addInterceptStrategy);
      context
          .getCamelContextExtension()
          .addInterceptStrategy(new Sleep(SimulatedProcess.this::sleep));
      context.getExecutorServiceManager().setThreadPoolFactory(new Synchronous());
      replace(context, "dynamoDb", new SimulatedTable.Client(caller(), () -> world.table()));
      replace(context, "s3", new SimulatedBucket.Client(caller(), () -> world.bucket()));
      replace(
          context,
          "sqs",
          new SimulatedQueue.Client(caller(), () -> world.queue(), SimulatedProcess.this::sleep));
      replace(context, "sns", new SimulatedTopic.Client(caller(), () -> world.topic()));
      FeedHttpClient real =
          new FeedHttpClient(
              Duration.ofMinutes(1),
              context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "limit"),
              new Proxies(name -> null, name -> null));
      replace(context, "feedHttpClient", SimulatedFeeds.client(SimulatedProcess.this, real));
    }

    private static void replace(CamelContext context, String name, Object bean) {
      // Camel would keep both, for they are of different classes.
      context.getRegistry().unbind(name);
      context.getRegistry().bind(name, bean);
    }
  }

  /** Tasks are done where they are given, one after the other; none is done by the clock. */
  private static final class Synchronous extends DefaultThreadPoolFactory {
    @Override
    public ExecutorService newCachedThreadPool(ThreadFactory threads) {
      return new SynchronousExecutorService();
    }

    @Override
    public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
      return new SynchronousExecutorService();
    }

    @Override
    public ScheduledExecutorService newScheduledThreadPool(
        ThreadPoolProfile profile, ThreadFactory threads) {
      return new NeverExecutor(threads);
    }
  }

  private Caller caller() {
    return this;
  }

  int number() {
    return number;
  }

  World world() {
    return world;
  }

  ModelCamelContext context() {
    return (ModelCamelContext) main.getCamelContext();
  }

  /** Joins a simulation: the next run is in this world, with this plan. */
  void enter(World world, Plan plan, Turns turns, boolean alone) {
    this.world = world;
    this.turns = turns;
    this.trace = new Trace(plan, alone);
  }

  /** Makes one run, or takes revisions, and says what became of it. */
  Trace run() {
    turns.await(this);
    try {
      if (trace.takesRevisions()) {
        takeRevisions();
      } else {
        makeRun();
      }
    } catch (Exception e) {
      if (!trace.isDead() && !couldNotBegin()) {
        world.found("a run ends with an exception: %s, %s", e, e.getCause());
      }
    } finally {
      turns.endRun();
    }
    return trace;
  }

  private void makeRun() throws Exception {
    RunReport report = main.getCamelTemplate().requestBody(start(), "simulated", RunReport.class);
    if (!trace.isDead()) {
      trace.ended(report);
    }
  }

  private void takeRevisions() throws Exception {
    RevisionReport report =
        main.getCamelTemplate()
            .requestBody("direct:take-revisions", DaySelection.ALL, RevisionReport.class);
    if (!trace.isDead()) {
      trace.ended(report);
    }
  }

  /** Whether the command ends with a reason before it has a run: of its own, or the open one. */
  private boolean couldNotBegin() {
    return world.store().isQueued() && trace.id().isEmpty() && trace.isDisturbed("");
  }

  /** As the command run does. */
  private String start() {
    return world.store().isQueued() ? "direct:run-or-continue" : "direct:do-run";
  }

  /** Stores chunks while there are runs, and what the queue has then. */
  Trace work() {
    turns.await(this);
    // What the scheduler of the consumer does again and again: one poll, and what it brings.
    Runnable polls = (Runnable) context().getRoute("store-chunk").getConsumer();
    try {
      int settled;
      do {
        settled = trace.deletes();
        polls.run();
        if (!trace.isDead()) {
          turns.sleep(this, BETWEEN_POLLS);
        }
      } while (!trace.isDead() && (turns.hasRuns() || trace.deletes() > settled));
    } finally {
      turns.end();
    }
    return trace;
  }

  /** Lets time of the world go by. */
  private void sleep(Duration time) {
    if (trace.isDead()) {
      throw new ProcessDiedException();
    }
    turns.sleep(this, time);
  }

  @Override
  public <T> T call(
      String what, Supplier<T> effect, Supplier<RuntimeException> lost, Supplier<T> throttled) {
    if (trace.isDead()) {
      throw new ProcessDiedException();
    }
    turns.await(this);
    Fate fate = trace.next(what);
    noteReport(what, fate);
    if (trace.calls().size() > MOST_CALLS) {
      world.found("a process makes calls without end, such as %s", what);
      trace.dies();
      throw new ProcessDiedException();
    }
    world
        .journal()
        .add("process %d: %s%s".formatted(number, what, fate == Fate.FINE ? "" : " " + fate));
    switch (fate) {
      case FAILS_BEFORE -> throw lost.get();
      case THROTTLED -> {
        return observed(what, throttled);
      }
      case FAILS_AFTER -> {
        try {
          observed(what, effect);
        } catch (RuntimeException e) {
          // A refusal gets lost like any other answer.
        }
        throw lost.get();
      }
      case LAST -> {
        try {
          observed(what, effect);
        } finally {
          trace.dies();
        }
        throw new ProcessDiedException();
      }
      case SLOW -> {
        T answer = observed(what, effect);
        turns.awaitLate(this);
        return answer;
      }
      case FROZEN -> {
        turns.sleep(this, FREEZE);
        return observed(what, effect);
      }
      default -> {
        return observed(what, effect);
      }
    }
  }

  private void noteReport(String what, Fate fate) {
    if (what.startsWith(REPORT) && fate != Fate.FINE) {
      world.lostReports().add(what.substring(REPORT.length(), what.length() - ".json".length()));
    }
  }

  private <T> T observed(String what, Supplier<T> effect) {
    Watch watch = Watch.before(world, trace, what);
    T answer = effect.get();
    try {
      watch.after();
    } catch (RuntimeException e) {
      // To the routes it would be an answer that is lost.
      world.found("the simulator itself fails at %s: %s", what, e);
    }
    return answer;
  }

  @Override
  public void close() {
    main.stop();
  }
}
