package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import covid.DayColumns;
import covid.Place;
import covid.PlaceDays;
import covid.RunId;
import feeds.ArchiveRecords;
import feeds.SetBytes;
import feeds.SetFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import local.LocalCloud;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import versions.Changes;
import versions.Diff;
import versions.Origin;
import versions.Pointer;
import versions.Version;
import versions.Version.PlaceSeries;
import versions.VersionEntry;
import versions.VersionId;
import versions.VersionIndex;
import web.Json;

/** Puts one version after another into the bucket, by what is laid down of their objects. */
public final class VersionPublisher {
  /** An application keeps versions for good: no test may have those of another one. */
  private static final AtomicInteger PUBLISHERS = new AtomicInteger();

  private final String digits = "-%04x".formatted(PUBLISHERS.incrementAndGet());
  private final LocalCloud cloud;
  private final String prefix;
  private final int mostRecent;
  private final Json json = new Json();
  private final List<VersionEntry> newestFirst = new ArrayList<>();
  private DayColumns days = DayColumns.NONE;
  private String last;

  /**
   * @param prefix of all keys
   * @param mostRecent how many versions the set names itself; the index has those before them
   */
  public VersionPublisher(LocalCloud cloud, String prefix, int mostRecent) {
    this.cloud = cloud;
    this.prefix = prefix;
    this.mostRecent = mostRecent;
  }

  /** Begins anew, in an empty bucket, with the same ids. */
  void reset() {
    newestFirst.clear();
    days = DayColumns.NONE;
    last = null;
  }

  /** The ids, newest first. */
  public List<String> ids() {
    return newestFirst.stream().map(VersionEntry::id).toList();
  }

  /**
   * Publishes a set.
   *
   * @param at its time
   * @param csv of one place or many
   */
  public Version publish(String at, String csv) throws Exception {
    Version version = version(Instant.parse(at), csv);
    put(BucketKeys.version(version.id()), json.write(version), Map.of());
    newestFirst.add(0, version.entry());
    int recent = Math.min(mostRecent, newestFirst.size());
    if (recent < newestFirst.size()) {
      index(newestFirst.subList(recent, newestFirst.size()));
    }
    Pointer pointer =
        new Pointer(version.id(), version.at(), version.run(), newestFirst.subList(0, recent));
    put("CovidData.csv", csv.getBytes(UTF_8), pointer.metadata());
    last = version.id();
    return version;
  }

  /** Writes the index. */
  void index(List<VersionEntry> entriesNewestFirst) {
    put(BucketKeys.INDEX, json.write(VersionIndex.EMPTY.plus(entriesNewestFirst)), Map.of());
  }

  private Version version(Instant at, String csv) throws Exception {
    ArchiveRecords.Content set = ArchiveRecords.read(new StringReader(csv), Map.of());
    DayColumns before = days;
    days = set.days();
    List<PlaceSeries> series = new ArrayList<>();
    Changes changes = Changes.NONE;
    for (PlaceDays place : days.byPlace().values()) {
      Changes ofPlace = new Diff(before.byPlace().get(place.place()), place).count();
      changes = changes.plus(ofPlace);
      series.add(series(set.format(), place, csv, ofPlace));
    }
    for (Place place : before.byPlace().keySet()) {
      if (!days.byPlace().containsKey(place)) {
        changes = changes.plus(new Diff(before.byPlace().get(place), null).count());
      }
    }
    String sha256 = DigestUtils.sha256Hex(csv);
    String run = RunId.prefix(at) + digits;
    return new Version(
        VersionId.of(at, sha256, last, run),
        Origin.RUN,
        last,
        run,
        at,
        sha256,
        days.size(),
        days.newest(),
        false,
        changes,
        List.of(new Version.Feed("any", sha256)),
        new TreeMap<>(Map.of("metrics", "any")),
        series,
        null);
  }

  private PlaceSeries series(SetFormat format, PlaceDays days, String csv, Changes changes)
      throws IOException {
    byte[] text =
        format.isOfOnePlace()
            ? csv.getBytes(UTF_8)
            : SetBytes.of(format, DayColumns.of(List.of(days))).open().readAllBytes();
    String sha256 = DigestUtils.sha256Hex(text);
    put(BucketKeys.series(sha256), packed(text), Map.of());
    return new PlaceSeries(days.place(), sha256, days.size(), days.date(days.size() - 1), changes);
  }

  private static byte[] packed(byte[] text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text);
    }
    return packed.toByteArray();
  }

  /** Puts an object below the prefix. */
  public void put(String key, byte[] content, Map<String, String> metadata) {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(prefix + key).metadata(new HashMap<>(metadata)),
            RequestBody.fromBytes(content));
  }

  /** Removes an object below the prefix. */
  void remove(String key) {
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(prefix + key));
  }
}
