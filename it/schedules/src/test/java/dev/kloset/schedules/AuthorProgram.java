package dev.kloset.schedules;

import dev.kloset.Plugin;
import dev.kloset.schedules.Plan.Kind;
import dev.kloset.sdk.Entrypoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plugin in a process of its own whose author misbehaves in one way. */
final class AuthorProgram {

    private AuthorProgram() {}

    /** {@return the command that starts the plugin} */
    static List<String> command(Path directory, AuthorPlan plan, Trick trick, String sort, int moment,
            String... options) {
        List<String> all = new ArrayList<>(List.of("-Dschedules.directory=" + directory,
                "--enable-native-access=ALL-UNNAMED"));
        all.addAll(List.of(options));
        return PluginProgram.java(AuthorProgram.class, all, plan.kind().name(), Long.toString(plan.seed()),
                Integer.toString(plan.records()), Integer.toString(plan.contentBytes()), sort,
                Integer.toString(moment), trick.name());
    }

    static Side side(AuthorPlan plan, Contents contents) {
        Stage stage = new Stage(plan, () -> {});
        return switch (plan.kind()) {
            case IMPORTER -> new ImportSide(plan, stage, contents, AuthorProgram::nothing);
            case EXPORTER -> new ExportSide(plan, stage, contents, AuthorProgram::nothing);
            case STORAGE -> new StoreSide(plan, stage, contents, AuthorProgram::nothing);
        };
    }

    private static void nothing(int boundary) {
        // In this process, only an author's trick happens.
    }

    /** Start the plugin's process; the arguments describe a plan with one trick. */
    public static void main(String[] args) throws IOException {
        AuthorPlan plan = AuthorPlan.with(Kind.valueOf(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2]),
                Integer.parseInt(args[3]), args[4], Integer.parseInt(args[5]), Trick.valueOf(args[6]));
        Path directory = Path.of(System.getProperty("schedules.directory", "."));
        Plugin plugin = side(plan, new Contents(directory)).plugin();
        Entrypoint.run(new String[0], plugin);
    }
}
