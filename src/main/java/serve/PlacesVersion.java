package serve;

import static java.util.Objects.requireNonNull;

import covid.Place;
import covid.Series;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import versions.Version;
import versions.Version.PlaceSeries;
import web.Answer;

/** A version of the set of many places; its series are read when they are needed. */
final class PlacesVersion implements PlaceSet {
  private static final int BUFFER = 1 << 16;

  private final Version version;
  private final Map<Place, PlaceSeries> series = new LinkedHashMap<>();
  private final SeriesObjects objects;
  private final Bulkhead bulkhead;

  /**
   * @param version its manifest
   * @param objects reads its series
   * @param bulkhead limits how many callers wait for the bucket
   */
  PlacesVersion(Version version, SeriesObjects objects, Bulkhead bulkhead) {
    this.version = version;
    version.series().forEach(each -> series.put(each.place(), each));
    this.objects = objects;
    this.bulkhead = bulkhead;
  }

  @Override
  public String name() {
    return version.id();
  }

  @Override
  public boolean isVersion() {
    return true;
  }

  @Override
  public PlaceSet within(Bulkhead other) {
    return new PlacesVersion(version, objects, other);
  }

  @Override
  public Set<Place> places() {
    return series.keySet();
  }

  @Override
  public Series series(Place place) throws Exception {
    return series(objects.get(requireNonNull(series.get(place)), bulkhead));
  }

  private Series series(SeriesObject object) {
    return new Series(object.days(), version.synthetic());
  }

  @Override
  public <T> List<T> map(Function<Series, T> function) throws Exception {
    List<T> all = new ArrayList<>();
    bulkhead.call(
        () -> {
          objects.forEach(version.series(), each -> all.add(function.apply(series(each))));
          return all;
        });
    return all;
  }

  @Override
  public boolean isSynthetic() {
    return version.synthetic();
  }

  @Override
  public LocalDate newestDay() {
    return version.newestDay();
  }

  @Override
  public Instant updatedAt() {
    return version.at();
  }

  @Override
  public Answer csv() throws Exception {
    return Answer.packed(Answer.CSV, bulkhead.call(this::packed), "");
  }

  /** One header, and the rows of all series. */
  private byte[] packed() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream csv = new GZIPOutputStream(packed, BUFFER)) {
      boolean[] begun = {false};
      objects.forEach(
          version.series(),
          each -> {
            copy(each.packed(), begun[0], csv);
            begun[0] = true;
          });
    }
    return packed.toByteArray();
  }

  private static void copy(byte[] packed, boolean withoutHeader, OutputStream csv)
      throws IOException {
    try (InputStream text =
        new BufferedInputStream(
            new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER), BUFFER)) {
      if (withoutHeader) {
        skipLine(text);
      }
      text.transferTo(csv);
    }
  }

  private static void skipLine(InputStream text) throws IOException {
    int next = text.read();
    while (next != '\n' && next >= 0) {
      next = text.read();
    }
  }
}
