package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import covid.PublicationFact;
import covid.Run;
import covid.RunFailedException;
import feeds.ArchiveRecords;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import versions.Origin;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import web.Json;

/**
 * The joined days of an {@link Import} as a version of its time: the current one if it is later
 * than all others, otherwise one of the index. If another process publishes or imports meanwhile,
 * the days are judged again.
 *
 * <pre>
 *   archive-version
 *     until the version is there:
 *     -> read-set          what is published now?                                   ReadSetRoutes
 *     -> find-parent       S3 versions/, series/: the version before it, unless that is the set
 *     -> check-days        the gate                                                    JoinRoutes
 *     -> write-set         CSV                                                         SetRoutes
 *     -> add-version
 *          -> put-version     series and manifest -> S3                             VersionRoutes
 *          -> publish-latest  if it is the current one: names and set                VersionRoutes
 *          -> list-version    otherwise: index -> S3, unless another process has replaced it
 * </pre>
 */
public final class ImportRoutes extends RouteBuilder {
  /** How often an import tries; each time another process must have changed the versions. */
  private static final int MOST_TRIES = 20;

  private static final String REMEDY = "restore it from a copy";

  private final SetFormat format;
  private final boolean synthetic;
  private final SortedMap<String, String> settings;
  private final Json json;

  /**
   * @param format the form of the set
   * @param synthetic whether the figures of the feeds are invented
   * @param settings those that decide what comes of the feeds, for manifests
   * @param json how the index is written
   */
  public ImportRoutes(
      SetFormat format, boolean synthetic, SortedMap<String, String> settings, Json json) {
    this.format = format;
    this.synthetic = synthetic;
    this.settings = settings;
    this.json = json;
  }

  @Override
  public void configure() {
    from("direct:archive-version")
        .routeId("archive-version")
        .routeConfigurationId("stages")
        .loopDoWhile(ImportRoutes::isToTry)
        .to("direct:read-set")
        .to("direct:find-parent")
        .to("direct:check-days")
        .to("direct:write-set")
        .process(this::compare)
        .id("compare-version")
        .filter(ImportRoutes::isOpen)
        .id("unless-there")
        .to("direct:add-version")
        .end()
        .end()
        .process(ImportRoutes::checkEnd)
        .id("check-import");

    from("direct:find-parent")
        .routeId("find-parent")
        .routeConfigurationId("stages")
        .process(this::findParent)
        .id("read-index")
        .filter(exchange -> !plan(exchange).isLatest())
        .id("if-earlier")
        .process(this::readParent)
        .id("read-parent");

    from("direct:add-version")
        .routeId("add-version")
        .routeConfigurationId("stages")
        .to("direct:put-version")
        .process(ImportRoutes::checkRefused)
        .id("check-refused")
        .removeHeaders("*")
        .choice()
        .when(exchange -> plan(exchange).isLatest())
        .to("direct:publish-latest")
        .otherwise()
        .to("direct:list-version")
        .end()
        .filter(variable("lost").isNull())
        .id("unless-changed")
        .process(ImportRoutes::noteImported)
        .id("note-imported");

    RouteDefinition latest =
        from("direct:publish-latest").routeId("publish-latest").routeConfigurationId("stages");
    if (!format.isOfOnePlace()) {
      latest.to("direct:archive-names");
    }
    latest.to("direct:put-set");

    from("direct:list-version")
        .routeId("list-version")
        .routeConfigurationId("pointer")
        .removeVariable("lost")
        .process(this::listVersion)
        .id("put-index-if-unchanged");
  }

  private static ImportPlan plan(Exchange exchange) {
    return exchange.getVariable("plan", ImportPlan.class);
  }

  private static boolean isOpen(Exchange exchange) {
    return !Runs.of(exchange).log().has(PublicationFact.ImportEnded.class);
  }

  private static boolean isToTry(Exchange exchange) {
    int tries = exchange.getProperty(Exchange.LOOP_INDEX, -1, int.class) + 1;
    return isOpen(exchange) && tries < MOST_TRIES;
  }

  private static void checkEnd(Exchange exchange) throws RunFailedException {
    if (isOpen(exchange)) {
      throw new RunFailedException(
          "Other processes changed the versions %d times while this one was about to: let one of"
                  .formatted(MOST_TRIES)
              + " them end.");
    }
  }

