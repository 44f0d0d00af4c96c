package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Options;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forty passwords of every awkward kind, each in a location, a declared setting, others and URLs: no part of one is shown anywhere. */
@Timeout(180)
class AwkwardPasswordsTest {

    private static final List<String> AWKWARD = List.of("", "/", "@", ":", "?", "#", "%", " ", "&", "=", ";", ",", "+",
            "\"", "'", "\\",
            "<", ">", "{", "}", "[", "]", "|", "^", "`", "~", "$", "*", "()", "%2F", "%40", "%25", "\u00e9",
            "\u65e5\u672c",
            "\uD83D\uDE00", "\n", "\t", "://", "@h/", "/@:?#");

    /** How the first half of a password begins, and the second. */
    private static final String FIRST = "q8w3";
    private static final String SECOND = "z5n7";

    /** "bob:" and the beginning of a password in Base64, as far as that half alone decides it. */
    private static final String ENCODED = Base64.getEncoder()
            .encodeToString("bob:q8w3".getBytes(StandardCharsets.UTF_8))
            .substring(6, 10);

    @TempDir
    Path directory = Path.of("");

    private final List<String> everything = new ArrayList<>();

    private static String password(int number) {
        return FIRST + number + "kc" + AWKWARD.get(number) + SECOND + number + "kc";
    }

    private static Map<String, String> settings(int number) {
        String password = password(number);
        Map<String, String> settings = new TreeMap<>();
        settings.put("location", "web://bob:" + password + "@127.0.0.1:1/x");
        settings.put("client_id", password);
        settings.put("url", "jdbc:postgresql://bob:" + password + "@127.0.0.1/db");
        settings.put("address", "jdbc:x://127.0.0.1/db?secret_access_key=" + password);
        settings.put(new String[]{ "authorization", "cookie", "dsn", "dbPassword" }[number % 4], password);
        return settings;
    }

    /** Everything under one roof, for what takes a process each. */
    private static Map<String, String> allSettings() {
        Map<String, String> all = new TreeMap<>(settings(AWKWARD.size() - 1));
        for (int i = 0; i < AWKWARD.size(); i++) {
            all.put("password_" + i, password(i));
            all.put("url_" + i, "web+tls://bob:" + password(i) + "@127.0.0.1:1/x");
        }
        return all;
    }

    private void ask(GrpcClient client, String method, ByteBuffer request) throws IOException, InterruptedException {
        try (ClientCall call = client.call("/importer.Importer/" + method)) {
            call.deadline(Duration.ofSeconds(60));
            if (request.hasRemaining()) {
                call.sendLast(request);
            } // an import's stream stays open: acknowledgements would come on it
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                everything.add(StandardCharsets.UTF_8.decode(message).toString());
            }
        } catch (StatusException e) {
            everything.add(e.status().message());
        }
    }

    private static ByteBuffer init(Map<String, String> settings) {
        return new InitRequest(Options.builder().hostname("here").build(), "web", settings).encode();
    }

    /** All failing starts of a process and a good one; its recording, log, statistics, messages and records are kept. */
    private void session(ShelfProcess plugin, Map<String, String> environment) throws Exception {
        Path errors = directory.resolve("errors" + everything.size());
        Process process = plugin.start(environment, errors);
        try (GrpcClient client = GrpcClient.connect(process.getInputStream(), process.getOutputStream(),
                GrpcLimits.defaults())) {
            for (int i = 0; i < AWKWARD.size(); i++) {
                ask(client, "Init", init(settings(i)));
            }
            Map<String, String> good = allSettings();
            good.put("good", "true");
            ask(client, "Init", init(good));
            ask(client, "Import", ByteBuffer.allocate(0));
        }
        process.getOutputStream().close();
        assertThat(process.waitFor()).isNotNegative();
        everything.add(Files.readString(errors));
    }

    @Test
    void noPartOfAPasswordIsShownAnywhere() throws Exception {
        ShelfProcess plugin = new ShelfProcess(directory, LeakyPlugin.class);
        Path recordings = Files.createDirectories(directory.resolve("recordings"));
        session(plugin, Map.of("KLOSET_LOG", "debug", "KLOSET_STATS", "1", "KLOSET_RECORD", recordings.toString()));
        session(plugin, Map.of("KLOSET_LOG_FORMAT", "json"));
        try (Stream<Path> files = Files.list(recordings)) {
            for (Path file : files.toList()) {
                everything.add(Files.readString(file));
            }
        }
        Map<String, String> all = allSettings();
        everything.add(plugin.doctor(Map.of("KLOSET_LOG", "debug"), all).text());
        everything.add(plugin.doctor(Map.of(), all, "--json").text());

        for (String sign : List.of("cannot connect: ", "library: ", "by way of SLF4J", "Caused by: ", "***",
                "kloset-recording", "stats: ",
                "everything: [", "\"steps\":", "\"result\":\"failed\"")) {
            assertThat(everything.stream().anyMatch(text -> text.contains(sign)))
                    .as("%s was where it could be seen", sign)
                    .isTrue();
        }
        List<String> seen = new ArrayList<>();
        for (String text : everything) {
            text.lines()
                    .filter(line -> line.contains(FIRST) || line.contains(SECOND) || line.contains(ENCODED))
                    .limit(3)
                    .map(AwkwardPasswordsTest::around)
                    .forEach(seen::add);
        }
        assertThat(seen).isEmpty();
    }

    /** {@return the place in a long line} */
    private static String around(String line) {
        int at = Stream.of(FIRST, SECOND, ENCODED).mapToInt(line::indexOf).filter(i -> i >= 0).min().orElse(0);
        return line.substring(Math.max(0, at - 120), Math.min(line.length(), at + 120));
    }
}
