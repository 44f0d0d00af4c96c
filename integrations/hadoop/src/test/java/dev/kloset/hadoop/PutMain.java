package dev.kloset.hadoop;

import dev.kloset.ObjectMac;
import dev.kloset.Store;
import java.util.Map;

/**
 * Puts packfiles until it has put enough, and prints the MAC of each that it has put.
 *
 * <p>Arguments: settings, the first number, how many.
 */
public final class PutMain {

    private PutMain() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> settings = JavaMain.settings(args);
        long first = Long.parseLong(args[settings.size()]);
        long count = Long.parseLong(args[settings.size() + 1]);
        try (Store store = Stores.open(settings)) {
            for (long i = 0; i < count; i++) {
                ObjectMac mac = TestObject.mac(first + i);
                TestObject.put(store, mac);
                JavaMain.say(mac.hex() + "\n");
            }
        }
    }
}
