package routes;

import covid.PublicationFact;
import covid.Run;
import covid.RunFailedException;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import versions.Origin;
import versions.Version;

/**
 * The joined days of an {@link Import} as a version of its time: the current one if it is later
 * than all others, otherwise one of the index. If another process publishes or imports meanwhile,
 * the days are judged again.
 *
 * <pre>
 *   archive-version
 *     until the version is there:
 *     -> read-set          what is published now?                                   ReadSetRoutes
 *     -> find-parent       the version before it, unless that is the set              ParentRoutes
 *     -> check-days        the gate                                                    JoinRoutes
 *     -> write-set         CSV                                                         SetRoutes
 *     -> add-version       as the published set, or in the index                  AddVersionRoutes
 * </pre>
 */
public final class ImportRoutes extends RouteBuilder {
  /** How often an import tries; each time another process must have changed the versions. */
  private static final int MOST_TRIES = 20;

  private final SetFormat format;
  private final boolean synthetic;
  private final SortedMap<String, String> settings;

  /**
   * @param format the form of the set
   * @param synthetic whether the figures of the feeds are invented
   * @param settings those that decide what comes of the feeds, for manifests
   */
  public ImportRoutes(SetFormat format, boolean synthetic, SortedMap<String, String> settings) {
    this.format = format;
    this.synthetic = synthetic;
    this.settings = settings;
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

  /**
   * Compares the days with the version before them. This import may have added them already,
   * without an answer.
   */
  private void compare(Exchange exchange) throws IOException, RunFailedException {
    Run run = Runs.of(exchange);
    ImportPlan plan = ImportPlan.of(exchange);
    if (Publication.find(exchange).flatMap(Publication::made).filter(plan::has).isPresent()) {
      AddVersionRoutes.noteImported(exchange);
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
}
