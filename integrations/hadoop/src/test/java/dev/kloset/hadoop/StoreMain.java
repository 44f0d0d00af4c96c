package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.support.Sentence;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the doctor of a store, then makes a repository, and stores and reads an object. Arguments: settings, key and value in turn. */
public final class StoreMain {

    private StoreMain() {}

    /** {@return what it says in a process of its own} */
    static String run(Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("java.class.path"), StoreMain.class.getName()));
        settings.forEach((key, value) -> command.addAll(List.of(key, value)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            settings.put(args[i], args[i + 1]);
        }
        try (Store store = Stores.open(settings)) {
            say(Doctor.steps(store).toString());
            store.create(new byte[1]);
            ObjectMac mac = TestObject.mac(1);
            TestObject.put(store, mac);
            try (InputStream in = store.get(StorageResource.PACKFILE, mac, null)) {
                say(Arrays.equals(in.readAllBytes(), TestObject.bytes(mac)) ? " put and got" : " got something else");
            }
        } catch (IOException e) {
            say(" failed: " + Sentence.of(e));
        }
    }

    private static void say(String text) throws IOException {
        // A process has its standard output for the whole of its life.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write(text.getBytes(UTF_8));
    }
}
