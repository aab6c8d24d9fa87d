package io.dockrelay.docker;

/** The README's example. {@link ReadmeTest} compares the two and runs it. */
final class Example {

    private Example() {}

    static void run(DockerEngine engine) {
        // README: begin
        engine.call(docker -> docker.listContainersCmd().withShowAll(true).exec())
                .onSuccess(all -> all.forEach(one -> System.out.println(one.getNames()[0] + " " + one.getStatus())))
                .onFailure(why -> System.err.println(why.getMessage()));

        engine.logs("web", LogQuery.following(10, false))
                .onSuccess(log -> {
                    StdStreamDecoder decoder = new StdStreamDecoder(log.multiplexed());
                    log.exceptionHandler(broken -> System.err.println(broken.getMessage()));
                    log.endHandler(end -> System.out.println("web has stopped"));
                    log.handler(buffer -> decoder.feed(
                            buffer, (stream, bytes, from, to) -> System.out.write(bytes, from, to - from)));
                    log.resume();
                })
                .onFailure(why -> System.err.println(why.getMessage()));
        // README: end
    }
}
