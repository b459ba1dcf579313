package app;

import aws.ItemLayout;
import chunks.ChunkHistory;
import covid.Dataset;
import covid.Freshness;
import covid.Gate;
import covid.KeySchema;
import feeds.Reading;
import feeds.SetFormat;
import java.time.Clock;
import java.util.List;
import management.Management;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.AnnounceRoutes;
import routes.ChunkLimits;
import routes.ChunkQueue;
import routes.ChunkRoutes;
import routes.ContinueRoutes;
import routes.DeadLetterRoutes;
import routes.JoinRoutes;
import routes.KeptRoutes;
import routes.LeftMessageRoutes;
import routes.Listing;
import routes.MarkerRoutes;
import routes.MessageRoutes;
import routes.OpenRunRoutes;
import routes.OwnerRoutes;
import routes.PlaceDeadLetterRoutes;
import routes.PlaceNameRoutes;
import routes.PlaceStoreRoutes;
import routes.PlanRoutes;
import routes.PublishRoutes;
import routes.PullRoutes;
import routes.RawBodies;
import routes.RawRoutes;
import routes.ReadRoutes;
import routes.ReadSetRoutes;
import routes.RepeatRoutes;
import routes.ReplayRoutes;
import routes.ResultRoutes;
import routes.RunRoutes;
import routes.Runs;
import routes.SendChunkRoutes;
import routes.SetRoutes;
import routes.StoreRoutes;
import routes.SweepRoutes;
import routes.UnfinishedRunRoutes;
import routes.VersionRoutes;
import routes.WebhookRoutes;
import web.Json;
import webhooks.Webhook;
import webhooks.Webhooks;

/** The write side: the stages of a run, in their order. */
final class WriteWiring {
  private static final Logger LOG = LoggerFactory.getLogger("announce");

  private final Wiring wiring;
  private final Settings settings;
  private final Dataset dataset;
  private final Clock clock;
  private final Json json;
  private final SetFormat format;
  private final Listing listing;
  private final ReadWiring readers;

  /**
   * @param readers look again once something is published
   */
  WriteWiring(Wiring wiring, ReadWiring readers) {
    this.wiring = wiring;
    this.settings = wiring.settings();
    this.dataset = wiring.dataset();
    this.clock = wiring.clock();
    this.json = wiring.json();
    this.format = SetFormat.of(dataset);
    this.listing = new Listing(settings.archive().bucket());
    this.readers = readers;
  }

  void bind() {
    Runs runs = wiring.runs();
    wiring.bind("dataset", dataset);
    wiring.bind("runs", runs);
    wiring.bind("runRoutes", new RunRoutes(runs, wiring.history(), clock, wiring.isQueued()));
    wiring.bind(
        "unfinishedRunRoutes", new UnfinishedRunRoutes(runs, json, listing, wiring.isQueued()));
    pull();
    join();
    store();
    publish();
    announce();
  }

  private void pull() {
    Settings.Feed feed = settings.feed();
    Reading reading = new Reading(dataset, feed.synthetic(), Commands.Version.line());
    RawBodies bodies = new RawBodies(settings.rawKeep(), reading, clock);
    Freshness freshness = new Freshness(feed.stalledAfter());
    wiring.bind("pullRoutes", new PullRoutes(feed.sources(), freshness, bodies, clock));
    wiring.bind("readRoutes", new ReadRoutes(dataset, feed.maxBytes(), clock));
    wiring.bind("rawRoutes", new RawRoutes(bodies));
    wiring.bind("keptRoutes", new KeptRoutes(bodies));
    wiring.bind("repeatRoutes", new RepeatRoutes(feed.sources(), json));
  }

  private void join() {
    Gate gate = settings.newGate();
    wiring.bind("readSetRoutes", new ReadSetRoutes(dataset, settings.feed().synthetic()));
    wiring.bind(
        "joinRoutes",
        new JoinRoutes(
            settings.feed().sources(), gate, settings.feed().metricStalledAfter(), format, clock));
  }

