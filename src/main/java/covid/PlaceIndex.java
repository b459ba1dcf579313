package covid;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds places by their codes and names, whatever their case and accents. */
public final class PlaceIndex {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,]+");

  /** Longer texts are no misspelt names. */
  private static final int MOST_CHARACTERS = 100;

  private final Map<Place, Texts> places;

  /**
   * @param places in the order in which they are found
   */
  public PlaceIndex(Collection<Place> places, Gazetteer gazetteer) {
    this.places =
        places.stream()
            .collect(
                toMap(
                    place -> place,
                    place -> Texts.of(place, gazetteer.of(place)),
                    (one, same) -> one,
                    LinkedHashMap::new));
  }

  /** What a place is found by. */
  private record Texts(String code, String name, String all) {
    static Texts of(Place place, Gazetteer.Entry entry) {
      String code = plain(place.name());
      String name = plain(entry.name());
      String iso3 = entry.iso3() == null ? "" : plain(entry.iso3());
      return new Texts(code, name, String.join(" ", code, name, iso3));
    }

    /** How far a text is from the code or the name, 0 for the same. */
    int edits(String text) {
      return code.startsWith(text) || name.startsWith(text)
          ? 0
          : Math.min(Spelling.edits(code, text), Spelling.edits(name, text));
    }
  }

  private static String plain(String text) {
    return ACCENTS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  /** The places whose codes and names have all words of a text. */
  public List<Place> matching(String text) {
    List<String> words = BETWEEN_WORDS.splitAsStream(plain(text)).toList();
    return places.entrySet().stream()
        .filter(place -> words.stream().allMatch(place.getValue().all()::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The places whose code or name is spelt most like a text, the nearest first. */
  public List<Place> nearest(String text, int most) {
    if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
      return List.of();
    }
    String searched = plain(text);
    int mostEdits = Math.max(1, searched.length() / 3);
    return places.entrySet().stream()
        .filter(place -> place.getKey().name().length() <= MOST_CHARACTERS)
        .map(place -> Map.entry(place.getKey(), place.getValue().edits(searched)))
        .filter(place -> place.getValue() <= mostEdits)
        .sorted(comparing(Map.Entry::getValue))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
