package io.dockrelay.deploy;

/** {@link Main} with {@link FakeVerticle}s in place of the real ones. */
public final class FakeMain {

    private FakeMain() {}

    public static void main(String[] arguments) {
        int code = Main.run(
                arguments,
                role -> role == Role.RELAY ? "io.dockrelay.deploy.FakeVerticle$Relay" : FakeVerticle.class.getName());
        if (code != 0) {
            System.exit(code);
        }
    }
}
