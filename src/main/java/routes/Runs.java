package routes;

import chunks.OpenRun;
import covid.PullFact;
import covid.Run;
import covid.RunFact;
import covid.RunId;
import covid.RunMarker;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/** The runs of this process, one at a time. */
public final class Runs {
  private final AtomicReference<Run> current = new AtomicReference<>();
  private final Clock clock;
  private final RunMarker.Owner owner;

  /**
   * @param clock tells when a run begins
   */
  public Runs(Clock clock) {
    this(clock, new RunMarker.Owner(hostName(), ProcessHandle.current().pid(), processStart()));
  }

  /**
   * @param clock tells when a run begins
   * @param owner the process that markers and the open run name; default: this one
   */
  public Runs(Clock clock, RunMarker.Owner owner) {
    this.clock = clock;
    this.owner = owner;
  }

  /** A run cannot begin while another is in progress in this process. */
  public static final class RunInProgressException extends Exception {
    private static final long serialVersionUID = 1L;

    RunInProgressException(String trigger, Run current) {
      super(
          "Run %s has been in progress since %s; this one (%s) is not started"
              .formatted(current.id(), current.startedAt(), trigger));
    }
  }

  /** The run of an exchange. */
  static Run of(Exchange exchange) {
    return find(exchange).orElseThrow();
  }

  /** The run of an exchange, if it has one. */
  static Optional<Run> find(Exchange exchange) {
    return Optional.ofNullable(exchange.getVariable("run", Run.class));
  }

  /**
   * Begins a run. {@link #endWith} must follow.
   *
   * @param trigger what starts it
   * @throws RunInProgressException if one is in progress
   */
  public Run begin(String trigger) throws RunInProgressException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Run run = Run.begin(RunId.next(now), trigger, now);
    Run other = current.compareAndExchange(null, run);
    if (other != null) {
      throw new RunInProgressException(trigger, other);
    }
    return run;
  }

  /**
   * Continues a run that another process began. {@link #endWith} must follow.
   *
   * @throws RunInProgressException if one is in progress here
   */
  public Run resume(OpenRun open) throws RunInProgressException {
    Run run = Run.begin(open.run(), open.trigger(), open.startedAt());
    Run other = current.compareAndExchange(null, run);
    if (other != null) {
      throw new RunInProgressException(open.trigger(), other);
    }
    Optional.ofNullable(open.rawOf()).map(PullFact.RawOf::new).ifPresent(run::note);
    run.note(new RunFact.RunOpened());
    return run;
  }

  /**
   * A run as the open one, which this process is to end.
   *
   * @param trace the span in which it is opened; null without traces
   */
  OpenRun open(Run run, @Nullable String trace) {
    return new OpenRun(
        run.id(),
        run.trigger(),
        run.startedAt(),
        owner,
        run.log().first(PullFact.RawOf.class).map(PullFact.RawOf::run).orElse(null),
        trace,
        null,
        false,
        false);
  }

  /** An open run of another process, which this one is to end. */
  OpenRun taken(OpenRun run) {
    return run.ownedBy(owner);
  }

  /** Whether this process is to end an open run. */
  boolean isOwned(OpenRun run) {
    return run.owner().equals(owner);
  }

  /** Ends a run when an exchange ends. */
  public void endWith(Run run, Exchange exchange) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onComplete(Exchange done) {
                run.note(new RunFact.RunEnded());
                onDone(done);
              }

              @Override
              public void onDone(Exchange done) {
                current.set(null);
              }
            });
  }

  /** The run in progress. */
  public Optional<Run> current() {
    return Optional.ofNullable(current.get());
  }

  /** The marker of a run of this process. */
  public RunMarker marker(Run run) {
    return new RunMarker(run.id(), run.trigger(), run.startedAt(), owner);
  }

  /**
   * Whether an unannounced run may still be in progress, in a live process of this host. Processes
   * of other hosts cannot be checked, so their runs count as ended.
   */
  public boolean isAlive(RunMarker run) {
    return (run.unsaid() == null || run.waiting() != null)
        && run.owner().host().equals(owner.host())
        && run.owner().pid() != owner.pid()
        && isRunning(run.owner());
  }

  /** Whether a process of this host has ended. One of another host is not known to have. */
  boolean isDead(RunMarker.Owner process) {
    return process.host().equals(owner.host()) && !isRunning(process);
  }

  private static boolean isRunning(RunMarker.Owner process) {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().startInstant())
        .filter(start -> isAbout(start, process.startedAt()))
        .isPresent();
  }

  /**
   * The system computes the start of a process anew each time, with a deviation of up to seconds.
   */
  private static boolean isAbout(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(Duration.ofSeconds(3)) < 0;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static Instant processStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .orElseGet(() -> Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()))
        .truncatedTo(ChronoUnit.SECONDS);
  }
}
