package simulator;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Does nothing that is due by the clock of the machine: a simulation has a time of its own. */
final class NeverExecutor extends ScheduledThreadPoolExecutor {
  private static final long NEVER = 365;

  NeverExecutor(ThreadFactory threads) {
    super(1, threads);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return super.schedule(task, NEVER, TimeUnit.DAYS);
  }

  @Override
  public <T> ScheduledFuture<T> schedule(Callable<T> task, long delay, TimeUnit unit) {
    return super.schedule(task, NEVER, TimeUnit.DAYS);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long first, long period, TimeUnit unit) {
    return super.schedule(task, NEVER, TimeUnit.DAYS);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long first, long delay, TimeUnit unit) {
    return super.schedule(task, NEVER, TimeUnit.DAYS);
  }
}
