package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.ObjectMac;
import dev.kloset.Options;
import dev.kloset.Range;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.StoreInitRequest;
import dev.kloset.wire.store.StoreInitResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a connector says about itself is read once, and refused in Init if hosts cannot work with it. */
@NullUnmarked // connectors that are compiled without a check for null
class IntroductionTest {

    private static final String IMPORTER = "/importer.Importer/";
    private static final String EXPORTER = "/plakar.exporter.Exporter/";
    private static final String STORE = "/store.Store/";

    private static final List<String> asked = new ArrayList<>();

    /** Says about itself what the test wants. */
    private record Speaker(String origin, String type, String root, Set<LocationFlag> flags, Runnable onClose)
            implements
                Importer,
                Exporter,
                Store {

        @Override
        public String origin() {
            asked.add("origin");
            return origin;
        }

        @Override
        public void importRecords(RecordSink records) {}

        @Override
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            records.forEach(results, record -> {});
        }

        @Override
        public void create(byte[] config) {}

        @Override
        public byte[] open() {
            return new byte[0];
        }

        @Override
        public List<ObjectMac> list(StorageResource resource) {
            return List.of();
        }

        @Override
        public long put(StorageResource resource, ObjectMac mac, InputStream data) {
            return 0;
        }

        @Override
        public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) {
            return InputStream.nullInputStream();
        }

        @Override
        public void delete(StorageResource resource, ObjectMac mac) {}

        @Override
        public void close() {
            onClose.run();
        }
    }

    private static HostEnd host(String service, Speaker speaker) {
        return new HostEnd(switch (service) {
            case IMPORTER -> Services.importer(_ -> speaker, new HostContext());
            case EXPORTER -> Services.exporter(_ -> speaker, new HostContext());
            default -> Services.storage(_ -> speaker, new HostContext());
        });
    }

    static Stream<Arguments> badValues() {
        Set<LocationFlag> holed = new HashSet<>(Arrays.asList(LocationFlag.STREAM, null));
        return Stream.of(IMPORTER, EXPORTER, STORE)
                .flatMap(service -> Stream.of(
                        Arguments.of(service, "o", "t", "a/b", Set.of(),
                                "root() is \"a/b\", but must be an absolute, clean path such as / or /srv/data"),
                        Arguments.of(service, "o", "t", "/a/", Set.of(), "root() is \"/a/\", but must be"),
                        Arguments.of(service, "o", "t", "", Set.of(), "root() is \"\", but must be"),
                        Arguments.of(service, "o", "t", null, Set.of(), "root() is null, but must be"),
                        Arguments.of(service, null, "t", "/", Set.of(),
                                "origin() is null, but must be a text that is not empty"),
                        Arguments.of(service, "o", null, "/", Set.of(), "type() is null, but must be"),
                        Arguments.of(service, "o", "", "/", Set.of(), "type() is empty, but must be"),
                        Arguments.of(service, "o\uD800", "t", "/", Set.of(), "but must be valid Unicode"),
                        Arguments.of(service, "o", "t", "/", null, "flags() is null, but must be a set"),
                        Arguments.of(service, "o", "t", "/", holed, "flags() contains null, but must")));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void aValueThatHostsCannotWorkWithIsRefusedWithTheNameOfItsMethod(String service, String origin, String type,
            String root, Set<LocationFlag> flags, String expected) throws Exception {
        List<String> closed = new ArrayList<>();
        Speaker speaker = new Speaker(origin, type, root, flags, () -> closed.add("closed"));
        try (HostEnd host = host(service, speaker)) {
            for (int i = 0; i < 2; i++) {
                // The second time as well: a failed Init may be repeated.
                assertThatThrownBy(() -> init(host, service)).isInstanceOf(StatusException.class)
                        .hasMessageStartingWith(
                                "a bug in the connector: dev.kloset.sdk.internal.service.IntroductionTest$Speaker.")
                        .hasMessageContaining(expected)
                        .hasMessageEndingWith("; tell its author");
            }
            assertThat(closed).as("what was refused is closed").hasSize(2);
        }
    }

    @Test
    void anEmptyOriginIsRefusedExceptFromAnExporter() throws Exception {
        Speaker speaker = new Speaker("", "t", "/", Set.of(), () -> {});
        for (String service : List.of(IMPORTER, STORE)) {
            try (HostEnd host = host(service, speaker)) {
                assertThatThrownBy(() -> init(host, service))
                        .hasMessageContaining("origin() is empty, but must be a text that is not empty");
            }
        }
        // One released host does not send exporters the name of its machine.
        try (HostEnd host = host(EXPORTER, speaker)) {
            assertThat(InitResponse.decode(init(host, EXPORTER)).origin()).isEmpty();
        }
    }

    @Test
    void aFactoryThatMakesNothingIsNamed() throws Exception {
        try (HostEnd host = new HostEnd(Services.importer(_ -> null, new HostContext()))) {
            assertThatThrownBy(() -> init(host, IMPORTER)).hasMessageContaining(
                    "the factory of the importer made null, but must make one");
        }
    }

    @Test
    void eachConnectorIsAskedOnce() throws Exception {
        for (String service : List.of(IMPORTER, EXPORTER, STORE)) {
            asked.clear();
            try (HostEnd host = host(service, new Speaker("o", "t", "/r", Set.of(LocationFlag.STREAM), () -> {}))) {
                if (service.equals(STORE)) {
                    assertThat(StoreInitResponse.decode(init(host, service)).root()).isEqualTo("/r");
                } else {
                    assertThat(InitResponse.decode(init(host, service)))
                            .isEqualTo(new InitResponse("o", "t", "/r", Set.of(LocationFlag.STREAM)));
                }
            }
            assertThat(asked).containsExactly("origin");
        }
    }

    private static ByteBuffer init(HostEnd host, String service) throws IOException, InterruptedException {
        return host.unary(service + "Init",
                service.equals(STORE)
                        ? new StoreInitRequest("test", Map.of("location", "test://x"))
                                .encode()
                        : new InitRequest(Options.builder().build(), "test",
                                Map.of("location", "test://x")).encode());
    }
}
