package simulator;

import covid.Day;
import covid.KeySchema;
import covid.Run;
import covid.StoreFact;
import java.util.List;
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
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.ExchangeHelper;
import software.amazon.awssdk.core.exception.SdkException;

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
  FORGETS_THAT_A_BATCH_WAS_TRIED_BEFORE("insert", KeySchema.PLACE_DATE) {
    @Override
    void process(Exchange exchange, Processor step) throws Exception {
      exchange.removeVariable("failed");
      step.process(exchange);
    }
  },
  FORGETS_THE_DAYS_OF_A_BATCH_THAT_FAILED("insert", KeySchema.PLACE_DATE) {
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
  DOES_NOT_KEEP_THE_DEAD_LETTERS_OF_A_PLACE("keep", KeySchema.PLACE_DATE) {
    @Override
    void process(Exchange exchange, Processor step) {
      // The days are lost.
    }
  },
  REMOVES_ALL_DEAD_LETTERS_OF_A_PLACE("check-stop-of-replay", KeySchema.PLACE_DATE) {
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
  COUNTS_WHAT_ANOTHER_RUN_PUT_AS_ADDED("settle", KeySchema.PLACE_DATE) {
    @Override
    void process(Exchange exchange, Processor step) {
      run(exchange).note(new StoreFact.DayAdded(exchange.getMessage().getBody(Day.class).key()));
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
      SimulatedBucket.UNCONDITIONAL.set(true);
      try {
        step.process(exchange);
      } finally {
        SimulatedBucket.UNCONDITIONAL.remove();
      }
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
  };

  private final String step;
  private final KeySchema key;

  PlantedFault(String step) {
    this(step, KeySchema.DATE);
  }

  PlantedFault(String step, KeySchema key) {
    this.step = step;
    this.key = key;
  }

  /** The key of the table with which the step is there. */
  KeySchema key() {
    return key;
  }

  /** Does this instead of the step. */
  abstract void process(Exchange exchange, Processor step) throws Exception;

  private static Run run(Exchange exchange) {
    return exchange.getVariable("run", Run.class);
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
          here.get().process(exchange, target);
        } else {
          target.process(exchange);
        }
      };
    }

    /** Whether the routes have the step of the fault. */
    boolean isPlanted() {
      return planted.map(fault -> fault.step).filter(steps::contains).isPresent();
    }
  }
}
