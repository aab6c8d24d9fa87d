package io.dockrelay.docker;

import io.dockrelay.docker.DockerEngineException.Kind;

/** Which API version to speak with an engine. Pure. */
final class ApiChoice {

    /** The newest one whose answers docker-java's models were made for. */
    static final ApiVersion OUR_NEWEST = new ApiVersion(1, 44);

    /** What Podman calls its minimum; the oldest with everything that is used here. */
    static final ApiVersion OUR_OLDEST = new ApiVersion(1, 24);

    private ApiChoice() {}

    /**
     * The smaller of ours and the engine's.
     *
     * @param ours the newest to be spoken; above {@link #OUR_NEWEST} only if somebody configured it
     * @param oldest null when the engine does not say
     * @throws DockerEngineException (API_TOO_OLD) when there is none in common
     */
    static ApiVersion choose(ApiVersion ours, ApiVersion newest, ApiVersion oldest, String engine) {
        if (oldest != null && oldest.compareTo(ours) > 0) {
            throw new DockerEngineException(
                    Kind.API_TOO_OLD,
                    "Docker engine " + engine + " accepts API " + oldest + " and newer, and the newest spoken here is "
                            + ours + ": a newer version of this program is needed");
        }
        if (newest.compareTo(OUR_OLDEST) < 0) {
            throw new DockerEngineException(
                    Kind.API_TOO_OLD,
                    "Docker engine " + engine + " speaks API " + newest + " at most, and the oldest spoken here is "
                            + OUR_OLDEST + ": a newer engine is needed");
        }
        return newest.compareTo(ours) < 0 ? newest : ours;
    }
}
