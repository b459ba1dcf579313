package routes;

import covid.Fact;
import covid.Run;
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

/** The runs of this process, one at a time. */
public final class Runs {
  private final AtomicReference<Run> current = new AtomicReference<>();
  private final Clock clock;
  private final RunMarker.Owner owner;

  /**
   * @param clock tells when a run begins
   */
  public Runs(Clock clock) {
    this.clock = clock;
    this.owner = new RunMarker.Owner(hostName(), ProcessHandle.current().pid(), processStart());
  }

  /** A run began while another is on in this process. */
  public static final class RunInProgressException extends Exception {
    private static final long serialVersionUID = 1L;

    RunInProgressException(String trigger, Run current) {
      super(
          "Run %s is on since %s; this one (%s) is not started"
              .formatted(current.id(), current.startedAt(), trigger));
    }
  }

  /** The run that an exchange works for. */
  static Run of(Exchange exchange) {
    return find(exchange).orElseThrow();
  }

  /** The run that an exchange works for, if it works for one. */
  static Optional<Run> find(Exchange exchange) {
    return Optional.ofNullable(exchange.getVariable("run", Run.class));
  }

  /**
   * Begins a run. {@link #endWith} must follow.
   *
   * @param trigger what starts it
   * @throws RunInProgressException if one is on
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

  /** Has a run be over when an exchange is. */
  public void endWith(Run run, Exchange exchange) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onComplete(Exchange done) {
                run.note(new Fact.RunEnded());
                onDone(done);
              }

              @Override
              public void onDone(Exchange done) {
                current.set(null);
              }
            });
  }

  /** The run that is on. */
  public Optional<Run> current() {
    return Optional.ofNullable(current.get());
  }

  /** The marker that a run of this process leaves until it is over. */
  public RunMarker marker(Run run) {
    return new RunMarker(run.id(), run.trigger(), run.startedAt(), owner, null);
  }

  /**
   * Whether a run that has not said its end may still do so: it runs in another process of this
   * host that is alive. Of other hosts nobody knows here; such a run counts as over.
   */
  public boolean isAlive(RunMarker run) {
    return run.unsaid() == null
        && run.owner().host().equals(owner.host())
        && run.owner().pid() != owner.pid()
        && ProcessHandle.of(run.owner().pid())
            .flatMap(process -> process.info().startInstant())
            .filter(start -> isAbout(start, run.owner().startedAt()))
            .isPresent();
  }

  /** The system reckons the start of a process anew each time, and not always to the second. */
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
