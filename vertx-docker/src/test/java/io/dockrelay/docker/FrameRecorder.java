package io.dockrelay.docker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;

/** Records the output that docker-java's callback gets, its end and its failure. */
final class FrameRecorder extends ResultCallback.Adapter<Frame> {

    private final List<String> pieces = Collections.synchronizedList(new ArrayList<>());
    /** Completes with the end of the output; fails with its failure. */
    final CompletableFuture<Void> ended = new CompletableFuture<>();

    @Override
    public void onNext(Frame frame) {
        pieces.add(new String(frame.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void onComplete() {
        super.onComplete();
        ended.complete(null);
    }

    @Override
    public void onError(Throwable failure) {
        super.onError(failure);
        ended.completeExceptionally(failure);
    }

    String text() {
        return String.join("", List.copyOf(pieces));
    }
}
