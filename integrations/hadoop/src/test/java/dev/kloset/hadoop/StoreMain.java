package dev.kloset.hadoop;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/** Asks the doctor of a store, then makes a repository, and stores and reads an object. Arguments: settings. */
public final class StoreMain {

    private StoreMain() {}

    /** {@return what it says in a process of its own} */
    static String run(Map<String, String> settings) throws IOException, InterruptedException {
        return JavaMain.run(StoreMain.class, "128m", settings);
    }

    public static void main(String[] args) throws Exception {
        try (Store store = Stores.open(JavaMain.settings(args))) {
            JavaMain.say(Doctor.steps(store).toString());
            store.create(new byte[1]);
            ObjectMac mac = TestObject.mac(1);
            TestObject.put(store, mac);
            try (InputStream in = store.get(StorageResource.PACKFILE, mac, null)) {
                JavaMain.say(Arrays.equals(in.readAllBytes(), TestObject.bytes(mac))
                        ? " put and got"
                        : " got something else");
            }
        } catch (IOException e) {
            JavaMain.say(" failed: " + Sentence.of(e));
        }
    }
}
