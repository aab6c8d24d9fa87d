package io.dockrelay.docker;

/**
 * What an engine said about itself when the API version was negotiated.
 *
 * @param engine the engine's own version, such as {@code 20.10.24}
 * @param api the API version that is spoken from now on: the smaller of ours and the engine's
 * @param newestApi the newest API version this engine speaks
 * @param oldestApi the oldest one it still accepts; null when the engine does not say (Podman before 3.0)
 * @param platform operating system and architecture, such as {@code linux/amd64}
 */
public record EngineVersion(
        String engine, ApiVersion api, ApiVersion newestApi, ApiVersion oldestApi, String platform) {}
