package routes;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import local.Call;
import local.Fault;
import local.Faults;
import local.Interceptor;

/**
 * The last call of a process.
 *
 * @param state the state of its run then
 * @param call which call it is
 * @param number of those of its kind, from 1
 * @param done whether it is done; its answer is lost in any case
 */
record LastCall(String state, Predicate<Call> call, int number, boolean done) {
  static LastCall of(String state, Predicate<Call> call) {
    return new LastCall(state, call, 1, true);
  }

  LastCall number(int later) {
    return new LastCall(state, call, later, done);
  }

  LastCall notDone() {
    return new LastCall(state, call, number, false);
  }

  /** From this call on all calls are in vain; those before it meet the faults of others. */
  Interceptor after(Interceptor others) {
    AtomicInteger count = new AtomicInteger();
    return one -> {
      if (count.get() >= number) {
        return Faults.refusal(one.service(), 403, "AccessDenied");
      }
      if (call.test(one) && count.incrementAndGet() == number) {
        return done ? Fault.dropAfter() : Fault.dropBefore();
      }
      return others.intercept(one);
    };
  }

  @Override
  public String toString() {
    return state;
  }
}
