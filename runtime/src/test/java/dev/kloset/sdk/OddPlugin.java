package dev.kloset.sdk;

import dev.kloset.ConnectorContext;
import dev.kloset.Importer;
import dev.kloset.RecordSink;

/** A plugin process that does what plugins should not do: it prints to standard output, and its ping never ends. */
public final class OddPlugin {

    public static final String INITIALISED = "the connector's class is initialised";
    public static final String PRINTED = "printed to standard output";
    public static final String PINGING = "pinging for ever";

    private OddPlugin() {}

    public static void main(String[] args) {
        Entrypoint.importer(args, Odd::new);
    }

    /** The connector. */
    @SuppressWarnings("SystemOut") // printing is its purpose
    private static final class Odd implements Importer {

        static {
            System.err.println(INITIALISED);
        }

        private final String origin;

        Odd(ConnectorContext context) {
            this.origin = context.proto();
            System.out.println(PRINTED);
        }

        @Override
        public String origin() {
            return origin;
        }

        @Override
        public String type() {
            return "odd";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void ping() {
            System.err.println(PINGING);
            while (true) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void importRecords(RecordSink records) {}
    }
}
