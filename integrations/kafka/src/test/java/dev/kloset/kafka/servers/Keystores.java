package dev.kloset.kafka.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates for brokers on 127.0.0.1, made with the JDK's own tool. */
public record Keystores(Path broker, Path trust, Path certificate) {

    public static final String PASSWORD = "store-pw-11";

    /** {@return the keystores of all brokers, which are at the same address} */
    static Keystores shared() throws IOException, InterruptedException {
        return in(SharedFiles.get("keystores", Keystores::make).orElseThrow());
    }

    private static Keystores in(Path directory) {
        return new Keystores(directory.resolve("broker.p12"), directory.resolve("trust.p12"),
                directory.resolve("broker.pem"));
    }

    private static boolean make(Path directory) throws IOException, InterruptedException {
        Keystores stores = in(Files.createDirectory(directory));
        keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext",
                "SAN=ip:127.0.0.1", "-validity", "3650", "-keystore", stores.broker().toString());
        keytool("-exportcert", "-rfc", "-alias", "broker", "-file", stores.certificate().toString(), "-keystore",
                stores.broker().toString());
        keytool("-importcert", "-noprompt", "-alias", "broker", "-file", stores.certificate().toString(), "-keystore",
                stores.trust().toString());
        return true;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), UTF_8);
        if (tool.waitFor() != 0) {
            throw new IOException("keytool says: " + said);
        }
    }
}
