package app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine;

/** Reads a moment of the past from the command line. */
final class PastTime implements CommandLine.ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    Instant time;
    try {
      time = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new CommandLine.TypeConversionException(
          "'%s' is not a time such as 2020-10-06T21:00:00Z".formatted(text));
    }
    if (time.isAfter(Instant.now())) {
      throw new CommandLine.TypeConversionException("'%s' is yet to come".formatted(text));
    }
    return time;
  }
}
