package simulator;

import app.TestApplication;
import covid.KeySchema;
import covid.RunReport;
import feeds.FeedHttpClient;
import feeds.Proxies;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
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
 * Its pools are synchronous and its retries do not wait, so that nothing but its plan and its turns
 * decides what it does. It starts once, and makes the runs of many simulations: dead, it is another
 * process in the next one.
 */
final class SimulatedProcess implements Caller, AutoCloseable {
  private final int number;
  private final Main main;
  private World world;
  private Trace trace = new Trace(Plan.of(Map.of()), true);
  private Turns turns = new Turns(0, 1);

  /**
   * @param number tells it from the others of a simulation
   * @param key of its table
   * @param interceptors of its routes
   */
  SimulatedProcess(int number, KeySchema key, List<InterceptStrategy> interceptors) {
    this.number = number;
    this.world = new World(key);
    main = TestApplication.unstarted();
    Map.of(
            "feed.nyt.url", "http://feeds.test/nyt.csv",
            "feed.jhu.url", "http://feeds.test/jhu.csv",
            "feed.stalled-after", "",
            "feed.retries", "1",
            "store.key", key.toString(),
            "store.retries", "1",
            "archive.bucket", "simulated",
            "announce.topic", "arn:aws:sns:us-east-1:000000000000:simulated")
        .forEach(main::addOverrideProperty);
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
      context.getExecutorServiceManager().setThreadPoolFactory(new Synchronous());
      replace(context, "dynamoDb", new SimulatedTable.Client(caller(), () -> world.table()));
      replace(context, "s3", new SimulatedBucket.Client(caller(), () -> world.bucket()));
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

  /** Tasks are done where they are given, one after the other. */
  private static final class Synchronous extends DefaultThreadPoolFactory {
    @Override
    public ExecutorService newCachedThreadPool(ThreadFactory threads) {
      return new SynchronousExecutorService();
    }

    @Override
    public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
      return new SynchronousExecutorService();
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

  /** Makes one run, and says what became of it. */
  Trace run() {
    turns.await(this);
    try {
      RunReport report =
          main.getCamelTemplate().requestBody("direct:do-run", "simulated", RunReport.class);
      if (!trace.isDead()) {
        trace.ended(report);
      }
    } catch (Exception e) {
      if (!trace.isDead()) {
        world.found("a run ends with an exception: %s", e);
      }
    } finally {
      turns.end();
    }
    return trace;
  }

  @Override
  public <T> T call(
      String what, Supplier<T> effect, Supplier<RuntimeException> lost, Supplier<T> throttled) {
    if (trace.isDead()) {
      throw new ProcessDiedException();
    }
    turns.await(this);
    Fate fate = trace.next(what);
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
      default -> {
        return observed(what, effect);
      }
    }
  }

  private <T> T observed(String what, Supplier<T> effect) {
    Watch watch = Watch.before(world, trace, what);
    T answer = effect.get();
    watch.after();
    return answer;
  }

  @Override
  public void close() {
    main.stop();
  }
}
