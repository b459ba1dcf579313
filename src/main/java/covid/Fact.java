package covid;

/** An event of a run, by its subject. Immutable; {@link FactLog} says which came first. */
public sealed interface Fact permits RunFact, PullFact, StoreFact, RevisionFact, PublicationFact {}
