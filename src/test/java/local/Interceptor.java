package local;

/** Decides, call by call, what goes wrong. It may be asked by several threads at once. */
@FunctionalInterface
public interface Interceptor {
  /** What shall happen to this call; never null. */
  Fault intercept(Call call);
}
