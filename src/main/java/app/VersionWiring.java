package app;

import aws.ItemLayout;
import covid.Dataset;
import feeds.SetFormat;
import routes.AddVersionRoutes;
import routes.ImportRoutes;
import routes.ParentRoutes;
import routes.ReleaseRoutes;
import routes.RevisionAnnounceRoutes;
import routes.RevisionRoutes;
import routes.RollbackRoutes;
import routes.Runs;
import routes.TakeRoutes;
import web.Json;

/** What operators do about versions, with the stages of a run. */
final class VersionWiring {
  private final Wiring wiring;
  private final ReadWiring readers;

  /**
   * @param readers look again once something is published
   */
  VersionWiring(Wiring wiring, ReadWiring readers) {
    this.wiring = wiring;
    this.readers = readers;
  }

  /** The current version is withdrawn, or what was withdrawn is released. */
  void rollbacks() {
    wiring.bind(
        "rollbackRoutes", new RollbackRoutes(wiring.json(), wiring.clock(), readers::expireSet));
    wiring.bind("releaseRoutes", new ReleaseRoutes(wiring.json()));
  }

  /** Versions of an earlier time than the current one. */
  void imports() {
    Settings settings = wiring.settings();
    SetFormat format = SetFormat.of(wiring.dataset());
    wiring.bind(
        "importRoutes",
        new ImportRoutes(format, settings.feed().synthetic(), settings.ofVersions()));
    wiring.bind("parentRoutes", new ParentRoutes(wiring.json()));
    wiring.bind("addVersionRoutes", new AddVersionRoutes(format, wiring.json()));
  }

  /** The table takes published revisions. */
  void revisions() {
    Dataset dataset = wiring.dataset();
    Runs runs = wiring.runs();
    Json json = wiring.json();
    wiring.bind("revisionRoutes", new RevisionRoutes(dataset, runs, json, wiring.clock()));
    wiring.bind("takeRoutes", new TakeRoutes(ItemLayout.of(dataset)));
    wiring.bind(
        "revisionAnnounceRoutes",
        new RevisionAnnounceRoutes(
            dataset, wiring.settings().announce().webhooks().isAny(), runs, json));
  }
}
