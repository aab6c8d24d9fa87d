package io.dockrelay.deploy.commands;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.dockrelay.record.RecordCheck;
import io.dockrelay.record.RecordException;
import io.dockrelay.record.RecordFolder;
import io.dockrelay.record.RecordKey;
import io.dockrelay.record.RecordVerdict;
import io.dockrelay.settings.RecordSettings;
import io.dockrelay.settings.Secret;

/**
 * {@code audit verify [FOLDER]}: verifies the record of a relay, also while it is being written. Folder, anchor folder and key
 * are those of the relay's settings; another folder that is given as an argument has its anchor in it.
 */
public final class AuditCommand implements Command {

    private static final int OK = 0;
    private static final int BROKEN = 1;

    private final Supplier<RecordSettings> settings;

    /** @param settings reads those of the relay; may throw {@link CommandException} */
    public AuditCommand(Supplier<RecordSettings> settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public int run(List<String> arguments, InputStream in, PrintStream out) {
        if (arguments.isEmpty() || arguments.size() > 2 || !arguments.getFirst().equals("verify")) {
            throw CommandException.usage("audit needs a word and may have a folder: audit verify [FOLDER].");
        }
        RecordSettings relay = settings.get();
        Optional<Path> given = arguments.stream().skip(1).findFirst().map(Path::of);
        Path files = given.or(relay::folder)
                .orElseThrow(() -> CommandException.usage(
                        "There is no record to verify: name its folder, or set recordFolder (RELAY_RECORD_FOLDER)."));
        boolean configured =
                relay.folder().filter(folder -> isSame(folder, files)).isPresent();
        RecordFolder folder = RecordFolder.of(files, configured ? relay.anchorFolder() : Optional.empty());
        try {
            return print(
                    folder,
                    RecordCheck.of(folder, relay.key().map(Secret::bytes).map(RecordKey::new)),
                    out);
        } catch (RecordException unreadable) {
            throw CommandException.failed("The record cannot be read: " + unreadable.getMessage() + ".");
        }
    }

    private static boolean isSame(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private static int print(RecordFolder folder, RecordVerdict verdict, PrintStream out) {
        if (verdict.isWhole()) {
            out.println("The record in " + folder.files() + " is whole: sequences " + verdict.first() + " to "
                    + verdict.last() + ", files: " + verdict.files() + ".");
        } else {
            out.println("The record in " + folder.files() + " is not as it was written:");
            verdict.findings().forEach(finding -> out.println("  " + finding.sentence() + "."));
        }
        verdict.remarks().forEach(remark -> out.println("  Note: " + remark + "."));
        return verdict.isWhole() ? OK : BROKEN;
    }
}