  private void findParent(Exchange exchange) throws RunFailedException {
    StoredIndex.Read index;
    try {
      index = VersionObjects.of(exchange, json).index().read();
    } catch (IOException e) {
      throw damaged(exchange, BucketKeys.INDEX, "is not the index of versions", e);
    }
    ImportPlan plan =
        ImportPlan.of(Import.of(exchange).orElseThrow().at(), BaseSet.of(exchange), index);
    exchange.setVariable("plan", plan);
  }

  /** Keeps the version before the import in place of the published set. */
  private void readParent(Exchange exchange) throws IOException, RunFailedException {
    VersionEntry parent = plan(exchange).parent();
    BaseSet.keep(exchange, parent == null ? null : read(exchange, parent));
  }

  private BaseSet read(Exchange exchange, VersionEntry entry)
      throws IOException, RunFailedException {
    VersionObjects objects = VersionObjects.of(exchange, json);
    String csv = new String(objects.series().csv(manifest(exchange, objects, entry)), UTF_8);
    try {
      return new BaseSet(
          "",
          entry.at(),
          Optional.of(new Pointer(entry.id(), entry.at(), entry.run(), List.of(entry))),
          ArchiveRecords.read(new StringReader(csv)),
          List.of(),
          "");
    } catch (ArchiveRecords.NotASetException e) {
      throw damaged(exchange, BucketKeys.version(entry.id()), e.finding(), e);
    }
  }

  private static Version manifest(Exchange exchange, VersionObjects objects, VersionEntry entry)
      throws RunFailedException {
    String key = BucketKeys.version(entry.id());
    try {
      Optional<Version> version = objects.version(entry.id());
      if (version.isPresent()) {
        return version.get();
      }
    } catch (IOException e) {
      throw damaged(exchange, key, "is not the manifest of a version", e);
    }
    throw damaged(exchange, key, "is gone", null);
  }

  private static RunFailedException damaged(
      Exchange exchange, String key, String finding, @Nullable Exception cause) {
    RunFailedException damaged =
        new RunFailedException(
            Bucket.foreign(exchange, Bucket.PREFIX + key, finding, REMEDY).forOperators());
    damaged.initCause(cause);
    return damaged;
  }

  /**
   * Compares the days with the version before them. This import may have added them already,
   * without an answer.
   */
  private void compare(Exchange exchange) throws IOException, RunFailedException {
    Run run = Runs.of(exchange);
    ImportPlan plan = plan(exchange);
    if (Publication.find(exchange).flatMap(Publication::made).filter(plan::has).isPresent()) {
      noteImported(exchange);
      return;
    }
    SetText text = exchange.getMessage().getBody(SetText.class);
    PublishRoutes.checkWithheld(exchange, text);
    ComparedSet.Source source =
        new ComparedSet.Source(Origin.IMPORT, null, synthetic, JoinRoutes.feeds(run), settings);
    Publication publication = Publication.of(run, text, format, source, BaseSet.of(exchange));
    publication.keep(exchange);
    Optional<Version> made = publication.made();
    if (made.isEmpty()) {
      run.note(new PublicationFact.ImportEnded(plan.nothingNew()));
    } else if (plan.has(made.get())) {
      run.note(new PublicationFact.ImportEnded(ImportPlan.isThere(made.get().id())));
    }
  }

  /** A set may be published without a version, but an import is nothing else. */
  private static void checkRefused(Exchange exchange) throws RunFailedException {
    if (Runs.of(exchange).log().has(PublicationFact.VersionsRefused.class)) {
      throw new RunFailedException(
          "The program may not write to versions/ and series/ of the bucket: give its role the"
              + " rights of aws/stack.yaml.");
    }
  }

  private void listVersion(Exchange exchange) {
    StoredIndex.Read index = plan(exchange).index();
    VersionObjects.of(exchange, json)
        .index()
        .put(index.versions().plus(List.of(made(exchange).entry())), index);
  }

  private static Version made(Exchange exchange) {
    return Publication.find(exchange).flatMap(Publication::made).orElseThrow();
  }

  private static void noteImported(Exchange exchange) {
    Runs.of(exchange).note(new PublicationFact.ImportEnded(ImportPlan.imported(made(exchange))));
  }
}
