package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.testkit.fixtures.ReservedPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** h2spec, the test suite that upstream and others use for HTTP/2 servers, against our transport on a socket. */
class TransportConformanceTest {

    /** All cases of this version of h2spec, including the strict ones; none is excluded. */
    private static final int CASES = 146;

    @TempDir
    Path directory;

    @Test
    void h2specFindsNothingWrong() throws Exception {
        try (ReservedPorts ports = ReservedPorts.reserve(1)) {
            serveAndAsk(ports.port(0));
        }
    }

    private void serveAndAsk(int port) throws Exception {
        RunningCommand server = startServer(port);
        try {
            Await.until("the server listens", Duration.ofMinutes(2), () -> accepts(port));
            Path report = directory.resolve("report.xml");
            Outcome outcome = RunningCommand.start(List.of(Programs.built("h2spec").toString(), "--host", "127.0.0.1",
                    "--port", Integer.toString(port), "--strict", "--timeout", "5", "--junit-report",
                    report.toString()), Map.of(),
                    directory).end(Plakar.PATIENCE);

            List<Case> cases = cases(report);
            assertThat(cases).filteredOn(c -> !c.complaint().isEmpty()).isEmpty();
            assertThat(cases).as(outcome.toString()).hasSize(CASES);
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
        } finally {
            server.signal("KILL");
            server.end(Duration.ofMinutes(1));
        }
    }

    /**
     * @param complaint why the case failed or was skipped; otherwise empty
     */
    private record Case(String clause, String complaint) {}

    private static RunningCommand startServer(int port) throws IOException {
        Path wire = Programs.root().resolve("wire/target");
        Path api = Programs.root().resolve("api/target/classes");
        String classPath = wire.resolve("test-classes") + ":" + wire.resolve("classes") + ":" + api;
        return RunningCommand.start(List.of(Programs.javaHome().resolve("bin/java").toString(), "-cp", classPath,
                "dev.kloset.wire.http2.H2specServer", Integer.toString(port)), Map.of(), Path.of("/"));
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Case> cases(Path report) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        NodeList found = document.getElementsByTagName("testcase");
        List<Case> cases = new ArrayList<>();
        for (Element each : IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList()) {
            String complaint = Stream.of("failure", "error", "skipped")
                    .filter(kind -> each.getElementsByTagName(kind).getLength() > 0)
                    .map(kind -> kind + " " + each.getTextContent())
                    .collect(Collectors.joining());
            cases.add(new Case(each.getAttribute("package") + ": " + each.getAttribute("classname"), complaint));
        }
        return cases;
    }
}
