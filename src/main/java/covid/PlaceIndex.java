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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private record Texts(String code, String name, String iso2, String iso3) {
    static Texts of(Place place, Gazetteer.Entry entry) {
      return new Texts(
          plain(place.name()), plain(entry.name()), plain(entry.iso2()), plain(entry.iso3()));
    }

    /** Codes of two letters are in too many words. */
    boolean has(String word) {
      return code.contains(word) || name.contains(word) || iso3.contains(word);
    }

    /** How far a text is from the code or the name: 0 for the same, 1 for its beginning. */
    int distance(String text) {
      if (Stream.of(code, name, iso2, iso3).anyMatch(text::equals)) {
        return 0;
      }
      return code.startsWith(text) || name.startsWith(text)
          ? 1
          : Math.min(Spelling.edits(code, text), Spelling.edits(name, text));
    }
  }

  private static String plain(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return ACCENTS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  /** The places whose codes and names have all words of a text. */
  public List<Place> matching(String text) {
    List<String> words = BETWEEN_WORDS.splitAsStream(plain(text)).toList();
    return places.entrySet().stream()
        .filter(place -> words.stream().allMatch(place.getValue()::has))
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
        .map(place -> Map.entry(place.getKey(), place.getValue().distance(searched)))
        .filter(place -> place.getValue() <= mostEdits)
        .sorted(comparing(Map.Entry::getValue))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
