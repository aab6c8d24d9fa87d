package io.dockrelay.docker;

import io.dockrelay.docker.DockerEngineException.Kind;

/** Chooses the API version for an engine. Pure. */
final class ApiChoice {

    /** The newest version that docker-java's models match. */
    static final ApiVersion OUR_NEWEST = new ApiVersion(1, 44);

    /** Podman's minimum; the oldest version that has everything this library uses. */
    static final ApiVersion OUR_OLDEST = new ApiVersion(1, 24);

    private ApiChoice() {}

    /**
     * The smaller of ours and the engine's.
     *
     * @param ours the newest version to use; above {@link #OUR_NEWEST} only if it was configured
     * @param newest the engine's newest version
     * @param oldest the engine's oldest version; null when the engine does not report it
     * @param engine the engine's own version, for messages
     * @throws DockerEngineException (API_TOO_OLD) when there is no version in common
     */
    static ApiVersion choose(ApiVersion ours, ApiVersion newest, ApiVersion oldest, String engine) {
        if (oldest != null && oldest.compareTo(ours) > 0) {
            throw new DockerEngineException(
                    Kind.API_TOO_OLD,
                    "Docker engine " + engine + " accepts API " + oldest
                            + " and newer, but this program supports only up to " + ours + "; update this program");
        }
        if (newest.compareTo(OUR_OLDEST) < 0) {
            throw new DockerEngineException(
                    Kind.API_TOO_OLD,
                    "Docker engine " + engine + " supports API " + newest + " at most, but this program needs at least "
                            + OUR_OLDEST + "; update the engine");
        }
        return newest.compareTo(ours) < 0 ? newest : ours;
    }
}
