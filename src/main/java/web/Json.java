package web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import covid.KeySchema;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.component.jackson.JacksonDataFormat;

/** Writes records as JSON and reads them: indented, times in ISO 8601, enums in words. */
public final class Json {
  private final ObjectMapper mapper;
  private final ObjectMapper strict;

  /** Of a table with the key of version 0.1. */
  public Json() {
    this(KeySchema.DATE);
  }

  /**
   * @param key of the table, which decides how days are written
   */
  public Json(KeySchema key) {
    mapper =
        JsonMapper.builder()
            .addModules(new JavaTimeModule(), new DayJson(key))
            .enable(
                SerializationFeature.INDENT_OUTPUT,
                SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .disable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            // A record is its components; what it can say of itself besides is no field.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                // Half a person is no count, rather than the one below.
                DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();
    strict = mapper.copy().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  }

  /** A record as the body of an answer, without indentation. */
  public byte[] write(Object value) {
    try {
      return mapper.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Reads a record; an absent number is 0.
   *
   * @return empty if the text is {@code null}
   * @throws IOException if it is not such a record
   */
  public <T> Optional<T> read(byte[] text, Class<T> type) throws IOException {
    return Optional.ofNullable(mapper.readValue(text, type));
  }

  /**
   * Reads a record; an absent number is an error.
   *
   * @return empty if the text is {@code null}
   * @throws IOException if it is not such a record
   */
  public <T> Optional<T> readStrictly(byte[] text, Class<T> type) throws IOException {
    return Optional.ofNullable(strict.readValue(text, type));
  }

  /** The data format of a record; an absent number is 0. */
  public JacksonDataFormat of(Class<?> type) {
    return format(mapper, type);
  }

  /** The data format of a record; an absent number is an error. */
  public JacksonDataFormat strict(Class<?> type) {
    return format(strict, type);
  }

  private static JacksonDataFormat format(ObjectMapper mapper, Class<?> type) {
    JacksonDataFormat format = new JacksonDataFormat(mapper, type);
    format.setContentTypeHeader(false);
    return format;
  }
}
