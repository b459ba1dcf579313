package simulator;

import covid.Day;
import covid.Run;
import covid.StoreFact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.ExchangeHelper;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A mistake in one step of the routes, by which the simulator shows that it finds mistakes. */
enum PlantedFault {
  PUTS_WITHOUT_CONDITION("store-day.to-aws2-ddb-PutItem") {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      exchange.getMessage().removeHeader(Ddb2Constants.UPDATE_CONDITION);
      step.process(exchange);
    }
  },
  COUNTS_WHAT_IS_PRESENT_AS_ADDED("settle") {
    @Override
    void process(Exchange exchange, Processor step) {
      run(exchange).note(new StoreFact.DayAdded(exchange.getMessage().getBody(Day.class).key()));
    }
  },
  FORGETS_THAT_A_PUT_WAS_TRIED_BEFORE("settle") {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      exchange.setVariable("mayBeOurs", false);
      step.process(exchange);
    }
  },
  DOES_NOT_KEEP_THE_DEAD_LETTER("dead-letter-day.to-aws2-s3") {
    @Override
    void process(Exchange exchange, Processor step) {
      // The day is lost.
    }
  },
  REMOVES_DEAD_LETTERS_THAT_FAILED_AGAIN("check-stop-of-replay") {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      for (var letter : run(exchange).days().left()) {
        Exchange delete = ExchangeHelper.createCopy(exchange, true);
        delete
            .getMessage()
            .setHeader(AWS2S3Constants.KEY, "dead-letter/%s.json".formatted(letter.day().date()));
        send("aws2-s3:{{archive.bucket}}?fileName=-&operation=deleteObject&keyName=-", delete);
      }
      step.process(exchange);
    }
  },
  READS_ONE_PAGE_OF_THE_DEAD_LETTERS("replay-dead-letters.set-body-2") {
    @Override
    void process(Exchange exchange, Processor step) {
      exchange.getMessage().setBody(null);
    }
  },
  FORGETS_THAT_A_BATCH_WAS_TRIED_BEFORE("insert", Store.PLACE_DATE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      exchange.removeVariable("failed");
      step.process(exchange);
    }
  },
  FORGETS_THE_DAYS_OF_A_BATCH_THAT_FAILED("insert", Store.PLACE_DATE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      try {
        step.process(exchange);
      } catch (SdkException e) {
        exchange.removeVariable("failed");
        exchange.getMessage().setBody(List.of());
      }
    }
  },
  DOES_NOT_KEEP_THE_DEAD_LETTERS_OF_A_PLACE("keep", Store.PLACE_DATE) {
    @Override
    void process(Exchange exchange, Processor step) {
      // The days are lost.
    }
  },
  REMOVES_ALL_DEAD_LETTERS_OF_A_PLACE("check-stop-of-replay", Store.PLACE_DATE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      if (!run(exchange).days().left().isEmpty()) {
        Exchange delete = ExchangeHelper.createCopy(exchange, true);
        delete.getMessage().setHeader(AWS2S3Constants.KEY, "dead-letter/US.json");
        send("aws2-s3:{{archive.bucket}}?fileName=-&operation=deleteObject&keyName=-", delete);
      }
      step.process(exchange);
    }
  },
  COUNTS_WHAT_ANOTHER_RUN_PUT_AS_ADDED("settle", Store.PLACE_DATE) {
    @Override
    void process(Exchange exchange, Processor step) {
      run(exchange).note(new StoreFact.DayAdded(exchange.getMessage().getBody(Day.class).key()));
    }
  },
  TAKES_WITHOUT_CONDITION("take-day.to-aws2-ddb-UpdateItem", true) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      exchange.getMessage().removeHeader(Ddb2Constants.UPDATE_CONDITION);
      step.process(exchange);
    }
  },
  TAKES_WHAT_IS_NOT_RECORDED("record-revisions.to-aws2-s3", true) {
    @Override
    void process(Exchange exchange, Processor step) {
      // As if it were put.
    }
  },
  COUNTS_WHAT_ANOTHER_PROCESS_TOOK("settle-by-item", true) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      exchange.setVariable("mayBeDone", true);
      step.process(exchange);
    }
  },
  LETS_EVERY_PULL_PASS("check") {
    @Override
    void process(Exchange exchange, Processor step) {
      // The gate is open.
    }
  },
  SWALLOWS_A_FAILED_PUT_OF_THE_SET("put-if-unchanged") {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      try {
        step.process(exchange);
      } catch (SdkException e) {
        // As if it were put.
      }
    }
  },
  REPLACES_THE_SET_OF_ANOTHER_RUN("put-if-unchanged") {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      unconditionally(exchange, step);
    }
  },
  FORGETS_THE_MANIFEST("put-manifest.to-aws2-s3") {
    @Override
    void process(Exchange exchange, Processor step) {
      // It is not there.
    }
  },
  FORGETS_THE_SERIES("put-series.to-aws2-s3") {
    @Override
    void process(Exchange exchange, Processor step) {
      // It is not there.
    }
  },
  PUTS_THE_SET_BEFORE_ITS_VERSION("publish-set.to-put-version") {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      send("direct:put-set", ExchangeHelper.createCopy(exchange, true));
      step.process(exchange);
    }
  },
  REMOVES_THE_MARKER_BEFORE_THE_MESSAGE("announce-run.to-send-summary") {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      send("direct:remove-markers", ExchangeHelper.createCopy(exchange, true));
      step.process(exchange);
    }
  },
  REMOVES_THE_MARKER_THOUGH_NO_MESSAGE_WENT_OUT("announce-run.to-leave-marker") {
    @Override
    void process(Exchange exchange, Processor step) {
      send("direct:remove-markers", exchange);
    }
  },
  ACKNOWLEDGES_A_CHUNK_BEFORE_ITS_RESULT("begin-chunk", Store.QUEUE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      exchange
          .getContext()
          .getRegistry()
          .lookupByNameAndType("sqs", SqsClient.class)
          .deleteMessage(
              delete ->
                  delete.receiptHandle(
                      exchange.getMessage().getHeader(Sqs2Constants.RECEIPT_HANDLE, String.class)));
      step.process(exchange);
    }
  },
  ACKNOWLEDGES_A_CHUNK_THOUGH_ITS_RESULT_WAS_NOT_PUT("put-result", Store.QUEUE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      try {
        step.process(exchange);
      } catch (SdkException e) {
        // As if it were put.
      }
    }
  },
  REPLACES_A_RESULT("put-result", Store.QUEUE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      unconditionally(exchange, step);
    }
  },
  COUNTS_WHAT_A_DEAD_WORKER_INSERTED_AS_PRESENT("note-read", Store.QUEUE) {
    @Override
    @SuppressWarnings("unchecked")
    void process(Exchange exchange, Processor step) throws Exception {
      List<Map<String, AttributeValue>> items =
          exchange.getMessage().getHeader(Ddb2Constants.ITEMS, List.class);
      exchange
          .getMessage()
          .setHeader(Ddb2Constants.ITEMS, items.stream().map(PlantedFault::ofAnother).toList());
      step.process(exchange);
    }
  },
  REPLACES_THE_PLAN_OF_ANOTHER_COORDINATOR("put-plan", Store.QUEUE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      unconditionally(exchange, step);
    }
  },
  OPENS_A_SECOND_RUN("open-one-run", Store.QUEUE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      unconditionally(exchange, step);
    }
  },
  CLOSES_THE_RUN_BEFORE_ITS_REPORT("announce-run.to-save-report", Store.QUEUE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      send("direct:release-run", ExchangeHelper.createCopy(exchange, true));
      step.process(exchange);
    }
  },
  REPLACES_THE_REPORT_OF_ANOTHER_COORDINATOR("save-report.to-aws2-s3", Store.QUEUE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      unconditionally(exchange, step);
    }
  };

  private final String step;
  private final Store store;
  private final boolean takesRevisions;

  PlantedFault(String step) {
    this(step, Store.DATE, false);
  }

  PlantedFault(String step, Store store) {
    this(step, store, false);
  }

  PlantedFault(String step, boolean takesRevisions) {
    this(step, Store.DATE, takesRevisions);
  }

  PlantedFault(String step, Store store, boolean takesRevisions) {
    this.step = step;
    this.store = store;
    this.takesRevisions = takesRevisions;
  }

  /** With which the step is there. */
  Store store() {
    return store;
  }

  /** The schedules that may show it. */
  Schedule schedule(long seed) {
    return takesRevisions ? Schedule.takingRevisions(seed, store) : Schedule.of(seed, store);
  }

  /** Does this instead of the step. */
  abstract void process(Exchange exchange, Processor step) throws Exception;

  private static Run run(Exchange exchange) {
    return exchange.getVariable("run", Run.class);
  }

  private static void unconditionally(Exchange exchange, Processor step) throws Exception {
    SimulatedBucket.UNCONDITIONAL.set(true);
    try {
      step.process(exchange);
    } finally {
      SimulatedBucket.UNCONDITIONAL.remove();
    }
  }

  private static Map<String, AttributeValue> ofAnother(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> other = new HashMap<>(item);
    other.put("Run", AttributeValue.fromS("2020-01-01T00-00-00Z-0000"));
    return other;
  }

  private static void send(String endpoint, Exchange exchange) {
    exchange.getContext().createProducerTemplate().send(endpoint, exchange);
  }

  /**
   * Puts faults into the routes of contexts that have none yet. There is one fault at a time, so
   * that one simulation, which takes a while to start, serves for all.
   */
  static final class Planting implements InterceptStrategy {
    private final Set<String> steps = ConcurrentHashMap.newKeySet();
    private volatile Optional<PlantedFault> planted = Optional.empty();

    /** Has this fault and no other from now on. */
    void plant(PlantedFault fault) {
      planted = Optional.of(fault);
    }

    /** Has no fault from now on. */
    void plantNone() {
      planted = Optional.empty();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
        CamelContext context, NamedNode definition, Processor target, Processor next) {
      String step = definition.getId();
      if (Stream.of(values()).noneMatch(fault -> fault.step.equals(step))) {
        return target;
      }
      steps.add(step);
      return exchange -> {
        Optional<PlantedFault> here = planted.filter(fault -> fault.step.equals(step));
        if (here.isPresent()) {
          here.get().process(exchange, same -> process(same, target));
        } else {
          target.process(exchange);
        }
      };
    }

    /** Other interceptors keep the failure of a step in the exchange. */
    private static void process(Exchange exchange, Processor step) throws Exception {
      step.process(exchange);
      Exception failure = exchange.getException();
      if (failure != null) {
        exchange.setException(null);
        throw failure;
      }
    }

    /** Whether the routes have the step of the fault. */
    boolean isPlanted() {
      return planted.map(fault -> fault.step).filter(steps::contains).isPresent();
    }
  }
}
