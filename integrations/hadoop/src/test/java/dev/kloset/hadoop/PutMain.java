package dev.kloset.hadoop;

import dev.kloset.ObjectMac;
import dev.kloset.Store;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts packfiles until it has put enough, and prints the MAC of each that it has put.
 *
 * <p>Arguments: the first number, how many, then settings, key and value in turn.
 */
public final class PutMain {

    private PutMain() {}

    public static void main(String[] args) throws Exception {
        long first = Long.parseLong(args[0]);
        long count = Long.parseLong(args[1]);
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < args.length; i += 2) {
            settings.put(args[i], args[i + 1]);
        }
        try (Store store = Stores.open(settings)) {
            for (long i = 0; i < count; i++) {
                ObjectMac mac = TestObject.mac(first + i);
                TestObject.put(store, mac);
                report(mac.hex());
            }
        }
    }

    private static void report(String line) throws IOException {
        // A process has its standard output for the whole of its life.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
