package dev.kloset.sdk.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ImporterFactory;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.sdk.ChildJava;
import dev.kloset.sdk.ChildJava.Outcome;
import dev.kloset.sdk.SamplePlugin;
import dev.kloset.sdk.internal.service.ConnectorRegistry;
import dev.kloset.sdk.internal.service.Services;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AboutTest {

    private static final String JAVA = Runtime.version().toString();

    private static final String JSON = "{\"name\":\"sample\",\"version\":null,\"sdk\":\"unknown\",\"java\":\"" + JAVA
            + "\",\"protocol\":\"v1.1.0\",\"connectors\":["
            + "{\"kind\":\"storage\",\"protocol\":\"mem\",\"flags\":[],\"configuration\":null},"
            + "{\"kind\":\"importer\",\"protocol\":\"demo\",\"flags\":[\"localfs\",\"nomerge\"],\"configuration\":null},"
            + "{\"kind\":\"exporter\",\"protocol\":\"demo\",\"flags\":[],\"configuration\":null}]}\n";

    private static Outcome about(String... arguments) throws IOException, InterruptedException {
        return ChildJava.run(SamplePlugin.class, List.of(), arguments);
    }

    @Test
    void toolsGetOneObjectOnStandardOutput() throws Exception {
        assertThat(about("about", "--json")).isEqualTo(new Outcome(0, JSON, ""));
    }

    @Test
    void aPersonGetsReadableText() throws Exception {
        assertThat(about("about")).isEqualTo(new Outcome(0, """
                sample, a plugin for Plakar (SDK unknown, Java %s, protocol v1.1.0)
                  storage mem://
                    its options are unchecked: it declares none and gets what the user writes
                  importer demo:// (localfs, nomerge)
                    its options are unchecked: it declares none and gets what the user writes
                  exporter demo://
                    its options are unchecked: it declares none and gets what the user writes
                """.formatted(JAVA), ""));
    }

    @Test
    void anUnknownOptionIsRefused() throws Exception {
        assertThat(about("about", "--yaml")).isEqualTo(new Outcome(2, "", """
                "about" takes no argument but --json
                """));
    }

    @Test
    void theVersionsAreOneLine() throws Exception {
        assertThat(about("--version")).isEqualTo(new Outcome(0, "sample (SDK unknown, Java " + JAVA + ")\n", ""));
        assertThat(ChildJava.run(SamplePlugin.class, List.of("-Dkloset.plugin.version=v1.2.0"), "--version"))
                .isEqualTo(new Outcome(0, "sample v1.2.0 (SDK unknown, Java " + JAVA + ")\n", ""));
        assertThat(about("--version", "--json")).isEqualTo(new Outcome(2,
                "{\"failure\":\"\\\"--version\\\" takes no argument\"}\n", "\"--version\" takes no argument\n"));
    }

    @Test
    void theVersionThatTheAuthorSetStandsInBoth() {
        ConnectorRegistry registry = ConnectorRegistry
                .of(Plugin.builder("sample").version("3.1").importer("demo", _ -> {
                    throw new IOException("not made here");
                }).build());
        assertThat(About.text(registry)).startsWith("sample 3.1, a plugin for Plakar (");
        assertThat(About.json(registry)).startsWith("{\"name\":\"sample\",\"version\":\"3.1\",");
    }

    @Test
    void withoutAPluginNameAndProtocolAreNotKnown() {
        ImporterFactory factory = _ -> {
            throw new IOException("not made here");
        };
        ConnectorRegistry registry = ConnectorRegistry.of(Kind.IMPORTER, factory,
                host -> Services.importer(factory, host));
        assertThat(About.json(registry)).isEqualTo("{\"name\":null,\"version\":null,\"sdk\":\"unknown\",\"java\":\""
                + JAVA + "\",\"protocol\":\"v1.1.0\","
                + "\"connectors\":[{\"kind\":\"importer\",\"protocol\":null,\"flags\":[],\"configuration\":null}]}\n");
        assertThat(About.text(registry)).contains("A plugin for Plakar", "importer for any protocol");
    }

    @Test
    void anOddNameDoesNotBreakTheObject() {
        Plugin plugin = Plugin.builder("a\"b\\c\n")
                .importer("demo", _ -> {
                    throw new IOException("not made here");
                })
                .build();
        assertThat(About.json(ConnectorRegistry.of(plugin))).startsWith("{\"name\":\"a\\\"b\\\\c\\u000a\",");
    }
}
