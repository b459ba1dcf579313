package simulator;

/** The process has died: nothing that its code still does has an effect. */
final class ProcessDiedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProcessDiedException() {
    super("The process has died.", null, false, false);
  }
}
