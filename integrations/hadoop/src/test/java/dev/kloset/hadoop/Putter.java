package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.ObjectMac;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that puts packfiles: see {@link PutMain}. */
final class Putter {

    private final Process process;
    private final BufferedReader output;
    private final List<ObjectMac> put = new ArrayList<>();

    private Putter(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
    }

    static Putter start(Map<String, String> settings, long first, long count) throws IOException {
        return new Putter(JavaMain
                .of(PutMain.class, "128m", settings, Long.toString(first), Long.toString(count))
                .start());
    }

    /** Wait until it has put that many more, or has ended. */
    void await(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            String line = output.readLine();
            if (line == null || line.length() < 2 * ObjectMac.BYTES) {
                return; // the end, perhaps within a line
            }
            put.add(ObjectMac.fromHex(line));
        }
    }

    void kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // unlike the process's own method, it leaves the pipe open
        await(Integer.MAX_VALUE); // what it said before it died
        process.waitFor();
    }

    /** {@return its status, after its end} */
    int end() throws IOException, InterruptedException {
        await(Integer.MAX_VALUE);
        return process.waitFor();
    }

    /** {@return what it has said that it has put} */
    List<ObjectMac> put() {
        return List.copyOf(put);
    }
}
