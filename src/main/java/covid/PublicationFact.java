package covid;

/** What is published, or why it is not. */
public sealed interface PublicationFact extends Fact {
  /**
   * The program may not write versions, so the set is published without one.
   *
   * @param warning for operators
   */
  record VersionsRefused(String warning) implements PublicationFact {}

  /**
   * A later pull has been published meanwhile, so this one is not.
   *
   * @param by the id of the run that published it, or of the version if no run did
   */
  record Superseded(String by) implements PublicationFact {}

  /**
   * An import has ended as it should.
   *
   * @param sentence what came of it
   */
  record ImportEnded(String sentence) implements PublicationFact {}

  /** The joined days are published. */
  record SetPublished(RunReport.Archive set) implements PublicationFact {}
}
