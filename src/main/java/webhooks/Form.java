package webhooks;

import java.time.Instant;
import java.util.Locale;

/** The form of a message, by who takes it. */
public enum Form {
  /** A program: the details as JSON, in the envelope that Standard Webhooks suggests. */
  REPORT {
    @Override
    public Object of(Announcement one) {
      return new Event(one.type(), one.at(), one.dataset(), one.subject(), one.text(), one.data());
    }
  },
  /** An incoming webhook of Slack. */
  SLACK {
    @Override
    public Object of(Announcement one) {
      return SlackMessage.of(one.subject(), one.text());
    }
  },
  /** A workflow of Teams that is started by a webhook: it takes an Adaptive Card. */
  TEAMS {
    @Override
    public Object of(Announcement one) {
      return TeamsMessage.of(one.subject(), one.text());
    }
  };

  /** The body of a request; each field is one of its JSON. */
  private record Event(
      String type, Instant timestamp, String dataset, String subject, String text, Object data) {}

  /** The body of a request, to be written as JSON. */
  public abstract Object of(Announcement announcement);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
