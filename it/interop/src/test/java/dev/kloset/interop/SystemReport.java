package dev.kloset.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints what a plugin finds in its environment: names of hosts, names of files, and other programs. */
final class SystemReport {

    private SystemReport() {}

    @SuppressWarnings("SystemOut") // the purpose of this program
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[1]);
        System.out.println("localhost is " + InetAddress.getAllByName("localhost")[0].getHostAddress());
        System.out.println("seven is " + InetAddress.getAllByName("seven.example")[0].getHostAddress());
        System.out.println("user is " + System.getProperty("user.name"));
        Files.writeString(directory.resolve("日本語 é"), "content");
        Process child = new ProcessBuilder("sh", "-c", "echo child sees *; exit 3").directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        System.out.println("child ended with " + child.waitFor());
    }
}
