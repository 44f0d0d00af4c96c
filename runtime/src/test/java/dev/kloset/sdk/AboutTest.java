package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ImporterFactory;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.sdk.ChildJava.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AboutTest {

    private static final String JSON = "{\"name\":\"sample\",\"sdk\":\"unknown\",\"protocol\":\"v1.1.0\",\"connectors\":["
            + "{\"type\":\"storage\",\"protocol\":\"mem\",\"flags\":[],\"configuration\":null},"
            + "{\"type\":\"importer\",\"protocol\":\"demo\",\"flags\":[\"localfs\",\"nomerge\"],\"configuration\":null},"
            + "{\"type\":\"exporter\",\"protocol\":\"demo\",\"flags\":[],\"configuration\":null}]}\n";

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
                sample, a plugin for Plakar (SDK unknown, protocol v1.1.0)
                  storage mem://
                    its options are unchecked: it declares none and gets what the user writes
                  importer demo:// (localfs, nomerge)
                    its options are unchecked: it declares none and gets what the user writes
                  exporter demo://
                    its options are unchecked: it declares none and gets what the user writes
                """, ""));
    }

    @Test
    void anUnknownOptionIsRefused() throws Exception {
        assertThat(about("about", "--yaml")).isEqualTo(new Outcome(2, "", """
                "about" takes no argument but --json
                """));
    }

    @Test
    void withoutAPluginNameAndProtocolAreNotKnown() {
        ImporterFactory factory = _ -> {
            throw new IOException("not made here");
        };
        Offering offering = Offering.of(Kind.IMPORTER, factory, () -> Services.importer(factory));
        assertThat(About.json(offering)).isEqualTo("{\"name\":null,\"sdk\":\"unknown\",\"protocol\":\"v1.1.0\","
                + "\"connectors\":[{\"type\":\"importer\",\"protocol\":null,\"flags\":[],\"configuration\":null}]}\n");
        assertThat(About.text(offering)).contains("A plugin for Plakar", "importer for any protocol");
    }

    @Test
    void aNameThatIsNoNameDoesNotBreakTheObject() {
        Plugin plugin = Plugin.builder("a\"b\\c\n")
                .importer("demo", _ -> {
                    throw new IOException("not made here");
                })
                .build();
        assertThat(About.json(Offering.of(plugin))).startsWith("{\"name\":\"a\\\"b\\\\c\\u000a\",");
    }
}