  /** The table and its dead letter, by the key of the table. */
  private void store() {
    ItemLayout layout = ItemLayout.of(dataset);
    wiring.bind("storeRoutes", new StoreRoutes(dataset, layout));
    if (layout.key() == KeySchema.DATE) {
      wiring.bind("deadLetterRoutes", new DeadLetterRoutes(clock, json, listing));
      return;
    }
    wiring.bind("placeNameRoutes", new PlaceNameRoutes());
    storePlaces(layout, wiring.isQueued());
    settings.chunks().to().ifPresent(this::coordinate);
    if (wiring.isQueued() || settings.chunks().from().isPresent()) {
      chunks();
    }
  }

  private void storePlaces(ItemLayout layout, boolean queued) {
    wiring.bind("placeStoreRoutes", new PlaceStoreRoutes(layout, queued));
    wiring.bind(
        "placeDeadLetterRoutes",
        new PlaceDeadLetterRoutes(clock, json, listing, layout.metrics(), queued));
  }

  /** The runs of a coordinator, which wait for workers. */
  private void coordinate(ChunkQueue queue) {
    ChunkLimits limits = settings.chunks().limits();
    ChunkHistory history = wiring.chunks();
    wiring.bind("openRunRoutes", new OpenRunRoutes(wiring.runs(), history, json, clock));
    wiring.bind("continueRoutes", new ContinueRoutes(wiring.runs(), limits, json, clock));
    wiring.bind("ownerRoutes", new OwnerRoutes(wiring.runs(), wiring.history(), json, clock));
    wiring.bind("leftMessageRoutes", new LeftMessageRoutes(json));
    wiring.bind("planRoutes", new PlanRoutes(format, history, json, clock));
    wiring.bind("sendChunkRoutes", new SendChunkRoutes(queue, history, json));
    wiring.bind("resultRoutes", new ResultRoutes(limits, history, json, clock));
  }

  private void chunks() {
    wiring.bind(
        "chunkRoutes",
        new ChunkRoutes(
            settings.chunks().from(),
            settings.store().concurrency(),
            Management.receives(wiring.context()),
            json,
            clock));
  }

  /** The pulls alone. */
  void bindPull() {
    wiring.bind("dataset", dataset);
    wiring.bind("runs", wiring.runs());
    pull();
  }

  /** The dead letter and the table. */
  void bindReplay() {
    wiring.bind("dataset", dataset);
    wiring.bind("runs", wiring.runs());
    wiring.bind("replayRoutes", new ReplayRoutes(wiring.runs(), clock));
    store();
  }

  /** The chunks of a process that only stores. */
  void bindWorker() {
    wiring.bind("dataset", dataset);
    ItemLayout layout = ItemLayout.of(dataset);
    wiring.bind("storeRoutes", new StoreRoutes(dataset, layout));
    storePlaces(layout, true);
    chunks();
  }

  private void publish() {
    boolean synthetic = settings.feed().synthetic();
    wiring.bind(
        "publishRoutes",
        new PublishRoutes(format, synthetic, settings.ofVersions(), clock, readers::expireSet));
    wiring.bind("setRoutes", new SetRoutes(format));
    wiring.bind("versionRoutes", new VersionRoutes(json, synthetic, clock));
    settings
        .archive()
        .versionsKept()
        .ifPresent(keep -> wiring.bind("sweepRoutes", new SweepRoutes(keep, json, clock)));
  }

  /** The webhooks alone, if there are any. */
  void bindWebhooks() {
    Webhooks webhooks = settings.announce().webhooks();
    if (webhooks.isAny()) {
      wiring.bind("webhookRoutes", new WebhookRoutes(webhooks, json, clock));
    }
  }

  private void announce() {
    Settings.Announce announce = settings.announce();
    boolean withWebhooks = announce.webhooks().isAny();
    if (announce.topic().isEmpty() && !withWebhooks) {
      LOG.info("announce.topic is empty: no messages are published");
    }
    wiring.bind(
        "announceRoutes", new AnnounceRoutes(json, wiring.isQueued(), readers::expireReports));
    wiring.bind(
        "messageRoutes",
        new MessageRoutes(dataset, announce.revisions(), withWebhooks, wiring.isQueued()));
    bindWebhooks();
    List<String> webhooks = announce.webhooks().all().stream().map(Webhook::named).toList();
    wiring.bind("markerRoutes", new MarkerRoutes(wiring.runs(), json, wiring.isQueued(), webhooks));
  }
}
