package io.dockrelay.docker;

/**
 * An engine's versions, as it reported them when the API version was negotiated.
 *
 * @param engine the engine's own version, such as {@code 20.10.24}
 * @param api the API version in use: the smaller of ours and the engine's
 * @param newestApi the newest API version that this engine supports
 * @param oldestApi the oldest one it accepts; null when the engine does not report it (Podman before 3.0)
 * @param platform operating system and architecture, such as {@code linux/amd64}
 */
public record EngineVersion(
        String engine, ApiVersion api, ApiVersion newestApi, ApiVersion oldestApi, String platform) {}
