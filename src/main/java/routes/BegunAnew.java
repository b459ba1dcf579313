package routes;

import aws.BucketKeys;
import covid.PublicationFact;
import covid.Run;
import covid.RunFact;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import versions.VersionId;

/**
 * Warns of a set without a version that is put where there were versions before: it is a copy that
 * was put back without its metadata. One more request, of a run that finds such a set.
 */
final class BegunAnew implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger("publish-set");

  private static final String WARNING =
      "The metadata of the published set named no version, as those of a copy that was put back"
          + " without them, or of a set that was published while the program might not write"
          + " versions, so the list of versions begins anew with it: restore an earlier version of"
          + " the object with its metadata to have those back that only these named.";

  @Override
  public void process(Exchange exchange) {
    Optional<BaseSet> found = BaseSet.of(exchange).filter(set -> set.pointer().isEmpty());
    Run run = Runs.of(exchange);
    try {
      if (found.isPresent()
          && !isNoted(run)
          && !run.log().has(PublicationFact.VersionsRefused.class)
          && hasEarlier(exchange, found.get())) {
        LOG.warn("{}", WARNING);
        run.note(new RunFact.Warned(WARNING));
      }
    } catch (SdkException e) {
      LOG.warn("Whether there were versions before is not known: {}", Reason.of(e), e);
    }
  }

  /** A pull that is judged again comes here again. */
  private static boolean isNoted(Run run) {
    return run.facts().all(RunFact.Warned.class).anyMatch(new RunFact.Warned(WARNING)::equals);
  }

  /** Whether the first version, whose key begins with its time, is older than the set. */
  private static boolean hasEarlier(Exchange exchange, BaseSet found) {
    String folder = Bucket.resolved(exchange, Bucket.PREFIX) + BucketKeys.VERSIONS;
    // An id begins with its year. What others leave, such as the folder itself, sorts before it.
    String first = folder + "1";
    String bucket = Bucket.resolved(exchange, "{{archive.bucket}}");
    return exchange
        .getContext()
        .getRegistry()
        .lookupByNameAndType("s3", S3Client.class)
        .listObjectsV2(list -> list.bucket(bucket).prefix(folder).startAfter(first).maxKeys(1))
        .contents()
        .stream()
        .flatMap(object -> BucketKeys.name(folder, object.key()).stream())
        .filter(VersionId::isId)
        .anyMatch(id -> VersionId.at(id).isBefore(found.lastModified()));
  }
}
