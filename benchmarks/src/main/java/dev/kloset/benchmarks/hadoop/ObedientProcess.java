package dev.kloset.benchmarks.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that answers each line with a line, and ends when our end of the pipe is closed: by us, or with us. */
final class ObedientProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Path log;

    private ObedientProcess(Process process, Path log) {
        this.process = process;
        this.answers = process.inputReader(UTF_8);
        this.log = log;
    }

    /** {@return the process, which starts: its first answer is that it is ready} */
    static ObedientProcess start(List<String> command, Path log) throws IOException {
        return new ObedientProcess(
                new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start(), log);
    }

    String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a process has ended: " + Files.readString(log));
        }
        return line;
    }

    /** {@return the answer to a command} */
    String command(String words) throws IOException {
        process.outputWriter(UTF_8).append(words).append('\n').flush();
        return answer();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
