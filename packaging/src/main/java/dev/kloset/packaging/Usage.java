package dev.kloset.packaging;

/** What {@code help} prints. */
final class Usage {

    static final String TEXT = """
            Make a package for Plakar of a plugin that is written in Java.

              manifest  --output FILE PROJECT
              image     --output DIRECTORY PROJECT IMAGE
              package   --image DIRECTORY --output DIRECTORY --version VERSION [--plakar PROGRAM]
              run       --image DIRECTORY --home DIRECTORY --command WORD... [--plakar PROGRAM]
                        [--debug PORT] [--suspend true]
              attach    --output DIRECTORY --socket FILE PROJECT

            An argument @FILE stands for the lines of FILE.

            PROJECT: what is packaged
              --class-path PATH      the jars and directories of classes that the plugin runs with
              --main-class CLASS     that calls Entrypoint; without it the one below --classes is searched
              --classes DIRECTORY    the project's own classes
              --sources DIRECTORY    manifest.yaml if it is written by hand, and files to add to the package
              --java-home DIRECTORY  a JDK 25; without it the one that runs this
              --name --display-name --description --homepage --license --tag (repeated) --tier --contact
              --class --subclass --validator   WORD for all connectors, or importer=WORD, exporter=WORD, storage=WORD
              --executable NAME      of the launcher; without it the name of the plugin

            IMAGE: what it runs on
              --runtime bundled|none none: the package needs a Java that is installed
              --modules LIST         of the runtime, instead of those that jdeps finds
              --add-modules LIST     besides those that jdeps finds
              --jmods DIRECTORY      a JDK for another system or processor, or its jmods
              --heap SIZE            the most that the plugin may use: 128m, never less than 16m
              --java-option OPTION   (repeated) for Java, such as --add-opens=java.base/java.nio=ALL-UNNAMED
              --training LOCATION    (repeated) for the start-up cache, such as importer=zip://{dir}/a.zip
            """;

    private Usage() {}
}
