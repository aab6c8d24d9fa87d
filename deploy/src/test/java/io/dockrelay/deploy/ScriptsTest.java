package io.dockrelay.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The helpers that the shell scripts share, in {@code deploy/setup}, and the program's command line. */
class ScriptsTest {

    private static final Path HELPERS = Path.of("setup/say.sh").toAbsolutePath();
    private static final Path SETTINGS = Path.of("settings.sh").toAbsolutePath();

    @Test
    void endingAProcessThatEndsAtTheSameMomentIsNoError() throws Exception {
        String gone = "sleep 0 & pid=$!; wait $pid; alive() { return 0; };";

        assertThat(bash(gone + "end_process $pid 0; echo continues")).isEqualTo("continues\n");
    }

    @Test
    void processThatIgnoresSigtermIsKilled() throws Exception {
        String deaf = "trap '' TERM; sleep 60 >/dev/null & pid=$!;";

        assertThat(bash(deaf + "end_process $pid 1; alive $pid || echo dead")).isEqualTo("dead\n");
    }

    @Test
    void logOfAnEarlierStartThatOthersCouldReadIsReplaced(@TempDir Path folder) throws Exception {
        Path log = Files.writeString(folder.resolve("all.log"), "before");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(bash("umask 022; private_file '" + log + "'; echo after >'" + log + "'; umask"))
                .isEqualTo("0022\n");

        assertThat(Files.readString(log)).isEqualTo("after\n");
        assertThat(Files.getPosixFilePermissions(log)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void linkOfTheFirstUserIsPrintedWithItsWholeSentence(@TempDir Path folder) throws Exception {
        String sentence = "There is no user yet. To make the first admin, open within ten minutes:"
                + " http://localhost:3000/setup#aB-_9 (with the host and port at which your browser reaches this relay)."
                + " A restart makes another link.";
        Path log = Files.writeString(
                folder.resolve("all.log"), "12:00:00.000 WARN  [sign-in] " + sentence + "\n12:00:01.000 INFO  more\n");

        assertThat(bash("set_up_sentence '" + log + "'")).isEqualTo(sentence + "\n");
        assertThat(bash("set_up_sentence /dev/null; echo continues")).isEqualTo("continues\n");
    }

    /** Layouts of a configuration file, with ~ for a line break, and what a script reads of the port in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'bind':'::','port':3100}                                | 3100",
                "{'port' : 3101 ,\t'bind':'::'}                           | 3101",
                "{'nested':{'port':1},'list':['port',':',2],'port':3102}  | 3102",
                "{'text':'a }{ \\\\','port':'3103'}                       | 3103",
                "{'port':null}                                            | 3000",
                "{'port':[1]}                                             | 3000",
                "{'ports':1}                                              | 3000",
                "{'port':1,'port':3104}                                   | 3104",
                "{// 'port':1,~'port':3105/* :1 */}                       | 3105",
                "{/* 'port':1, ** */'text':'//','port':/*,*/3106}         | 3106",
                "{}                                                       | 3000"
            })
    void settingIsReadFromAnyLayout(String json, String port, @TempDir Path conf) throws Exception {
        for (String blank : List.of(" ", "\n")) {
            Files.writeString(conf.resolve("relay.json"), layout(json).replace(",", "," + blank));

            assertThat(setting(conf, "")).isEqualTo(port);
            assertThat(setting(conf, "PORT=' '")).as("blank").isEqualTo(port);
            assertThat(setting(conf, "PORT=3200")).isEqualTo("3200");
        }
    }

    private static String layout(String json) {
        return json.replace("'", "\"").replace("~", "\n");
    }

    private static String setting(Path conf, String variable) throws IOException, InterruptedException {
        return bash("DOCKRELAY_CONF='" + conf + "'; . " + SETTINGS + "; unset PORT; "
                + (variable.isEmpty() ? ":" : variable) + "; setting relay port PORT 3000");
    }

    /** What decides about the cluster's jar on the class path. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'cluster':true}       |               | true",
                "{'cluster':~true}      | CLUSTER=\" \"   | true",
                "{'cluster':true}       | CLUSTER=false | false",
                "{'cluster':false}      |               | false",
                "{'cluster':false}      | CLUSTER=yes   | true",
                "{'members':['true']}   |               | false"
            })
    void clusterIsThatOfItsFileAndItsVariable(String json, String variable, boolean clustered, @TempDir Path folder)
            throws Exception {
        Files.writeString(folder.resolve("cluster.json"), layout(json));
        Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        String commandLine = bash("unset CLUSTER JAVA_OPTS; export DOCKRELAY_AOT=off DOCKRELAY_JARS=/jars JAVA_HOME='"
                + folder + "' DOCKRELAY_CONF='" + folder + "'; " + (variable == null ? "" : variable + " ")
                + SETTINGS.resolveSibling("dockrelay") + " all");

        assertThat(commandLine.contains("dockrelay-cluster.jar")).isEqualTo(clustered);
        assertThat(commandLine).contains("/jars/dockrelay.jar", "io.dockrelay.deploy.Main all");
    }

    private static String bash(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-ceu", ". " + HELPERS + "; " + script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
