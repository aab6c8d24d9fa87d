package io.dockrelay.e2e.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The scripts of the containers. Each writes numbered lines at its own rate and in its own format; no other run of any
 * container writes the same line.
 */
enum Service {
    PLAIN("i=$((i+1)); echo \"$h $r $i plain\"; usleep 50000"),
    JSON("i=$((i+1)); echo \"{\\\"host\\\":\\\"$h\\\",\\\"run\\\":$r,\\\"n\\\":$i,\\\"level\\\":\\\"info\\\"}\";"
            + " echo \"{\\\"host\\\":\\\"$h\\\",\\\"run\\\":$r,\\\"n\\\":$i,\\\"level\\\":\\\"warn\\\"}\" >&2;"
            + " usleep 200000"),
    MIXED("for k in 1 2 3; do i=$((i+1)); echo \"$h $r $i out\"; echo \"$h $r $i err\" >&2; done; usleep 100000"),
    TTY("i=$((i+1)); echo \"$h $r $i terminal\"; usleep 100000", "--tty"),
    LONG("i=$((i+1)); echo \"$h $r $i $x\"; echo \"$h $r $i short\"; usleep 800000"),
    BUSY("for k in 1 2 3 4 5 6 7 8 9 10; do i=$((i+1)); echo \"$h $r $i busy\"; done; usleep 100000"),
    /** A signal makes it write a megabyte within a second, which rotates its files several times. */
    ROTATING(
            burst(200, 200, 20) + "i=$((i+1)); echo \"$h $r $i rotating\"; usleep 50000",
            "--log-opt",
            "max-size=256k",
            "--log-opt",
            "max-file=4"),
    /** A signal makes it write more than a relay buffers for its subscribers. */
    BURST(burst(9_000, 1_000, 1) + "i=$((i+1)); echo \"$h $r $i calm\"; usleep 300000");

    private static final String BEGIN = "h=$(hostname); r=$(cat /r 2>/dev/null || echo 0); r=$((r+1)); echo $r >/r; "
            + "x=$(head -c 20480 /dev/zero | tr '\\0' x); i=0; b=0; "
            + "trap 'echo \"$h $r bye\"; exit 0' TERM; trap 'b=1' USR1; while :; do ";

    private final String loop;
    /** Separated by blanks. */
    private final String options;

    Service(String loop, String... options) {
        this.loop = loop;
        this.options = String.join(" ", options);
    }

    /** The container's name. */
    String container() {
        return name().toLowerCase(Locale.ROOT);
    }

    String script() {
        return BEGIN + loop + "; done";
    }

    String[] options() {
        return options.isEmpty() ? new String[0] : options.split(" ", -1);
    }

    boolean terminal() {
        return options.contains("--tty");
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Service::container).toList();
    }

    /** Writes a number of lines of a width, repeatedly with short pauses. */
    private static String burst(int lines, int width, int times) {
        return "if [ $b = 1 ]; then b=0; t=0; while [ $t -lt " + times + " ]; do t=$((t+1)); "
                + "awk -v h=$h -v r=$r -v a=$i 'BEGIN { p = sprintf(\"%" + width
                + "s\", \"\"); for (n = a + 1; n <= a + " + lines + "; n++) print h, r, n, \"burst\" p \".\" }'; "
                + "i=$((i+" + lines + ")); usleep 20000; done; fi; ";
    }
}
